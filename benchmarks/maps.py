"""Pictures of maps: how much processor time one takes, how large it is."""

import sys
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts" / "maps"))
from examples import ATLAS, event, watching

from bot.maps import Painter
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.watch import WatchKind

PLACES = (
    "Bamako", "Suva", "Anadyr", "Apia", "Longyearbyen", "Malé", "Beirut", "Kyiv", "Port-au-Prince", "Mexico City",
    "Nuuk", "Tokyo", "Singapore", "Kinshasa", "Bergen", "Makassar", "Ushuaia", "Reykjavik", "Athens", "Auckland",
)  # fmt: skip


def rows() -> list[tuple[str, str]]:
    """Return what was measured, one (what, figure) a line."""
    painter = Painter(lambda code, _language: code, ATLAS)
    begun = process_time()
    times, sizes = [], []
    for number, name in enumerate(PLACES):
        told = event(Hazard.STORM, Severity.SEVERE, name)
        kind, radius = (WatchKind.PLACE, 80.0) if number % 2 else (WatchKind.COUNTRY, None)
        start = process_time()
        picture = painter.draw(painter.sketch(told, watching(told, kind, name, radius_km=radius), "en"))
        times.append(process_time() - start)
        sizes.append(len(picture))
    first, later = times[0], times[1:]
    return [
        ("the first map, outlines unpacked", f"{first * 1000:.0f} ms of processor"),
        (
            f"{len(later)} maps of all continents, each",
            f"median {median(later) * 1000:.0f} ms, most {max(later) * 1000:.0f} ms of processor",
        ),
        ("their size", f"median {median(sizes) / 1000:.0f} kB, most {max(sizes) / 1000:.0f} kB"),
        ("all of it", f"{process_time() - begun:.1f} s"),
    ]  # fmt: skip
