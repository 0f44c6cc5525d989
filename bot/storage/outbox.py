"""The outbox: alerts that wait, that are on their way, and what came of them.

    new -> sending (attempt n, committed BEFORE the call) -> sent
     ^        |-> new         certainly not sent; again at next_at
     |        |-> ambiguous   it may have arrived; again at next_at, marked as a repeat
     |        |-> unknown     the same, for the last time
     |        '-> dead        never
     '-- new and ambiguous rows become `expired` when their time is over, new ones `superseded` by newer ones

Which of them is next is decided in `line`; what came of a send is written in `settling`. Fencing: each claim raises the
row's attempt by one. Whoever comes back with an older attempt changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, String, and_, bindparam, case, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, AlertReason, Delivery, Told
from bot.model.assessment import Severity
from bot.model.watch import ChatState, Match, Watched
from bot.services.ports import Pending
from bot.services.recent import PastAlert
from bot.services.retry import REPEATS_LOWER, REPEATS_SEVERE
from bot.storage.columns import Instant
from bot.storage.engine import insert
from bot.storage.peace_tables import event_mutes
from bot.storage.tables import chats, events, outbox
from bot.storage.turns import turns


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
_WENT_OUT = (Delivery.SENDING, Delivery.AMBIGUOUS, Delivery.SENT, Delivery.UNKNOWN)
_NOT_TOLD = frozenset({Delivery.DEAD, Delivery.EXPIRED, Delivery.SUPERSEDED})
_PART = 1000  # rows that are read before the event loop has its turn again

_other = outbox.alias("other")
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
    alerts = await _after_what_went_out(connection, alerts)
    adding = insert(connection, outbox).on_conflict_do_nothing(index_elements=["key"])
    statement = adding.returning(outbox.c.event_id, outbox.c.reason)
    numbered = list(zip(alerts, await turns(connection, alerts), strict=True))
    rows: list[Row[tuple[str, str]]] = []
    for start in range(0, len(numbered), _PART):  # to encode all at once would hold the event loop for seconds
        part = [_new(alert, turn) for alert, turn in numbered[start : start + _PART]]
        rows += (await connection.execute(statement, part)).all()
    at = max(alert.created_at for alert in alerts)
    for event_id, reason in sorted({(row.event_id, row.reason) for row in rows}):
        if reason in {AlertReason.FIRST, AlertReason.EDIT}:
            await _supersede(connection, event_id, reason, at)
        elif reason == AlertReason.ESCALATION:
            await _lift(connection, event_id)
    return len(rows)


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
    return tuple(PastDelivery(**row) for row in rows.mappings())


async def counts(connection: AsyncConnection) -> Mapping[Delivery, int]:
    """Return the number of rows in each state, 0 included."""
    rows = await connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    found = {Delivery(state): number for state, number in rows}
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
    return tuple(Pending(severity=severity, rows=number, due_since=since) for severity, number, since in rows)


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


def _new(alert: Alert, turn: int) -> dict[str, object]:
    return {
        "key": alert.key, "chat_id": alert.chat_id, "event_id": alert.event_id, "event_version": alert.event_version,
        "reason": alert.reason, "severity": alert.severity, "alert": alert, "state": Delivery.NEW,
        "next_at": alert.not_before or alert.created_at, "expires_at": alert.expires_at, "attempt": 0,
        "ambiguous": 0, "why": "", "created_at": alert.created_at, "turn": turn,
    }  # fmt: skip


async def _after_what_went_out(connection: AsyncConnection, alerts: Sequence[Alert]) -> list[Alert]:
    """Return the alerts, a graver first alert as an escalation where its chat was sent the first one meanwhile.

    It was to take the place of one that waited, and nobody stops claiming while an item is judged.
    """
    graver = {one.event_id for one in alerts if _is_graver(one)}
    sent = (
        select(outbox.c.chat_id, outbox.c.event_id)
        .where(outbox.c.event_id.in_(graver), outbox.c.reason == AlertReason.FIRST, outbox.c.state.in_(_WENT_OUT))
    )  # fmt: skip
    heard = {tuple(row) for row in await connection.execute(sent)} if graver else set()
    return [
        replace(one, reason=AlertReason.ESCALATION, key=f"{one.chat_id}:{one.event_id}:escalation:{one.severity}")
        if _is_graver(one) and (one.chat_id, one.event_id) in heard
        else one
        for one in alerts
    ]


def _is_graver(alert: Alert) -> bool:
    """Tell whether it is a first alert that takes the place of one that waits (bot/alerts/keys.py)."""
    return alert.reason is AlertReason.FIRST and alert.key.endswith(f":first:{alert.severity}")


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
    """Raise first alerts that wait to the severity of the escalations that wait for them, and to their turn."""
    highest, turn = (
        select(of_it)
        .where(
            _other.c.event_id == outbox.c.event_id,
            _other.c.chat_id == outbox.c.chat_id,
            _other.c.reason == AlertReason.ESCALATION,
            _other.c.state == Delivery.NEW,
        )
        .order_by(_other.c.severity.desc(), _other.c.turn)
        .limit(1)
        .scalar_subquery()
        for of_it in (_other.c.severity, _other.c.turn)
    )
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.event_id == event_id,
            outbox.c.reason == AlertReason.FIRST,
            outbox.c.state.in_([Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS]),
            highest > outbox.c.severity,
        )
        .values(severity=highest, turn=turn)
    )


def _moved(alert: Alert, old_id: int, new_id: int) -> Alert:
    own = f"{old_id}:"
    key = f"{new_id}:{alert.key.removeprefix(own)}" if alert.key.startswith(own) else alert.key
    watch = replace(alert.match.watch, chat_id=new_id)
    return replace(alert, key=key, chat_id=new_id, match=replace(alert.match, watch=watch))
