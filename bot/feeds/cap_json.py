"""CAP as JSON: the fields of the standard under their own names (MeteoAlarm, the German Federal Office)."""

from collections.abc import Sequence

from bot.feeds.fields import Json, inner, instant, listed, said
from bot.feeds.itemise import Raw
from bot.feeds.syndication import point_of
from bot.feeds.warning import sent_or, warned
from bot.model.item import Cap, Source
from bot.model.place import Point


def whole(source: Source, alert: Json, *, countries: Sequence[str] = ()) -> Raw | None:
    """Return one alert as an item's fields, in the source's own language, else English, else the first there is."""
    infos = listed(alert, "info") or [inner(alert, "info")]
    spoken = [said(info, "language").lower()[:2] or "en" for info in infos]
    wanted = next(language for language in (*source.languages, "en", *spoken) if language in spoken)
    chosen = [info for info, language in zip(infos, spoken, strict=True) if language == wanted]
    sent = sent_or(instant(alert.get("sent")), instant(chosen[0].get("effective")))
    identifier = said(alert, "identifier")
    if not identifier or sent is None:
        return None
    info = chosen[0]
    places = [area for each in chosen for area in listed(each, "area")]
    cap = Cap(
        identifier=identifier,
        sender=said(alert, "sender"),
        sent=sent,
        msg_type=said(alert, "msgType").capitalize(),
        status=said(alert, "status").capitalize(),
        event=said(info, "event"),
        severity=said(info, "severity") or "Unknown",
        urgency=said(info, "urgency") or "Unknown",
        certainty=said(info, "certainty") or "Unknown",
        references=tuple(said(alert, "references").split()),
        expires=instant(info.get("expires")),
        areas=tuple(dict.fromkeys(filter(None, (said(area, "areaDesc") for area in places)))),
        polygons=tuple(ring for area in places for text in _texts(area, "polygon") if (ring := ring_of(text))),
    )
    return warned(
        cap,
        headline=said(info, "headline"),
        description=str(info.get("description") or ""),
        link=said(info, "web"),
        language=wanted,
        parameters={said(each, "valueName"): said(each, "value") for each in listed(info, "parameter")},
        response=_texts(info, "responseType"),
        countries=countries,
    )


def ring_of(text: str) -> tuple[Point, ...]:
    """Read "lat,lon lat,lon ...": latitude first."""
    pairs = (pair.partition(",") for pair in text.split()[:2_000])
    return tuple(point for lat, _, lon in pairs if (point := point_of(lat, lon)) is not None)


def _texts(row: Json, key: str) -> list[str]:
    value = row.get(key)
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]
