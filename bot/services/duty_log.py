"""The duty log: what a chat was told, when and from which sources, as CSV and JSON with a chain of hashes.

Each line holds the hash of the one before, and its own; the last line tells how many there are. Who changes, drops or
swaps lines breaks the chain. Who writes the whole file anew does not: so the bot also says the last hash in the chat.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from bot.alerts.facts import tag
from bot.alerts.reader import Names, Reader
from bot.model.event import Event
from bot.model.watch import Chat
from bot.services.ports import Clock

LONGEST_DAYS = 90
FIELDS = ("line", "at", "what", "event", "severity", "hazard", "where", "said", "outcome", "message", "sources")
_CHAIN = ("before", "hash")
_BEGINNING = "0" * 64
_END = "end"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_SOURCES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something that a chat was told, or that was done there. `what` is "alert: first", "roll call: opened"...

    `said` is what a chat was told in words of feeds, or figures of a roll call.
    """

    at: datetime
    what: str
    outcome: str
    event: Event | None = None
    severity: str = ""
    said: str = ""
    message_id: int | None = None


class Records(Protocol):
    """Where it is written what was told."""

    async def told_since(self, chat_id: int, since: datetime) -> tuple[Record, ...]:
        """Return what the chat was told and did since then, in the order of time."""
        ...


@dataclass(frozen=True, slots=True)
class Log:
    """A duty log: both files, the number of lines without the last, and the last hash."""

    csv: bytes
    json: bytes
    lines: int
    last_hash: str


class DutyLog:
    """Makes the log of a chat."""

    def __init__(self, records: Records, clock: Clock, names: Names) -> None:
        self._records, self._clock, self._names = records, clock, names

    async def export(self, chat: Chat, days: int) -> Log:
        """Return the log of so many days back, at most 90, in English, times in UTC."""
        since = self._clock.now() - timedelta(days=min(max(days, 1), LONGEST_DAYS))
        reader = Reader.of(Chat(id=chat.id, kind=chat.kind), self._names)
        rows = [_row(one, reader) for one in await self._records.told_since(chat.id, since)]
        lines = chained(rows, end=self._clock.now())
        return Log(as_csv(lines), as_json(lines), len(rows), lines[-1]["hash"])


def chained(rows: Sequence[dict[str, str]], *, end: datetime) -> list[dict[str, str]]:
    """Return the rows numbered and chained, with a last one that closes the log."""
    closing = dict.fromkeys(FIELDS, "") | {"at": _time(end), "what": _END, "said": str(len(rows))}
    lines, before = [], _BEGINNING
    for number, row in enumerate([*rows, closing], start=1):
        line = {**row, "line": str(number), "before": before}
        before = line["hash"] = hashed(line)
        lines.append({name: line[name] for name in (*FIELDS, *_CHAIN)})
    return lines


def hashed(line: dict[str, str]) -> str:
    """Return the SHA-256 of a line: of all its fields but the hash, as a JSON list, in the order of `FIELDS`."""
    values = [line[name] for name in (*FIELDS, "before")]
    return sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def as_csv(lines: Iterable[dict[str, str]]) -> bytes:
    """Return the lines as CSV (RFC 4180) in UTF-8 with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, (*FIELDS, *_CHAIN), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("utf-8-sig")  # the mark without which spreadsheets guess the encoding wrong


def as_json(lines: Iterable[dict[str, str]]) -> bytes:
    """Return the lines as JSON Lines."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def fault_of(content: bytes) -> str:
    """Return what is wrong with a duty log, naming the first broken line; empty for one that is whole."""
    try:
        lines = _parsed(content.decode("utf-8-sig"))
    except (ValueError, csv.Error) as error:
        return f"it is no duty log: {error}"
    before = _BEGINNING
    for number, line in enumerate(lines, start=1):
        if line["line"] != str(number):
            return f"line {number}: it says that it is line {line['line'] or '(nothing)'}"
        if line["before"] != before:
            return f"line {number}: it does not follow the line before it"
        if line["hash"] != hashed(line):
            return f"line {number}: it was changed"
        before = line["hash"]
    if not lines or lines[-1]["what"] != _END or lines[-1]["said"] != str(len(lines) - 1):
        return f"line {len(lines) + 1}: the end of the log is missing"
    return ""


def _parsed(text: str) -> list[dict[str, str]]:
    if text.lstrip().startswith("{"):
        lines = [json.loads(line) for line in text.split("\n") if line.strip()]
    else:
        lines = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    for number, line in enumerate(lines, start=1):
        known = isinstance(line, dict) and set(line) == {*FIELDS, *_CHAIN}
        if not known or not all(isinstance(value, str) for value in line.values()):
            raise ValueError(f"line {number} has not its fields")
    return lines


def _row(record: Record, reader: Reader) -> dict[str, str]:
    event = record.event
    outlets = [f"{one.outlet} <{one.url}>" for one in event.reports if one.published_at <= record.at] if event else []
    values = {
        "at": _time(record.at),
        "what": record.what,
        "event": tag(event) if event else "",
        "severity": record.severity,
        "hazard": event.hazard.value if event else "",
        "where": reader.where(event) if event else "",
        "said": record.said,
        "outcome": record.outcome,
        "message": "" if record.message_id is None else str(record.message_id),
        "sources": "; ".join(dict.fromkeys(outlets[:_MOST_SOURCES])),
    }
    return {"line": "", **{name: _harmless(value) for name, value in values.items()}}


def _harmless(value: str) -> str:
    """Return the value as no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
