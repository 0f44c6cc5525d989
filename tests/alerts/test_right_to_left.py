"""In Arabic a message is read from the right, whatever Latin names, figures and codes stand in it."""

import re
import unicodedata
from dataclasses import replace
from math import inf

import pytest
from builders import BAMAKO, BKO, at, chat, event, report, watch

from bot.alerts.render import render
from bot.model.alert import Alert, AlertReason
from bot.model.assessment import MeasureState, Severity, TargetState, Toll
from bot.model.event import Event, News
from bot.model.hazard import Measure, Target
from bot.model.reading import Cue, ImpactKind
from bot.model.watch import Match, WatchKind
from bot.wording import LANGUAGES

ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
MARKS = re.compile("[\u200e\u200f\u2066-\u2069\u202a-\u202e]")


def airport_attacked() -> Event:
    return event(
        severity=Severity.EXTREME,
        headline="Gunmen storm gendarmerie school in Bamako",
        reports=(report(), report("Ministry of Security", official=True)),
        targets=(TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO, since=at(1)),),
        measures=(MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=BKO, since=at(1)),),
        impacts=(Toll(kind=ImpactKind.KILLED, low=2, high=inf, speaker="security sources"),),
    )


def lines(language: str, reason: AlertReason = AlertReason.FIRST) -> list[str]:
    told = Alert(
        key="1:event-1:first", chat_id=1, event_id="event-1", event_version=1, reason=reason, silent=False,
        match=Match(watch=watch(BKO, kind=WatchKind.AIRPORT), why="near", place=BAMAKO, distance_km=8.9, bearing=2.0),
        severity=Severity.EXTREME, created_at=at(0), expires_at=at(24), news=(News.FIRST_TOLL, News.NEW_CLOSURE),
    )  # fmt: skip
    reader = replace(chat(language=language), timezone="Asia/Riyadh")
    return render(told, airport_attacked(), reader, at(3)).plain.splitlines()


def first_strong(text: str) -> str:
    """Return the direction that a paragraph takes by its first letter, as Telegram's clients find it."""
    return next((side for side in map(unicodedata.bidirectional, text) if side in {"L", "R", "AL"}), "")


@pytest.mark.parametrize("reason", AlertReason)
def test_every_line_in_arabic_begins_from_the_right_but_the_words_of_an_outlet(reason: AlertReason) -> None:
    ours = [line for line in lines("ar", reason) if not line.startswith("“")]
    assert len(ours) >= 6
    for line in ours:
        assert first_strong(line) in {"R", "AL"}, line
        assert first_strong(ISOLATED.sub("", line)) in {"R", "AL"}, line


def test_latin_names_and_codes_in_arabic_are_set_apart() -> None:
    shown = lines("ar")
    assert any("\u2068Modibo Keita International Airport (BKO)\u2069" in line for line in shown)
    assert "قتيلان على الأقل (بحسب \u2068security sources\u2069)" in "\n".join(shown)
    for line in shown:
        assert line.count("\u2068") == line.count("\u2069")


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"ar"}))
def test_no_other_language_has_marks_of_direction(language: str) -> None:
    assert not MARKS.search("\n".join(lines(language)))
