"""What was told wrongly is put right: where it happened, and how grave it was.

Each voice's newest word counts, and an authority's outweighs those of all others. What was told first stands until
more voices say another place. A place that is named beside the known one is a further place, not the right one; and
what spreads or moves (a flood, a storm) is found in many towns.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.events.change import standing
from bot.events.habit import AT_ONE_SITE, CONSEQUENCES, STRIKES, kinship
from bot.events.likeness import headline
from bot.events.merge import Joined, outside
from bot.events.opening import PUSHED, shown
from bot.events.touching import any_touch, without_holders
from bot.events.ways import State
from bot.model.assessment import Severity
from bot.model.event import Event, EventState, Report
from bot.model.hazard import Hazard
from bot.model.place import Place, PlaceKind

BLOWS = STRIKES | (AT_ONE_SITE - CONSEQUENCES) | {Hazard.EARTHQUAKE, Hazard.KIDNAPPING, Hazard.LANDSLIDE}
"""What happens at one place, as gravely as it happened: what grows, spreads or eases is no mistake."""

_SAME_SORT = 0.8  # kinship of two names for one blow


def put_right(joined: Joined) -> Joined:
    """Return the event with the report once more, its place and severity as they are now known to be."""
    if not joined.fresh or joined.late or joined.before.hazard not in BLOWS or joined.assessment.status not in PUSHED:
        return joined
    right = _right_place(joined)
    if right is not None:
        joined = replace(joined, after=_at(joined, right), moved=True)
    return replace(joined, lowered=_right_severity(joined))


def _right_place(joined: Joined) -> Place | None:
    """Return where it happened, if that is not where it was told to have happened."""
    place, known = joined.assessment.place, joined.before.place
    if place is None or joined.copied or joined.wider or joined.cause_known or not _same_sort(joined):
        return None
    precise = place.kind is not PlaceKind.COUNTRY or known.kind is PlaceKind.COUNTRY
    several = len(without_holders(joined.before.area)) > 1
    if several or not precise or place.kind is PlaceKind.AIRPORT or not outside(place, joined.before):
        return None
    if any_touch(joined.assessment.places, joined.before.area):
        return None
    words = _last_words(joined.after.witnesses)
    here = sum(one.place_id == place.id for one in words)
    there = sum(one.place_id not in {place.id, *place.parents} for one in words)
    return place if here > there else None


def _same_sort(joined: Joined) -> bool:
    hazard = joined.assessment.hazard
    return hazard is not None and hazard not in CONSEQUENCES and kinship(hazard, joined.before.hazard) >= _SAME_SORT


def _last_words(reports: Iterable[Report]) -> list[Report]:
    """Return the newest report of each voice: those of authorities, or where there is none of all."""
    newest = {one.voice: one for one in sorted(reports, key=lambda one: (one.published_at, one.item_id))}
    official = [one for one in newest.values() if one.official]
    return official or list(newest.values())


def _at(joined: Joined, right: Place) -> Event:
    """Return the event at the right place; what was told of the wrong one without another name goes with it."""
    event, wrong = joined.after, joined.before.place
    places = (right, *without_holders((right, *joined.assessment.places)))
    return replace(
        event,
        place=right,
        area=tuple({one.id: one for one in places}.values()),
        targets=tuple(_moved(state, wrong, right) for state in event.targets),
        measures=tuple(_moved(state, wrong, right) for state in event.measures),
        headline=headline(joined.item),
        mistaken=(*(one for one in event.mistaken if one.id != right.id), wrong),
    )


def _moved(state: State, wrong: Place, right: Place) -> State:
    return replace(state, place=right) if state.place == wrong else state


def _right_severity(joined: Joined) -> Severity | None:
    """Return how grave it was, if it was told to be graver: by the very report that told so, or by fewer dead.

    The first authority to count the dead is believed. An outlet that says less of it some hours later takes nothing
    back; but the same report in new words does.
    """
    before, told = joined.before, joined.assessment.severity
    if before.state is EventState.EASING or told is Severity.NONE:
        return None
    fewer = joined.item.official and not before.official and 0 < joined.dead_now < joined.dead_before
    if fewer and told < standing(before):
        return told
    anew = any(one.item_id == joined.item.id for one in before.reports)
    gravest = shown(joined.after, max(one.severity for one in joined.after.witnesses))
    return gravest if anew and gravest < before.severity else None
