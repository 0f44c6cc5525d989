"""What a store indexes, so that a change finds its watches without a scan: `Ears` on its side, `Box` on theirs.

A country or a group of countries hears by country; the rest by place. The store may answer with more, never with
less, than what `matches` takes.
"""

from bot.model.assessment import Severity
from bot.model.event import EventChange
from bot.model.watch import Box, Ears, Watch, WatchKind
from bot.watches.concern import Concern
from bot.watches.match import AIRPORT_KM, DEFAULT_KM, ROUTE_KM
from bot.watches.sphere import along, box_around, box_of

ROUTE_STEP_KM = 100.0


def ears(change: EventChange) -> Ears:
    """Return which watches the change can concern: all of its countries, and those whose reach meets its places."""
    concern = Concern(change)
    return Ears(
        countries=concern.countries,
        boxes=tuple(dict.fromkeys(box_around(place.point, place.radius_km) for place in concern.precise)),
    )


def reach(watch: Watch) -> Box:
    """Return the box that holds every point from which the watch can hear at any severity."""
    km = _widest_km(watch)
    if watch.kind is WatchKind.ROUTE:
        line = along(watch.area[0].point, watch.area[-1].point, ROUTE_STEP_KM)
        # between two points of the line it lies at most half a step from one of them
        return box_of(tuple(box_around(point, km + ROUTE_STEP_KM / 2) for point in line))
    return box_around(watch.area[0].point, km)


def _widest_km(watch: Watch) -> float:
    if watch.kind in {WatchKind.COUNTRY, WatchKind.REGION, WatchKind.GROUP}:
        return watch.area[0].radius_km
    if watch.radius_km is not None:
        return watch.radius_km
    return {WatchKind.AIRPORT: AIRPORT_KM, WatchKind.ROUTE: ROUTE_KM}.get(watch.kind, DEFAULT_KM[Severity.EXTREME])
