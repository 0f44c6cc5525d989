"""Logs: one record a line, on standard error, with secrets taken out."""

import logging
import re
import sys
from typing import Any, Protocol

import structlog

_TOKEN = re.compile(r"(?:bot)?\d{6,}:[A-Za-z0-9_-]{20,}")
_QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "uvicorn", "alembic", "aiosqlite", "asyncio")


class Log(Protocol):
    """A structured logger: an event's name and its facts."""

    def info(self, event: str, **facts: object) -> object:
        """Say what happens in the course of things."""
        ...

    def warning(self, event: str, **facts: object) -> object:
        """Say what an operator may want to look at."""
        ...

    def error(self, event: str, **facts: object) -> object:
        """Say what an operator has to act on."""
        ...


def redact(text: str) -> str:
    """Return the text without anything that looks like a bot token (it is part of every Bot API address)."""
    return _TOKEN.sub("bot[token]", text)


class _Redacting(logging.Formatter):
    """Takes secrets out of the finished line: message, arguments and traceback alike."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._inner.format(record))


def configure_logs(*, level: str, as_json: bool) -> Log:
    """Send all logs of the process to standard error and return Outrider's own logger."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last], foreign_pre_chain=shared
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(formatter))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _QUIET:  # httpx writes the token's address at INFO; the others are chatty
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    log: Log = structlog.get_logger("outrider")
    return log
