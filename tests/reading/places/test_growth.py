"""The work of each step of reading, counted: at most 2.5 times as much for twice the text, up to 200,000 characters.

What one builtin does inside (a search, a slice) is not counted: test_any_text.py times whole texts for that.
"""

from collections.abc import Callable
from typing import TypeVar

import pytest
from builders import item
from support.work import work_of

from bot.gazetteer import Gazetteer
from bot.lexicon import Lexicon
from bot.reading.context import Contexts
from bot.reading.genres import read_genres
from bot.reading.hazards import read_hazards
from bot.reading.home import home_of
from bot.reading.impacts import read_impacts
from bot.reading.language import language_of
from bot.reading.native_places import place_natively
from bot.reading.recognise import recognise
from bot.reading.resolve import resolve
from bot.reading.roles import give_roles
from bot.reading.scene import Signs
from bot.reading.sentences import document_of
from bot.reading.statuses import read_statuses
from bot.reading.timeframe import occurred, sentence_frames

NEWS = (
    "Gunmen killed six people in Bamako on Monday, the army said. Modibo Keita Airport was closed and a curfew "
    "imposed; no coup is under way. A court in Paris jailed two men over the 2015 attack in Mali. Floods are expected "
    "in the Niger Delta next week, and 1,200 people have left Gao for Niamey. "
)
TEXTS = {
    "news": NEWS,
    "news without a stop": NEWS.replace(". ", ", "),
    "a list of names": "Bamako, Paris, Georgia, London, Ontario, the Niger Delta, Washington, ",
    "a list of tolls": "3 killed, 40 hurt in 2 attacks since 2021, ",
    "quoted speech": '"We shut the airport," he said, "and will not open it." ',
}

Work = dict[str, int]
Made = TypeVar("Made")


def work_of_each_step(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> Work:
    """Return the work of each step by its name, in the order of bot/reading/read.py."""
    work: Work = {}

    def step(name: str, run: Callable[[], Made]) -> Made:
        made: list[Made] = []
        work[name] = work_of(lambda: made.append(run()))
        return made[0]

    told = item("", text, language="en")
    step("language", lambda: language_of(told))
    document = step("sentences", lambda: document_of(told, "en"))
    contexts = Contexts(document, lexicon)
    hazards = step("hazards", lambda: read_hazards(document, lexicon, contexts))
    statuses = step("statuses", lambda: read_statuses(document, lexicon, contexts))
    step("impacts", lambda: read_impacts(document, lexicon, contexts))
    genres = step("genres", lambda: read_genres(document, lexicon, contexts))
    frames = step("timeframe", lambda: sentence_frames(document, lexicon, contexts))
    step("day", lambda: occurred(document, lexicon, contexts))
    cues = lexicon.toponyms("en")
    toponyms = step("recognise", lambda: recognise(document, gazetteer, cues))
    home = home_of(told, gazetteer, cues)
    step("resolve", lambda: resolve(toponyms, told, home, gazetteer, cues))
    signs = Signs(hazards=hazards, statuses=statuses, frames=frames, home=home)
    places = step("roles", lambda: give_roles(toponyms, signs, genres, gazetteer, cues))
    step("native places", lambda: place_natively(told, places, gazetteer))
    return work


@pytest.mark.parametrize("length", [20_000, pytest.param(200_000, marks=pytest.mark.heavy)])
@pytest.mark.parametrize("kind", TEXTS)
def test_twice_the_text_makes_at_most_two_and_a_half_times_the_work(
    gazetteer: Gazetteer, lexicon: Lexicon, kind: str, length: int
) -> None:
    text, times = TEXTS[kind], length // 2 // len(TEXTS[kind])
    work_of_each_step(text * 5, gazetteer, lexicon)  # so that what is looked up once is there
    half, whole = (work_of_each_step(text * times * factor, gazetteer, lexicon) for factor in (1, 2))
    grown = {step: whole[step] / half[step] for step in whole}
    assert {step: round(grew, 2) for step, grew in grown.items() if grew > 2.5} == {}
