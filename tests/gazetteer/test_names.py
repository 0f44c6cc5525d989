"""What a name may mean, and which meaning comes first."""

import pytest

from bot.gazetteer import Gazetteer, NameKind
from bot.model.place import PlaceKind
from bot.model.text import fold


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Mali", "gn:2453866"),
        ("Niger", "gn:2440476"),
        ("Russia", "gn:2017370"),
        ("Georgia", "gn:614540"),
        ("Jordan", "gn:248816"),
        ("Palestine", "gn:6254930"),
        ("Kosovo", "gn:831053"),
        ("Hong Kong", "gn:1819730"),
        ("Bamako", "gn:2460596"),
        ("New York", "gn:5128581"),
        ("Gaza", "gn:281133"),
        ("Tripoli", "gn:2210247"),
        ("Washington", "gn:4140963"),
        ("Victoria", "adm:AU.07"),
        ("Crimea", "adm:UA.11"),
        ("West Bank", "adm:PS.WE"),
        ("Gaza Strip", "adm:PS.GZ"),
        ("Tigray", "adm:ET.53"),
        ("Red Sea", "area:red-sea"),
        ("Sahel", "area:sahel"),
    ],
)
def test_the_most_prominent_bearer_of_a_name_comes_first(gazetteer: Gazetteer, name: str, first: str) -> None:
    assert gazetteer.named(name)[0].id == first


def test_a_country_beats_every_town_of_its_name(gazetteer: Gazetteer) -> None:
    kinds = [place.kind for place in gazetteer.named("Mali")]
    assert kinds[0] is PlaceKind.COUNTRY
    assert PlaceKind.CITY in kinds[1:]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("ML", ["Mali", "Malí", "مالي", "Мали"]),
        ("DE", ["Germany", "Allemagne", "Alemania", "Alemanha", "ألمانيا", "Германия", "Deutschland", "Germania"]),
        ("US", ["United States", "America", "US", "U.S.", "USA", "États-Unis", "Etats-Unis", "Estados Unidos", "EE.UU.",
                "EUA", "الولايات المتحدة", "أمريكا", "США"]),
        ("GB", ["United Kingdom", "UK", "U.K.", "Britain", "Royaume-Uni", "Reino Unido", "بريطانيا", "Великобритания"]),
        ("CI", ["Ivory Coast", "Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "Costa de Marfil", "Кот-д’Ивуар"]),
        ("CD", ["DR Congo", "DRC", "RDC", "Democratic Republic of Congo", "République démocratique du Congo"]),
        ("AE", ["UAE", "United Arab Emirates", "Émirats arabes unis", "ОАЭ", "الإمارات"]),
        ("MM", ["Myanmar", "Burma", "Birmanie"]),
        ("CZ", ["Czechia", "Czech Republic", "République tchèque", "Чехия"]),
        ("NL", ["Netherlands", "Holland", "Pays-Bas", "Países Bajos"]),
        ("TR", ["Turkey", "Türkiye", "Turquie", "Турция"]),
        ("BY", ["Belarus", "Biélorussie", "Белоруссия"]),
        ("CF", ["Central African Republic", "Centrafrique", "RCA"]),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_everyday_names_in_the_languages_of_the_news(
    gazetteer: Gazetteer, code: str, names: list[str]
) -> None:
    assert [name for name in names if gazetteer.named(name)[:1] != (gazetteer.country(code),)] == []


def test_every_country_answers_to_its_names_in_six_languages(gazetteer: Gazetteer) -> None:
    found = [
        gazetteer.named("Saint-Barthélemy")[0],
        *(gazetteer.country(code) for code in ("XK", "TW", "PS", "GL", "EH")),
    ]
    for country in found:
        assert country is not None
        for language in ("en", "fr", "es", "pt", "ar", "ru"):
            assert country in gazetteer.named(gazetteer.name_in(country, language))


def test_the_kind_of_a_name_tells_how_sure_it_is(gazetteer: Gazetteer) -> None:
    def kind(name: str) -> NameKind:
        return gazetteer.named_with_kinds(name)[0].kind

    assert kind("Mali") is NameKind.OFFICIAL
    assert kind("Moscou") is NameKind.EXONYM
    assert kind("US") is NameKind.ABBREVIATION
    assert kind("UK") is NameKind.ABBREVIATION
    assert kind("America") is NameKind.SHORT
    assert kind("Burma") is NameKind.FORMER
    assert kind("Khan Younis") is NameKind.ALTERNATE


def test_an_exonym_carries_its_language(gazetteer: Gazetteer) -> None:
    assert gazetteer.named_with_kinds("Moscou")[0].language == "fr"
    assert gazetteer.named_with_kinds("Москва")[0].language == "ru"


def test_a_small_town_is_known_by_its_name_in_its_own_script(gazetteer: Gazetteer) -> None:
    found = gazetteer.named_with_kinds("Северомуйск")[0]
    assert (found.place.country, found.kind, found.language) == ("RU", NameKind.EXONYM, "ru")
    assert found.place.population < 15_000


def test_american_states_are_known_by_the_short_forms_of_the_news(gazetteer: Gazetteer) -> None:
    assert [gazetteer.named(short)[0].id for short in ("N.Y.", "Ky.", "D.C.")] == [
        "adm:US.NY",
        "adm:US.KY",
        "adm:US.DC",
    ]
    text = fold("Paris, Ky., was flooded")
    assert text[7 : gazetteer.prefixes(text, 7)[0]] == "ky."


@pytest.mark.parametrize("name", ["N'Djamena", "N’Djaména", "Ndjamena"])
def test_apostrophes_and_accents_do_not_matter(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.named(name)[0].country == "TD"


def test_saint_is_found_with_a_hyphen_a_blank_or_shortened(gazetteer: Gazetteer) -> None:
    senegal = "gn:2246452"
    for name in ("Saint-Louis", "Saint Louis", "St. Louis", "St Louis"):
        assert senegal in {place.id for place in gazetteer.named(name)}, name
    for name in ("Saint Petersburg", "St. Petersburg", "St Petersburg"):
        assert gazetteer.named(name)[0].country == "RU", name


@pytest.mark.parametrize("junk", ["ba ma ke", "bmqw", "BKO", "GABS"])
def test_romanisation_junk_and_codes_are_no_names(gazetteer: Gazetteer, junk: str) -> None:
    assert gazetteer.named(junk) == ()


def test_a_town_called_like_an_ordinary_word_shows_that_it_is_small(gazetteer: Gazetteer) -> None:
    """Whether the word is meant as a name is for the reader, who gets what that takes."""
    (airport,) = gazetteer.named("Airport")
    assert (airport.kind, airport.country, airport.population < 50_000) == (PlaceKind.CITY, "US", True)


def test_the_village_of_a_quarters_name_stands_outside_the_city(gazetteer: Gazetteer) -> None:
    """Faladié is a quarter of Bamako too, which the data lacks: a reader must not take the village for it."""
    bamako = gazetteer.named("Bamako")[0]
    (village,) = gazetteer.named("Faladié")
    assert village.population < 5_000
    assert village.point.km_to(bamako.point) > 2 * bamako.radius_km


def test_a_sea_is_an_area_and_no_country(gazetteer: Gazetteer) -> None:
    gulf = gazetteer.named("Gulf of Guinea")[0]
    assert (gulf.kind, gulf.country) == (PlaceKind.AREA, None)
    assert gazetteer.named("golfe de Guinée")[0] == gulf
    assert gazetteer.named("Гвинейский залив")[0] == gulf


def test_nobody_is_called_by_an_empty_or_unknown_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("") == ()
    assert gazetteer.named("Qwrtzk") == ()


def test_prefixes_find_all_names_that_begin_there_longest_first(gazetteer: Gazetteer) -> None:
    text = fold("Violence spread from Burkina Faso’s north to New York City, they said.")
    start = text.index("burkina")
    assert text[start : gazetteer.prefixes(text, start)[0]] == "burkina faso"
    start = text.index("new york")
    found = [text[start:end] for end in gazetteer.prefixes(text, start)]
    assert found[:2] == ["new york city", "new york"]


def test_prefixes_end_where_a_word_ends(gazetteer: Gazetteer) -> None:
    text = fold("Malians left for Mali")
    assert gazetteer.prefixes(text, 0) == []
    assert gazetteer.prefixes(text, text.index("mali", 5)) == [len(text)]


def test_prefixes_keep_the_offsets_of_the_original(gazetteer: Gazetteer) -> None:
    original = "À l’aéroport, en Côte d’Ivoire, mardi"
    start = original.index("Côte")
    assert original[start : gazetteer.prefixes(fold(original), start)[0]] == "Côte d’Ivoire"


def test_a_place_is_called_in_the_readers_language(gazetteer: Gazetteer) -> None:
    mali = gazetteer.country("ML")
    assert mali is not None
    assert [gazetteer.name_in(mali, language) for language in ("en", "ru", "ar", "xx")] == [
        "Mali",
        "Мали",
        "مالي",
        "Mali",
    ]
    sea = gazetteer.named("Black Sea")[0]
    assert gazetteer.name_in(sea, "fr") == "mer Noire"
    assert gazetteer.name_in(gazetteer.named("Timbuktu")[0], "fr") == "Tombouctou"
