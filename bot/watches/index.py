"""What a store indexes, so that a change finds its watches without a scan: `Ears` on its side, `Hearing` on theirs.

A key is two words. A watch has them by what it is, an event asks for them by where it is:

    in ML        watches the whole country, or a group             everything in Mali
    all ML       watches something in the country             what is declared for all of Mali, or extreme all over it
    of gn:7      is the place, or lies in it                  it happens at or all over the place
    own gn:7     is a region, or a route that ends there      it happens at the place, or in it

The store may answer with more, never with less, than what `matches` takes: a property test holds the two together.
"""

from datetime import datetime

from bot.model.assessment import Severity
from bot.model.event import EventChange
from bot.model.place import PlaceKind
from bot.model.watch import Disc, Ears, Hearing, Watch, WatchKind
from bot.watches.concern import Concern
from bot.watches.match import AIRPORT_KM, ROUTE_KM, asks_once
from bot.watches.sphere import along

ROUTE_STEP_KM = 100.0


def ears(change: EventChange, now: datetime) -> Ears:
    """Return which watches the change can concern at that time."""
    concern = Concern(change)
    return Ears(
        severity=concern.severity,
        keys=(*_everywhere(concern), *(f"all {country}" for country in _all_over(concern))),
        places=_places(concern),
        hazards=concern.hazards,
        now=now,
        wakes=asks_once(concern),
    )


def bystanders(change: EventChange) -> Ears:
    """Return who watches the change's countries, or so near that a graver event would concern them."""
    concern = Concern(change)
    keys = (*_everywhere(concern), *(f"all {country}" for country in concern.countries))
    return Ears(severity=Severity.EXTREME, keys=keys, places=_places(concern))


def watchers_of(country: str) -> Ears:
    """Return who watches the country, or something in it."""
    return Ears(severity=Severity.EXTREME, keys=(f"in {country}", f"all {country}"))


def hearing(watch: Watch) -> Hearing:
    """Return by what the watch is found."""
    match watch.kind:
        case WatchKind.COUNTRY | WatchKind.GROUP:
            return Hearing(keys=_countries(watch, "in"), discs=())
        case WatchKind.REGION:
            region = watch.area[0]
            disc = Disc(point=region.point, km=region.radius_km, land=region.kind is not PlaceKind.AREA)
            return Hearing(keys=(*_names(watch), *_own(watch)), discs=(disc,))
        case WatchKind.ROUTE:
            return Hearing(keys=(*_names(watch), *_own(watch)), discs=_line(watch))
        case WatchKind.AIRPORT:
            km = AIRPORT_KM if watch.radius_km is None else watch.radius_km
            return Hearing(keys=_names(watch), discs=(Disc(point=watch.area[0].point, km=km),))
        case WatchKind.PLACE | WatchKind.PIN | WatchKind.LIVE:
            return Hearing(keys=_names(watch), discs=(Disc(point=watch.area[0].point, km=watch.radius_km),))


def _everywhere(concern: Concern) -> tuple[str, ...]:
    own = dict.fromkeys(one for place in concern.precise for one in (place.id, *place.parents))
    return (
        *(f"in {country}" for country in concern.countries),
        *(f"of {place.id}" for place in concern.precise),
        *(f"own {one}" for one in own),
    )


def _all_over(concern: Concern) -> tuple[str, ...]:
    """Return the countries for the whole of which something is declared, or of which no more is known than that."""
    found = dict.fromkeys(place.country for place in concern.nationwide if place.country)
    if concern.severity is Severity.EXTREME:
        wide = {place.country for place in concern.places if place.kind is PlaceKind.COUNTRY}
        narrow = {place.country for place in concern.places if place.kind is not PlaceKind.COUNTRY}
        found |= dict.fromkeys(sorted(country for country in wide - narrow if country))
    return tuple(found)


def _places(concern: Concern) -> tuple[Disc, ...]:
    found = (Disc(point=one.point, km=one.radius_km, sea=one.kind is PlaceKind.AREA) for one in concern.precise)
    return tuple(dict.fromkeys(found))


def _countries(watch: Watch, word: str) -> tuple[str, ...]:
    codes = (code for place in watch.area for code in (place.country, *place.countries) if code)
    return tuple(dict.fromkeys(f"{word} {code}" for code in codes))


def _names(watch: Watch) -> tuple[str, ...]:
    ids = (one for place in watch.area for one in (place.id, *place.parents))
    return (*_countries(watch, "all"), *dict.fromkeys(f"of {one}" for one in ids))


def _own(watch: Watch) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"own {place.id}" for place in watch.area))


def _line(watch: Watch) -> tuple[Disc, ...]:
    """Return discs that together hold all near the route, no point of which is further than half a step from one."""
    km = ROUTE_KM if watch.radius_km is None else watch.radius_km
    points = along(watch.area[0].point, watch.area[-1].point, ROUTE_STEP_KM)
    return tuple(dict.fromkeys(Disc(point=point, km=km + ROUTE_STEP_KM / 2) for point in points))
