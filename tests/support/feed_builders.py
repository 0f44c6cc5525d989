"""Feeds in a few words. The sentences are ours, about things that did not happen."""

from datetime import UTC, datetime

from bot.feeds import decode
from bot.model.item import Format, Item, Source, SourceKind

NOW = datetime(2024, 9, 17, 12, 0, tzinfo=UTC)


def source(**fields: object) -> Source:
    """Return a source with nothing special about it."""
    settings: dict[str, object] = {"id": "wire", "name": "Sahel Wire", "url": "https://wire.example/feeds/all.xml"}
    return Source(**(settings | fields))  # type: ignore[arg-type]  # a test names real fields


OFFICE = source(id="met", name="Met Office", format=Format.CAP, kind=SourceKind.OFFICIAL, owner_group="met")


def rss(*entries: str, head: str = "", namespaces: str = "") -> bytes:
    """Return an RSS 2.0 feed of these entries."""
    body = "".join(f"<item>{entry}</item>" for entry in entries)
    return f'<?xml version="1.0"?>\n<rss version="2.0" {namespaces}><channel>{head}{body}</channel></rss>'.encode()


def decoded(body: bytes, content_type: str = "", **fields: object) -> tuple[Item, ...]:
    """Return the items of a body."""
    return decode(source(**fields), body, content_type, NOW)


def only(body: bytes, content_type: str = "", **fields: object) -> Item:
    """Return the one item of a body."""
    items = decoded(body, content_type, **fields)
    assert len(items) == 1, items
    return items[0]
