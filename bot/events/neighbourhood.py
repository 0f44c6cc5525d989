"""Where the store looks for events that an item may be about: a place and time index answers, not a scan."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.events.habit import ANNOUNCED, HABITS
from bot.events.likeness import headline, stems
from bot.model.assessment import Assessment
from bot.model.event import Neighbourhood
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import PlaceKind

_WIDEST_WINDOW = max(habit.window for habit in HABITS.values())
_SLACK_KM = 50.0  # widths of the two places, beside the hazard's reach
_MOST_WORDS = 24


def neighbourhood(item: Item, assessments: Sequence[Assessment], now: datetime) -> Neighbourhood | None:
    """Return where to look for what this item may be about; None when there is nothing to look up.

    What names no place is looked up by its words: these may be names by which an event is known.
    """
    placed = [one for one in assessments if one.places]
    words = tuple(sorted(stems(headline(item)))[:_MOST_WORDS])
    if not placed and not words:
        return None
    places = [place for one in placed for place in one.places]
    hazards = {hazard for one in placed for hazard in (one.hazard, *one.also) if hazard is not None}
    countries = [code for place in places for code in (place.country, *place.countries) if code]
    return Neighbourhood(
        countries=tuple(dict.fromkeys(countries)),
        points=tuple(dict.fromkeys(place.point for place in places if place.kind is not PlaceKind.COUNTRY)),
        km=_reach_km(hazards) + max((p.radius_km for p in places if p.kind is not PlaceKind.COUNTRY), default=0.0),
        since=now - max(_window(hazards), ANNOUNCED),
        words=words,
    )


def _reach_km(hazards: set[Hazard]) -> float:
    return max((HABITS[hazard].reach_km for hazard in hazards), default=0.0) + _SLACK_KM


def _window(hazards: set[Hazard]) -> timedelta:
    """Return how far back to look; an item of no known hazard (a court report) may be about any."""
    return max((HABITS[hazard].window for hazard in hazards), default=_WIDEST_WINDOW)
