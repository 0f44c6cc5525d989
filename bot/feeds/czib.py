"""EASA conflict zone information bulletins, as JSON (www.easa.europa.eu, domains/air-operations/czibs).

A bulletin "2024-05R3" is the third revision of 2024-05. Dates stand inside HTML; the coordinates of the export do not
delimit the airspace, so the country's name locates it. Its fields are read by more than one name: unverified.
"""

import re
from datetime import datetime

from bot.feeds import scales
from bot.feeds.countries import country_named, name_of
from bot.feeds.dates import parse_date
from bot.feeds.fields import Json, parse_json, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.plain_text import one_line
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_NUMBER = re.compile(r"(?:CZIB[- ]?)?(\d{4}-\d{1,3})(?:[- ]?R(\d+))?", re.IGNORECASE)
_TIME = re.compile(r"datetime=\"([^\"]+)\"")
_AIRSPACE = re.compile(r"\bairspace\b.*|^.*?airspace of ", re.IGNORECASE)


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each bulletin; a revision is the same item anew."""
    payload = parse_json(text)
    listed = rows(payload, of="bulletins") if isinstance(payload, list) else rows(payload, "rows", of="bulletins")
    return itemise(source, [raw for row in listed if (raw := _raw(row)) is not None], now)


def _raw(row: Json) -> Raw | None:
    words = {key.lower().replace(" ", "_"): value for key, value in row.items()}
    label = one_line(said(words, "number", "czib_number", "field_easa_czib_number", "title"), limit=200)
    number = _NUMBER.search(label)
    if number is None:
        return None
    subject = one_line(said(words, "subject", "title", "name"), limit=200)
    countries = _countries(said(words, "country", "countries", "affected_countries") or subject)
    status = one_line(said(words, "status", "state"), limit=40).lower() or "active"
    until = _date(said(words, "valid_until", "validity", "valid_until_date"))
    where = ", ".join(map(name_of, countries)) or subject
    over = "inactive" in status or "withdrawn" in status or "closed" in status
    title = f"EASA bulletin for airlines about the airspace of {where}"
    return Raw(
        guid=number[1],
        link=said(words, "url", "link", "view_node"),
        title=f"Withdrawn: {title}" if over else title,
        texts=(f"Bulletin {number[1]}{f', revision {number[2]}' if number[2] else ''}.",),
        published=_date(said(words, "updated", "issued", "issued_date", "published", "changed")),
        language="en",
        native=Native(
            event_id=number[1],
            revision=f"R{number[2] or 0} {status}",
            hazard=Hazard.AIRPORT,
            severity=scales.of(scales.CZIB, "inactive" if over else "active"),
            own_word=status,
            ended=over,
            countries=countries,
            expires=until,
        ),
    )


def _countries(words: str) -> tuple[str, ...]:
    parts = re.split(r",|;|\band\b|\bin\b|\bof\b", one_line(words, limit=300))
    named = (country_named(_AIRSPACE.sub("", part).strip(" -")) for part in parts)
    return tuple(dict.fromkeys(code for code in named if code))


def _date(markup: str) -> datetime | None:
    found = _TIME.search(markup)
    return parse_date(found[1] if found else one_line(markup, limit=80))
