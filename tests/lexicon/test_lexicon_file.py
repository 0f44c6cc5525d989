from pathlib import Path

import pytest

from bot.app.lexicon_file import load_lexicon
from bot.lexicon import Lexicon
from bot.model.errors import ConfigError, Fault

CONFIG = Path(__file__).parents[2] / "config" / "lexicon"
SMALL = """
language = "en"
[numbers]
words = {two = 2}
multipliers = {}
vague = {}
[dates]
months = [["january"]]
weekdays = [["monday"]]
"""


def faults(tmp_path: Path, text: str, name: str = "en.toml") -> tuple[Fault, ...]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_lexicon(path)
    return error.value.faults


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_shipped_files_are_sound(language: str) -> None:
    assert load_lexicon(CONFIG / f"{language}.toml").language == language


def test_every_language_without_words_of_its_own_is_read_in_english() -> None:
    english = load_lexicon(CONFIG / "en.toml")
    assert Lexicon({"en": english}, {}).language("sw") is english


def test_an_unknown_hazard_is_told_with_its_entry(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, SMALL + '[[hazard]]\nkey = "odd"\nhazard = "meteor"\nphrases = ["meteor"]\n')
    assert fault.key == "hazard[odd].hazard"
    assert "armed-attack" in fault.why


def test_a_misspelt_field_is_told(tmp_path: Path) -> None:
    entry = '[[hazard]]\nkey = "odd"\nhazard = "flood"\nphrases = ["flood"]\nunles = ["x"]\n'
    (fault,) = faults(tmp_path, SMALL + entry)
    assert fault.key == "hazard[odd].unles"


def test_every_faulty_phrase_is_told(tmp_path: Path) -> None:
    text = SMALL + '[[hazard]]\nkey = "odd"\nhazard = "flood"\nphrases = ["(flood", "<nobody> drowned", "flood"]\n'
    assert [fault.key for fault in faults(tmp_path, text)] == ["odd.phrases", "odd.phrases"]


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    entry = '[[hazard]]\nkey = "odd"\nhazard = "flood"\nphrases = ["flood"]\n'
    (fault,) = faults(tmp_path, SMALL + entry + entry)
    assert (fault.key, fault.why) == ("odd", "stands twice")


def test_a_file_under_another_languages_name_is_told(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, SMALL, "fr.toml")
    assert fault.key == "language"


def test_what_is_no_toml_is_told(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "language = ")
    assert "cannot be read" in fault.why


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_lexicon(tmp_path / "en.toml")
