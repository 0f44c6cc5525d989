"""How alerts come into the outbox: what is new is added once, and takes the place of what it overtakes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, AlertReason, Delivery
from bot.storage import parcels
from bot.storage.engine import insert
from bot.storage.parcels import Placed, Post
from bot.storage.tables import outbox
from bot.storage.turns import beginnings

_WENT_OUT = (Delivery.SENDING, Delivery.AMBIGUOUS, Delivery.SENT, Delivery.UNKNOWN)
_PART = 1000  # rows that are written before the event loop has its turn again

_other = outbox.alias("other")


async def add(connection: AsyncConnection, post: Post) -> int:
    """Put alerts into the outbox, at once and in parcels; return how many were new.

    One whose key is there already is dropped. The events' own parcels were unpacked before.
    """
    if not post.now:
        return 0
    lines = {(alert.event_id, alert.severity) for _, alert in post.now} | {one.line for one in post.later}
    begins = await beginnings(connection, lines, max(alert.created_at for _, alert in post.now))
    turned = [(begins[alert.event_id, alert.severity] + place, alert) for place, alert in post.now]
    known = await parcels.keep(connection, post.later, begins)
    return known + await _put(connection, turned)


async def unpack(connection: AsyncConnection, event_ids: Collection[str] | None = None) -> bool:
    """Make the next parcel (of these events) rows of the outbox; False where none waits."""
    taken = await parcels.take(connection, event_ids)
    await _put(connection, taken or [])
    return taken is not None


async def unpack_all(
    connection: AsyncConnection, event_ids: Collection[str] = (), chat_ids: Collection[int] = ()
) -> None:
    """Make all parcels of these events, or that hold something for these chats, rows of the outbox."""
    await _put(connection, await parcels.take_all(connection, event_ids, chat_ids))


async def _put(connection: AsyncConnection, turned: Sequence[Placed]) -> int:
    """Write rows; return how many are new.

    A new edit supersedes older edits of the same chat and event that were not sent, and a new first alert an older one
    that still waits (for the morning, say). An escalation lifts a first alert that it has to wait for to its own
    severity: else an extreme alert would stand in the line of the severe ones.
    """
    adding = insert(connection, outbox).on_conflict_do_nothing(index_elements=["key"])
    statement = adding.returning(outbox.c.event_id, outbox.c.reason, outbox.c.chat_id)
    new = 0
    for start in range(0, len(turned), _PART):  # to encode all at once would hold the event loop for seconds
        part = turned[start : start + _PART]
        alerts = await _after_what_went_out(connection, [alert for _, alert in part])
        values = [_new(alert, turn) for alert, (turn, _) in zip(alerts, part, strict=True)]
        told: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in await connection.execute(statement, values):
            told[row.event_id, row.reason].append(row.chat_id)
        at = max(alert.created_at for alert in alerts)
        for (event_id, reason), chat_ids in sorted(told.items()):
            if reason in {AlertReason.FIRST, AlertReason.EDIT}:
                await _supersede(connection, event_id, reason, chat_ids, at)
            elif reason == AlertReason.ESCALATION:
                await _lift(connection, event_id, chat_ids)
        new += sum(map(len, told.values()))
    return new


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


async def _supersede(
    connection: AsyncConnection, event_id: str, reason: str, chat_ids: Sequence[int], at: datetime
) -> None:
    """Give up rows that were not sent and have a newer one of the same chat, event and reason."""
    newer = exists().where(
        _other.c.event_id == outbox.c.event_id,
        _other.c.chat_id == outbox.c.chat_id,
        _other.c.reason == reason,
        _other.c.id > outbox.c.id,
    )
    await connection.execute(
        update(outbox)
        .where(outbox.c.event_id == event_id, outbox.c.chat_id.in_(chat_ids), outbox.c.reason == reason)
        .where(outbox.c.state == Delivery.NEW, newer)
        .values(state=Delivery.SUPERSEDED, settled_at=at, why="a newer one tells more")
    )


async def _lift(connection: AsyncConnection, event_id: str, chat_ids: Sequence[int]) -> None:
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
            outbox.c.chat_id.in_(chat_ids),
            outbox.c.reason == AlertReason.FIRST,
            outbox.c.state.in_([Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS]),
            highest > outbox.c.severity,
        )
        .values(severity=highest, turn=turn)
    )
