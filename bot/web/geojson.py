"""Open events as GeoJSON (RFC 7946): a point each, with what there is to know as plain properties."""

import json
from collections.abc import Iterable

from bot.alerts.account import account
from bot.alerts.facts import shown_severity, shut_ways, tag, voices
from bot.alerts.reader import Names, Reader
from bot.model.event import Event
from bot.services.record import RecordedChange
from bot.wording import words_for
from bot.wording.local import zone_of

CONTENT_TYPE = "application/geo+json"


def geojson(events: Iterable[Event], reader: Reader) -> bytes:
    """Return a feature collection; longitude comes before latitude."""
    features = [_feature(event, reader) for event in events]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def told_as(change: RecordedChange, *, names: Names) -> dict[str, object]:
    """Return what a webhook is told of a change: what changed, and the event as a GeoJSON feature, in English."""
    return {
        "id": change.number,
        "change": change.kind.value,
        "news": [news.value for news in change.news],
        "at": change.at.isoformat(),
        "event_id": change.event.id,
        "version": change.version,
        "state": change.state.value,
        "severity": change.severity.value,
        "event": _feature(change.event, Reader(words_for("en"), zone_of("UTC"), names)),
    }


def _feature(event: Event, reader: Reader) -> dict[str, object]:
    told, heard = account(event, reader), voices(event)
    point = event.place.point
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": [round(point.lon, 4), round(point.lat, 4)]},
        "properties": {
            "title": told.title,
            "tag": tag(event),
            "hazard": event.hazard.value,
            "also": [hazard.value for hazard in event.also],
            "severity": shown_severity(event).value,
            "urgency": event.urgency.value,
            "certainty": event.certainty.value,
            "state": event.state.value,
            "headline": event.headline,
            "countries": list(event.countries),
            "places": [
                {"name": place.name, "kind": place.kind.value, "country": place.country} for place in event.area
            ],
            "radius_km": event.place.radius_km,
            "shut": [
                {"what": state.target.value, "where": state.place.iata or state.place.name if state.place else None}
                for state in shut_ways(event)
            ],
            "voices": heard.all,
            "official_voices": heard.official,
            "first_seen_at": event.first_seen_at.isoformat(),
            "last_seen_at": event.last_seen_at.isoformat(),
            "version": event.version,
            "sources": [{"outlet": report.outlet, "url": report.url} for report in event.witnesses if report.url],
        },
    }
