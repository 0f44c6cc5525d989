"""FAA national airspace status (nasstatus.faa.gov/api/airport-status-information): delays and closures, as XML.

The whole list comes each time; an airport that left it is clear again, which only who keeps the last list can tell.
Dates of closures have no year. "!LAX GA CLOSED" shuts the airport to private aircraft, not to passengers.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.dates import parse_date
from bot.feeds.fields import child, clock, parse_xml
from bot.feeds.itemise import Raw, itemise
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_ROWS = {
    "Program": "stop", "Ground_Stop": "stop", "Ground_Delay": "delay", "Delay": "delay", "Airport": "closure",
}  # fmt: skip
_PRIVATE = re.compile(
    r"\b(?:GA|GENERAL AVIATION|NON[- ]?SKED|TRANSIENT|ITINERANT|PPR)\b|\b(?:RWY|TWY|RUNWAY|TAXIWAY|APRON)\b"
)
_YEARLESS = re.compile(r"(\w{3}) (\d{1,2}) at (\d{2}:\d{2}) UTC")
_NOTICE = re.compile(r"^!\s*\w+\s+")


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each airport and kind of restriction on the list."""
    root = parse_xml(text)
    if root.tag != "AIRPORT_STATUS_INFORMATION":
        raise DecodeError("XML that is not the FAA's airport status")
    when = parse_date(child(root, "Update_Time")) or now
    return itemise(source, [_raw(row, kind, when) for row, kind in _listed(root)], now)


def _listed(root: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 - lxml brings no types
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag in _ROWS and child(node, "ARPT"):
            yield node, _ROWS[node.tag]


def _raw(row: Any, kind: str, when: datetime) -> Raw:  # noqa: ANN401 - as above
    code, reason = child(row, "ARPT"), child(row, "Reason")
    if kind == "closure" and _PRIVATE.search(reason.upper()):
        kind = "general aviation"
    end = child(row, "End_Time") or child(row, "Reopen")
    until = _time(end, when)
    cause = _NOTICE.sub("", reason).strip().lower()
    longest = child(row, "Max") or child(row, "Avg")
    return Raw(
        guid=f"{code} {kind}",
        title=_title(kind, code),
        texts=(_text(kind, cause, clock(until) or end, longest),),
        published=when,
        language="en",
        native=Native(
            event_id=f"{code} {kind}",
            hazard=Hazard.AIRPORT,
            severity=scales.FAA[kind],
            own_word=kind,
            countries=("US",),
            airports=(code,),
            expires=until,
        ),
    )


def _title(kind: str, code: str) -> str:
    match kind:
        case "closure":
            return f"{code} airport closed"
        case "general aviation":
            return f"{code} airport: part of it closed, or closed to private aircraft"
        case "stop":
            return f"Ground stop for flights to {code} airport"
        case _:
            return f"Flights delayed at {code} airport"


def _text(kind: str, cause: str, until: str, longest: str) -> str:
    reason = f"Reason: {cause}." if cause and kind in {"stop", "delay"} else ""
    wait = f"Delays of up to {longest}." if longest else ""
    end = f"Expected to last until {until.rstrip('.')}." if until else ""
    return " ".join(filter(None, ("The FAA reports it.", reason, wait, end)))


def _time(text: str, now: datetime) -> datetime | None:
    """Read a time; one without a year ("Oct 10 at 22:00 UTC.") is the one that lies nearest."""
    found = _YEARLESS.search(text)
    if found is None:
        return parse_date(text)
    month, day, clock_time = found.groups()
    years = (now.year - 1, now.year, now.year + 1)
    times = [when for year in years if (when := parse_date(f"{day} {month} {year} {clock_time} UTC"))]
    return min(times, key=lambda when: abs(when - now), default=None)
