"""What ends and what eases: strikes, streets, what was told before; and what is no order."""

from dataclasses import replace

import pytest
from builders import BAMAKO, BKO, GAO, MALI, assessment, at, item
from events.world import World

from bot.alerts.plan import is_told
from bot.events.judge import expiry, judge_item
from bot.model.assessment import Assessment, MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, Point
from bot.model.reading import Cue, ImpactKind


def way(target: Target, cue: Cue, place: Place | None = BAMAKO) -> TargetState:
    return TargetState(target=target, cue=cue, place=place)


def order(measure: Measure, cue: Cue = Cue.IMPOSED, place: Place = BAMAKO) -> MeasureState:
    return MeasureState(measure=measure, cue=cue, place=place)


def over(hazard: Hazard, *targets: TargetState, place: Place = BAMAKO, **fields: object) -> Assessment:
    clear = way(Target.HAZARD, Cue.ALL_CLEAR, place)
    return assessment(
        place, hazard, status=Status.ENDED, severity=Severity.MINOR, targets=(clear, *targets), **fields
    )  # fmt: skip


def test_the_end_of_a_strike_is_the_end_of_what_it_held_up() -> None:
    world = World()
    strike = assessment(BAMAKO, Hazard.AIRPORT, targets=(way(Target.FLIGHTS, Cue.CANCELLED, BKO),))
    world.hear(item("Ground staff on strike in Bamako, flights cancelled"), strike)
    said = over(Hazard.AIRPORT, way(Target.AIRPORT, Cue.STRIKE))
    change = world.hear(item("Bamako ground staff end strike", outlet="Le Fleuve", hours=40), said)
    assert change is not None
    assert change.kind is ChangeKind.ENDED


def test_the_end_of_an_attack_opens_no_airport() -> None:
    world = World()
    world.hear(item("Gunfire, airport shut"), assessment(targets=(way(Target.AIRPORT, Cue.CLOSED, BKO),)))
    change = world.hear(item("Attack is over", outlet="Le Fleuve", hours=5), over(Hazard.ARMED_ATTACK))
    assert change is not None
    assert change.kind is ChangeKind.EASED


@pytest.mark.parametrize(
    ("still", "kind"), [((), ChangeKind.ENDED), ((way(Target.ROAD, Cue.BLOCKED),), ChangeKind.EASED)]
)
def test_a_street_shut_on_the_first_day_keeps_nothing_open_unless_it_is_said_again(
    still: tuple[TargetState, ...], kind: ChangeKind
) -> None:
    world = World()
    blocked = way(Target.ROAD, Cue.BLOCKED)
    world.hear(item("Riot in Bamako, road blocked"), assessment(BAMAKO, Hazard.UNREST, targets=(blocked,)))
    said = over(Hazard.UNREST, *still)
    change = world.hear(item("Calm is back in Bamako", outlet="Le Fleuve", hours=9), said)
    assert change is not None
    assert change.kind is kind


def test_what_was_lifted_for_the_whole_country_is_not_told_again_for_its_capital() -> None:
    world = World()
    world.hear(item("Curfew in Mali"), assessment(MALI, Hazard.UNREST, measures=(order(Measure.CURFEW, place=MALI),)))
    lifted = assessment(MALI, Hazard.UNREST, measures=(order(Measure.CURFEW, Cue.LIFTED, MALI),))
    first = world.hear(item("Curfew lifted in Mali", hours=20), lifted)
    again = assessment(BAMAKO, Hazard.UNREST, measures=(order(Measure.CURFEW, Cue.LIFTED),))
    second = world.hear(item("Bamako out again after curfew is lifted", outlet="Le Fleuve", hours=22), again)
    assert first is not None
    assert first.kind is ChangeKind.EASED
    assert second is not None
    assert not is_told(second)


@pytest.mark.parametrize(
    ("hazard", "people", "sender", "news"),
    [
        (Hazard.INDUSTRIAL, 0, "press", ()),
        (Hazard.INDUSTRIAL, 2000, "press", (News.NEW_MEASURE,)),
        (Hazard.INDUSTRIAL, 0, "authority", (News.NEW_MEASURE,)),
        (Hazard.WILDFIRE, 0, "press", (News.NEW_MEASURE,)),
    ],
)
def test_a_house_that_was_emptied_is_no_order_to_people(
    hazard: Hazard, people: int, sender: str, news: tuple[News, ...]
) -> None:
    world = World()
    world.hear(item("Fire in Bamako"), assessment(BAMAKO, hazard))
    count = (Toll(kind=ImpactKind.EVACUATED, low=people, high=people),) if people else ()
    emptied = assessment(BAMAKO, hazard, measures=(order(Measure.EVACUATION),), impacts=count)
    change = world.hear(item("People led out", outlet="Le Fleuve", official=sender == "authority", hours=1), emptied)
    assert change is not None
    assert change.news == news


@pytest.mark.parametrize(("hurt", "news"), [(9, ()), (40, (News.FIRST_TOLL,))])
def test_a_first_count_of_many_injured_is_told(hurt: int, news: tuple[News, ...]) -> None:
    world = World()
    world.hear(item("Blast in Bamako"), assessment(BAMAKO, Hazard.INDUSTRIAL))
    counted = assessment(
        BAMAKO, Hazard.INDUSTRIAL, impacts=(Toll(kind=ImpactKind.INJURED, low=hurt, high=hurt),)
    )  # fmt: skip
    change = world.hear(item("Hospital counts injured", hours=2), counted)
    assert change is not None
    assert change.news == news


def test_who_only_repeats_the_one_voice_brings_no_closure_of_its_own() -> None:
    world = World()
    text = "Gunmen are said to have entered the terminal of Bamako airport this morning, travellers write online"
    world.hear(item("Shots at Bamako airport", text), assessment(BKO))
    shut = assessment(BKO, targets=(way(Target.AIRPORT, Cue.CLOSED, BKO),))
    change = world.hear(item("Shots at Bamako airport, Sahel Wire says", text, outlet="Le Fleuve", hours=0.2), shut)
    assert change is not None
    assert not is_told(change)


def test_a_border_shut_because_of_an_attack_an_hour_away_belongs_to_it() -> None:
    far = Place(
        id="x:near-gao", name="Labbezanga", kind=GAO.kind, country="NE", radius_km=2,
        point=GAO.point.__class__(GAO.point.lat - 0.6, GAO.point.lon),
    )  # fmt: skip
    world = World()
    world.hear(item("Gunmen attack Gao"), assessment(GAO))
    shut = assessment(far, targets=(way(Target.BORDER, Cue.CLOSED, far),))
    world.hear(item("Niger shuts crossing after attack", outlet="Le Fleuve", hours=3), shut)
    assert len(world.known) == 1


def test_an_eased_curfew_is_that_of_the_event_that_brought_it_not_of_a_fresher_one_next_to_it() -> None:
    world = World()
    world.hear(item("Curfew in Gao after shelling"), assessment(GAO, Hazard.ARMED_CONFLICT,
                    measures=(order(Measure.CURFEW, place=GAO),)))  # fmt: skip
    (curfew,) = world.known
    beside = replace(GAO, id="x:beside", name="Wabaria", parents=(), point=Point(GAO.point.lat, GAO.point.lon + 0.05))
    world.hear(item("Drone hits depot", hours=60), assessment(beside, Hazard.ARMED_CONFLICT))
    assert len(world.known) == 2
    eased = assessment(GAO, Hazard.ADVISORY, status=Status.ENDED, measures=(order(Measure.CURFEW, Cue.EASED, GAO),))
    change = world.hear(item("Gao curfew now at night alone", hours=70), eased)
    assert change is not None
    assert change.after.id == curfew


def test_an_end_need_not_name_again_what_was_lifted_before() -> None:
    world = World()
    orders = (order(Measure.CURFEW), order(Measure.CURFEW, place=GAO))
    world.hear(
        item("Curfew in Bamako and Gao"), assessment(BAMAKO, Hazard.UNREST, places=(BAMAKO, GAO), measures=orders)
    )
    gao = assessment(GAO, Hazard.UNREST, status=Status.ENDED, measures=(order(Measure.CURFEW, Cue.LIFTED, GAO),))
    first = world.hear(item("Curfew lifted in Gao", hours=20), gao)
    bamako = assessment(BAMAKO, Hazard.UNREST, status=Status.ENDED, measures=(order(Measure.CURFEW, Cue.LIFTED),))
    last = world.hear(item("Curfew lifted in Bamako", hours=40), bamako)
    assert first is not None
    assert first.kind is ChangeKind.EASED
    assert last is not None
    assert last.kind is ChangeKind.ENDED


def test_while_a_curfew_stands_silence_makes_nothing_old() -> None:
    (attack,) = judge_item(item("Gunfire"), (assessment(),), (), at(0))
    curfew = assessment(measures=(order(Measure.CURFEW),))
    (ordered,) = judge_item(item("Gunfire, curfew"), (curfew,), (), at(0))
    assert expiry(attack.after) == at(48)
    assert expiry(ordered.after) == at(120)


def test_the_same_many_dead_on_one_day_in_one_country_are_one_fire_whatever_town_is_named() -> None:
    world = World()
    for hours, (place, outlet) in enumerate(((GAO, "Sahel Wire"), (BAMAKO, "Le Fleuve"))):
        toll = (Toll(kind=ImpactKind.KILLED, low=11, high=11),)
        world.hear(item(f"{place.name}: eleven dead", outlet=outlet, hours=hours),
                   assessment(place, Hazard.INDUSTRIAL, impacts=toll, occurred=at(-1)))  # fmt: skip
    assert world.only.place == GAO
    assert world.only.area == (GAO,)
