"""What happened lately where a chat watches: the newest of it, and what the chat was not told, and why.

Nothing is kept for it: recent events are held against the chat's watches when somebody asks.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.alert import AlertReason, Delivery
from bot.model.event import Event, EventState
from bot.model.watch import Chat, Watch, Watched
from bot.services.outlook import Sighting, around, as_opened
from bot.services.ports import Store
from bot.watches.concern import Concern
from bot.watches.match import gap_km, matches, why_silent

LATEST_BACK = timedelta(days=14)
MISSED_BACK = timedelta(days=3)
MOST = 50
"""So many are looked for: nobody turns more pages, and a chat of many watches is answered as soon as others."""

_SENT = frozenset({Delivery.SENT, Delivery.SENDING})
_UNSETTLED = {
    Delivery.NEW: "waits", Delivery.AMBIGUOUS: "unsure", Delivery.UNKNOWN: "unsure", Delivery.EXPIRED: "too-late",
    Delivery.DEAD: "refused", Delivery.SUPERSEDED: "overtaken",
}  # fmt: skip
_NEAREST_MISS = ("muted", "minor", "other-hazards", "not-now", "before", "far")
"""Of several watches, that of which the least would have had to be otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAlert:
    """A row of a chat's outbox. `next_at` is when it is tried next, `message_id` what stands in the chat."""

    event_id: str
    reason: AlertReason
    state: Delivery
    created_at: datetime
    next_at: datetime
    settled_at: datetime | None = None
    message_id: int | None = None


class Ledger(Protocol):
    """What the store knows of what one chat was told."""

    async def alerts_to(self, chat_id: int, since: datetime) -> tuple[PastAlert, ...]:
        """Return the chat's rows of the outbox that were made since then, oldest first."""
        ...

    async def told_by(self, chat_id: int, message_id: int) -> str | None:
        """Return the id of the event of which that message of the chat tells, or None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """An event of which the chat was not told.

    `why` is as `why_not` of bot/watches/match.py says, or "before" (it began before there was the watch), "waits" (for
    `until`, the end of quiet hours), "too-late", "refused", "unsure", "withdrawn". `watch` is the one that came nearest
    to hearing of it, `km` how far its edge was from that.
    """

    event: Event
    why: str
    watch: Watch | None = None
    km: float | None = None
    until: datetime | None = None


async def latest(store: Store, chat: Chat, now: datetime) -> tuple[Sighting, ...]:
    """Return what the chat's watches hear of, newest report first: what it was told, or would be if they were awake."""
    watches = await store.watches_of(chat.id)
    if not watches:
        return ()
    events = await store.known_events(around(watches, now - LATEST_BACK))
    return await asyncio.to_thread(_heard, events, [_awake(watch, chat) for watch in watches], now)


def _heard(events: Sequence[Event], watched: Sequence[Watched], now: datetime) -> tuple[Sighting, ...]:
    """Return the newest of the events that concern the watches; the events come newest first."""
    found: list[Sighting] = []
    for event in events:
        found += [Sighting(event=event, match=match) for _, match in matches(as_opened(event), watched, now)]
        if len(found) == MOST:
            break
    return tuple(found)


async def missed(store: Store, ledger: Ledger, chat: Chat, now: datetime) -> tuple[Missed, ...]:
    """Return the gravest events of the last days near what the chat watches of which it was not told."""
    watches = await store.watches_of(chat.id)
    since = now - MISSED_BACK
    events = await store.known_events(around(watches, since)) if watches else ()
    rows: dict[str, list[PastAlert]] = {}
    for row in await ledger.alerts_to(chat.id, since - LATEST_BACK):
        rows.setdefault(row.event_id, []).append(row)
    return await asyncio.to_thread(_all_missed, sorted(events, key=_gravest), rows, watches, chat, now)


def _all_missed(
    events: Sequence[Event],
    rows: Mapping[str, Sequence[PastAlert]],
    watches: Sequence[Watch],
    chat: Chat,
    now: datetime,
) -> tuple[Missed, ...]:
    found: list[Missed] = []
    for event in events:
        one = _missed(event, rows.get(event.id, ()), watches, chat, now)
        found += [one] if one is not None else []
        if len(found) == MOST:
            break
    return tuple(found)


def _missed(
    event: Event, rows: Sequence[PastAlert], watches: Sequence[Watch], chat: Chat, now: datetime
) -> Missed | None:
    """Return why the chat was not told of the event; None where it was, or where there was nothing to tell."""
    if any(row.state in _SENT for row in rows):
        return None
    if event.state is EventState.RETRACTED:
        return Missed(event=event, why="withdrawn") if rows else None
    firsts = [row for row in rows if row.reason is AlertReason.FIRST]
    if firsts and (why := _UNSETTLED[firsts[-1].state]) != "overtaken":
        later = firsts[-1].next_at if why == "waits" and firsts[-1].next_at > now else None
        return None if why == "waits" and later is None else Missed(event=event, why=why, until=later)
    concern = Concern(as_opened(event))
    deaf = [(_why(event, concern, Watched(watch=watch, chat=chat)), watch) for watch in watches]
    heard = [(why, watch) for why, watch in deaf if why in _NEAREST_MISS]
    if len(heard) < len(deaf):
        return None  # one watch is concerned: it is told with the next change
    why, watch = min(heard, key=lambda pair: (_NEAREST_MISS.index(pair[0]), _gap(pair[1], event)))
    return Missed(event=event, why=why, watch=watch, km=_gap(watch, event) if why == "far" else None)


def _why(event: Event, concern: Concern, one: Watched) -> str:
    """Return why the watch did not hear of the event when it was last told of.

    A mute counts only where nothing else kept it back: it may have been set later.
    """
    then = event.last_seen_at
    unmuted = replace(one, watch=replace(one.watch, muted_until=None)) if one.watch.muted_until else one
    otherwise = why_silent(unmuted, concern, then)
    if otherwise != "concerned":
        return otherwise
    made = one.watch.created_at
    return "before" if made is not None and made > event.first_seen_at else why_silent(one, concern, then)


def _awake(watch: Watch, chat: Chat) -> Watched:
    """Return the watch without its dates and mute."""
    return Watched(watch=replace(watch, muted_until=None, active_from=None, active_until=None, ends_at=None), chat=chat)


def _gap(watch: Watch, event: Event) -> float:
    """Return how far off it was; nothing to go by for a watch of whole countries."""
    return min(gap_km(watch, place) for place in event.area)


def _gravest(event: Event) -> tuple[int, float, str]:
    return -event.severity.step, -event.last_seen_at.timestamp(), event.id
