"""The time of a judgement grows with the text, not with its square."""

from time import perf_counter

from builders import BAMAKO, BKO, item
from reading_builders import ReadingOf

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


def seconds(times: int, scoring: Scoring) -> float:
    told, reading = long_reading(times)
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        assess(told, reading, scoring)
        best = min(best, perf_counter() - start)
    return best


def test_twice_the_text_takes_about_twice_the_time_up_to_200_000_characters(scoring: Scoring) -> None:
    half, whole = (seconds(length // len(SENTENCE), scoring) for length in (100_000, 200_000))
    assert whole < 3 * half
    assert whole < 2
