"""Warnings of the German weather service as Bright Sky gives them (api.brightsky.dev/alerts)."""

from collections.abc import Mapping
from datetime import datetime

from bot.feeds.fields import Json, inner, instant, parse_json, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import warned
from bot.model.item import Cap, Item, Source


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each actual alert, in English; the answer for one place names that place."""
    payload = parse_json(text)
    place = inner(payload, "location") if isinstance(payload, Mapping) else {}
    areas = tuple(filter(None, (said(place, "name") or said(place, "district"), said(place, "state"))))
    found = (_raw(row, tuple(dict.fromkeys(areas))) for row in rows(payload, "alerts", of="alerts"))
    return itemise(source, [raw for raw in found if raw is not None], now)


def _raw(row: Json, areas: tuple[str, ...]) -> Raw | None:
    identifier, sent = said(row, "alert_id", "id"), instant(row.get("effective"))
    if not identifier or sent is None:
        return None
    cap = Cap(
        identifier=identifier,
        sender="dwd",
        sent=sent,
        msg_type="Alert",
        status=said(row, "status").capitalize() or "Actual",
        event=said(row, "event_en"),
        severity=said(row, "severity").capitalize() or "Unknown",
        urgency=said(row, "urgency").capitalize() or "Unknown",
        certainty=said(row, "certainty").capitalize() or "Unknown",
        expires=instant(row.get("expires")),
        areas=areas,
    )
    return warned(
        cap, headline=said(row, "headline_en"), description=str(row.get("description_en") or ""), language="en",
        countries=("DE",),
    )  # fmt: skip
