"""Groups of countries: the file that is shipped, and what is found wrong in one."""

from pathlib import Path

import pytest

from bot.app.regions_file import load_regions
from bot.gazetteer import Gazetteer
from bot.model.errors import ConfigError
from bot.services.regions import Regions

SHIPPED = Path(__file__).parents[2] / "config"
NAMES = "\n".join(f'names.{code} = ["Sahel {code}"]' for code in ("en", "fr", "es", "pt", "ar", "ru"))


def faults(tmp_path: Path, text: str) -> str:
    (tmp_path / "regions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_regions(tmp_path)
    return "\n".join(f"{fault}" for fault in caught.value.faults)


def test_every_country_of_the_shipped_groups_is_in_the_gazetteer() -> None:
    gazetteer, groups = Gazetteer.open(), load_regions(SHIPPED)
    assert len(groups) >= 15
    assert not [code for group in groups for code in group.countries if gazetteer.country(code) is None]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sahel", "Sahel"), ("Балканы", "Balkans"), ("Cuerno de África", "Horn of Africa"),
        ("pays baltes", "Baltic states"),
        ("الخليج", "Gulf states"), ("golfo", "Gulf states"), ("Прибалтика", "Baltic states"),
        ("Chifre da África", "Horn of Africa"),
    ],
)  # fmt: skip
def test_groups_are_found_by_their_names_in_six_languages(typed: str, name: str) -> None:
    atlas = Regions(Gazetteer.open(), load_regions(SHIPPED))
    assert (atlas.search(typed)[0].name, atlas.search(typed)[0].id[:6]) == (name, "group:")


def test_a_slip_in_a_group_is_forgiven_and_its_name_is_shown_in_the_readers_language() -> None:
    atlas = Regions(Gazetteer.open(), load_regions(SHIPPED))
    (group, *_) = atlas.suggest("Scandinvia")
    assert (group.id, atlas.name_in(group, "ru")) == ("group:nordic-countries", "страны Северной Европы")


def test_a_group_is_offered_once_though_the_gazetteer_has_an_area_of_its_name() -> None:
    atlas = Regions(Gazetteer.open(), load_regions(SHIPPED))
    assert [place.name for place in atlas.suggest("Horn of Afrika")].count("Horn of Africa") == 1


def test_every_fault_of_the_file_is_named(tmp_path: Path) -> None:
    first = f'[[region]]\nid = "sahel"\ncountries = ["ML", "BF"]\n{NAMES}\n'
    said = faults(tmp_path, first + first.replace("sahel", "other"))
    assert "is a name of sahel already" in said
    assert "is no ISO 3166-1" in faults(tmp_path, first.replace("BF", "QQ"))
    assert "a country stands twice" in faults(tmp_path, first.replace("BF", "ML"))
    assert "names must be given in exactly the six languages, not so: ru" in faults(
        tmp_path, first.replace('names.ru = ["Sahel ru"]', "")
    )
    assert "is not known here" in faults(tmp_path, first + "[other]\n")
