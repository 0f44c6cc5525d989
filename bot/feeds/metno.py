"""MET Norway's alerts (api.met.no/weatherapi/metalerts/2.0/current.json): CAP's fields as GeoJSON, in Norwegian."""

from collections.abc import Mapping
from datetime import datetime

from bot.feeds.fields import Json, inner, instant, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import sent_or, warned
from bot.model.item import Cap, Item, Source


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each actual alert. Only the whole list is dated, so an alert is dated by its beginning."""
    payload = parse_json(text)
    changed = instant(payload.get("lastChange")) if isinstance(payload, Mapping) else None
    found = (_raw(row, changed or now, now) for row in rows(payload, "features", of="alerts"))
    return itemise(source, [raw for raw in found if raw is not None], now)


def _raw(row: Json, changed: datetime, now: datetime) -> Raw | None:
    facts = inner(row, "properties")
    identifier = said(facts, "id")
    interval = inner(row, "when").get("interval")
    begins, ends = (
        (instant(each) for each in interval[:2]) if isinstance(interval, list) and len(interval) > 1 else (None, None)
    )
    if not identifier:
        return None
    area = said(facts, "area")
    cap = Cap(
        identifier=identifier,
        sender="met.no",
        sent=min(sent_or(changed, begins) or now, now),
        msg_type=said(facts, "type").capitalize(),
        status=said(facts, "status").capitalize(),
        event=said(facts, "event"),
        severity=said(facts, "severity") or "Unknown",
        urgency="Immediate" if begins is not None and begins <= now else "Future",
        certainty=said(facts, "certainty") or "Unknown",
        expires=instant(facts.get("eventEndingTime")) or ends,
        areas=(area,) if area else (),
        polygons=rings_of(row.get("geometry")),
    )
    return warned(
        cap,
        headline=said(facts, "title"),
        description=" ".join(filter(None, (said(facts, "description"), said(facts, "consequences")))),
        link=said(facts, "web"),
        language="no",
        parameters={key: said(facts, key) for key in ("awareness_level", "awareness_type")},
        countries=("NO",),
        revision=f"{cap.msg_type} {cap.expires}",
    )
