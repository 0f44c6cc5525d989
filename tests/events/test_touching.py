from dataclasses import replace

from builders import BAMAKO, BKO, FRANCE, GAO, MALI, NIGER

from bot.events.touching import covers, nearness, touches, without_holders
from bot.model.place import PlaceKind, Point

KATI = replace(BAMAKO, id="gn:2455290", name="Kati", point=Point(12.744, -8.073), radius_km=4, capital=False)
SEGOU = replace(GAO, id="gn:2451185", name="Ségou", point=Point(13.43, -6.26), parents=("adm:ML.SEG", MALI.id))
RED_SEA = replace(MALI, id="area:red-sea", name="Red Sea", kind=PlaceKind.AREA, country=None, point=Point(20, 38.5),
                  radius_km=900, countries=("SD", "SA", "YE"))  # fmt: skip


def test_a_country_covers_its_cities_and_they_do_not_cover_it() -> None:
    assert covers(MALI, BAMAKO)
    assert not covers(BAMAKO, MALI)
    assert not covers(NIGER, BAMAKO)


def test_a_city_covers_its_airport() -> None:
    assert covers(BAMAKO, BKO)
    assert touches(BKO, BAMAKO)


def test_a_suburb_touches_its_city_and_a_town_two_hours_off_does_not() -> None:
    assert touches(KATI, BAMAKO)
    assert not touches(SEGOU, BAMAKO)


def test_countries_touch_only_themselves() -> None:
    assert touches(MALI, MALI)
    assert not touches(MALI, NIGER)


def test_the_same_city_says_more_than_the_same_small_country_and_that_more_than_a_vast_one() -> None:
    assert nearness(BAMAKO, BAMAKO, 15) > nearness(BAMAKO, MALI, 15) > 0
    small = replace(FRANCE, radius_km=150)
    assert nearness(small, small, 15) > nearness(FRANCE, FRANCE, 15)


def test_towns_within_the_hazards_reach_are_near_and_beyond_it_are_not() -> None:
    assert nearness(SEGOU, BAMAKO, 300) > 0
    assert nearness(SEGOU, BAMAKO, 15) == 0


def test_a_sea_covers_what_lies_in_it_and_no_country_at_its_shores() -> None:
    ship = replace(BAMAKO, id="gn:1", country=None, point=Point(18.0, 40.0), parents=())
    assert covers(RED_SEA, ship)
    assert not covers(RED_SEA, replace(FRANCE, id="gn:2", country="SD", point=Point(20, 30)))


def test_a_country_is_dropped_beside_its_city_but_a_city_stays_beside_its_airport() -> None:
    assert without_holders((MALI, BAMAKO, BKO)) == (BAMAKO, BKO)
    assert without_holders((MALI, NIGER)) == (MALI, NIGER)
