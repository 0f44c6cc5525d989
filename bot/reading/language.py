"""Which language an item is written in: what it declares, else its script, else a statistical guess among ours."""

from functools import lru_cache
from typing import Protocol

from bot.model.item import Item

LANGUAGES = frozenset({"en", "fr", "es", "pt", "ar", "ru", "de", "it", "tr", "uk"})
"""The languages that are read; `UNKNOWN` stands for any other."""

UNKNOWN = "und"

_SAMPLE = 300  # characters of the text that are looked at, besides the title
_UKRAINIAN = frozenset("іїєґІЇЄҐ")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(item: Item) -> str:
    """Return the item's language as ISO 639-1, or `UNKNOWN`.

    A declared language that is known wins: feeds know what they write, and a guess costs 90 MB of memory.
    """
    declared = (item.language or "").replace("_", "-").partition("-")[0].lower()
    if declared in LANGUAGES:
        return declared
    sample = f"{item.title} {item.text[:_SAMPLE]}"
    return _by_script(sample) or _by_words(sample)


def _by_script(sample: str) -> str | None:
    """Return the language where the script leaves no choice among ours, `UNKNOWN` where it is none of ours."""
    letters = [character for character in sample if character.isalpha()]
    if not letters:
        return UNKNOWN
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    latin = sum(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in letters)
    if 2 * arabic > len(letters):
        return "ar"
    if 2 * cyrillic > len(letters):
        return "uk" if _UKRAINIAN.intersection(sample) else "ru"
    return None if 2 * latin > len(letters) else UNKNOWN


def _by_words(sample: str) -> str:
    code, _ = _identifier().classify(sample)
    return str(code)


@lru_cache(1)
def _identifier() -> _Identifier:
    # Imported when first needed: it takes 0.8 s and 90 MB, and most feeds declare their language.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted(LANGUAGES))
    chosen: _Identifier = identifier
    return chosen
