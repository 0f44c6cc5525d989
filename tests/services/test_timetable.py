from datetime import timedelta

from builders import at

from bot.model.item import Source
from bot.services.ports import Fetched, FetchFailed, NotModified, SourceState, Unreadable, Validators
from bot.services.timetable import after_failure, after_success, first_poll

WIRE = Source(id="sahel-wire", name="Sahel Wire", url="https://wire.example/rss", every=timedelta(minutes=5))
KNOWN = SourceState(source_id="sahel-wire", last_success_at=at(-1))
UNCHANGED = NotModified(validators=Validators(etag='"a"'))


def wait(state: SourceState) -> timedelta:
    assert state.next_at is not None
    return state.next_at - at(0)


def test_the_first_poll_lies_within_the_spread() -> None:
    starts = {wait(first_poll(Source(id=f"s{n}", name="s", url="x"), at(0), timedelta(minutes=1))) for n in range(50)}
    assert len(starts) > 40
    assert all(timedelta(0) <= start < timedelta(minutes=1) for start in starts)


def test_a_poll_that_is_answered_comes_again_at_the_wish_and_at_most_a_tenth_later() -> None:
    state = after_success(WIRE, KNOWN, UNCHANGED, newest=None, now=at(0))
    assert WIRE.every <= wait(state) <= WIRE.every * 1.1
    assert state.failing is None
    assert state.validators.etag == '"a"'


def test_the_servers_hint_is_heeded_up_to_an_hour() -> None:
    hour = Fetched(body=b"", content_type="", validators=Validators(), url="", max_age=timedelta(minutes=30))
    day = Fetched(body=b"", content_type="", validators=Validators(), url="", max_age=timedelta(days=1))
    assert wait(after_success(WIRE, KNOWN, hour, newest=None, now=at(0))) >= timedelta(minutes=30)
    assert wait(after_success(WIRE, KNOWN, day, newest=None, now=at(0))) <= timedelta(minutes=66)


def test_failures_back_off_up_to_an_hour_and_the_reason_is_kept() -> None:
    state, waits = KNOWN, []
    for _ in range(12):
        state = after_failure(WIRE, state, Unreadable("an HTML page instead of a feed"), now=at(0))
        waits.append(wait(state))
    assert waits == sorted(waits) or waits[-1] >= timedelta(minutes=60)
    assert waits[0] < timedelta(minutes=6)
    assert waits[-1] <= timedelta(minutes=66)
    assert state.failing == "an HTML page instead of a feed"
    assert state.last_success_at == KNOWN.last_success_at


def test_retry_after_always_wins_up_to_a_day() -> None:
    soon = FetchFailed(why="HTTP 503", retry_after=timedelta(seconds=30))
    never = FetchFailed(why="HTTP 429", retry_after=timedelta(days=9))
    assert wait(after_failure(WIRE, KNOWN, soon, now=at(0))) == timedelta(seconds=30)
    assert wait(after_failure(WIRE, KNOWN, never, now=at(0))) == timedelta(hours=24)


def test_gone_switches_the_source_off() -> None:
    assert after_failure(WIRE, KNOWN, FetchFailed(why="HTTP 410: gone", gone=True), now=at(0)).disabled


def test_a_source_that_answers_again_no_longer_fails() -> None:
    failed = after_failure(WIRE, KNOWN, FetchFailed(why="no answer"), now=at(0))
    back = after_success(WIRE, failed, UNCHANGED, newest=None, now=at(1))
    assert (back.failures, back.failing) == (0, None)
