"""Cues of place names: runs of words, listed names, and the files that hold them."""

from pathlib import Path

import pytest

from bot.app.toponym_file import load_toponyms
from bot.lexicon.toponyms import KnownName, KnownNames, Runs, Sort, inflected
from bot.model.errors import ConfigError

CONFIG = Path(__file__).parents[2] / "config" / "toponyms"


def test_the_longest_run_counts() -> None:
    runs = Runs(["north of", "of", "20 km north of"])
    words = ["20", "km", "north", "of", "gao"]
    assert runs.before(words, 4) == 4
    assert runs.at(words, 2) == 2
    assert runs.at(words, 4) == 0


def test_a_run_is_found_between_two_tokens_only_if_it_ends_there() -> None:
    words = ["in", "the", "wake", "of", "the", "attack"]
    assert Runs(["in the wake of"]).within(words, 0, 6) == 0
    assert Runs(["in the wake of"]).within(words, 0, 3) is None


def test_signs_are_tokens_of_a_run() -> None:
    assert Runs(["ambassade d'"]).before(["l", "'", "ambassade", "d", "'", "italie"], 5) == 3


def test_the_longest_listed_name_counts() -> None:
    names = KnownNames(
        [
            KnownName(("guinean",), Sort.DEMONYM, "GN"),
            KnownName(("guinean", "coast"), Sort.AREA, None),
        ]
    )
    assert names.at(["guinean", "coast"], 0).sort is Sort.AREA
    assert names.at(["guinean", "army"], 0).country == "GN"
    assert names.at(["army"], 0) is None


def test_plurals_are_made_where_the_language_makes_them_so() -> None:
    assert inflected("fr", "malien") == ("malien", "maliens")
    assert inflected("fr", "français") == ("français",)
    assert inflected("en", "Chinese") == ("Chinese",)
    assert {"малиискии", "малиискои", "малииских"} <= set(inflected("ru", "малийский"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nearly_every_state_has_a_demonym(language: str) -> None:
    cues = load_toponyms(CONFIG / f"{language}.toml")
    words = {"en": ["malian", "nigerien", "nigerian"], "fr": ["maliens", "nigerienne", "nigerians"]}[language]
    assert [cues.known.at([word], 0).country for word in words] == ["ML", "NE", "NG"]


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text('language = "en"\n[demonyms]\nMali = ["Malian"]\n[scene]\nlocative = ["in"]\n', encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_toponyms(path)
    assert {fault.key for fault in raised.value.faults} == {"demonyms.Mali.[key]", "scene.locative"}


def test_a_file_of_another_language_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fr.toml"
    path.write_text('language = "en"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="language"):
        load_toponyms(path)


def test_a_sign_written_with_capitals_counts_only_so() -> None:
    cues = load_toponyms(CONFIG / "en.toml")
    sign = cues.known.at(["township"], 0)
    assert (sign.sort, sign.country, sign.exact) == (Sort.MARK, "US", None)
    assert cues.known.at(["anc"], 0).exact == "ANC"


def test_outlets_have_a_country_or_write_about_the_world() -> None:
    cues = load_toponyms(CONFIG / "en.toml")
    assert cues.outlets["cbs news"] == "US"
    assert cues.outlets["reuters"] is None
    assert "nobody's gazette" not in cues.outlets


def test_a_home_that_is_no_country_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text('language = "en"\n[outlets]\nMars = ["The Red Planet"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="outlets"):
        load_toponyms(path)
