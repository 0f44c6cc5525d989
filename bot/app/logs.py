"""Logs: one record a line, on standard error, with secrets taken out and chats by no name that leads to them."""

import hmac
import logging
import re
import sys
import traceback
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from hashlib import sha256
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import quote

import structlog

_TOKEN = re.compile(r"(?:bot)?\d{6,20}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(\w{1,20}://[^\s:/@]+):[^\s/@]+@")
_ANSI = re.compile(r"\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])|\x9b[0-9;:?]*[ -/]*[@-~]")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SHORTEST_SECRET = 6  # characters; what is shorter would be found in any text
_QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "uvicorn", "alembic", "aiosqlite", "asyncio", "sqlalchemy")
_CHATS = frozenset({"chat", "chat_id"})


class Log(Protocol):
    """A structured logger: an event's name and its facts."""

    def debug(self, event: str, **facts: object) -> object:
        """Say what was decided, and why."""
        ...

    def info(self, event: str, **facts: object) -> object:
        """Say what happens in the course of things."""
        ...

    def warning(self, event: str, **facts: object) -> object:
        """Say what an operator may want to look at."""
        ...

    def error(self, event: str, **facts: object) -> object:
        """Say what an operator has to act on."""
        ...


class Redaction:
    """Takes secrets out of a text: these, and whatever looks like a bot token or a password in an address."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        """`secrets` as they are; they are found as they are written in addresses too."""
        long = {form for one in secrets for form in (one, quote(one, safe="")) if len(one) >= _SHORTEST_SECRET}
        longest_first = sorted(long, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if long else None

    def __call__(self, text: str) -> str:
        """Return the text without them."""
        if self._known is not None:
            text = self._known.sub("[secret]", text)
        return _PASSWORD.sub(r"\1:[secret]@", _TOKEN.sub("bot[token]", text))


redact = Redaction()


def one_line(text: str) -> str:
    """Return the text as one line that no terminal takes for orders: no colours, no line breaks, no bidi controls."""
    return _CONTROLS.sub("", _BREAKS.sub(" | ", _ANSI.sub("", text)))


def chat_name(chat_id: object, key: bytes) -> str:
    """Return by what a chat is known in the logs: a keyed hash, the same in all lines of one installation."""
    return hmac.new(key, str(chat_id).encode(), sha256).hexdigest()[:12]


class _Redacting(logging.Formatter):
    """Takes secrets out of the finished line: message, arguments and traceback alike."""

    def __init__(self, inner: logging.Formatter, redaction: Redaction) -> None:
        super().__init__()
        self._inner, self._redaction = inner, redaction

    def format(self, record: logging.LogRecord) -> str:
        return _BREAKS.sub(" | ", self._redaction(self._inner.format(record)))


def configure_logs(*, level: str, as_json: bool, secrets: Sequence[str] = ()) -> Log:
    """Send all logs of the process to standard error and return Outrider's own logger.

    `secrets` are never written; the first of them is the key under which chats are named.
    """
    redaction = Redaction(secrets)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    plain = _Plain(sha256(f"outrider logs {next(iter(secrets), '')}".encode()).digest())
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, plain, last], foreign_pre_chain=shared
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(formatter, redaction))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(capture=True)
    for name in _QUIET:  # httpx writes the token's address at INFO; the others are chatty
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _last_words(redaction)
    log: Log = structlog.get_logger("outrider")
    return log


class _Plain:
    """A step of structlog's: every text of a record on one line, and chats by their hashes."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __call__(self, _logger: object, _name: str, record: MutableMapping[str, Any]) -> Mapping[str, Any]:
        return {
            one_line(str(name)): chat_name(value, self._key) if name in _CHATS else _plain(value)
            for name, value in record.items()
        }


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {one_line(str(name)): _plain(one) for name, one in value.items()}
    return one_line(str(value))


def _last_words(
    redaction: Redaction,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what writes of an error that nobody caught: its traceback, without secrets."""

    def say(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        sys.stderr.write(redaction("".join(traceback.format_exception(kind, error, where))))

    return say
