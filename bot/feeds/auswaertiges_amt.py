"""German travel advice (www.auswaertiges-amt.de/opendata/travelwarning): four flags for each country.

Times are seconds in the list, milliseconds in older documents. "Wird dringend abgeraten" stands in the text alone.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.feeds import scales
from bot.feeds.advice import advice
from bot.feeds.countries import country_coded
from bot.feeds.fields import Json, inner, instant, parse_json, said
from bot.feeds.itemise import Raw, itemise
from bot.model.advice import Level
from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.item import Item, Source

_PHRASES = {
    "warning": "travel warning",
    "partialWarning": "travel warning for parts of the country",
    "situationWarning": "warned of at present",
    "situationPartWarning": "parts of the country warned of at present",
}


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each country."""
    response = inner({"": parse_json(text)}, "", "response")
    raws = [_raw(key, row) for key, row in response.items() if isinstance(row, Mapping) and "countryCode" in row]
    if not raws:
        raise DecodeError("JSON without a list of travel warnings: an error message, or another format than expected")
    return itemise(source, raws, now)


def _raw(key: str, row: Json) -> Raw:
    flags = [flag for flag in _PHRASES if row.get(flag) is True]
    when = instant(row.get("lastModified"))
    return advice(
        government="DE",
        country=country_coded(said(row, "countryCode")) or country_coded(said(row, "iso3CountryCode")),
        name=said(row, "countryName"),
        phrase=_PHRASES[flags[0]] if flags else "no travel warning",
        severity=scales.of(scales.AUSWAERTIGES_AMT, flags[0]) if flags else Severity.NONE,
        own_word=", ".join(flags),
        level=Level(
            government="DE",
            whole=scales.strictest(scales.AUSWAERTIGES_AMT, flags, but=scales.AUSWAERTIGES_AMT_PARTS),
            parts=scales.strictest(scales.AUSWAERTIGES_AMT_PARTS, flags),
        ),
        revision=f"{' '.join(flags)} {said(row, 'lastModified')}",
        when=when,
        link=f"https://www.auswaertiges-amt.de/de/service/laender/{key}",
        event_id=key,
    )
