"""MeteoAlarm's warnings as JSON (feeds.meteoalarm.org/api/v1/warnings): `{"warnings": [{"alert": CAP}]}`.

Its level is a colour beside CAP's severity; green means that there is no warning.
"""

from datetime import datetime

from bot.feeds.cap_json import whole
from bot.feeds.fields import inner, parse_json, rows
from bot.feeds.itemise import itemise
from bot.model.item import Item, Source


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each actual warning."""
    listed = rows(parse_json(text), "warnings", of="warnings")
    found = (whole(source, inner(row, "alert"), countries=source.regions) for row in listed)
    return itemise(source, [raw for raw in found if raw is not None], now)
