"""A named storm is one event over many days and countries; another name is another storm."""

from dataclasses import replace

import pytest
from builders import FRANCE, assessment, item
from events.world import World

from bot.events.storms import named
from bot.model.assessment import Assessment, Severity, Status
from bot.model.event import ChangeKind
from bot.model.hazard import Hazard
from bot.model.place import Place, Point


def island(code: str, name: str, lat: float, lon: float) -> Place:
    return replace(FRANCE, id=f"gn:{name}", name=name, country=code, point=Point(lat, lon), radius_km=100)


JAMAICA, BERMUDA = island("JM", "Jamaica", 18.1, -77.3), island("BM", "Bermuda", 32.3, -64.8)
PHILIPPINES, REUNION = island("PH", "Philippines", 12.9, 121.8), island("RE", "Réunion", -21.1, 55.5)


def storm(place: Place, **fields: object) -> Assessment:
    return assessment(place, Hazard.STORM, **fields)


ODALYS = [
    "Hurricane Odalys nears the coast",
    "L'ouragan Odalys arrache des toits",
    "El huracán Odalys toca tierra",
    "Furacão Odalys chega à costa",
    "إعصار أوداليس يضرب الجزيرة",
    "Ураган «Одалис» обрушился на остров",
    "Tropical Storm Odalys Set To Drench The Island",
]


@pytest.mark.parametrize("title", ODALYS)
def test_a_storms_name_is_known_in_each_language_and_script(title: str) -> None:
    assert [one.sound for one in named(title)] == ["tls"]


@pytest.mark.parametrize(
    "title", ["National Hurricane Center raises its forecast", "Storm hits the coast", "Hurricane Season Begins Early"]
)
def test_what_only_follows_the_word_is_no_name_that_could_part_storms(title: str) -> None:
    assert not [one for one in named(title) if one.sure]


@pytest.mark.parametrize("title", ODALYS)
def test_a_named_storm_is_one_event_in_a_far_country_three_days_later_and_tells_it(title: str) -> None:
    world = World()
    world.hear(item("Hurricane Odalys batters Jamaica"), storm(JAMAICA))
    change = world.hear(item(title, outlet="Le Fleuve", hours=70), storm(BERMUDA))
    assert change is not None
    assert (change.kind, len(world.known)) == (ChangeKind.WIDENED, 1)
    assert {place.name for place in world.only.area} == {"Jamaica", "Bermuda"}


def test_the_same_name_in_another_ocean_is_another_storm() -> None:
    world = World()
    world.hear(item("Hurricane Odalys batters Jamaica"), storm(JAMAICA))
    world.hear(item("Cyclone Odalys nears Réunion", hours=20), storm(REUNION))
    assert len(world.known) == 2


def test_the_next_storm_at_the_same_place_is_another_event_and_each_keeps_its_reports() -> None:
    world = World()
    world.hear(item("Typhoon Karima kills 26 as it slams into the Philippines"), storm(PHILIPPINES))
    world.hear(item("Super Typhoon Fenlong menaces the stricken Philippines", hours=90), storm(PHILIPPINES))
    world.hear(item("Typhoon Karima: toll in the Philippines rises", outlet="Le Fleuve", hours=92), storm(PHILIPPINES))
    assert sorted(len(event.reports) for event in world.known.values()) == [1, 2]


def test_a_title_that_names_both_storms_opens_no_third() -> None:
    world = World()
    world.hear(item("Typhoon Karima slams into the Philippines"), storm(PHILIPPINES))
    world.hear(item("Philippines braces for typhoon Fenlong, still reeling from Karima", hours=90), storm(PHILIPPINES))
    assert len(world.known) == 1


def test_a_storm_that_gets_its_name_goes_on_while_it_is_young() -> None:
    world = World()
    wait = storm(JAMAICA, status=Status.EXPECTED, severity=Severity.MODERATE)
    world.hear(item("Tropical depression heads for Jamaica"), wait)
    world.hear(item("Tropical storm Odalys forms, heads for Jamaica", hours=12), wait)
    assert len(world.only.reports) == 2


def test_a_name_tells_of_another_storm_than_the_unnamed_one_of_last_week() -> None:
    world = World()
    world.hear(item("Storm floods roads in Jamaica"), storm(JAMAICA))
    world.hear(item("Hurricane Odalys takes aim at Jamaica", hours=60), storm(JAMAICA))
    assert len(world.known) == 2
