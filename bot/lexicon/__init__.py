"""Words and what they mean: hazards, statuses, cues, and the cues of place names; compiled from data handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.lexicon.language import LanguageLexicon, LexiconError, compile_language
from bot.lexicon.toponyms import ToponymCues

__all__ = ["LanguageLexicon", "Lexicon", "LexiconError", "ToponymCues", "compile_language"]

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of all languages, by ISO 639-1 code; English serves where a language has none."""

    languages: Mapping[str, LanguageLexicon]
    toponyms_by_language: Mapping[str, ToponymCues]

    def language(self, code: str) -> LanguageLexicon:
        """Return the words of that language, else the English ones."""
        return self.languages.get(code) or self.languages[_FALLBACK]

    def toponyms(self, code: str) -> ToponymCues:
        """Return the cues of place names of that language, else the English ones."""
        return self.toponyms_by_language.get(code) or self.toponyms_by_language[_FALLBACK]
