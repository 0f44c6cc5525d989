"""The time of a judgement grows with the text, not with its square."""

from time import process_time

from builders import BAMAKO, BKO, item
from reading_builders import ReadingOf
from support.work import work_of

from bot.assessment.assess import assess
from bot.assessment.scoring import Scoring
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Item
from bot.model.reading import Cue, Genre, ImpactKind, Polarity, Reading
from bot.model.text import Field, Span

SENTENCE = "Gunmen hit Bamako, six died, the airport closed, a curfew holds, no coup. "


def long_reading(times: int) -> tuple[Item, Reading]:
    told = item("", SENTENCE)
    reading = ReadingOf(told).hazard("Gunmen hit", Hazard.ARMED_ATTACK, strength=3).killed("six died", 6)
    reading.state("airport closed", Target.AIRPORT, Cue.CLOSED).state("curfew", Measure.CURFEW, Cue.IMPOSED)
    reading.hazard("no coup", Hazard.COUP, polarity=Polarity.NEGATED).genre("holds", Genre.POLITICS, strength=1)
    reading.at("Bamako", BAMAKO).at("airport", BKO).impact("six", ImpactKind.INJURED, 6)
    once = reading.done()
    from dataclasses import replace  # noqa: PLC0415 - only here

    def spread(mentions: tuple) -> tuple:  # type: ignore[type-arg]  # mentions of any kind that has a span
        return tuple(
            replace(m, span=Span(Field.TEXT, m.span.start + at * len(SENTENCE), m.span.end + at * len(SENTENCE)))
            for at in range(times)
            for m in mentions
        )

    sentences = tuple(Span(Field.TEXT, at * len(SENTENCE), (at + 1) * len(SENTENCE) - 1) for at in range(times))
    return item("", SENTENCE * times), replace(
        once, sentences=sentences, places=spread(once.places), hazards=spread(once.hazards),
        statuses=spread(once.statuses), impacts=spread(once.impacts), genres=spread(once.genres),
    )  # fmt: skip


def work(length: int, scoring: Scoring) -> int:
    told, reading = long_reading(length // len(SENTENCE))
    return work_of(lambda: assess(told, reading, scoring))


def test_twice_the_text_takes_about_twice_the_work_up_to_200_000_characters(scoring: Scoring) -> None:
    assert work(200_000, scoring) < 2.5 * work(100_000, scoring)


def test_a_text_of_200_000_characters_is_judged_in_seconds(scoring: Scoring) -> None:
    told, reading = long_reading(200_000 // len(SENTENCE))
    start = process_time()
    assess(told, reading, scoring)
    assert process_time() - start < 5
