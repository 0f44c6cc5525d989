"""The phrases of one language, from gettext catalogues."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

SOURCE_LANGUAGE = "en"
LANGUAGES: dict[str, str] = {"en": "English", "fr": "Français"}
"""The languages that are complete, by ISO 639-1 code, each in its own name."""


def marked(phrase: str) -> str:
    """Return the phrase as it is; it marks a phrase in a table for the catalogues."""
    return phrase


def marked_plural(one: str, many: str) -> tuple[str, str]:
    """Return the two forms as they are; the same for a phrase with a plural."""
    return one, many


class Words:
    """What is said in one language. Values are put in by name: `say("Watching {place}", place="Bamako")`."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def say(self, phrase: str, /, **values: object) -> str:
        """Return the phrase in this language, with its values put in."""
        return self._catalogue.gettext(phrase).format(**values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of the phrase that fits the count; the count itself is a value like others."""
        return self._catalogue.ngettext(one, many, count).format(**values)


@cache
def words_for(language: str) -> Words:
    """Return the words of a language ("fr", "fr-CA"); English where we do not have it."""
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in LANGUAGES or code == SOURCE_LANGUAGE:
        return Words(SOURCE_LANGUAGE, NullTranslations())
    compiled = files("bot.wording") / "locale" / code / "LC_MESSAGES" / "outrider.mo"
    with compiled.open("rb") as opened:
        return Words(code, GNUTranslations(opened))
