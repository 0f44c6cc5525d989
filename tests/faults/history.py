"""What happened, and whether it may have: the judge of every fault test.

LOST     a chat was never shown what its watch was to be told, and no row says so openly (`unknown`, at its cap)
DUP      a copy that is not marked as a repeat, or more copies than the cap or the test allows
PHANTOM  a chat was shown what it does not watch
ORDER    an older state after a newer one, or a change before the first alert of its event
STALE    shown after its time was over, or after it was given up for a newer one
CLEAN    the file is damaged, or a row is neither sent nor given up with a reason
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.model.alert import Alert, AlertReason, Message
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.watch import Chat
from bot.services.retry import REPEATS_LOWER, REPEATS_SEVERE

Wanted = Mapping[tuple[int, str], Severity]
"""By chat and hazard how severe an event it has to be shown: from the items and the watches alone."""


ROWS = "SELECT key, state, ambiguous, severity, settled_at FROM outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One message (or edit) as a chat was shown it."""

    chat_id: int
    at: datetime
    key: str
    event_id: str
    hazard: str
    severity: Severity
    version: int
    reason: AlertReason
    expires_at: datetime
    repeat: bool
    edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An outbox row at the end."""

    key: str
    state: str
    ambiguous: int
    severity: Severity
    settled_at: datetime | None


def in_figures(alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
    """Render an alert so that the checker can read it again."""
    del chat, now
    figures = {
        "key": alert.key, "event_id": event.id, "hazard": event.hazard.value, "severity": event.severity.value,
        "version": event.version, "reason": alert.reason.value, "expires_at": alert.expires_at.isoformat(),
        "repeat": repeat,
    }  # fmt: skip
    return Message(html=json.dumps(figures), plain=json.dumps(figures))


def shown(chat_id: int, text: str, at: datetime, *, edit: bool) -> Shown:
    """Read a message that was rendered in figures."""
    said = json.loads(text)
    return Shown(
        chat_id=chat_id, at=at, key=said["key"], event_id=said["event_id"], hazard=said["hazard"],
        severity=Severity(said["severity"]), version=said["version"], reason=AlertReason(said["reason"]),
        expires_at=datetime.fromisoformat(said["expires_at"]), repeat=said["repeat"], edit=edit,
    )  # fmt: skip


def rows_of(database: Path) -> list[Row]:
    """Read the outbox as it lies in the file."""
    with closing(sqlite3.connect(database)) as raw:
        return as_rows(raw.execute(ROWS).fetchall())


def as_rows(found: Iterable[Sequence[Any]]) -> list[Row]:
    """Read what `ROWS` finds, in whatever database."""
    steps = tuple(Severity)
    return [
        Row(
            key=key, state=state, ambiguous=ambiguous, severity=steps[severity],
            settled_at=None if at is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at),
        )
        for key, state, ambiguous, severity, at in found
    ]  # fmt: skip


def integrity(database: Path) -> str:
    with closing(sqlite3.connect(database)) as raw:
        return str(raw.execute("PRAGMA integrity_check").fetchone()[0])


def faults(seen: Sequence[Shown], wanted: Wanted, rows: Iterable[Row], *, repeats: int) -> list[str]:
    """Return what must not have happened, in words; `repeats` is how many copies too many the test allows."""
    of_key = {row.key: row for row in rows}
    return [
        *_lost(seen, wanted, of_key), *_copies(seen, of_key, repeats), *_phantoms(seen, wanted),
        *_disorder(seen, of_key), *_stale(seen, of_key), *_left_over(of_key),
    ]  # fmt: skip


def copies(seen: Iterable[Shown]) -> int:
    """Return how many messages too many the chats were shown."""
    keys = [one.key for one in seen if not one.edit]
    return len(keys) - len(set(keys))


def _lost(seen: Sequence[Shown], wanted: Wanted, rows: Mapping[str, Row]) -> list[str]:
    heard: dict[tuple[int, str], Severity] = {}
    for one in seen:
        heard[one.chat_id, one.hazard] = max(one.severity, heard.get((one.chat_id, one.hazard), Severity.NONE))
    of_event = {one.event_id: one.hazard for one in seen}
    openly = set()
    for row in rows.values():
        chat, event_id, _ = row.key.split(":", 2)
        if row.state == "unknown" and row.ambiguous > _cap(row):
            openly.add((int(chat), of_event.get(event_id)))
    return [
        f"LOST: {chat} was never told of {hazard} {severity}"
        for (chat, hazard), severity in wanted.items()
        if heard.get((chat, hazard), Severity.NONE) < severity and (chat, hazard) not in openly
    ]


def _cap(row: Row) -> int:
    """Return how many repeats a row may have; it ends as unknown when its last one has no answer either."""
    return REPEATS_SEVERE if row.severity >= Severity.SEVERE else REPEATS_LOWER


def _copies(seen: Sequence[Shown], rows: Mapping[str, Row], allowed: int) -> list[str]:
    of_key: dict[str, list[Shown]] = defaultdict(list)
    for one in seen:
        if not one.edit:
            of_key[one.key].append(one)
    found: list[str] = []
    for key, all_ in of_key.items():
        if not all(one.repeat for one in all_[1:]):
            found.append(f"DUP: {key} a second time, not marked")
        if key in rows and len(all_) > _cap(rows[key]) + 1:
            found.append(f"DUP: {key} {len(all_)} times")
    if (total := copies(seen)) > allowed:
        found.append(f"DUP: {total} copies too many, {allowed} at most")
    first = defaultdict(set)
    for one in seen:
        if one.reason is AlertReason.FIRST:
            first[one.chat_id, one.event_id].add(one.key)
    return found + [f"DUP: {who} has {len(keys)} first alerts" for who, keys in first.items() if len(keys) > 1]


def _phantoms(seen: Iterable[Shown], wanted: Wanted) -> list[str]:
    return [f"PHANTOM: {one.key}" for one in seen if (one.chat_id, one.hazard) not in wanted]


def _disorder(seen: Iterable[Shown], rows: Mapping[str, Row]) -> list[str]:
    """Find what came too soon. A first alert that was given up openly holds the news after it back no longer."""
    ended = (row.key for row in rows.values() if row.state in {"unknown", "dead", "expired"})
    given_up = {":".join(key.split(":")[:2]) for key in ended}
    newest: dict[tuple[int, str], int] = {}
    found = []
    for one in seen:
        where = (one.chat_id, one.event_id)
        headless = where not in newest and one.reason is not AlertReason.FIRST
        if headless and f"{one.chat_id}:{one.event_id}" not in given_up:
            found.append(f"ORDER: {one.key} before its first alert")
        if one.version < newest.get(where, 0):
            found.append(f"ORDER: {one.key} tells version {one.version} after {newest[where]}")
        newest[where] = max(one.version, newest.get(where, 0))
    return found


def _stale(seen: Iterable[Shown], rows: Mapping[str, Row]) -> list[str]:
    found = []
    for one in seen:
        row = rows.get(one.key)
        given_up = row is not None and row.state == "superseded" and row.settled_at is not None
        if one.at >= one.expires_at:
            found.append(f"STALE: {one.key} after its time")
        if given_up and row is not None and row.settled_at is not None and one.at > row.settled_at:
            found.append(f"STALE: {one.key} after it was given up")
    return found


def _left_over(rows: Mapping[str, Row]) -> list[str]:
    return [f"CLEAN: {row.key} is left {row.state}" for row in rows.values() if row.settled_at is None]
