"""When a source is polled next: a polite rhythm, the server's wishes, and backing off. Pure.

The rules are those of the polling contract (docs/sources.md): a server's Retry-After always wins, up to a day; its
max-age, its feed's ttl and skipped hours are heeded up to an hour; the interval follows what comes; failures back off
by powers of two; 410 Gone ends polling; a permanent redirect is kept once it was seen for a day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus

from bot.feeds.rhythm import Rhythm
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.item import Format, Source, SourceKind
from bot.services.ports import Fetched, FetchFailed, Moved, NotModified, SourceState, Unreadable

LONGEST_HINT = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=24)
FIRST_BACKOFF = timedelta(minutes=1)
LONGEST_BACKOFF = timedelta(hours=1)
FIRST_RECONNECT, LONGEST_RECONNECT = timedelta(seconds=1), timedelta(minutes=5)
TOO_MANY_WAIT = timedelta(hours=4)
SHORTEST_RETRY = timedelta(seconds=10)
"""A Retry-After of nothing is no leave to knock without a pause."""

FLOORS = {SourceKind.NEWS: timedelta(minutes=2), SourceKind.OFFICIAL: timedelta(minutes=1)}
URGENT_FLOOR, URGENT_FOR = timedelta(minutes=1), timedelta(hours=24)
MOST_REGIONS = 5
MOST_OFTEN = 5
"""No source is asked more than this many times as often as the catalogue wishes, whatever happens."""
LONGEST_WISH = timedelta(hours=1)
QUIET_POLLS, QUIET_FOR = 5, timedelta(minutes=25)
"""A source is quiet after so many polls without news that last so long together: five at five minutes."""

KEPT_AFTER, KEPT_POLLS = timedelta(hours=24), 3
GIVEN_UP_AFTER = 3
_TOLD_TO_STAY_AWAY = range(400, 500)
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_NOT_THERE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

_Answer = Fetched | NotModified


def _share(source_id: str, turn: int) -> float:
    """Return a number in [0, 1) that differs by source and turn and is the same on every machine."""
    return int.from_bytes(sha256(f"{source_id} {turn}".encode()).digest()[:4]) / 2**32


def first_poll(source: Source, now: datetime, spread: timedelta) -> SourceState:
    """Return the state of a source that was never polled: its first poll lies within the spread."""
    at = now + min(spread, source.every) * _share(source.id, 0)
    return SourceState(source_id=source.id, next_at=at, url=source.url)


def resume(source: Source, known: SourceState | None, now: datetime, spread: timedelta) -> SourceState:
    """Return the state with which a source goes on after a start.

    What fell due while nothing ran is spread like first polls: a restart is no burst. A source whose address the
    operator changed starts anew, for what is known is known of another address.
    """
    if known is None or (known.url and known.url != source.url):
        return first_poll(source, now, spread)
    if known.next_at is not None and known.next_at > now:
        return known
    return replace(known, next_at=first_poll(source, now, spread).next_at)


def address(source: Source, state: SourceState) -> str:
    """Return where the source is asked: the catalogue's address, or where it moved for good."""
    return state.moved.to if state.moved is not None and state.moved.kept else source.url


def urgent_countries(events: Iterable[Event], now: datetime) -> frozenset[str]:
    """Return the countries in which something at least severe goes on that was heard of within a day."""
    grave = (one for one in events if one.severity >= Severity.SEVERE and now - one.last_seen_at <= URGENT_FOR)
    return frozenset(country for event in grave for country in event.countries)


def is_urgent(source: Source, countries: Collection[str]) -> bool:
    """Tell whether a source is about one of these countries; one about many is about none of them in particular."""
    return 0 < len(source.regions) <= MOST_REGIONS and not set(countries).isdisjoint(source.regions)


def due_at(state: SourceState, *, urgent: bool) -> datetime | None:
    """Return when a source is due; `urgent` where its region has an open severe event: as soon as the server allows."""
    if urgent and state.next_at is not None and state.soonest_at is not None:
        return min(state.next_at, state.soonest_at)
    return state.next_at


def after_success(
    source: Source,
    state: SourceState,
    answer: _Answer,
    *,
    newest: datetime | None,
    now: datetime,
    rhythm: Rhythm | None = None,
) -> SourceState:
    """Return the state after a poll that was answered.

    `newest` is the date of the newest new item, if any; `rhythm` what the feed says of itself, None where it did not
    come (not modified).
    """
    rhythm = rhythm or state.rhythm or Rhythm()
    wish, empty_polls = _wish(source, state, news=newest is not None)
    more = 1 + 0.1 * _share(source.id, int(now.timestamp()))
    next_at = _heeding(answer, rhythm, wish * more, now)
    soonest_at = _heeding(answer, rhythm, floor_of(source, urgent=True) * more, now)
    return replace(
        state,
        url=source.url,
        validators=answer.validators,
        moved=_moved(source, state.moved, answer.moved_to, now),
        wish=wish,
        rhythm=rhythm,
        next_at=next_at,
        soonest_at=min(soonest_at, next_at),
        last_success_at=now,
        last_item_at=max(filter(None, (newest, state.last_item_at)), default=None),
        failures=0,
        empty_polls=empty_polls,
        failing=None,
        failing_since=None,
    )


def after_failure(
    source: Source, state: SourceState, failure: FetchFailed | Unreadable, *, now: datetime
) -> SourceState:
    """Return the state after a poll that failed. A failure says nothing about the world: only the rhythm changes."""
    failures = state.failures + 1
    status = failure.status if isinstance(failure, FetchFailed) else None
    wait = max(source.every, _backoff(status, failures)) * (1 + 0.1 * _share(source.id, failures))
    if isinstance(failure, FetchFailed) and failure.retry_after is not None:
        wait = min(max(failure.retry_after, min(source.every, SHORTEST_RETRY)), LONGEST_WAIT)
    away = state.moved is not None and state.moved.kept
    gone = isinstance(failure, FetchFailed) and failure.gone and not away
    astray = away and (status in _NOT_THERE or failures >= GIVEN_UP_AFTER)
    return replace(
        state,
        url=source.url,
        moved=None if astray else state.moved,
        next_at=now + wait,
        soonest_at=now + wait,
        failures=failures,
        failing=failure.why,
        failing_since=state.failing_since or now,
        disabled=state.disabled or gone,
    )


def after_sign(source: Source, state: SourceState, now: datetime) -> SourceState:
    """Return the state of a stream that has just shown that it lives."""
    return replace(
        state, url=source.url, next_at=None, last_success_at=now, failures=0, failing=None, failing_since=None
    )


def after_break(source: Source, state: SourceState, failure: FetchFailed, *, breaks: int, now: datetime) -> SourceState:
    """Return the state of a stream that broke off, with when it is connected to again.

    At first after a second, then after twice as long each time, with jitter, five minutes at most: what it would have
    said meanwhile is told by nobody. A server that refuses the connection is left alone like one that refuses a poll.
    """
    failed = after_failure(source, state, failure, now=now)
    if failure.status in _TOLD_TO_STAY_AWAY:
        return failed
    wait = min(FIRST_RECONNECT * 2 ** min(breaks - 1, 20), LONGEST_RECONNECT)
    next_at = now + wait * (1 + 0.5 * _share(source.id, int(now.timestamp())))
    return replace(failed, next_at=next_at, soonest_at=next_at)


def backfill(stream: Source, sources: Iterable[Source], states: Mapping[str, SourceState]) -> tuple[SourceState, ...]:
    """Return the lists that tell what a stream tells, due as soon as their servers allow: they fill its gaps."""
    lists = (one for one in sources if not one.pushed and (one.owner_group, one.format) == _kin(stream))
    found = (states[one.id] for one in lists if one.id in states)
    return tuple(replace(state, next_at=due_at(state, urgent=True)) for state in found if not state.failing)


def _kin(source: Source) -> tuple[str, Format]:
    return source.owner_group, source.format


def floor_of(source: Source, *, urgent: bool = False) -> timedelta:
    """Return the shortest interval for a source; `urgent` where its region has an open severe event."""
    floor = URGENT_FLOOR if urgent else FLOORS[source.kind]
    return max(min(source.every, floor), source.every / MOST_OFTEN)


def _wish(source: Source, state: SourceState, *, news: bool) -> tuple[timedelta, int]:
    """Return the interval that suits what comes, and the number of polls without news since it last changed.

    It is halved when something new came, and doubled when a news source is quiet. An official source is never asked
    less often than the catalogue says: a tsunami comes after years of silence, and a 304 costs next to nothing.
    """
    wish = state.wish or source.every
    if state.last_success_at is None:
        return source.every, 0
    if news:
        return max(floor_of(source), min(wish / 2, source.every)), 0
    empty = state.empty_polls + 1
    if empty < QUIET_POLLS or empty * wish < QUIET_FOR:
        return wish, empty
    longest = max(source.every, LONGEST_WISH if source.kind is SourceKind.NEWS else source.every)
    return min(wish * 2, longest), 0


def _heeding(answer: _Answer, rhythm: Rhythm, wait: timedelta, now: datetime) -> datetime:
    """Return when to come again after `wait`, or later where the server asks for it."""
    hint = max(answer.max_age or timedelta(0), rhythm.ttl or timedelta(0))
    wait = max(wait, min(hint, LONGEST_HINT))
    if rhythm.rests(now + wait):
        wait = max(wait, LONGEST_HINT)
    return now + max(wait, min(answer.retry_after or timedelta(0), LONGEST_WAIT))


def _moved(source: Source, moved: Moved | None, to: str, now: datetime) -> Moved | None:
    """Return what is known of a permanent redirect. From https nothing leads back to http for good."""
    if not to or (source.url.startswith("https:") and not to.startswith("https:")):
        return moved if moved is not None and moved.kept else None
    if moved is None or moved.to != to:
        return Moved(to=to, since=now)
    seen = moved.seen + 1
    return replace(moved, seen=seen, kept=moved.kept or (seen >= KEPT_POLLS and now - moved.since >= KEPT_AFTER))


def _backoff(status: int | None, failures: int) -> timedelta:
    """Return how long to wait: 429 four hours, other refusals up to a day, what may pass up to an hour."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TOO_MANY_WAIT
    refused = status in _TOLD_TO_STAY_AWAY and status not in _PASSING
    doubled: timedelta = FIRST_BACKOFF * 2 ** min(failures - 1, 11)
    return min(doubled, LONGEST_WAIT if refused else LONGEST_BACKOFF)
