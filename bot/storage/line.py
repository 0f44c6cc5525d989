"""The line before the door: which waiting rows are claimed next, what waits for what, and what is told together."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, String, and_, case, exists, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.watch import ChatState
from bot.services.ports import Claimed
from bot.storage.tables import chats, events, outbox

_LOOKED_AT = 4  # rows looked at for each row wanted, because a chat has at most one in flight

_row, _first, _other = outbox, outbox.alias("first"), outbox.alias("other")
# Written into the statement, not bound: else the databases do not see that the indexes on waiting rows serve it.
_WAITING = [literal(state.value, String, literal_execute=True) for state in (Delivery.NEW, Delivery.AMBIGUOUS)]
_SENDING = literal(Delivery.SENDING.value, String, literal_execute=True)

# PostgreSQL reckons with what it last counted: after a burst it would fetch and sort the whole line for each claim.
_BY_THE_INDEX, _AS_IT_LIKES = text("SET LOCAL enable_sort = off"), text("SET LOCAL enable_sort = on")

_CHANGES = frozenset({AlertReason.ESCALATION, AlertReason.WIDENING, AlertReason.UPDATE, AlertReason.EASING})
_ENDS = frozenset({AlertReason.ALL_CLEAR, AlertReason.RETRACTION})
TOGETHER = _CHANGES | _ENDS
"""Replies that each tell the event's present state: of those that wait for one chat and event, one is sent."""


async def claim(
    connection: AsyncConnection,
    owner: str,
    now: datetime,
    limit: int,
    lease: timedelta,
    *,
    most: Severity = Severity.EXTREME,
    resting: Collection[int] = (),
) -> tuple[Claimed, ...]:
    """Mark the rows that are to be sent next as being sent, and return them; at most one of each chat.

    `most` leaves graver rows alone, `resting` the rows of these chats.
    """
    await _expire(connection, now)
    candidates = await _candidates(connection, now, limit * _LOOKED_AT, most, resting)
    of_chat: dict[int, tuple[int, str]] = {}
    for row in candidates:
        of_chat.setdefault(row.chat_id, (row.id, row.reason))
    chosen = await _of_nobody_else(connection, list(of_chat.items())[:limit])
    taken_over = await _coalesce(connection, [number for number, reason in chosen if reason in TOGETHER], now)
    ids = [one for one in (taken_over.get(number, number) for number, _ in chosen) if one is not None]
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


async def _candidates(
    connection: AsyncConnection, now: datetime, many: int, most: Severity, resting: Collection[int]
) -> Sequence[Row[Any]]:
    """Return the first in line that are due, locked; several may be of one chat."""
    first = (
        _claimable(select(_row.c.id, _row.c.chat_id, _row.c.reason))
        .where(_row.c.next_at <= now, _row.c.severity <= most, _row.c.chat_id.not_in(resting))
        .order_by(_row.c.severity.desc(), _row.c.turn, _row.c.created_at, _row.c.id)
        .limit(many)
        .with_for_update(of=_row, skip_locked=True)  # PostgreSQL; SQLite has one writer
    )
    server = connection.dialect.name == "postgresql"
    if server:
        await connection.execute(_BY_THE_INDEX)
    found: Sequence[Row[Any]] = (await connection.execute(first)).all()
    if server:
        await connection.execute(_AS_IT_LIKES)
    return found


async def next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the next row can be claimed, leaving out those that wait for another row to be settled."""
    due: datetime | None = await connection.scalar(
        _claimable(select(_row.c.next_at)).order_by(_row.c.next_at).limit(1)
    )  # fmt: skip
    return due


def told_together(waiting: Sequence[Alert]) -> tuple[int, Alert]:
    """Return which of a chat's waiting replies about one event is sent for all, and what it then says.

    The newest, for all tell the present state; but an escalation is not told as a lesser change, and an end is not
    told as a change. It names the news of all and rings if one of them would. `waiting` is oldest first.
    """
    last = max((number for number, one in enumerate(waiting) if one.reason in _ENDS), default=-1)
    grown = [n for n, one in enumerate(waiting) if one.reason is AlertReason.ESCALATION and n > last]
    kept = grown[-1] if grown else len(waiting) - 1
    alert, others = waiting[kept], waiting[last + 1 :] or waiting
    if alert.reason in _ENDS:
        return kept, alert
    return kept, replace(
        alert,
        news=tuple(dict.fromkeys(news for one in others for news in one.news)),
        silent=all(one.silent for one in others),
        severity=max(one.severity for one in others),
        expires_at=max(one.expires_at for one in others),
    )


async def _of_nobody_else(
    connection: AsyncConnection, chosen: Sequence[tuple[int, tuple[int, str]]]
) -> Sequence[tuple[int, str]]:
    """Leave out the rows of chats for which another process is claiming a row just now, or has claimed one since.

    The chats are locked, and then it is looked once more: what the first look saw may be older than the locks.
    """
    if connection.dialect.name == "sqlite":  # one writer
        return [row for _, row in chosen]
    numbers = [chat_id for chat_id, _ in chosen]
    locking = select(chats.c.id).where(chats.c.id.in_(numbers)).order_by(chats.c.id)
    ours = set(await connection.scalars(locking.with_for_update(key_share=True, skip_locked=True)))
    still = _claimable(select(_row.c.id)).where(_row.c.id.in_([number for _, (number, _) in chosen]))
    free = set(await connection.scalars(still))
    return [row for chat_id, row in chosen if chat_id in ours and row[0] in free]


async def _coalesce(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> dict[int, int | None]:
    """Give up replies that another of the same chat and event tells too; return who takes which claimed row's place.

    None where that one's own time has not come: an event that ended in the night is told as ended in the morning.
    """
    if not ids:
        return {}
    same = and_(_other.c.event_id == _row.c.event_id, _other.c.chat_id == _row.c.chat_id)
    found = await connection.execute(
        select(
            _row.c.id.label("claimed"), _other.c.id, _other.c.alert, _other.c.next_at, _other.c.severity, _other.c.turn
        )
        .join(_other, same)
        .where(
            _row.c.id.in_(ids), _row.c.state == Delivery.NEW,
            _other.c.state == Delivery.NEW, _other.c.reason.in_(sorted(TOGETHER)),
        )
        .order_by(_row.c.id, _other.c.id)
    )  # fmt: skip
    taken_over: dict[int, int | None] = {}
    for claimed, group in groupby(found, key=lambda row: row.claimed):
        rows = list(group)
        if len(rows) < 2:  # noqa: PLR2004 - it stands alone
            continue
        kept, alert = told_together([row.alert for row in rows])
        await connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows if row.id != rows[kept].id]))
            .values(state=Delivery.SUPERSEDED, settled_at=now, why="told together with another change")
        )
        turn = min(row.turn for row in rows if row.severity == max(row.severity for row in rows))
        columns = {"alert": alert, "severity": alert.severity, "expires_at": alert.expires_at, "turn": turn}
        await connection.execute(update(outbox).where(outbox.c.id == rows[kept].id).values(**columns))
        taken_over[claimed] = rows[kept].id if rows[kept].next_at <= now else None
    return taken_over


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

    A chat has one message in flight at a time. Replies and edits wait for the first alert of their event, and for what
    was sent before them without an answer: its repeat must not come after news that are newer.
    """
    in_flight = exists().where(_other.c.chat_id == _row.c.chat_id, _other.c.state == _SENDING)
    held_back = exists().where(
        _first.c.event_id == _row.c.event_id,
        _first.c.chat_id == _row.c.chat_id,
        or_(
            and_(
                _first.c.reason == AlertReason.FIRST,
                _first.c.state.in_([Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS]),
            ),
            and_(_first.c.state == Delivery.AMBIGUOUS, _first.c.id < _row.c.id),
        ),
    )
    return rows.join(chats, chats.c.id == _row.c.chat_id).where(
        _row.c.state.in_(_WAITING),
        chats.c.state == ChatState.ACTIVE,
        ~in_flight,
        or_(_row.c.reason == AlertReason.FIRST, ~held_back),
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
