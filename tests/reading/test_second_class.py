"""Where it happens in German, Italian, Turkish and Ukrainian sentences (tests/reading/<language>/places.toml)."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from builders import item
from reading_languages import CONFIG, configured_books

from bot.app.books import load_books
from bot.lexicon.toponyms import inflected
from bot.lexicon.ukrainian import nominatives, says_whither
from bot.model.errors import ConfigError
from bot.model.reading import Role
from bot.model.text import fold
from bot.pipeline import Books
from bot.reading.language import language_of
from bot.reading.read import read

HERE = Path(__file__).parent
LANGUAGES = ("de", "it", "tr", "uk")
CASES = [
    pytest.param(language, case, id=f"{language}: {case['text'][:40]}")
    for language in LANGUAGES
    for case in tomllib.loads((HERE / language / "places.toml").read_text(encoding="utf-8"))["cases"]
]


@pytest.fixture(scope="module")
def books() -> Books:
    return configured_books()


@pytest.mark.parametrize(("language", "case"), CASES)
def test_the_scene_is_found_and_nothing_else(language: str, case: dict[str, Any], books: Books) -> None:
    places = [
        mention
        for mention in read(item("", case["text"], language=language), books.gazetteer, books.lexicon).places
        if mention.place is not None
    ]
    events = [mention.place for mention in places if mention.role is Role.EVENT and mention.place]
    mentioned = {mention.place.country for mention in places if mention.role is Role.MENTION and mention.place}
    assert set(case["at"]) <= {place.name for place in events}
    assert len({place.country for place in events}) == 1
    assert set(case["elsewhere"]) <= mentioned


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Києві", "Київ"),
        ("Харкова", "Харків"),
        ("Львову", "Львів"),
        ("Одесі", "Одеса"),
        ("Празі", "Прага"),
        ("Донецькій", "Донецька"),
        ("областях", "область"),
        ("Тернополі", "Тернопіль"),
        ("Черкас", "Черкаси"),
        ("Австралії", "Австралія"),
        ("Рівному", "Рівне"),
    ],
)
def test_a_ukrainian_form_may_come_of_its_nominative(form: str, nominative: str) -> None:
    assert fold(nominative) in nominatives(fold(form))


def test_a_ukrainian_accusative_says_whither() -> None:
    assert says_whither("одесу", nominative=False)
    assert not says_whither("одесі", nominative=False)
    assert not says_whither("баку", nominative=True)


def test_listed_words_stand_for_their_forms() -> None:
    assert {"syrische", "syrischen"} <= set(inflected("de", "syrisch"))
    assert {"turca", "turchi", "turche"} <= set(inflected("it", "turco"))
    assert {"kentinde", "kentine", "kentindeki"} <= set(inflected("tr", "kenti"))
    assert {fold("київського"), fold("київські")} <= set(inflected("uk", "київський"))


def test_ukrainian_is_told_from_russian() -> None:
    assert language_of(item("", "Вибухи пролунали в Харкові", language=None)) == "uk"
    assert language_of(item("", "Взрывы прогремели в Харькове", language=None)) == "ru"


def test_an_item_in_english_needs_no_other_language(tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    for language in LANGUAGES:
        (config / "toponyms" / f"{language}.toml").write_text("not a file of words", encoding="utf-8")
    books = load_books(config)
    assert read(item("", "An explosion in Kabul.", language="en"), books.gazetteer, books.lexicon).event_places
    with pytest.raises(ConfigError):
        read(item("", "Eine Explosion in Kabul.", language="de"), books.gazetteer, books.lexicon)
