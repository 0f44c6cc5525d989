"""The outbox: alerts that wait, that are on their way, and what came of them.

    new -> sending (attempt n, committed BEFORE the call) -> sent
     ^        |-> new         certainly not sent; again at next_at
     |        |-> ambiguous   it may have arrived; again at next_at, marked as a repeat
     |        |-> unknown     the same, for the last time
     |        '-> dead        never
     '-- new and ambiguous rows become `expired` when their time is over, new ones `superseded` by newer ones

How they come in stands in `posting`, which of them is next in `line`; what came of a send is written in `settling`.
Fencing: each claim raises the row's attempt by one. Whoever comes back with an older attempt changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import String, and_, bindparam, case, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, AlertReason, Delivery, Told
from bot.model.assessment import Severity
from bot.model.watch import ChatState, Match, Watched
from bot.services.ports import Pending
from bot.services.recent import PastAlert
from bot.services.retry import REPEATS_LOWER, REPEATS_SEVERE
from bot.storage import parcels
from bot.storage.columns import Instant
from bot.storage.peace_tables import event_mutes
from bot.storage.tables import chats, events, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDelivery:
    """One row of the outbox, for the operator."""

    chat_id: int
    reason: str
    severity: Severity
    state: str
    why: str
    created_at: datetime
    settled_at: datetime | None


SETTLED = frozenset({Delivery.SENT, Delivery.UNKNOWN, Delivery.DEAD, Delivery.EXPIRED, Delivery.SUPERSEDED})
_NOT_TOLD = frozenset({Delivery.DEAD, Delivery.EXPIRED, Delivery.SUPERSEDED})
_PART = 1000  # rows that are read before the event loop has its turn again

# Written into the statement, not bound: else the databases do not see that the indexes on waiting rows serve it.
_WAITING = [literal(state.value, String, literal_execute=True) for state in (Delivery.NEW, Delivery.AMBIGUOUS)]
_SENDING = literal(Delivery.SENDING.value, String, literal_execute=True)


async def withdraw(connection: AsyncConnection, event_id: str, at: datetime, *, moved: bool = False) -> None:
    """Give up the rows of an event that was retracted before they were sent: who heard nothing needs no correction.

    So too where it `moved`: they would tell chats at the wrong place that it is near; and where it was merged.
    """
    why = "the event is elsewhere" if moved else "the event is no more"
    await connection.execute(
        update(outbox)
        .where(outbox.c.event_id == event_id, outbox.c.state == Delivery.NEW)
        .values(state=Delivery.SUPERSEDED, settled_at=at, why=why)
    )


async def recover(
    connection: AsyncConnection, owner: str, now: datetime, in_flight: Collection[int], *, alone: bool
) -> int:
    """Make rows ambiguous that nobody is sending any more, or `unknown` after the last try; return how many.

    This owner's own are those not `in_flight` with it. Another owner has ended if this process is `alone` with the
    store; else it is left the time of its lease.
    """
    of_others = outbox.c.owner != owner
    ended = of_others if alone else and_(of_others, outbox.c.lease_until <= now)
    last = outbox.c.ambiguous >= case((outbox.c.severity >= Severity.SEVERE, REPEATS_SEVERE), else_=REPEATS_LOWER)
    found = await connection.execute(
        update(outbox)
        .where(
            outbox.c.state == _SENDING,
            or_(outbox.c.owner.is_(None), ended, and_(~of_others, outbox.c.id.not_in(in_flight))),
        )
        .values(
            state=case((last, Delivery.UNKNOWN.value), else_=Delivery.AMBIGUOUS.value),
            settled_at=case((last, literal(now, outbox.c.settled_at.type)), else_=None),
            ambiguous=outbox.c.ambiguous + 1,
            next_at=now,
            why="its sender ended before the answer",
            owner=None,
            lease_until=None,
        )
    )
    return found.rowcount


async def rouse(connection: AsyncConnection, now: datetime) -> int:
    """Make due now what waits for no morning but for a clock that was set back; return how many rows."""
    put_off = or_(outbox.c.attempt > 0, outbox.c.next_at == outbox.c.created_at)
    found = await connection.execute(
        update(outbox).where(outbox.c.state.in_(_WAITING), outbox.c.next_at > now, put_off).values(next_at=now)
    )
    return found.rowcount


async def told(connection: AsyncConnection, event_ids: Sequence[str]) -> Mapping[tuple[int, str], Told]:
    """Return what each chat was told of the events, or will be by what waits, by (chat id, event id).

    Where there are several first alerts (one expired, or was overtaken), the newest counts.
    """
    rows = await connection.stream(
        select(
            outbox.c.chat_id, outbox.c.event_id, outbox.c.reason, outbox.c.state, outbox.c.severity, outbox.c.key,
            outbox.c.message_id,
        )
        .where(outbox.c.event_id.in_(event_ids))
        .order_by(outbox.c.id)
    )  # fmt: skip
    known: dict[tuple[int, str], Told] = {}
    async for part in rows.partitions(_PART):
        for chat_id, event_id, reason, state, severity, key, message_id in part:
            heard = Severity.NONE if state in _NOT_TOLD else severity
            before = known.get((chat_id, event_id))
            if before is None:
                known[chat_id, event_id] = Told(
                    chat_id=chat_id, event_id=event_id, first=Delivery(state), severity=heard,
                    keys=frozenset({key}), message_id=message_id,
                )  # fmt: skip
                continue
            after = replace(before, severity=max(before.severity, heard), keys=before.keys | {key})
            first = reason == AlertReason.FIRST
            known[chat_id, event_id] = (
                replace(after, first=Delivery(state), message_id=message_id) if first else after
            )  # fmt: skip
    mutes = select(event_mutes.c.chat_id, event_mutes.c.event_id).where(event_mutes.c.event_id.in_(event_ids))
    for chat_id, event_id in (await connection.execute(mutes)).all():
        if (chat_id, event_id) in known:
            known[chat_id, event_id] = replace(known[chat_id, event_id], muted=True)
    return known


async def heard(
    connection: AsyncConnection, event_id: str, chat_ids: Sequence[int]
) -> tuple[tuple[Watched, Match], ...]:
    """Return how the event concerned these chats when they were first told of it, by its newest first alert."""
    found: dict[int, tuple[Watched, Match]] = {}
    for start in range(0, len(chat_ids), _PART):
        rows = await connection.execute(
            select(outbox.c.alert, chats.c.chat)
            .join(chats, chats.c.id == outbox.c.chat_id)
            .where(
                outbox.c.event_id == event_id,
                outbox.c.reason == AlertReason.FIRST,
                outbox.c.chat_id.in_(chat_ids[start : start + _PART]),
            )
            .order_by(outbox.c.id)
        )
        found |= {row.chat.id: (Watched(watch=row.alert.match.watch, chat=row.chat), row.alert.match) for row in rows}
    return tuple(found[chat_id] for chat_id in sorted(found))


async def alerts_to(connection: AsyncConnection, chat_id: int, since: datetime) -> tuple[PastAlert, ...]:
    """Return the chat's rows that were made since then, oldest first."""
    columns = (
        outbox.c.event_id, outbox.c.reason, outbox.c.state, outbox.c.created_at, outbox.c.next_at, outbox.c.settled_at,
        outbox.c.message_id,
    )  # fmt: skip
    mine = select(*columns).where(outbox.c.chat_id == chat_id, outbox.c.created_at >= since).order_by(outbox.c.id)
    return tuple(
        PastAlert(**{**row, "reason": AlertReason(row["reason"]), "state": Delivery(row["state"])})
        for row in (await connection.execute(mine)).mappings()
    )


async def told_by(connection: AsyncConnection, chat_id: int, message_id: int) -> str | None:
    """Return the id of the event of which that message of the chat tells."""
    found: str | None = await connection.scalar(
        select(outbox.c.event_id).where(outbox.c.chat_id == chat_id, outbox.c.message_id == message_id).limit(1)
    )
    return found


async def history(connection: AsyncConnection, event_id: str) -> tuple[PastDelivery, ...]:
    """Return what was to be told of the event to whom, and what came of it, oldest first."""
    columns = (
        outbox.c.chat_id, outbox.c.reason, outbox.c.severity, outbox.c.state, outbox.c.why, outbox.c.created_at,
        outbox.c.settled_at,
    )  # fmt: skip
    rows = await connection.execute(select(*columns).where(outbox.c.event_id == event_id).order_by(outbox.c.id))
    written = tuple(PastDelivery(**row) for row in rows.mappings())
    return (*written, *map(_in_parcel, await parcels.seen(connection, event_id)))


async def counts(connection: AsyncConnection) -> Mapping[Delivery, int]:
    """Return the number of rows in each state, 0 included."""
    rows = await connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    found = {Delivery(state): number for state, number in rows}
    found[Delivery.NEW] = found.get(Delivery.NEW, 0) + sum([n for n, _ in (await parcels.sums(connection)).values()])
    return {state: found.get(state, 0) for state in Delivery}


async def pending(connection: AsyncConnection, now: datetime) -> tuple[Pending, ...]:
    """Return what active chats are still to be sent. What was tried before is due since it was made."""
    due_at = case((outbox.c.attempt > 0, outbox.c.created_at), else_=outbox.c.next_at)
    due = case((or_(outbox.c.attempt > 0, outbox.c.next_at <= now), due_at))
    rows = await connection.execute(
        select(outbox.c.severity, func.count(), func.min(due, type_=Instant))
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(outbox.c.state.in_([Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS]))
        .where(chats.c.state == ChatState.ACTIVE)
        .group_by(outbox.c.severity)
    )
    waiting = {severity: Pending(severity=severity, rows=number, due_since=since) for severity, number, since in rows}
    for severity, (number, first_at) in (await parcels.sums(connection)).items():
        one = waiting.get(severity, Pending(severity=severity, rows=0, due_since=None))
        dues = [at for at in (one.due_since, first_at if first_at <= now else None) if at is not None]
        waiting[severity] = replace(one, rows=one.rows + number, due_since=min(dues, default=None))
    return tuple(waiting.values())


async def move(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give a chat's rows its new id, in their keys too, so that it is not told again what it was told before.

    Messages of the old chat cannot be answered or edited in the new one: their ids are forgotten.
    """
    here = select(outbox.c.key).where(outbox.c.chat_id == new_id)
    taken = set(await connection.scalars(here))
    rows = (await connection.execute(select(outbox.c.id, outbox.c.alert).where(outbox.c.chat_id == old_id))).all()
    moved = {row.id: _moved(row.alert, old_id, new_id) for row in rows}
    twice = [number for number, alert in moved.items() if alert.key in taken]
    await connection.execute(delete(outbox).where(outbox.c.id.in_(twice)))
    values = [
        {"row_id": number, "new_key": alert.key, "new_alert": alert}
        for number, alert in moved.items()
        if alert.key not in taken
    ]
    if values:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == bindparam("row_id"))
            .values(chat_id=new_id, key=bindparam("new_key"), alert=bindparam("new_alert"), message_id=None),
            values,
        )


async def prune(connection: AsyncConnection, before: datetime) -> int:
    """Drop rows that were settled before then and whose event has not been heard of since then either.

    What a chat was told of an event that is still talked of must be known, or it would be told again.
    """
    talked_of = exists().where(events.c.id == outbox.c.event_id, events.c.last_seen_at >= before)
    return (await connection.execute(delete(outbox).where(outbox.c.settled_at < before, ~talked_of))).rowcount


def _in_parcel(alert: Alert) -> PastDelivery:
    return PastDelivery(
        chat_id=alert.chat_id, reason=alert.reason, severity=alert.severity, state=Delivery.NEW, why="",
        created_at=alert.created_at, settled_at=None,
    )  # fmt: skip


def _moved(alert: Alert, old_id: int, new_id: int) -> Alert:
    own = f"{old_id}:"
    key = f"{new_id}:{alert.key.removeprefix(own)}" if alert.key.startswith(own) else alert.key
    watch = replace(alert.match.watch, chat_id=new_id)
    return replace(alert, key=key, chat_id=new_id, match=replace(alert.match, watch=watch))
