"""A place or a severity that was told wrongly is put right, and nothing else is taken for a mistake."""

from itertools import permutations

import pytest
from builders import BAMAKO, BKO, MALI, assessment, item
from events.world import World

from bot.model.assessment import Assessment, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, EventState
from bot.model.hazard import Hazard, Target
from bot.model.item import Item
from bot.model.place import Place, PlaceKind, Point
from bot.model.reading import Cue, ImpactKind

Said = tuple[Item, Assessment]
SEGOU = Place(
    id="gn:2451478", name="Ségou", kind=PlaceKind.CITY, country="ML", point=Point(13.43, -6.26),
    parents=("adm:ML.05", MALI.id), radius_km=6, population=130_000, geonames_id=2451478,
)  # fmt: skip
WORDS = {  # each in its own words, else one would be a copy of the other
    "Sahel Wire": "Gunmen kill {dead} at a market in {place}",
    "Le Fleuve": "{dead} dead after shooting among market stalls, {place} in shock",
    "Radio Sud": "Market traders mourn {dead} victims of armed assault on {place}",
    "Weekly": "Massacre of {dead}: who fired on the traders of {place}?",
    "Ministry": "Government: attackers opened fire in {place}, {dead} people lost their lives",
}


def attack(place: Place, outlet: str, hours: float, *, dead: int = 14, official: bool = False, **more: object) -> Said:
    """Return a report of the one attack, whose dead are the same whatever town is named."""
    tolls = (Toll(kind=ImpactKind.KILLED, low=dead, high=dead),) if dead else ()
    words = WORDS[outlet].format(place=place.name, dead=dead)
    told = item(words, outlet=outlet, hours=hours, official=official)
    return told, assessment(place, impacts=tolls, **more)


def codes(world: World) -> set[str]:
    assert world.last is not None
    return {reason.code for reason in world.last.reasons}


def heard(*said: Said) -> World:
    world = World()
    for told, judged in said:
        world.hear(told, judged)
    return world


def test_an_authority_that_names_another_town_puts_the_place_right() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(SEGOU, "Ministry", 1, official=True))
    assert world.last is not None
    assert (world.last.kind, world.last.moved) == (ChangeKind.CORRECTED, True)
    assert (world.only.place, world.only.area, world.only.mistaken) == (SEGOU, (SEGOU,), (BAMAKO,))
    assert "Ségou" in world.only.headline
    assert world.only.state is EventState.OPEN
    assert {"corrected", "wrong-place", "official"} <= codes(world)


def test_one_outlet_against_another_puts_nothing_right_a_second_does() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(SEGOU, "Le Fleuve", 1))
    assert world.only.place == BAMAKO
    world.hear(*attack(SEGOU, "Radio Sud", 2))
    assert world.last is not None
    assert world.last.kind is ChangeKind.CORRECTED
    assert world.only.place == SEGOU


def test_the_press_does_not_overrule_an_authority() -> None:
    world = heard(attack(BAMAKO, "Ministry", 0, official=True))
    for hours, outlet in enumerate(("Sahel Wire", "Le Fleuve", "Radio Sud"), 1):
        world.hear(*attack(SEGOU, outlet, hours))
    assert world.only.place == BAMAKO


def test_an_outlet_that_names_another_town_in_its_next_report_corrects_itself() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(SEGOU, "Sahel Wire", 1))
    assert world.only.place == SEGOU


def test_who_repeats_the_wrong_town_makes_no_new_event_and_moves_nothing_back() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(SEGOU, "Ministry", 1, official=True))
    world.hear(*attack(BAMAKO, "Weekly", 2))
    assert world.only.place == SEGOU


def test_another_attack_in_the_town_that_was_named_wrongly_is_another_event() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(SEGOU, "Ministry", 1, official=True))
    world.hear(item("Car bomb explodes outside a hotel in Bamako", outlet="Weekly", hours=60), assessment(BAMAKO))
    assert len(world.known) == 2


def test_a_town_named_beside_the_known_one_is_a_further_place() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(BAMAKO, "Le Fleuve", 1))
    both = item("Gunmen kill 14 in Bamako and strike Ségou", outlet="Ministry", hours=2, official=True)
    world.hear(both, assessment(SEGOU, places=(SEGOU, BAMAKO)))
    assert world.last is not None
    assert world.last.kind is not ChangeKind.CORRECTED
    assert world.only.mistaken == ()


def test_a_town_named_after_its_country_is_nearer_and_no_correction() -> None:
    world = heard(attack(MALI, "Sahel Wire", 0), attack(SEGOU, "Ministry", 1, official=True))
    assert (world.only.place, world.only.mistaken) == (SEGOU, ())


@pytest.mark.parametrize("hazard", [Hazard.FLOOD, Hazard.UNREST, Hazard.STORM])
def test_what_spreads_is_not_mistaken(hazard: Hazard) -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0, hazard=hazard), attack(SEGOU, "Ministry", 1, hazard=hazard,
                                                                        official=True))  # fmt: skip
    assert all(not event.mistaken for event in world.known.values())


def test_what_stood_at_the_wrong_town_goes_with_it_and_a_named_airport_stays() -> None:
    shut = (
        TargetState(target=Target.ROAD, cue=Cue.CLOSED, place=None),
        TargetState(target=Target.AIRPORT, cue=Cue.CLOSED, place=BKO),
    )
    world = heard(attack(BAMAKO, "Sahel Wire", 0, targets=shut), attack(SEGOU, "Ministry", 1, official=True))
    assert [way.place for way in world.only.targets] == [SEGOU, BKO]


def test_a_correction_that_tells_of_graver_things_raises_the_severity_with_it() -> None:
    graver = attack(SEGOU, "Ministry", 1, official=True, severity=Severity.EXTREME)
    world = heard(attack(BAMAKO, "Sahel Wire", 0), graver)
    assert world.last is not None
    assert (world.last.kind, world.only.severity) == (ChangeKind.CORRECTED, Severity.EXTREME)


def test_a_place_is_right_in_whatever_order_the_reports_come_in() -> None:
    said = (
        attack(BAMAKO, "Sahel Wire", 0), attack(SEGOU, "Ministry", 1, official=True), attack(BAMAKO, "Le Fleuve", 2),
    )  # fmt: skip
    found = set()
    for order in permutations(said):
        world = heard(*order)
        found.add(tuple((e.place.id, e.severity, len(e.reports)) for e in world.known.values() if not e.merged_into))
    assert found == {((SEGOU.id, Severity.SEVERE, 3),)}


def test_the_first_authority_that_counts_fewer_dead_puts_the_severity_right() -> None:
    grave = attack(BAMAKO, "Sahel Wire", 0, dead=30, severity=Severity.EXTREME)
    world = heard(grave, attack(BAMAKO, "Le Fleuve", 0.5, dead=30, severity=Severity.EXTREME))
    assert world.only.severity is Severity.EXTREME
    world.hear(*attack(BAMAKO, "Ministry", 1, dead=3, official=True))
    assert world.last is not None
    assert (world.last.kind, world.last.moved) == (ChangeKind.CORRECTED, False)
    assert world.only.severity is Severity.SEVERE
    assert "wrong-severity" in codes(world)


def test_what_was_put_right_is_raised_again_by_an_authority_and_not_by_who_repeats_the_old_count() -> None:
    grave = attack(BAMAKO, "Sahel Wire", 0, dead=30, severity=Severity.EXTREME)
    world = heard(grave, attack(BAMAKO, "Le Fleuve", 0.5, dead=30, severity=Severity.EXTREME))
    world.hear(*attack(BAMAKO, "Ministry", 1, dead=3, official=True))
    world.hear(*attack(BAMAKO, "Weekly", 2, dead=30, severity=Severity.EXTREME))
    assert world.only.severity is Severity.SEVERE
    world.hear(*attack(BAMAKO, "Ministry", 3, dead=31, official=True, severity=Severity.EXTREME))
    assert world.last is not None
    assert world.last.kind is ChangeKind.ESCALATED


def test_the_same_report_in_milder_words_takes_its_own_back() -> None:
    told, judged = attack(BAMAKO, "Ministry", 0, official=True, severity=Severity.EXTREME)
    world = heard((told, judged))
    _, milder = attack(BAMAKO, "Ministry", 1, official=True, severity=Severity.MODERATE)
    world.hear(told, milder)
    assert world.last is not None
    assert (world.last.kind, world.only.severity) == (ChangeKind.CORRECTED, Severity.MODERATE)


def test_another_report_that_tells_less_takes_nothing_back() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0), attack(BAMAKO, "Ministry", 1, official=True,
                                                          severity=Severity.MODERATE))  # fmt: skip
    assert world.only.severity is Severity.SEVERE


def test_what_is_over_is_not_corrected_by_one_who_says_it_ended_elsewhere() -> None:
    world = heard(attack(BAMAKO, "Sahel Wire", 0))
    world.hear(*attack(SEGOU, "Ministry", 1, official=True, status=Status.ENDED, severity=Severity.MINOR))
    assert world.only.place == BAMAKO
