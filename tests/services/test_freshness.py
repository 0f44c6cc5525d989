from dataclasses import replace
from datetime import datetime, timedelta

from builders import at

from bot.model.item import Source, SourceKind
from bot.services.freshness import down_since, silent_for, stirred
from bot.services.ports import SourceState

WIRE = Source(id="sahel-wire", name="Sahel Wire", url="https://wire.example/rss")


def lively(every: float = 1, times: int = 12) -> SourceState:
    """A source that brought something new every so many hours, the last time at 0 h."""
    state = SourceState(source_id=WIRE.id)
    for number in range(times):
        state = stirred(state, at((number + 1 - times) * every))
    return state


def answered(state: SourceState, until: datetime) -> SourceState:
    return replace(state, last_success_at=until)


def test_a_feed_that_answers_without_news_far_longer_than_it_ever_did_is_silent() -> None:
    assert silent_for(WIRE, answered(lively(), at(23))) is None
    assert silent_for(WIRE, answered(lively(), at(25))) == timedelta(hours=25)
    assert silent_for(WIRE, answered(lively(every=24), at(48))) is None
    assert silent_for(WIRE, answered(lively(every=24), at(73))) == timedelta(hours=73)


def test_a_rhythm_is_known_after_ten_stirs() -> None:
    assert silent_for(WIRE, answered(lively(times=5), at(500))) is None


def test_a_feed_that_could_not_be_asked_is_not_silent() -> None:
    assert silent_for(WIRE, answered(lively(), at(1))) is None


def test_an_authority_may_be_silent_for_ever() -> None:
    assert silent_for(replace(WIRE, kind=SourceKind.OFFICIAL), answered(lively(), at(500))) is None


def test_one_long_silence_is_remembered_and_slowly_forgotten() -> None:
    state = stirred(lively(), at(40))
    assert state.longest_gap == timedelta(hours=40)
    for number in range(200):
        state = stirred(state, at(41 + number))
    assert state.longest_gap is not None
    assert state.longest_gap < timedelta(hours=2)


def test_a_source_is_down_after_three_failures_over_a_quarter_of_an_hour() -> None:
    failing = SourceState(source_id=WIRE.id, failing="HTTP 503", failing_since=at(0), failures=3)
    assert down_since(WIRE, failing, at(0.2)) is None
    assert down_since(WIRE, failing, at(0.25)) == at(0)
    assert down_since(WIRE, replace(failing, failures=2), at(3)) is None
    assert down_since(WIRE, SourceState(source_id=WIRE.id), at(0)) is None


def test_a_source_that_is_gone_or_silent_is_down() -> None:
    gone = SourceState(source_id=WIRE.id, disabled=True, failing="HTTP 410 Gone", failing_since=at(0))
    assert down_since(WIRE, gone, at(0)) == at(0)
    assert down_since(WIRE, answered(lively(), at(25)), at(25)) == at(0)
