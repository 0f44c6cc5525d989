"""The outbox: alerts that wait, that are on their way, and what came of them.

    new -> sending (attempt n, committed BEFORE the call) -> sent
     ^        |-> new         certainly not sent; again at next_at
     |        |-> ambiguous   it may have arrived; again at next_at, marked as a repeat
     |        |-> unknown     the same, for the last time
     |        '-> dead        never
     '-- new and ambiguous rows become `expired` when their time is over, new ones `superseded` by newer ones

Fencing: each claim raises the row's attempt by one. Whoever comes back with an older attempt changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, bindparam, case, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, AlertReason, Delivery, Told
from bot.model.assessment import Severity
from bot.model.watch import ChatState, Match, Watched
from bot.services.ports import Claimed, Settlement
from bot.storage.engine import insert
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
_CANDIDATES = 4  # rows looked at for each row wanted, because a chat has at most one in flight
_PART = 1000  # rows that are read before the event loop has its turn again

_row, _first, _other = outbox, outbox.alias("first"), outbox.alias("other")
# Written into the statement, not bound: else the databases do not see that the indexes on waiting rows serve it.
_WAITING = [literal(state.value, String, literal_execute=True) for state in (Delivery.NEW, Delivery.AMBIGUOUS)]
_SENDING = literal(Delivery.SENDING.value, String, literal_execute=True)


async def add(connection: AsyncConnection, alerts: Sequence[Alert]) -> int:
    """Put the alerts into the outbox; return how many were new. One whose key is there already is dropped.

    A new edit supersedes older edits of the same chat and event that were not sent, and a new first alert an older one
    that still waits (for the morning, say). An escalation lifts a first alert that it has to wait for to its own
    severity: else an extreme alert would stand in the line of the severe ones.
    """
    if not alerts:
        return 0
    statement = insert(connection, outbox).on_conflict_do_nothing(index_elements=["key"])
    added = await connection.execute(
        statement.returning(outbox.c.event_id, outbox.c.reason), [_new(alert) for alert in alerts]
    )
    rows = added.all()
    at = max(alert.created_at for alert in alerts)
    for event_id, reason in sorted({(row.event_id, row.reason) for row in rows}):
        if reason in {AlertReason.FIRST, AlertReason.EDIT}:
            await _supersede(connection, event_id, reason, at)
        elif reason == AlertReason.ESCALATION:
            await _lift(connection, event_id)
    return len(rows)


async def withdraw(connection: AsyncConnection, event_id: str, at: datetime) -> None:
    """Give up the rows of an event that was retracted before they were sent: who heard nothing needs no correction."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.event_id == event_id, outbox.c.state == Delivery.NEW)
        .values(state=Delivery.SUPERSEDED, settled_at=at, why="the event was retracted")
    )


async def claim(
    connection: AsyncConnection, owner: str, now: datetime, limit: int, lease: timedelta
) -> tuple[Claimed, ...]:
    """Mark the rows that are to be sent next as being sent, and return them; at most one of each chat."""
    await _expire(connection, now)
    candidates = await connection.execute(
        _claimable(select(_row.c.id, _row.c.chat_id))
        .where(_row.c.next_at <= now)
        .order_by(_row.c.severity.desc(), _row.c.created_at, _row.c.id)
        .limit(limit * _CANDIDATES)
        .with_for_update(of=_row, skip_locked=True)  # PostgreSQL; SQLite has one writer
    )
    of_chat: dict[int, int] = {}
    for row in candidates:
        of_chat.setdefault(row.chat_id, row.id)
    ids = list(of_chat.values())[:limit]
    if not ids:
        return ()
    await connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(
            state=Delivery.SENDING, attempt=outbox.c.attempt + 1, owner=owner, lease_until=now + lease, why=""
        )
    )  # fmt: skip
    return await _claimed(connection, ids)


async def settle(connection: AsyncConnection, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
    """Write what came of an attempt; tell whether it was still this attempt's to write.

    An answer that comes after the lease is over, but before another attempt, is the truth and is written.
    """
    ambiguous = settlement.state is Delivery.AMBIGUOUS
    counted = case((outbox.c.state == Delivery.AMBIGUOUS, 1), else_=0)  # by `recover`, in the meantime
    written = await connection.execute(
        update(outbox)
        .where(
            outbox.c.id == claimed.row,
            outbox.c.attempt == claimed.attempt,
            outbox.c.state.in_([Delivery.SENDING, Delivery.AMBIGUOUS]),
        )
        .values(
            state=settlement.state,
            next_at=settlement.next_at or now,
            why=settlement.why,
            message_id=func.coalesce(settlement.message_id, outbox.c.message_id),
            ambiguous=outbox.c.ambiguous - counted + int(ambiguous),
            settled_at=now if settlement.state in SETTLED else None,
            owner=None,
            lease_until=None,
        )
    )
    return written.rowcount > 0


async def recover(connection: AsyncConnection, owner: str, now: datetime) -> int:
    """Make rows ambiguous whose lease is over or that another owner was sending; return how many."""
    found = await connection.execute(
        update(outbox)
        .where(outbox.c.state == _SENDING, or_(outbox.c.lease_until <= now, outbox.c.owner != owner))
        .values(
            state=Delivery.AMBIGUOUS,
            ambiguous=outbox.c.ambiguous + 1,
            next_at=now,
            why="its sender ended before the answer",
            owner=None,
            lease_until=None,
        )
    )
    return found.rowcount


async def next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the next row can be claimed, leaving out those that wait for another row to be settled."""
    due: datetime | None = await connection.scalar(
        _claimable(select(_row.c.next_at)).order_by(_row.c.next_at).limit(1)
    )  # fmt: skip
    return due


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


async def history(connection: AsyncConnection, event_id: str) -> tuple[PastDelivery, ...]:
    """Return what was to be told of the event to whom, and what came of it, oldest first."""
    columns = (
        outbox.c.chat_id, outbox.c.reason, outbox.c.severity, outbox.c.state, outbox.c.why, outbox.c.created_at,
        outbox.c.settled_at,
    )  # fmt: skip
    rows = await connection.execute(select(*columns).where(outbox.c.event_id == event_id).order_by(outbox.c.id))
    return tuple(PastDelivery(**row) for row in rows.mappings())


async def counts(connection: AsyncConnection) -> Mapping[Delivery, int]:
    """Return the number of rows in each state, 0 included."""
    rows = await connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    found = {Delivery(state): number for state, number in rows}
    return {state: found.get(state, 0) for state in Delivery}


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


def _new(alert: Alert) -> dict[str, object]:
    return {
        "key": alert.key, "chat_id": alert.chat_id, "event_id": alert.event_id, "event_version": alert.event_version,
        "reason": alert.reason, "severity": alert.severity, "alert": alert, "state": Delivery.NEW,
        "next_at": alert.not_before or alert.created_at, "expires_at": alert.expires_at, "attempt": 0,
        "ambiguous": 0, "why": "", "created_at": alert.created_at,
    }  # fmt: skip


async def _supersede(connection: AsyncConnection, event_id: str, reason: str, at: datetime) -> None:
    """Give up rows that were not sent and have a newer one of the same chat, event and reason."""
    newer = exists().where(
        _other.c.event_id == outbox.c.event_id,
        _other.c.chat_id == outbox.c.chat_id,
        _other.c.reason == reason,
        _other.c.id > outbox.c.id,
    )
    await connection.execute(
        update(outbox)
        .where(outbox.c.event_id == event_id, outbox.c.reason == reason, outbox.c.state == Delivery.NEW, newer)
        .values(state=Delivery.SUPERSEDED, settled_at=at, why="a newer one tells more")
    )


async def _lift(connection: AsyncConnection, event_id: str) -> None:
    """Raise first alerts that wait to the severity of the escalations that wait for them."""
    highest = (
        select(func.max(_other.c.severity))
        .where(
            _other.c.event_id == outbox.c.event_id,
            _other.c.chat_id == outbox.c.chat_id,
            _other.c.reason == AlertReason.ESCALATION,
            _other.c.state == Delivery.NEW,
        )
        .scalar_subquery()
    )
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.event_id == event_id,
            outbox.c.reason == AlertReason.FIRST,
            outbox.c.state.in_([Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS]),
            highest > outbox.c.severity,
        )
        .values(severity=highest)
    )


async def _expire(connection: AsyncConnection, now: datetime) -> None:
    """Give up rows whose time is over. What quiet hours hold back is judged when it is due, not before."""
    tried = outbox.c.state == Delivery.AMBIGUOUS
    await connection.execute(
        update(outbox)
        .where(outbox.c.state.in_(_WAITING), outbox.c.expires_at <= now, outbox.c.next_at <= now)
        .values(
            state=Delivery.EXPIRED,
            settled_at=now,
            why=case((tried, "its time was over; an earlier try may have arrived"), else_="its time was over"),
        )
    )


def _claimable(rows: Select[Any]) -> Select[Any]:
    """Narrow a query to waiting rows of active chats that no other row holds back.

    A chat has one message in flight at a time; replies and edits wait for the first alert of their event.
    """
    in_flight = exists().where(_other.c.chat_id == _row.c.chat_id, _other.c.state == _SENDING)
    first_unsettled = exists().where(
        _first.c.event_id == _row.c.event_id,
        _first.c.chat_id == _row.c.chat_id,
        _first.c.reason == AlertReason.FIRST,
        _first.c.state.in_([Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS]),
    )
    return rows.join(chats, chats.c.id == _row.c.chat_id).where(
        _row.c.state.in_(_WAITING),
        chats.c.state == ChatState.ACTIVE,
        ~in_flight,
        or_(_row.c.reason == AlertReason.FIRST, ~first_unsettled),
    )


async def _claimed(connection: AsyncConnection, ids: Sequence[int]) -> tuple[Claimed, ...]:
    """Return the rows with their chats and their events as they are now, in the order of the ids."""
    first_message = (
        select(_first.c.message_id)
        .where(
            _first.c.event_id == _row.c.event_id,
            _first.c.chat_id == _row.c.chat_id,
            _first.c.reason == AlertReason.FIRST,
            _first.c.message_id.is_not(None),
        )
        .order_by(_first.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (_row.c.id, _row.c.alert, _row.c.attempt, _row.c.ambiguous, chats.c.chat, events.c.event)
    rows = await connection.execute(
        select(*columns, first_message.label("message_id"))
        .join(chats, chats.c.id == _row.c.chat_id)
        .join(events, events.c.id == _row.c.event_id)
        .where(_row.c.id.in_(ids))
    )
    found = {
        row.id: Claimed(
            alert=row.alert, chat=row.chat, event=row.event, attempt=row.attempt, ambiguous=row.ambiguous,
            message_id=row.message_id, row=row.id,
        )
        for row in rows
    }  # fmt: skip
    return tuple(found[number] for number in ids)


def _moved(alert: Alert, old_id: int, new_id: int) -> Alert:
    own = f"{old_id}:"
    key = f"{new_id}:{alert.key.removeprefix(own)}" if alert.key.startswith(own) else alert.key
    watch = replace(alert.match.watch, chat_id=new_id)
    return replace(alert, key=key, chat_id=new_id, match=replace(alert.match, watch=watch))
