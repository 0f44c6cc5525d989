"""Which events of its country an item of one town is judged with."""

from dataclasses import replace

import pytest
from builders import BAMAKO, GAO, MALI, NIGER, assessment, at, event, item

from bot.events.cluster import candidates
from bot.events.neighbourhood import is_near, neighbourhood
from bot.model.assessment import Assessment, Toll
from bot.model.event import Event, Neighbourhood
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import PlaceKind
from bot.model.reading import ImpactKind

SHOTS = item("Gunmen attack a market")
TWELVE_DEAD = (Toll(kind=ImpactKind.KILLED, low=12, high=12),)
MOPTI = replace(GAO, id="gn:mopti", name="Mopti")
SAHEL = replace(GAO, id="gn:sahel", name="Sahel", kind=PlaceKind.AREA, radius_km=300)


def around(told: Item = SHOTS, judged: Assessment | None = None) -> Neighbourhood:
    where = neighbourhood(replace(told, published_at=at(1)), (judged or assessment(BAMAKO),), at(1))
    assert where is not None
    return where


def test_what_happens_in_another_town_of_the_country_is_not_near() -> None:
    assert is_near(event(BAMAKO), around())
    assert not is_near(event(MOPTI), around())


def test_a_report_of_the_whole_country_is_near_to_all_that_happens_there() -> None:
    where = around(judged=assessment(MALI))
    assert is_near(event(MOPTI), where)
    assert not is_near(event(NIGER), where)


@pytest.mark.parametrize(
    "wide",
    [
        event(MALI),
        event(MOPTI, area=(MOPTI, SAHEL)),
        event(MOPTI, area=(MOPTI, replace(BAMAKO, id="gn:other"))),
        event(MOPTI, Hazard.STORM),
        event(replace(MOPTI, name="高")),
    ],
    ids=["country", "area", "two-towns", "storm", "no-word"],
)
def test_what_is_wide_is_near_from_anywhere_in_its_country(wide: Event) -> None:
    assert is_near(wide, around())
    assert not is_near(wide, replace(around(), countries=("NE",), points=()))


def test_an_event_is_near_whose_town_the_title_says() -> None:
    mopti = event(MOPTI)
    assert is_near(mopti, around(item("After Mopti, gunmen attack a market")))
    assert not is_near(mopti, around())


def test_an_event_is_near_that_cost_the_same_many_lives() -> None:
    there = event(MOPTI, impacts=TWELVE_DEAD)
    assert is_near(there, around(judged=assessment(BAMAKO, impacts=TWELVE_DEAD)))
    assert not is_near(there, around(judged=assessment(BAMAKO)))


def test_what_was_heard_of_since_the_item_was_published_is_near_for_it_may_have_been_otherwise_then() -> None:
    where = around()
    heard_since = replace(event(MOPTI), last_seen_at=at(0.5))
    assert not is_near(heard_since, where)
    assert is_near(heard_since, replace(where, at=at(0.25)))
    assert not is_near(replace(heard_since, place=NIGER, area=(NIGER,)), replace(where, at=at(0.25)))


@pytest.mark.parametrize("hazard", [Hazard.ARMED_ATTACK, Hazard.EARTHQUAKE, Hazard.FLOOD, Hazard.AIRPORT])
@pytest.mark.parametrize("km", [0, 20, 70, 140, 190, 260, 400])
def test_what_is_not_near_would_not_be_joined(hazard: Hazard, km: float) -> None:
    spot = replace(MOPTI.point, lat=BAMAKO.point.lat + km / 111.2, lon=BAMAKO.point.lon)
    there = event(replace(MOPTI, point=spot), hazard)
    for kind in (Hazard.ARMED_ATTACK, Hazard.EARTHQUAKE, Hazard.INFRASTRUCTURE):
        judged = assessment(BAMAKO, kind)
        assert is_near(there, around(judged=judged)) or not candidates(SHOTS, judged, (there,), at(1))
