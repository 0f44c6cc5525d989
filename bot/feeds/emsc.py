"""EMSC (SeismicPortal): a message of its stream ("create", "update", "delete"), or its FDSN answer in JSON."""

from collections.abc import Mapping
from datetime import datetime

from bot.feeds.fields import Json, centres, inner, instant, number, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.quakes import plainly, quake
from bot.feeds.syndication import point_of
from bot.model.item import Item, Source

_NATURAL = frozenset({"", "ke", "se", "fe", "ls", "uk"})
"""Event types: known, suspected, felt; others are blasts ("sm", "kx"), collapses and the like."""


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return the quake of one message, or one item for each quake of a list."""
    payload = parse_json(text)
    if isinstance(payload, Mapping) and isinstance(payload.get("data"), Mapping):
        return itemise(source, [_raw(payload["data"], said(payload, "action"))], now)
    return itemise(source, [_raw(row, "") for row in rows(payload, "features", of="quakes")], now)


def _raw(row: Json, action: str) -> Raw:
    facts = inner(row, "properties")
    magnitude = number(facts.get("mag"))
    depth = number(facts.get("depth"))
    return quake(
        event_id=said(facts, "unid", "source_id") or said(row, "id"),
        revision=said(facts, "lastupdate") + action,
        magnitude=magnitude,
        where=plainly(said(facts, "flynn_region")),
        depth_km=abs(depth) if depth is not None else None,
        when=instant(facts.get("time")),
        point=point_of(facts.get("lat"), facts.get("lon")) or next(iter(centres(rings_of(row.get("geometry")))), None),
        own_word=f"M{magnitude:.1f}" if magnitude is not None else "",
        withdrawn=action == "delete",
        natural=said(facts, "evtype").lower() in _NATURAL,
    )
