"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from datetime import datetime

from bot.feeds.dates import parse_date
from bot.feeds.itemise import Raw, itemise
from bot.model.errors import DecodeError
from bot.model.item import Item, Source


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return the items of a JSON Feed.

    Raises:
        DecodeError: it is not JSON, or JSON of another kind, such as an error message.
    """
    return itemise(source, entries_of(text), now)


def entries_of(text: str) -> list[Raw]:
    """Return what a feed holds, entry by entry, as it stands there.

    Raises:
        DecodeError: as `decode`.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecodeError("JSON that is malformed or cut short") from error
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise DecodeError("JSON that is no feed")
    language = _text(feed, "language")
    return [_raw(entry, language) for entry in entries if isinstance(entry, dict)]


def _raw(entry: dict[str, object], language: str) -> Raw:
    return Raw(
        guid=_text(entry, "id"),
        link=_text(entry, "url") or _text(entry, "external_url"),
        title=_text(entry, "title"),
        texts=(_text(entry, "summary"), _text(entry, "content_text"), _text(entry, "content_html")),
        published=parse_date(_text(entry, "date_published") or _text(entry, "date_modified")),
        language=_text(entry, "language") or language,
    )


def _text(values: dict[str, object], key: str) -> str:
    value = values.get(key)
    return str(value) if isinstance(value, str | int | float) else ""
