"""`outrider why EVENT`: an event's history, its reports, who was told of it, and who was not and why."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.app.clock import SystemClock
from bot.app.settings import load_settings
from bot.model.assessment import Reason
from bot.model.event import BY_OPERATOR, ChangeKind, Event, EventChange
from bot.model.watch import Watched
from bot.storage.events import PastChange
from bot.storage.outbox import PastDelivery
from bot.storage.store import SqlStore
from bot.watches.index import bystanders
from bot.watches.match import why_not

NOT_FOUND = 1
_SHORT_ID = 8  # signs of an item's id, by which /split knows it

WHY_NOT = {
    "far": "too far off for its severity",
    "minor": "below the least severity of the watch",
    "muted": "muted",
    "other-hazards": "only other hazards are wanted",
    "not-now": "the watch is not on at this date",
    "concerned": "it would be told with the next change",
    "over": "it was over before they could be told",
    "merged": "they hear of the event that it was merged into",
}
"""Why a watch near the event was told nothing, in words."""


def why(event_id: str) -> int:
    """Print what is known of the event with this id or tag, or whose id begins so; return 1 when there is none."""
    lines, status = asyncio.run(_asked(event_id))
    print("\n".join(lines))
    return status


async def _asked(wanted: str) -> tuple[list[str], int]:
    async with SqlStore.look(load_settings().database) as store:
        found = await store.event_ids(wanted)
        if len(found) != 1:
            named = f"Several events are called {wanted!r}: {', '.join(found)}" if found else f"No event {wanted!r}."
            return [named], NOT_FOUND
        event = await store.event(found[0])
        assert event is not None
        history, deliveries = await store.history(event.id), await store.deliveries(event.id)
        watched = await store.watched(bystanders(_present(event)))
        return list(told(event, history, deliveries, watched, SystemClock().now())), 0


def told(
    event: Event,
    history: Iterable[PastChange],
    deliveries: Iterable[PastDelivery],
    watched: Iterable[Watched],
    now: datetime,
) -> Iterator[str]:
    """Give the event's account, line for line."""
    yield from _head(event)
    titles = {report.item_id: f"{report.outlet}: {report.title}" for report in event.reports}
    yield from _part("Reports", (_report(event, number) for number in range(len(event.reports))))
    yield from _part("What happened to it", (_change(change, titles) for change in history))
    deliveries = tuple(deliveries)
    yield from _part("Told", map(_delivery, deliveries))
    heard = {one.chat_id for one in deliveries}
    silent = (one for one in watched if one.chat.id not in heard)
    yield from _part("Not told, of those who watch near it", (_silence(one, event, now) for one in silent))


def _head(event: Event) -> Iterator[str]:
    yield f"{event.id}  {event.headline}"
    where = ", ".join(f"{place.name} ({place.country or 'at sea'})" for place in event.area)
    yield f"  {event.hazard} at {where}"
    voices = f"{len(event.voices)} voice{'s' if len(event.voices) != 1 else ''}{', official' if event.official else ''}"
    yield f"  {event.state}, {event.severity}, version {event.version}; {voices}"
    yield f"  first reported {_at(event.first_seen_at)}, last {_at(event.last_seen_at)}"
    if event.merged_into:
        yield f"  merged into {event.merged_into}"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    kept = list(lines)
    yield from (f"  {line}" for line in kept or ["none"])


def _report(event: Event, number: int) -> str:
    report = event.reports[number]
    own = report.voice == report.source_id
    earlier = {other.voice for other in event.reports[:number]}
    repeats = "" if own or report.voice not in earlier else f" (counts for {report.voice})"
    status = f", {report.status}" if report.status else ""
    when, how = _at(report.published_at), f"{report.severity}{status}"
    return f"{report.item_id[:_SHORT_ID]}  {when}  {how}  {report.outlet}{repeats}: {report.title}"


def _change(change: PastChange, titles: dict[str, str]) -> str:
    own = any(reason.code == BY_OPERATOR for reason in change.reasons)
    cause = titles.get(change.item_id, change.item_id) if change.item_id else "the operator" if own else "time passed"
    news = f" [{', '.join(change.news)}]" if change.news else ""
    grounds = ", ".join(map(_ground, change.reasons))
    after = f"{change.severity}, {change.state}"
    return f"{_at(change.at)}  {change.version}. {change.kind}{news}: {after}  ({grounds})  {cause}"


def _ground(reason: Reason) -> str:
    points = f" {reason.points:+}" if reason.points else ""
    return f"{reason.code}{points}" + (f" {reason.note!r}" if reason.note else "")


def _delivery(one: PastDelivery) -> str:
    settled = f" {_at(one.settled_at)}" if one.settled_at else ""
    because = f", {one.why}" if one.why else ""
    return f"{_at(one.created_at)}  chat {one.chat_id}: {one.reason}, {one.severity}: {one.state}{settled}{because}"


def _silence(one: Watched, event: Event, now: datetime) -> str:
    because = why_not(one, _present(event), now)
    if because == "concerned" and not event.live:
        because = "merged" if event.merged_into else "over"
    return f"chat {one.chat.id} ({one.watch.label}): {WHY_NOT[because]}"


def _present(event: Event) -> EventChange:
    """Return the event as a change that would tell it now, to ask whom it concerns."""
    return EventChange(kind=ChangeKind.UPDATED, before=None, after=event, cause=None, at=event.last_seen_at)


def _at(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"
