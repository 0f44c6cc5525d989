from dataclasses import replace
from datetime import timedelta

import pytest
from builders import BAMAKO, at, event

from bot.feeds.rhythm import Rhythm
from bot.model.assessment import Severity
from bot.model.item import Source, SourceKind
from bot.services.ports import Fetched, FetchFailed, NotModified, SourceState, Unreadable, Validators
from bot.services.timetable import (
    address,
    after_failure,
    after_success,
    due_at,
    first_poll,
    is_urgent,
    resume,
    urgent_countries,
)

WIRE = Source(id="sahel-wire", name="Sahel Wire", url="https://wire.example/rss", every=timedelta(minutes=5))
KNOWN = SourceState(source_id="sahel-wire", last_success_at=at(-1))
UNCHANGED = NotModified(validators=Validators(etag='"a"'))
FULL = Fetched(body=b"", content_type="", validators=Validators(), url="")


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


def test_the_interval_is_halved_by_news_down_to_two_minutes() -> None:
    state, waits = KNOWN, []
    for hour in range(4):
        state = after_success(WIRE, state, FULL, newest=at(hour), now=at(0))
        waits.append(wait(state))
    assert waits[0] < WIRE.every
    assert timedelta(minutes=2) <= waits[-1] <= timedelta(minutes=2.2)


def test_an_official_source_is_asked_each_minute_at_most_and_never_less_often_than_the_catalogue_says() -> None:
    centre = replace(WIRE, kind=SourceKind.OFFICIAL)
    busy = quiet = KNOWN
    for _ in range(9):
        busy = after_success(centre, busy, FULL, newest=at(0), now=at(0))
        quiet = after_success(centre, quiet, UNCHANGED, newest=None, now=at(0))
    assert timedelta(minutes=1) <= wait(busy) <= timedelta(minutes=1.1)
    assert centre.every <= wait(quiet) <= centre.every * 1.1


def test_five_polls_without_news_double_the_interval_up_to_an_hour_and_news_bring_it_back() -> None:
    state = KNOWN
    for _ in range(4):
        state = after_success(WIRE, state, UNCHANGED, newest=None, now=at(0))
    assert wait(state) <= WIRE.every * 1.1
    state = after_success(WIRE, state, UNCHANGED, newest=None, now=at(0))
    assert WIRE.every * 2 <= wait(state) <= WIRE.every * 2.2
    for _ in range(60):
        state = after_success(WIRE, state, UNCHANGED, newest=None, now=at(0))
    assert timedelta(hours=1) <= wait(state) <= timedelta(minutes=66)
    assert wait(after_success(WIRE, state, FULL, newest=at(0), now=at(0))) <= WIRE.every * 1.1


def test_a_source_polled_every_few_seconds_is_not_called_quiet_after_five_polls() -> None:
    quick, state = replace(WIRE, every=timedelta(seconds=5)), KNOWN
    for _ in range(100):
        state = after_success(quick, state, UNCHANGED, newest=None, now=at(0))
    assert wait(state) <= timedelta(seconds=5.5)


def test_the_first_answer_says_nothing_about_how_often_news_come() -> None:
    assert wait(after_success(WIRE, SourceState(source_id="sahel-wire"), FULL, newest=at(0), now=at(0))) >= WIRE.every


def test_what_the_feed_says_of_its_rhythm_is_heeded_and_kept_over_answers_without_a_body() -> None:
    hourly = Rhythm(ttl=timedelta(minutes=45))
    state = after_success(WIRE, KNOWN, FULL, newest=None, now=at(0), rhythm=hourly)
    assert wait(state) >= timedelta(minutes=45)
    assert wait(after_success(WIRE, state, UNCHANGED, newest=None, now=at(0))) >= timedelta(minutes=45)
    assert wait(after_success(WIRE, state, FULL, newest=None, now=at(0), rhythm=Rhythm())) <= WIRE.every * 1.1


def test_in_hours_and_on_days_that_the_feed_skips_it_is_asked_once_an_hour() -> None:
    night, today = Rhythm(skip_hours=(at(0).hour,)), Rhythm(skip_days=(at(0).weekday(),))
    for rhythm in (night, today):
        assert wait(after_success(WIRE, KNOWN, FULL, newest=None, now=at(0), rhythm=rhythm)) >= timedelta(hours=1)
    assert not Rhythm(skip_hours=tuple(range(24)), skip_days=tuple(range(7))).rests(at(0))


def test_retry_after_beside_a_good_answer_wins_too() -> None:
    asked_off = NotModified(validators=Validators(), retry_after=timedelta(hours=5))
    state = after_success(WIRE, KNOWN, asked_off, newest=None, now=at(0))
    assert wait(state) == timedelta(hours=5)
    assert due_at(state, urgent=True) == at(5)


def test_retry_after_nothing_is_no_leave_to_knock_each_second() -> None:
    at_once = FetchFailed(why="HTTP 503", retry_after=timedelta(0), status=503)
    assert wait(after_failure(WIRE, KNOWN, at_once, now=at(0))) >= timedelta(seconds=10)


@pytest.mark.parametrize(
    ("status", "tries", "least", "most"),
    [(429, 1, 4 * 60, 4.4 * 60), (403, 20, 24 * 60, 27 * 60), (404, 20, 24 * 60, 27 * 60), (500, 20, 60, 66),
     (408, 20, 60, 66), (None, 20, 60, 66), (403, 1, 5, 6)],
)  # fmt: skip
def test_refusals_back_off_to_a_day_what_may_pass_to_an_hour_and_too_many_requests_for_four_hours(
    status: int | None, tries: int, least: float, most: float
) -> None:
    state = KNOWN
    for _ in range(tries):
        state = after_failure(WIRE, state, FetchFailed(why="refused", status=status), now=at(0))
    assert timedelta(minutes=least) <= wait(state) <= timedelta(minutes=most)


def test_sources_that_fail_together_do_not_come_back_together() -> None:
    down = FetchFailed(why="HTTP 503", status=503)
    waits = {wait(after_failure(replace(WIRE, id=f"s{n}"), KNOWN, down, now=at(0))) for n in range(50)}
    assert len(waits) > 40


def test_where_something_severe_goes_on_a_feed_is_asked_each_minute_unless_the_server_objects() -> None:
    local = replace(WIRE, regions=("ML",))
    state = after_success(local, KNOWN, UNCHANGED, newest=None, now=at(0))
    soon = due_at(state, urgent=True)
    assert soon is not None
    assert timedelta(minutes=1) <= soon - at(0) <= timedelta(minutes=1.1)
    assert due_at(state, urgent=False) == state.next_at
    slow = NotModified(validators=Validators(), max_age=timedelta(minutes=20))
    held = due_at(after_success(local, KNOWN, slow, newest=None, now=at(0)), urgent=True)
    assert held is not None
    assert held - at(0) >= timedelta(minutes=20)


def test_a_feed_is_urgent_for_its_own_countries_and_not_for_half_the_world() -> None:
    grave = replace(event(), severity=Severity.SEVERE)
    assert urgent_countries([grave, event(BAMAKO, severity=Severity.MODERATE)], at(1)) == {"ML"}
    assert urgent_countries([grave], at(30)) == frozenset()
    assert is_urgent(replace(WIRE, regions=("ML", "NE")), {"ML"})
    assert not is_urgent(WIRE, {"ML"})
    assert not is_urgent(replace(WIRE, regions=("ML", "NE", "BF", "SN", "TD", "MR")), {"ML"})


def moved_after(*hours: float, to: str = "https://new.example/rss") -> SourceState:
    state = KNOWN
    for hour in hours:
        state = after_success(WIRE, state, replace(UNCHANGED, moved_to=to), newest=None, now=at(hour))
    return state


def test_a_permanent_redirect_is_kept_after_three_polls_over_a_day() -> None:
    assert address(WIRE, moved_after(0, 1, 2)) == WIRE.url
    assert address(WIRE, moved_after(0, 25)) == WIRE.url
    assert address(WIRE, moved_after(0, 12, 24)) == "https://new.example/rss"


def test_a_redirect_that_was_missing_once_is_counted_anew() -> None:
    state = after_success(WIRE, moved_after(0, 12), UNCHANGED, newest=None, now=at(13))
    assert state.moved is None


def test_no_redirect_leads_from_https_to_http_for_good() -> None:
    assert moved_after(0, 12, 24, 36, to="http://new.example/rss").moved is None


def test_a_new_address_that_fails_is_given_up_and_does_not_switch_the_source_off() -> None:
    moved = moved_after(0, 12, 24)
    gone = after_failure(WIRE, moved, FetchFailed(why="HTTP 410 Gone", gone=True, status=410), now=at(25))
    assert address(WIRE, gone) == WIRE.url
    assert not gone.disabled
    assert address(WIRE, after_failure(WIRE, moved, FetchFailed(why="HTTP 503", status=503), now=at(25))) != WIRE.url


def test_a_restart_is_no_burst_and_forgets_no_wish_of_the_server() -> None:
    minute = timedelta(minutes=1)
    overdue = [replace(KNOWN, source_id=f"s{n}", next_at=at(-3)) for n in range(50)]
    starts = {resume(replace(WIRE, id=one.source_id), one, at(0), minute).next_at for one in overdue}
    assert len(starts) > 40
    assert all(start is not None and at(0) <= start < at(0) + minute for start in starts)
    asked_off = replace(KNOWN, next_at=at(5))
    assert resume(WIRE, asked_off, at(0), minute) == asked_off


def test_a_source_whose_address_the_operator_changed_starts_anew() -> None:
    off = replace(KNOWN, url="https://old.example/rss", disabled=True, validators=Validators(etag='"a"'))
    fresh = resume(WIRE, off, at(0), timedelta(0))
    assert (fresh.disabled, fresh.validators, fresh.last_success_at) == (False, Validators(), None)
