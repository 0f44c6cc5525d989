"""Environment Canada's alerts (api.weather.gc.ca, collection weather-alerts): GeoJSON in English and French."""

from datetime import datetime

from bot.feeds.fields import Json, inner, instant, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import warned
from bot.model.item import Cap, Item, Source

_PROVINCES = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "Northwest Territories", "NU": "Nunavut",
    "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon",
}  # fmt: skip
_ENDED = frozenset({"ended", "cancelled"})


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each area that is alerted."""
    language = "fr" if source.languages[:1] == ("fr",) else "en"
    found = (_raw(row, language) for row in rows(parse_json(text), "features", of="alerts"))
    return itemise(source, [raw for raw in found if raw is not None], now)


def _raw(row: Json, language: str) -> Raw | None:
    facts = inner(row, "properties")
    identifier, sent = said(facts, "id"), instant(facts.get("publication_datetime"))
    if not identifier or sent is None:
        return None
    status = said(facts, "status_en").lower()
    name = said(facts, f"alert_name_{language}")
    province = _PROVINCES.get(said(facts, "province"), "")
    area = ", ".join(filter(None, (said(facts, f"feature_name_{language}"), province)))
    cap = Cap(
        identifier=f"{said(facts, 'feature_id')} {said(facts, 'alert_code')} {identifier.partition('_')[0]}",
        sender="eccc",
        sent=sent,
        msg_type="Cancel" if status in _ENDED else "Update" if status == "continued" else "Alert",
        event=said(facts, "alert_name_en"),
        severity=said(facts, "impact_en") or "Unknown",
        expires=instant(facts.get("event_end_datetime")) or instant(facts.get("expiration_datetime")),
        areas=(area,) if area else (),
        polygons=rings_of(row.get("geometry")),
    )
    return warned(
        cap,
        headline=f"{name[:1].upper()}{name[1:]}",
        description=str(facts.get(f"alert_text_{language}") or ""),
        language=language,
        colour=said(facts, "risk_colour_en"),
        countries=("CA",),
    )
