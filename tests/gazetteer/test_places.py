"""Places, and how they lie to each other."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.gazetteer import Gazetteer
from bot.model.place import Place, PlaceKind, Point


def place(gazetteer: Gazetteer, place_id: str) -> Place:
    found = gazetteer.place(place_id)
    assert found is not None
    return found


def test_bamako_has_all_its_fields(gazetteer: Gazetteer) -> None:
    bamako = place(gazetteer, "gn:2460596")
    assert (bamako.name, bamako.kind, bamako.country, bamako.capital) == ("Bamako", PlaceKind.CITY, "ML", True)
    assert bamako.parents == ("adm:ML.01", "gn:2453866")
    assert bamako.geonames_id == 2460596
    assert bamako.population > 4_000_000
    assert 5 < bamako.radius_km < 30
    assert bamako.point.km_to(Point(12.65, -8.0)) < 10


def test_a_country_has_a_size_and_a_centre_on_its_own_land(gazetteer: Gazetteer) -> None:
    for code in ("ML", "FR", "GB", "DK", "NL", "CL", "RU", "FJ", "US", "NO"):
        country = gazetteer.country(code)
        assert country is not None
        assert gazetteer.country_at(country.point) in {code, None}, code
        assert country.radius_km > 50


@pytest.mark.parametrize("code", ["PS", "XK", "TW", "HK", "GL", "EH", "FK", "PR", "RE", "MO", "GI"])
def test_territories_with_a_code_stand_among_the_countries(gazetteer: Gazetteer, code: str) -> None:
    country = gazetteer.country(code)
    assert country is not None
    assert (country.kind, country.country) == (PlaceKind.COUNTRY, code)


def test_gaza_and_the_west_bank_belong_to_palestine_and_pristina_to_kosovo(gazetteer: Gazetteer) -> None:
    assert {gazetteer.named(name)[0].country for name in ("Gaza", "Gaza Strip", "West Bank", "Ramallah", "Rafah")} == {
        "PS"
    }
    assert gazetteer.named("Pristina")[0].country == "XK"


def test_what_has_no_id_or_code_is_none(gazetteer: Gazetteer) -> None:
    for wrong in ("gn:1", "gn:x", "adm:ML.99", "ap:???", "area:atlantis", "nonsense", ""):
        assert gazetteer.place(wrong) is None
    assert gazetteer.country("ZZ") is None
    assert gazetteer.airport("QQQ") is None
    assert gazetteer.capital_of("AQ") is None
    assert gazetteer.neighbours("ZZ") == frozenset()


def test_an_id_leads_back_to_its_place(gazetteer: Gazetteer) -> None:
    for name in ("Mali", "Bamako", "Kidal", "Sahel", "Modibo Keita International Airport", "Ontario"):
        for found in gazetteer.named(name):
            assert gazetteer.place(found.id) == found


def test_an_airport_is_known_by_iata_and_icao_code_in_any_case(gazetteer: Gazetteer) -> None:
    airport = gazetteer.airport("BKO")
    assert airport is not None
    assert (airport.id, airport.iata, airport.icao, airport.size) == ("ap:BKO", "BKO", "GABS", "large")
    assert airport == gazetteer.airport("gabs") == gazetteer.place("ap:BKO")
    assert airport.parents == ("gn:2460596", "adm:ML.01", "gn:2453866")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("BKO", ["Modibo Keita International Airport", "Modibo Keita Airport", "Modibo Keïta", "Senou Airport",
                 "Bamako-Sénou International Airport", "Bamako–Sénou Airport"]),
        ("CDG", ["Roissy", "Charles de Gaulle", "Charles de Gaulle Airport", "Roissy-Charles-de-Gaulle"]),
        ("JFK", ["John F. Kennedy International Airport", "JFK"]),
        ("LHR", ["Heathrow", "London Heathrow Airport", "Heathrow Airport"]),
        ("ORY", ["Orly", "Paris-Orly"]),
        ("MAD", ["Barajas"]),
        ("EZE", ["Ezeiza"]),
        ("KBL", ["Kabul International Airport", "Hamid Karzai International Airport"]),
        ("SVO", ["Sheremetyevo", "Шереметьево"]),
    ],
)  # fmt: skip
def test_an_airport_is_known_by_its_full_short_and_former_names(
    gazetteer: Gazetteer, code: str, names: list[str]
) -> None:
    airport = gazetteer.airport(code)
    assert [name for name in names if airport not in gazetteer.named(name)] == []


@pytest.mark.parametrize(
    ("code", "city"),
    [("BKO", "Bamako"), ("CDG", "Paris"), ("MXP", "Milan"), ("NRT", "Tokyo"), ("OTP", "Bucharest"), ("JFK", "New York"),
     ("SAW", "Istanbul"), ("LHR", "London"), ("NIM", "Niamey"), ("GOM", "Goma"), ("KRT", "Khartoum")],
)  # fmt: skip
def test_an_airport_stands_under_the_city_that_it_serves(gazetteer: Gazetteer, code: str, city: str) -> None:
    airport = gazetteer.airport(code)
    assert airport is not None
    served = place(gazetteer, airport.parents[0])
    assert served.name == city
    assert airport in gazetteer.airports_of(served)


def test_a_citys_airports_come_largest_first(gazetteer: Gazetteer) -> None:
    codes = [airport.iata for airport in gazetteer.airports_of(gazetteer.named("London")[0])]
    assert {"LHR", "LGW", "STN", "LCY"} <= set(codes)
    assert codes.index("LHR") < codes.index("LCY")
    assert gazetteer.airports_of(gazetteer.named("Mali")[0]) == ()


def test_what_is_near_comes_nearest_first(gazetteer: Gazetteer) -> None:
    bamako = gazetteer.named("Bamako")[0]
    assert gazetteer.airports_near(bamako.point, 30)[0].iata == "BKO"
    cities = gazetteer.cities_near(bamako.point, 100, 50_000)
    assert cities[0] == bamako
    assert "Kati" in {city.name for city in cities}
    away = [city.point.km_to(bamako.point) for city in cities]
    assert away == sorted(away)
    assert max(away) <= 100


def test_nearness_does_not_stop_at_the_date_line_or_the_pole(gazetteer: Gazetteer) -> None:
    taveuni = Point(-16.8, -179.98)
    assert any(city.point.lon > 0 for city in gazetteer.cities_near(taveuni, 200))
    assert any(city.point.lon < -170 for city in gazetteer.cities_near(Point(64.73, 177.5), 900))
    longyearbyen = gazetteer.named("Longyearbyen")[0]
    assert longyearbyen in gazetteer.cities_near(Point(89.9, 0.0), 1_400)


def test_nearness_finds_just_what_counting_every_city_finds(gazetteer: Gazetteer) -> None:
    for point, km in ((Point(12.6, -8.0), 150.0), (Point(69.7, 18.9), 120.0), (Point(-0.5, 0.2), 700.0)):
        found = {city.id for city in gazetteer.cities_near(point, km)}
        wide = gazetteer.cities_near(point, km * 3)
        assert found == {city.id for city in wide if city.point.km_to(point) <= km}
        assert found


def test_regions_capitals_and_neighbours(gazetteer: Gazetteer) -> None:
    gao = gazetteer.named("Gao")[0]
    region = gazetteer.region_of(gao)
    assert region is not None
    assert (region.id, region.kind, region.country) == ("adm:ML.09", PlaceKind.REGION, "ML")
    assert gazetteer.region_of(region) == region
    assert gazetteer.capital_of("ML") == gazetteer.named("Bamako")[0]
    assert gazetteer.neighbours("ML") == {"SN", "NE", "DZ", "CI", "GN", "MR", "BF"}


@pytest.mark.parametrize("code", ["FR", "US", "GB", "RU", "NG", "PS", "UA", "BR", "TW", "XK", "LK", "BO"])
def test_countries_have_a_capital_that_says_so(gazetteer: Gazetteer, code: str) -> None:
    capital = gazetteer.capital_of(code)
    assert capital is not None
    assert (capital.capital, capital.country) == (True, code)


def test_places_contain_what_lies_in_them(gazetteer: Gazetteer) -> None:
    mali, bamako, bko = place(gazetteer, "gn:2453866"), place(gazetteer, "gn:2460596"), place(gazetteer, "ap:BKO")
    niger, gao = place(gazetteer, "gn:2440476"), place(gazetteer, "adm:ML.09")
    for outer in (mali, place(gazetteer, "adm:ML.01"), bamako, bko):
        assert gazetteer.contains(outer, bko)
    assert not gazetteer.contains(niger, bko)
    assert not gazetteer.contains(gao, bamako)
    assert not gazetteer.contains(bamako, mali)


def test_an_area_contains_what_is_within_it_and_in_its_countries(gazetteer: Gazetteer) -> None:
    sahel = gazetteer.named("Sahel")[0]
    assert gazetteer.contains(sahel, place(gazetteer, "gn:2453866"))
    assert gazetteer.contains(sahel, place(gazetteer, "ap:BKO"))
    for outside in ("Algiers", "Paris", "Russia"):
        assert not gazetteer.contains(sahel, gazetteer.named(outside)[0]), outside
    assert not gazetteer.contains(gazetteer.named("Black Sea")[0], gazetteer.named("Russia")[0])
    kashmir = gazetteer.named("Kashmir")[0]
    assert gazetteer.contains(kashmir, gazetteer.named("Srinagar")[0])


def test_an_area_within_one_country_belongs_to_it(gazetteer: Gazetteer) -> None:
    darfur, sudan = gazetteer.named("Darfur")[0], gazetteer.named("Sudan")[0]
    assert (darfur.kind, darfur.country, darfur.parents) == (PlaceKind.AREA, "SD", (sudan.id,))
    assert gazetteer.contains(sudan, darfur)
    assert gazetteer.contains(darfur, gazetteer.named("El Fasher")[0])
    assert not gazetteer.contains(darfur, gazetteer.named("Khartoum")[0])


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [(12.63, -8.0, "ML"), (31.5, 34.45, "PS"), (48.85, 2.35, "FR"), (-17.8, 178.0, "FJ"), (64.2, -149.5, "US"),
     (0.0, -30.0, None), (-50.0, 80.0, None)],
)  # fmt: skip
def test_a_point_has_the_country_of_the_nearest_settlement(
    gazetteer: Gazetteer, lat: float, lon: float, code: str | None
) -> None:
    assert gazetteer.country_at(Point(lat, lon)) == code


def test_threads_share_one_gazetteer(gazetteer: Gazetteer) -> None:
    names = ["Mali", "Bamako", "Paris", "Kyiv", "Lima", "Oslo", "Gao", "Kidal"] * 20
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda name: Gazetteer.named(gazetteer, name)[0].name, names))
    assert found == names
