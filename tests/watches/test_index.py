"""The fast way to the watchers finds whom the slow one finds: every watch of the world, asked one by one."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from builders import BAMAKO, BKO, MALI, MORNING, at, chat, event, watch

from bot.model.assessment import MeasureState, Severity, TargetState
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, PlaceKind, Point
from bot.model.reading import Cue
from bot.model.watch import Watched, WatchKind
from bot.storage.store import SqlStore
from bot.watches.index import bystanders, ears, hearing, watchers_of
from bot.watches.match import matches

COUNTRIES = ("AA", "BB", "CC", "DD")
CENTRES = (
    Point(12, -8),
    Point(-17, 179.5),
    Point(-17, -179.8),
    Point(88.5, 10),
    Point(-90, 0),
    Point(55, 82),
    Point(0, 180),
)
KINDS = (PlaceKind.CITY, PlaceKind.CITY, PlaceKind.AIRPORT, PlaceKind.REGION, PlaceKind.COUNTRY, PlaceKind.AREA)
HAZARDS = (Hazard.ARMED_ATTACK, Hazard.COUP, Hazard.AIRPORT, Hazard.FLOOD)
"""A small world: its places lie close together, over the date line and on the poles, and are in one another."""


def some_point(dice: Random) -> Point:
    centre = dice.choice(CENTRES)
    lat = max(-90.0, min(90.0, centre.lat + dice.gauss(0, 1.5)))
    return Point(lat, (centre.lon + dice.gauss(0, 2.5) + 180) % 360 - 180)


def some_place(dice: Random, number: int, others: list[Place]) -> Place:
    kind, code = dice.choice(KINDS), dice.choice(COUNTRIES)
    inside = tuple(place.id for place in dice.sample(others, min(len(others), 2)))
    wide = dice.choice((0, 3, 30, 300)) if kind is not PlaceKind.AREA else dice.choice((100, 900, 2500))
    at_sea = kind is PlaceKind.AREA
    return Place(
        id=f"gn:{number}", name=f"Place {number}", kind=kind, country=None if at_sea else code, point=some_point(dice),
        parents=inside, radius_km=wide, countries=tuple(dice.sample(COUNTRIES, dice.randint(0, 2))) if at_sea else (),
    )  # fmt: skip


def a_world(dice: Random, size: int = 60) -> list[Place]:
    places: list[Place] = []
    for number in range(size):
        places.append(some_place(dice, number, places))
    return places


def some_watch(dice: Random, number: int, places: list[Place]) -> Watched:
    kind = dice.choice(tuple(WatchKind))
    area = tuple(dice.sample(places, 2 if kind is WatchKind.ROUTE else 1))
    zone = dice.choice(("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"))
    wish = watch(
        area[0], number=number, chat_id=number, kind=kind, area=area,
        radius_km=dice.choice((None, None, 1.0, 70.0, 2000.0)), min_severity=dice.choice(tuple(Severity)),
        hazards=dice.choice((None, None, frozenset(dice.sample(HAZARDS, 2)))),
        active_from=dice.choice((None, None, some_day(dice))), active_until=dice.choice((None, None, some_day(dice))),
        muted_until=dice.choice((None, None, at(-1), at(0), at(1))), ends_at=dice.choice((None, None, at(-1), at(1))),
    )  # fmt: skip
    return Watched(watch=wish, chat=chat(number, timezone=zone))


def some_day(dice: Random) -> date:
    return MORNING.date() + timedelta(days=dice.randint(-2, 2))


def some_event(dice: Random, places: list[Place]) -> Event:
    area = tuple(dice.sample(places, dice.randint(1, 3)))
    ways = [
        TargetState(target=dice.choice(tuple(Target)), cue=dice.choice((Cue.CLOSED, Cue.RESTORED)), place=place)
        for place in dice.sample(places, dice.choice((0, 0, 1)))
    ]  # fmt: skip
    orders = [
        MeasureState(measure=dice.choice(tuple(Measure)), cue=Cue.IMPOSED, place=place)
        for place in dice.sample(places, dice.choice((0, 0, 1)))
    ]
    return event(
        area[0], area=area, severity=dice.choice(tuple(Severity)), hazard=dice.choice(HAZARDS), targets=tuple(ways),
        measures=tuple(orders),
    )  # fmt: skip


def some_change(dice: Random, places: list[Place]) -> EventChange:
    kind = dice.choice((ChangeKind.OPENED, ChangeKind.ESCALATED, ChangeKind.UPDATED, ChangeKind.ENDED))
    before = None if kind is ChangeKind.OPENED else some_event(dice, places)
    return EventChange(kind=kind, before=before, after=some_event(dice, places), cause="item", at=at(0))


@pytest.mark.parametrize("seed", range(8))
async def test_the_store_finds_exactly_whom_a_change_concerns(seed: int) -> None:
    dice = Random(seed)
    places = a_world(dice)
    async with SqlStore.open("sqlite+aiosqlite://", "me") as store:
        everyone = []
        for number in range(1, 251):
            one = some_watch(dice, number, places)
            await store.save_chat(one.chat)
            everyone.append(replace(one, watch=await store.add_watch(one.watch)))
        told = asked = 0
        for _ in range(60):
            change = some_change(dice, places)
            found = await store.watched(ears(change, at(0)))
            concerned = matches(change, everyone, at(0))
            assert matches(change, found, at(0)) == concerned
            told, asked = told + len(concerned), asked + len(found)
    assert told > 300
    assert asked < 4 * told, "the store hands out few that are not concerned"


def change_at(place: Place, severity: Severity = Severity.SEVERE, **fields: object) -> EventChange:
    return EventChange(
        kind=ChangeKind.OPENED, before=None, after=event(place, severity=severity, **fields), cause="item", at=at(0)
    )  # fmt: skip


def test_what_happens_in_a_town_is_asked_of_those_near_it_and_of_those_who_watch_the_country() -> None:
    heard = ears(change_at(BAMAKO), at(0))

    assert "in ML" in heard.keys
    assert "all ML" not in heard.keys
    assert {f"of {BAMAKO.id}", "own adm:ML.01"} <= set(heard.keys)
    assert [place.point for place in heard.places] == [BAMAKO.point]


def test_what_is_known_by_country_alone_is_asked_of_all_in_it_when_it_is_extreme() -> None:
    assert ears(change_at(MALI), at(0)).keys == ("in ML",)
    assert ears(change_at(MALI, Severity.EXTREME), at(0)).keys == ("in ML", "all ML")
    assert ears(change_at(MALI), at(0)).places == ()


def test_a_coup_is_asked_of_all_in_the_country() -> None:
    assert "all ML" in ears(change_at(BAMAKO, hazard=Hazard.COUP, area=(BAMAKO, MALI)), at(0)).keys


def test_an_operator_is_shown_those_too_who_do_not_listen() -> None:
    shown = bystanders(change_at(BAMAKO, Severity.MINOR))
    assert (shown.severity, shown.hazards, shown.now) == (Severity.EXTREME, None, None)
    assert "all ML" in shown.keys
    assert watchers_of("ML").keys == ("in ML", "all ML")


def test_a_route_is_covered_by_discs_all_along_it() -> None:
    route = hearing(replace(watch(BAMAKO), kind=WatchKind.ROUTE, area=(BAMAKO, BKO)))
    assert len(route.discs) == 2
    far = replace(BKO, id="ap:NAN", point=Point(-17.75, 177.44), country="FJ", parents=())
    long = hearing(replace(watch(BAMAKO), kind=WatchKind.ROUTE, area=(BAMAKO, far)))
    gaps = [one.point.km_to(other.point) for one, other in zip(long.discs, long.discs[1:], strict=False)]
    assert max(gaps) <= 100.001
    assert {"all ML", "all FJ", f"own {far.id}", f"of {BAMAKO.id}"} <= set(long.keys)
