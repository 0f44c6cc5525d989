"""What the headers of an answer ask of us, and what we say in ours."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from bot import __version__
from bot.services.ports import Validators

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/cap+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1"
MAX_RETRY_AFTER = timedelta(hours=24)


def user_agent(url: str, contact: str) -> str:
    """Return the name under which we knock: who, where to read about it, whom to write to."""
    about = "; ".join(part for part in (f"+{url}" if url else "", contact) if part)
    return f"Outrider/{__version__} ({about})" if about else f"Outrider/{__version__}"


def request_headers(agent: str, validators: Validators, accept: str = ACCEPT) -> list[tuple[bytes, bytes]]:
    """Return the headers of a conditional request; validators are echoed byte for byte."""
    headers = [
        (b"User-Agent", agent.encode("latin-1", "replace")),
        (b"Accept", accept.encode()),
        (b"Accept-Encoding", b"gzip, deflate, br"),
        (b"Connection", b"close"),
    ]
    if validators.etag is not None:
        headers.append((b"If-None-Match", validators.etag.encode("latin-1")))
    if validators.last_modified is not None:
        headers.append((b"If-Modified-Since", validators.last_modified.encode("latin-1")))
    return headers


def validators_of(headers: httpx.Headers) -> Validators:
    """Return the validators of an answer, each byte one character."""
    return Validators(etag=_raw(headers, b"etag"), last_modified=_raw(headers, b"last-modified"))


def retry_after(headers: httpx.Headers, now: datetime) -> timedelta | None:
    """Return how long the server wants to be left alone, by seconds or by date, at most a day."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        wish = timedelta(seconds=min(int(value[:10]), MAX_RETRY_AFTER.total_seconds()))
    else:
        until = _date(value)
        if until is None:
            return None
        wish = until - (_date(headers.get("date", "")) or now)
    return max(timedelta(), min(wish, MAX_RETRY_AFTER))


def max_age(headers: httpx.Headers) -> timedelta | None:
    """Return for how long the server calls its answer fresh: max-age less the Age so far, else Expires less Date."""
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            age = headers.get("age", "0")
            left = int(value.strip('"')[:10]) - (int(age[:10]) if age.isdecimal() else 0)
            return timedelta(seconds=max(0, left))
    expires, sent = _date(headers.get("expires", "")), _date(headers.get("date", ""))
    return max(timedelta(), expires - sent) if expires and sent else None


def _raw(headers: httpx.Headers, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in headers.raw if key.lower() == name), None)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
