"""The phrases of one language, from gettext catalogues."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

SOURCE_LANGUAGE = "en"
LANGUAGES: dict[str, str] = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
    "ru": "Русский",
}
"""The languages that are complete, by ISO 639-1 code, each in its own name."""

FROM_THE_RIGHT = frozenset({"ar"})
"""The languages that are written from right to left."""

# Marks of Unicode's bidirectional algorithm (UAX 9). Telegram takes embeddings and overrides out, and keeps these.
_RIGHT, _ISOLATE, _ISOLATED = "\u200f", "\u2068", "\u2069"
_INNER = re.compile(f"{_ISOLATE}[^{_ISOLATE}{_ISOLATED}]*{_ISOLATED}")
_COMMAND = re.compile(r"/[a-z]{3,}(?: [A-Z]+)?")
_TURNS = frozenset({"L", "ES"})  # what would turn the words around it: Latin letters; "+" and "-" beside figures
_STRONG = {"L": False, "R": True, "AL": True}


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
        return self._put(self._catalogue.gettext(phrase), values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of the phrase that fits the count; the count itself is a value like others."""
        return self._put(self._catalogue.ngettext(one, many, count), values)

    def joined(self, parts: Iterable[str]) -> str:
        """Return the parts one after the other: "a, b, c"."""
        return self.say(", ").join(self.isolated(part) for part in parts)

    def isolated(self, text: str) -> str:
        """Return a name or code so that it keeps its own direction, and the words around it theirs."""
        bare = _INNER.sub("", text)
        if self.language not in FROM_THE_RIGHT or _TURNS.isdisjoint(map(unicodedata.bidirectional, bare)):
            return text
        return f"{_ISOLATE}{text}{_ISOLATED}"

    def _put(self, phrase: str, values: dict[str, object]) -> str:
        """Put the values in; a phrase that is read from the right stays so where a Latin name begins it."""
        if self.language not in FROM_THE_RIGHT:
            return phrase.format(**values)
        apart = {name: self.isolated(value) if isinstance(value, str) else value for name, value in values.items()}
        said = _COMMAND.sub(f"{_ISOLATE}\\g<0>{_ISOLATED}", phrase).format(**apart)
        sides = (_STRONG.get(unicodedata.bidirectional(character)) for character in said)
        first = next((right for right in sides if right is not None), True)
        return said if first else _RIGHT + said


@cache
def words_for(language: str) -> Words:
    """Return the words of a language ("fr", "fr-CA"); English where we do not have it."""
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in LANGUAGES or code == SOURCE_LANGUAGE:
        return Words(SOURCE_LANGUAGE, NullTranslations())
    compiled = files("bot.wording") / "locale" / code / "LC_MESSAGES" / "outrider.mo"
    with compiled.open("rb") as opened:
        return Words(code, GNUTranslations(opened))
