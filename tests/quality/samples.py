"""What the recorded payloads of ../shared/sources/samples decode into: facts alone, no words of theirs.

`python tests/quality/samples.py` writes them anew into samples.json; look at each difference before you keep it.
"""

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.feeds import decode
from bot.model.errors import DecodeError
from bot.model.item import Format, Item, Source, SourceKind

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "sources" / "samples"
GOLDEN = Path(__file__).with_name("samples.json")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MOST_ROWS = 12
"""Of a longer list only the ends are written out, and a digest stands for the rows between."""

_BY_FOLDER = {
    "auswaertiges-amt": Format.AUSWAERTIGES_AMT, "cap": Format.CAP, "emsc": Format.EMSC, "faa": Format.FAA,
    "fcdo": Format.FCDO, "gdacs": Format.GDACS, "geonet-volcano": Format.GEONET_VOLCANO,
    "meteoalarm": Format.METEOALARM, "nina": Format.NINA, "nws": Format.NWS, "oref": Format.OREF,
    "us-state": Format.US_STATE, "usgs": Format.USGS, "wmo-cap": Format.CAP,
}  # fmt: skip
_BY_FILE = {
    "brightsky_alerts.json": Format.DWD, "cma_warnings.json": Format.CMA, "eccc_alerts.json": Format.ECCC,
    "jma_warning_tokyo.json": Format.JMA_WARNING, "meteireann_warnings.json": Format.MET_EIREANN,
    "metno_alerts.json": Format.METNO,
}  # fmt: skip

Facts = dict[str, Any]


def names() -> list[str]:
    """Return the payloads, by folder and file."""
    files = (path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")
    return sorted(str(path.relative_to(SAMPLES)) for path in files)


def facts(name: str) -> Facts:
    """Return what a payload decodes into, or why it is refused, in our words."""
    path = SAMPLES / name
    form = _BY_FILE.get(path.name) or _BY_FOLDER[path.parent.name]
    office = Source(id="office", name="Office", url="https://office.example/feed", format=form,
                    kind=SourceKind.OFFICIAL)  # fmt: skip
    try:
        items = decode(office, path.read_bytes(), "", NOW)
    except DecodeError as error:
        return {"format": form.value, "refused": str(error)}
    rows = [_row(item) for item in items]
    severities = Counter(str(row.get("severity")) for row in rows)
    told: Facts = {"format": form.value, "items": len(rows), "severities": dict(sorted(severities.items()))}
    if len(rows) <= MOST_ROWS:
        return told | {"rows": rows}
    digest = sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]
    return told | {"first": rows[:3], "last": rows[-3:], "digest": digest}


def _row(item: Item) -> Facts:
    native, cap = item.native, item.cap
    found: Facts = {
        "id": native.event_id if native else cap.identifier if cap else item.guid,
        "severity": _word(native.severity if native else cap.severity.lower() if cap else None),
        "published": item.published_at.isoformat() if item.published_at else None,
        "expires": item.expires.isoformat() if item.expires else None,
        "points": [[point.lat, point.lon] for point in item.points[:2]],
    }
    if native:
        found |= {
            "hazard": _word(native.hazard), "ended": native.ended, "standing": native.standing,
            "areas": len(native.areas), "countries": list(native.countries), "airports": list(native.airports),
        }  # fmt: skip
    if native and native.level:
        found |= {"whole": native.level.whole.value, "parts": native.level.parts.value}
    if cap:
        found |= {
            "msg_type": cap.msg_type, "sent": cap.sent.isoformat(), "urgency": cap.urgency, "certainty": cap.certainty,
            "references": len(cap.references), "areas": len(cap.areas), "polygons": len(cap.polygons),
            "circles": len(cap.circles),
        }  # fmt: skip
    return {key: value for key, value in found.items() if value not in ([], None, False)}


def _word(value: object) -> str | None:
    return None if value is None else str(value)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps({name: facts(name) for name in names()}, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{GOLDEN.name}: {len(names())} payloads\n")
