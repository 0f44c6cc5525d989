"""What a person types into the chat."""

import pytest

from bot.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Mali", "gn:2453866"),
        ("  mali ", "gn:2453866"),
        ("Мали", "gn:2453866"),
        ("مالي", "gn:2453866"),
        ("bamako", "gn:2460596"),
        ("Paris", "gn:2988507"),
        ("Paris, France", "gn:2988507"),
        ("Paris, TX", "gn:4717560"),
        ("Paris, Texas, USA", "gn:4717560"),
        ("Paris Texas", "gn:4717560"),
        ("Paris (Texas)", "gn:4717560"),
        (", France", "gn:3017382"),
        ("London, Ontario", "gn:6058560"),
        ("London Ontario", "gn:6058560"),
        ("London, CA", "gn:6058560"),
        ("Portland, OR", "gn:5746545"),
        ("Tripoli, Lebanon", "gn:266826"),
        ("Saint-Louis, Sénégal", "gn:2246452"),
        ("Niger State", "adm:NG.31"),
        ("BKO", "ap:BKO"),
        ("bko", "ap:BKO"),
        ("GABS", "ap:BKO"),
        ("JFK", "ap:JFK"),
        ("Bamako airport", "ap:BKO"),
        ("aéroport de Bamako", "ap:BKO"),
        ("Modibo Keita International Airport", "ap:BKO"),
        ("Heathrow", "ap:LHR"),
        ("Gulf of Aden", "area:gulf-of-aden"),
        ("UK", "gn:2635167"),
    ],
)
def test_a_typed_name_finds_what_is_meant(gazetteer: Gazetteer, typed: str, first: str) -> None:
    assert [place.id for place in gazetteer.search(typed)][:1] == [first]


def test_each_real_choice_is_offered_once(gazetteer: Gazetteer) -> None:
    assert [place.id for place in gazetteer.search("Bamako")] == ["gn:2460596"]
    assert [place.id for place in gazetteer.search("Mali")] == ["gn:2453866"]
    assert [place.country for place in gazetteer.search("Georgia")] == ["GE", "US"]
    sydney = gazetteer.search("Sydney")
    assert len({place.id for place in sydney}) == len(sydney)
    assert len(gazetteer.search("San José", limit=3)) == 3


def test_a_place_elsewhere_does_not_fit_its_context(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("Bamako, France") == ()
    assert gazetteer.search("Paris, Nowhereland") == ()


@pytest.mark.parametrize("typed", ["", " ", ",", "Qwrtzk", "?!", "Bamoko", "a" * 5_000, "airport", ", Narnia", "()"])
def test_what_names_nothing_finds_no_large_place(gazetteer: Gazetteer, typed: str) -> None:
    assert all(place.population < 50_000 for place in gazetteer.search(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bamoko", "Bamako"),
        ("Nairoby", "Nairobi"),
        ("Frence", "France"),
        ("Ouagadugu", "Ouagadougou"),
        ("Tombouktou", "Timbuktu"),
        ("Бамоко", "Bamako"),
        ("Burkina Fasso", "Burkina Faso"),
        ("Kazakstan", "Kazakhstan"),
    ],
)
def test_the_nearest_name_to_a_slip_is_suggested_first(gazetteer: Gazetteer, typed: str, meant: str) -> None:
    assert gazetteer.suggest(typed)[0].name == meant


def test_an_unknown_name_gets_its_neighbours_each_once(gazetteer: Gazetteer) -> None:
    names = [place.name for place in gazetteer.suggest("Atlantys")]
    assert "Atlanta" in names
    assert len(names) == len(set(names)) <= 5
    assert gazetteer.suggest("") == ()
    assert gazetteer.suggest("x" * 3_000) == ()
