"""Where the store looks for events that an item may be about: a place and time index answers, not a scan.

Much happens in a large country, and a report from one of its towns is hardly ever about what happened in another. So
an item that names towns and airports alone is judged with what is near them, what its words are a name of, and of the
rest of the country what is *wide* (it has a place that is no town, or several far apart, or a vast reach) or bears one
of its *signs*: a word of the event's places that its title says, or the very count of dead that it gives. What is
left out by this could not be joined by the rules of bot/events/cluster.py.

That holds of the present state of events. An item that comes in late is judged with what these were when it was
published: what was heard of since then may have been wide or borne its signs, or may belong to what the item is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.events.cluster import MANY_DEAD, placed
from bot.events.habit import ANNOUNCED, HABITS
from bot.events.likeness import headline, stems
from bot.events.naming import index_names
from bot.events.once import once_each
from bot.events.storms import marks
from bot.events.tolls import dead
from bot.events.touching import LOCAL
from bot.model.assessment import Assessment, Toll
from bot.model.event import Event, Neighbourhood
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import Place, PlaceKind
from bot.model.reading import ImpactKind

_WIDEST_WINDOW = max(habit.window for habit in HABITS.values())
_SLACK_KM = 50.0  # widths of the two places, beside the hazard's reach
_MOST_WORDS = 40
_FAR_KM = 150.0  # reach of a hazard from which its events are wide
_SPOT_KM = 25.0  # half the slack: how far apart the places of one spot lie


def neighbourhood(item: Item, assessments: Sequence[Assessment], now: datetime) -> Neighbourhood | None:
    """Return where to look for what this item may be about; None when there is nothing to look up.

    What names no place is looked up by its words: these may be names by which an event is known.
    """
    placed_ones = [one for one in assessments if one.places]
    words = (*marks(headline(item)), *sorted(stems(headline(item)))[:_MOST_WORDS])
    if not placed_ones and not words:
        return None
    places = [place for one in placed_ones for place in one.places]
    hazards = {hazard for one in placed_ones for hazard in (one.hazard, *one.also) if hazard is not None}
    precise = all(place.kind in LOCAL for place in places)
    reach = max(_reach_km(hazards), _FAR_KM if precise else 0.0)  # the event's own reach counts too
    return Neighbourhood(
        countries=_countries(places),
        points=tuple(dict.fromkeys(place.point for place in places if place.kind is not PlaceKind.COUNTRY)),
        km=reach + _SLACK_KM + max((p.radius_km for p in places if p.kind is not PlaceKind.COUNTRY), default=0.0),
        since=now - max(_window(hazards), ANNOUNCED),
        at=min(item.published_at or now, now),
        words=words,
        signs=(*map(_of_place, words), *_counts_of(placed_ones)) if precise else None,
    )


def is_near(event: Event, where: Neighbourhood) -> bool:
    """Tell whether an item from there may be about the event, whenever that was last seen."""
    found = _found_by(event)
    if not found.countries.isdisjoint(where.countries):
        if where.signs is None or is_wide(event) or (where.at is not None and event.last_seen_at >= where.at):
            return True
        if not found.signs.isdisjoint(where.signs):
            return True
    if not found.names.isdisjoint(where.words):
        return True
    return any(event.place.point.km_to(point) <= where.km for point in where.points)


@dataclass(frozen=True, slots=True)
class _FoundBy:
    """By what an event is found, for quick comparison."""

    countries: frozenset[str]
    signs: frozenset[str]
    names: frozenset[str]


@once_each
def _found_by(event: Event) -> _FoundBy:
    return _FoundBy(frozenset(_countries(event.area)), frozenset(signs(event)), frozenset(index_names(event)))


@once_each
def is_wide(event: Event) -> bool:
    """Tell whether an item from anywhere in its country may be about the event."""
    here = event.place.point
    return HABITS[event.hazard].reach_km > _FAR_KM or any(
        place.kind not in LOCAL or not stems(place.name) or here.km_to(place.point) > _SPOT_KM
        for place in placed(event)
    )


@once_each
def signs(event: Event) -> tuple[str, ...]:
    """Return by what an item from elsewhere in its country may mean it: words of its places, its counts of dead."""
    words = {max(stems(place.name), key=lambda word: (len(word), word), default="") for place in placed(event)}
    return (*(_of_place(word) for word in sorted(words) if word), *_counts(event.impacts))


def _of_place(word: str) -> str:
    return f"@{word}"


def _counts_of(assessments: Sequence[Assessment]) -> tuple[str, ...]:
    return tuple(count for one in assessments if dead(one.impacts) >= MANY_DEAD for count in _counts(one.impacts))


def _counts(tolls: Sequence[Toll]) -> tuple[str, ...]:
    return tuple(sorted({f"+{toll.low:g}" for toll in tolls if toll.kind is ImpactKind.KILLED and toll.low}))


def _countries(places: Sequence[Place]) -> tuple[str, ...]:
    codes = (code for place in places for code in (place.country, *place.countries) if code)
    return tuple(dict.fromkeys(codes))


def _reach_km(hazards: set[Hazard]) -> float:
    return max((HABITS[hazard].reach_km for hazard in hazards), default=0.0)


def _window(hazards: set[Hazard]) -> timedelta:
    """Return how far back to look; an item of no known hazard (a court report) may be about any."""
    return max((HABITS[hazard].window for hazard in hazards), default=_WIDEST_WINDOW)
