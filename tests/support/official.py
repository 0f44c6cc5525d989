"""Payloads of official sources in a few words: ours, in each source's shape, about things that did not happen."""

import json

from support.feed_builders import NOW, source

from bot.feeds import decode
from bot.model.item import Format, Item, Native, SourceKind


def official(
    payload: object, form: Format, *, languages: tuple[str, ...] = ("en",), **fields: object
) -> tuple[Item, ...]:
    """Return the items of a payload, given as text or as what becomes JSON."""
    body = payload if isinstance(payload, str) else json.dumps(payload)
    office = source(id="office", name="Office", format=form, kind=SourceKind.OFFICIAL, languages=languages, **fields)
    return decode(office, body.encode(), "", NOW)


def one(payload: object, form: Format, **fields: object) -> Item:
    """Return the one item of a payload."""
    items = official(payload, form, **fields)  # type: ignore[arg-type]
    assert len(items) == 1, items
    return items[0]


def facts(item: Item) -> Native:
    """Return what the source says in fields of its own."""
    assert item.native is not None
    return item.native


def collection(*features: object) -> dict[str, object]:
    """Return a GeoJSON collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def feature(properties: dict[str, object], geometry: object = None, **more: object) -> dict[str, object]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}
