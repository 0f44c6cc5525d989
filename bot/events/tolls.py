"""Counts of people: which count holds, and when two reports count the same."""

from collections.abc import Iterable

from bot.model.assessment import Toll
from bot.model.reading import ImpactKind

MANY = 1000  # RUBRIC.md section 5: from about so many an evacuation is severe
MANY_INJURED = 10
A_HANDFUL = 2  # one or two dead are in half of all reports


def same_toll(some: Iterable[Toll], others: Iterable[Toll]) -> bool:
    """Tell whether both count the same dead, beyond a handful, as reports of one event do in any language."""
    counts = {toll.low for toll in others if toll.kind is ImpactKind.KILLED}
    return any(toll.kind is ImpactKind.KILLED and toll.low > A_HANDFUL and toll.low in counts for toll in some)


def dead(tolls: tuple[Toll, ...]) -> float:
    """Return the count of dead, at least, that these tolls give."""
    return _most(tolls, ImpactKind.KILLED)


def injured(tolls: tuple[Toll, ...]) -> float:
    """Return the count of injured, at least, that these tolls give."""
    return _most(tolls, ImpactKind.INJURED)


def many_evacuated(tolls: tuple[Toll, ...]) -> bool:
    """Tell whether so many people had to leave that it is more than the emptying of a house."""
    return _most(tolls, ImpactKind.EVACUATED) >= MANY


def _most(tolls: tuple[Toll, ...], kind: ImpactKind) -> float:
    return max((toll.low for toll in tolls if toll.kind is kind), default=0.0)


def counted(old: tuple[Toll, ...], new: tuple[Toll, ...], *, official: bool, late: bool) -> tuple[Toll, ...]:
    """Return the counts with those of a report: one for each speaker; an authority's takes the place of all."""
    if late:
        kinds = {toll.kind for toll in old}
        return (*old, *(toll for toll in new if toll.kind not in kinds))
    kept = [one for one in old if not any(_replaces(toll, one, official=official) for toll in new)]
    return (*kept, *dict.fromkeys(new))


def _replaces(new: Toll, old: Toll, *, official: bool) -> bool:
    """Tell whether a newer count takes the place of an older one."""
    if new.kind is not old.kind:
        return False
    return official or new.speaker == old.speaker or not old.speaker
