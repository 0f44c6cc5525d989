"""When an event eases and when it ends. Never without evidence about this place and this measure.

Reassurance, an announced reopening, silence and a source that fails are no evidence. One measure lifted while the rest
goes on eases; the hazard itself said to be over ends, if no closure or order is left; and what eased before ends with
its last closure or order. For an event that is nothing but closures or orders, their lifting is its end.
"""

from bot.events.habit import AT_ONE_SITE, BRINGS_OTHERS, CONSEQUENCES, kinship
from bot.events.merge import Joined
from bot.events.tolls import many_evacuated
from bot.events.touching import covers, touches
from bot.events.ways import ADVICE, AIR, LIFTED, LOCAL_WAYS, RELIEF, REMAINS, remaining, states, subject
from bot.model.assessment import MeasureState, Severity, Status, TargetState
from bot.model.event import ChangeKind, Event, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, PlaceKind

_WRITTEN_OF = AIR | {Target.BORDER, Target.PORT, Measure.CURFEW, Measure.EMERGENCY, Measure.MARTIAL_LAW}
"""What is not open again, nor lifted, before somebody says so, though the storm is over."""

_DOWN = {Severity.EXTREME: Severity.SEVERE, Severity.SEVERE: Severity.MODERATE}


def relief(joined: Joined) -> ChangeKind | None:
    """Return EASED or ENDED where the report is evidence of it, else None."""
    status = joined.assessment.status
    lifted = [*(state.cue for state in joined.targets.lifted), *(state.cue for state in joined.measures.lifted)]
    if joined.late or not joined.fresh or not (lifted or status is Status.ENDED):
        return None
    partly = bool(lifted) and not LIFTED & set(lifted)
    left = _left(joined)
    eases_already = joined.before.state is EventState.EASING
    if not (partly or left) and _whole(joined) and (_is_way(joined) or _over(joined) or (eases_already and lifted)):
        return ChangeKind.ENDED
    return ChangeKind.EASED if lifted or (_own(joined) and not eases_already) else None


def _left(joined: Joined) -> bool:
    """Tell whether closures or orders are left; what is known to be over, or goes without saying, is not."""
    told = {subject(state) for state in states(joined.assessment) if state.cue in REMAINS}
    left = remaining(states(joined.after))
    return any(subject(state) in told or not _goes_without_saying(state, joined) for state in left)


def _goes_without_saying(state: TargetState | MeasureState, joined: Joined) -> bool:
    """Tell whether nobody will write of its end.

    So it is with those who were led out of a burning house; with streets, when the danger is past; with advice to stay
    in, when it is an authority that says so, or when it was easing before; and with most of what a storm shut, once
    its alert is lifted. And with what was said of a whole country, once it is over in each of the
    towns that the event is known to be in, of which there are several: of its other towns nothing was ever told.
    """
    if subject(state) is Measure.EVACUATION and joined.before.hazard in AT_ONE_SITE:
        return not many_evacuated(joined.before.impacts)
    if not _over(joined):
        return False
    towns = [place.id for place in joined.before.area]
    everywhere = len(towns) > 1 and set(towns) <= {place.id for place in joined.assessment.places}
    vague = state.place is not None and state.place.kind is PlaceKind.COUNTRY and state.place.id not in towns
    lifted = {one.target for one in joined.targets.lifted} | {one.measure for one in joined.measures.lifted}
    eases = joined.before.state is EventState.EASING
    advice = (joined.item.official or eases) and subject(state) in ADVICE
    if eases and Measure.WARNING in lifted and joined.before.hazard in BRINGS_OTHERS:
        return subject(state) not in _WRITTEN_OF  # the alert is over, people go home: ways are mended one by one
    return subject(state) in LOCAL_WAYS or advice or (everywhere and vague and subject(state) in lifted)


def _is_way(joined: Joined) -> bool:
    return joined.before.hazard in CONSEQUENCES


def _over(joined: Joined) -> bool:
    """Tell whether the report says that the hazard itself is over, and not only a part that it brought with it."""
    said = any(state.target is Target.HAZARD and state.cue in LIFTED for state in joined.assessment.targets)
    own = joined.assessment.hazard is joined.before.hazard
    return joined.assessment.status is Status.ENDED and (own or said) and not _of_a_part(joined)


def _of_a_part(joined: Joined) -> bool:
    """Tell whether what ends is only what the event brought with it: a tsunami warning is cancelled after a quake.

    Of a quake nobody says that it is over: beside a wave, or a slope that moves, it is only named as their cause.
    """
    event, told = joined.before, joined.assessment
    named = {one for one in (told.hazard, *told.also) if one is not None and one not in CONSEQUENCES}
    cause = event.hazard not in named or event.hazard is Hazard.EARTHQUAKE
    return event.hazard in BRINGS_OTHERS and cause and bool(named - {event.hazard})


def _own(joined: Joined) -> bool:
    """Tell whether an end without a named measure is that of a part of this event (a tsunami warning after a quake)."""
    hazard = joined.assessment.hazard
    return hazard is not None and any(kinship(hazard, one) for one in (joined.before.hazard, *joined.before.also))


def _whole(joined: Joined) -> bool:
    """Tell whether the report is about all of the event's places, but for those of which it was told before."""
    lifted = (state.place for state in states(joined.assessment) if state.cue in LIFTED)
    said, event = [*joined.assessment.places, *(place for place in lifted if place)], joined.before
    left = [place for place in event.area if not any(covers(one, place) or touches(one, place) for one in said)]
    return bool(said) and event.place not in left and all(_lifted_before(place, event) for place in left)


def _lifted_before(place: Place, event: Event) -> bool:
    """Tell whether everything that stood at the place was said to be lifted, and something did stand there."""
    cues = [state.cue for state in states(event) if state.place and covers(place, state.place)]
    return bool(cues) and LIFTED.issuperset(cues)


def eased_severity(before: Severity) -> Severity:
    """Return the severity after an easing: one step less, but no less than what is left is worth knowing."""
    return _DOWN.get(before, before)


def relief_news(joined: Joined) -> tuple[News, ...]:
    """Return what was lifted, by name."""
    reopened = any(state.cue in RELIEF for state in joined.targets.lifted)
    return (*((News.REOPENED,) if reopened else ()), *((News.MEASURE_LIFTED,) if joined.measures.lifted else ()))
