"""How each hazard behaves: how far its reports scatter, how long it is talked about, and what it is akin to.

The figures are ours, chosen on a labelled week of headlines and on story timelines; they are the dials of clustering.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.model.hazard import Hazard


@dataclass(frozen=True, slots=True)
class Habit:
    """How one hazard behaves.

    Two reports may place it `reach_km` apart. A report up to `window` after the last one can still mean it. A fresh
    report after a `pause` without any tells of another one, and so does one after its whole `span`, unless its words
    say otherwise. Without a report for `life` it counts as expired.
    """

    reach_km: float
    window: timedelta
    pause: timedelta
    life: timedelta
    span: timedelta


def _habit(reach_km: float, window: float, pause: float, life: float, days: float) -> Habit:
    return Habit(
        reach_km, timedelta(hours=window), timedelta(hours=pause), timedelta(hours=life), timedelta(days=days)
    )  # fmt: skip


HABITS: dict[Hazard, Habit] = {
    #                               km  window  pause  life (hours)  span (days)
    Hazard.ARMED_ATTACK: _habit(15, 96, 36, 48, 4),
    Hazard.ARMED_CONFLICT: _habit(15, 72, 14, 48, 3),
    Hazard.KIDNAPPING: _habit(30, 168, 72, 120, 21),
    Hazard.COUP: _habit(300, 168, 120, 120, 14),
    Hazard.UNREST: _habit(20, 96, 72, 72, 14),
    Hazard.CRIME: _habit(20, 96, 72, 72, 7),
    Hazard.AIRPORT: _habit(30, 96, 48, 72, 10),
    Hazard.TRANSPORT: _habit(30, 96, 48, 72, 10),
    Hazard.EARTHQUAKE: _habit(150, 120, 120, 72, 14),
    Hazard.TSUNAMI: _habit(400, 48, 48, 24, 3),
    Hazard.VOLCANO: _habit(60, 240, 168, 168, 30),
    Hazard.STORM: _habit(500, 120, 96, 72, 14),
    Hazard.FLOOD: _habit(100, 120, 96, 72, 21),
    Hazard.WILDFIRE: _habit(50, 120, 96, 72, 21),
    Hazard.LANDSLIDE: _habit(30, 96, 72, 48, 7),
    Hazard.EXTREME_WEATHER: _habit(300, 96, 72, 48, 14),
    Hazard.HEALTH: _habit(100, 504, 504, 336, 90),
    Hazard.INFRASTRUCTURE: _habit(150, 48, 36, 36, 7),
    Hazard.INDUSTRIAL: _habit(15, 96, 48, 48, 5),
    Hazard.ADVISORY: _habit(50, 168, 168, 168, 30),
}

ANNOUNCED = timedelta(days=10)
"""How long something announced or forecast is waited for."""

STRIKES = frozenset({Hazard.ARMED_CONFLICT, Hazard.ARMED_ATTACK})
"""Hazards whose next blow is another event, linked at most by its conflict."""

SPELL = timedelta(hours=40)
"""How long one blow of a war goes on; a fresh report after it tells of the next, unless its words say otherwise."""

CONSEQUENCES = frozenset({Hazard.AIRPORT, Hazard.TRANSPORT, Hazard.INFRASTRUCTURE, Hazard.ADVISORY})
"""What other hazards bring about: it joins the event that causes it."""

AT_ONE_SITE = frozenset(
    {Hazard.ARMED_ATTACK, Hazard.CRIME, Hazard.INDUSTRIAL, Hazard.INFRASTRUCTURE, Hazard.AIRPORT, Hazard.TRANSPORT}
)
"""Hazards that strike a house, a train, a hall: that it is emptied is no order to the people around."""

BRINGS_OTHERS = frozenset({Hazard.EARTHQUAKE, Hazard.VOLCANO, Hazard.STORM})
"""Hazards that bring others with them (a wave, a flood, a landslide), whose end is not theirs."""

_FAMILIES: tuple[frozenset[Hazard], ...] = (
    frozenset({Hazard.ARMED_ATTACK, Hazard.ARMED_CONFLICT, Hazard.KIDNAPPING, Hazard.CRIME}),
    frozenset({Hazard.ARMED_CONFLICT, Hazard.ARMED_ATTACK, Hazard.UNREST, Hazard.COUP}),
    frozenset({Hazard.UNREST, Hazard.CRIME, Hazard.TRANSPORT, Hazard.AIRPORT}),
    frozenset({Hazard.EARTHQUAKE, Hazard.TSUNAMI, Hazard.LANDSLIDE, Hazard.VOLCANO}),
    frozenset({Hazard.STORM, Hazard.FLOOD, Hazard.LANDSLIDE, Hazard.EXTREME_WEATHER}),
    frozenset({Hazard.INDUSTRIAL, Hazard.WILDFIRE, Hazard.TRANSPORT, Hazard.INFRASTRUCTURE}),
    frozenset({Hazard.ARMED_ATTACK, Hazard.ARMED_CONFLICT, Hazard.INDUSTRIAL}),  # a blast, before its cause is known
)


_CAUSAL = 0.6


def kinship(one: Hazard, other: Hazard) -> float:
    """Return how likely two hazards at one place are one event: 1 the same, 0 unrelated."""
    if one is other:
        return 1.0
    if any(one in family and other in family for family in _FAMILIES):
        return 0.8
    return _CAUSAL if one in CONSEQUENCES or other in CONSEQUENCES else 0.0


def kin(some: Iterable[Hazard], others: Iterable[Hazard]) -> float:
    """Return the best kinship of two lists of hazards, the main one first.

    What stands further back counts less, and not at all as cause or consequence: nearly every event shuts something.
    """
    others = tuple(others)
    best = 0.0
    for i, one in enumerate(some):
        for j, other in enumerate(others):
            weight = kinship(one, other)
            if i == j == 0 or weight > _CAUSAL:
                best = max(best, weight * (1.0 if i == 0 else 0.9) * (1.0 if j == 0 else 0.9))
    return best
