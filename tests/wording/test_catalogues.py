"""The catalogues are complete, used, compiled, and keep the values of each phrase."""

import importlib.util
import re
from gettext import c2py
from pathlib import Path
from types import ModuleType

import pytest

from bot.wording import LANGUAGES, words_for

VALUES = re.compile(r"\{\w+\}|/[a-z]{3,}")
ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


def kept(text: str) -> list[str]:
    """Return what a translation must not lose."""
    return sorted(VALUES.findall(text or ""))


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_phrase_is_missing_unused_or_not_compiled(catalogues: ModuleType, language: str) -> None:
    catalogue = catalogues.merged(language, catalogues.gathered())
    assert catalogues.untranslated(catalogue) == []
    source, compiled = catalogues.written(catalogue)
    assert catalogues.path_of(language, "po").read_bytes() == source, "run scripts/catalogues.py"
    assert catalogues.path_of(language, "mo").read_bytes() == compiled, "run scripts/catalogues.py"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_keeps_the_values_and_commands_of_its_phrase(catalogues: ModuleType, language: str) -> None:
    catalogue = catalogues.merged(language, catalogues.gathered())
    for message in catalogue:
        if isinstance(message.id, str) and message.id:
            assert kept(message.string) == kept(message.id), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_plural_form_says_its_figure_unless_it_stands_for_one_number_alone(
    catalogues: ModuleType, language: str
) -> None:
    catalogue = catalogues.merged(language, catalogues.gathered())
    rule = c2py(catalogue.plural_expr)
    numbers = [[count for count in range(1000) if rule(count) == form] for form in range(catalogue.num_plurals)]
    for message in catalogue:
        if message.id and not isinstance(message.id, str):
            needed = kept(message.id[0])
            for form, stands_for in zip(message.string, numbers, strict=True):
                dropped = set(needed) - set(kept(form))
                assert set(kept(form)) <= set(needed), message.id
                assert not dropped or (len(stands_for) == 1 and dropped <= {"{count}", "{amount}"}), (message.id, form)


def test_a_phrase_without_a_translation_is_told_with_its_words(catalogues: ModuleType) -> None:
    phrases = catalogues.gathered()
    phrases.add("A phrase that nobody has translated {yet}")
    phrases.add(("{count} goat", "{count} goats"))
    told = catalogues.untranslated(catalogues.merged("ru", phrases))
    assert told == ["A phrase that nobody has translated {yet}", "{count} goat | {count} goats"]


def test_every_language_that_is_offered_has_a_catalogue_and_no_other_has(catalogues: ModuleType) -> None:
    assert sorted(folder.name for folder in catalogues.LOCALES.iterdir() if folder.is_dir()) == TRANSLATED


def test_the_phrases_are_gathered_from_all_rooms_that_speak(catalogues: ModuleType) -> None:
    phrases = {message.id for message in catalogues.gathered() if isinstance(message.id, str)}
    assert {"armed attack", "Unconfirmed: one source", "Choose your language."} <= phrases
    spoken = "".join(
        path.read_text("utf-8") for room in ("alerts", "chat", "wording") for path in (ROOT / "bot" / room).glob("*.py")
    )
    said = re.findall(r"words(?:_for\(\w+\))?\.say\(\s*\"((?:[^\"\\]|\\.)+)\"", spoken)
    assert len(said) > 60
    assert set(said) <= phrases


def test_a_language_that_we_lack_is_answered_in_english() -> None:
    assert words_for("sw").language == "en"
    assert words_for("fr-CA").language == "fr"
    assert words_for("FR").say("Done.") == "C’est fait."
    assert words_for("").say("Done.") == "Done."


def test_values_are_put_in_as_they_are_and_never_read_as_phrases() -> None:
    assert words_for("en").say("Watching {place}.", place="{0} {x!r}") == "Watching {0} {x!r}."
