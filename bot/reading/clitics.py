"""Cutting words at what Arabic glues before them, so that names and cues stand by themselves.

"وبالقاهرة" becomes و, ب, قاهرة: the conjunction, the preposition, and the noun without its article. What only looks
glued is left whole: a word that the cues know ("وزير"), a name that is better known so than cut ("باريس").
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.gazetteer import Gazetteer
from bot.lexicon.toponyms import TOKEN, ToponymCues
from bot.model.place import PlaceKind
from bot.reading.document import Sentence

Token = tuple[str, int, int]
"""A word as cues know it, and where it begins and ends in the sentence."""

_ARTICLE = "ال"
_NOUN = 5  # letters of a noun with its article; shorter, the two letters are its own
_SHORTEST = 3  # letters of a name
_LONGEST = 30  # letters of a word, with all that is glued to it
_CUTS = 3  # "و", "ب" and one to spare
_LONG = 5  # letters from which a village's name is hardly the rest of another word
_VILLAGE, _TOWN, _CITY = 1_000, 15_000, 100_000  # people
_FAME = 1_000_000_000.0  # of countries, regions and seas, which come before any city


class Cutter:
    """Cuts the sentences of one item."""

    def __init__(self, gazetteer: Gazetteer, cues: ToponymCues) -> None:
        self._gazetteer = gazetteer
        self._cues = cues

    def cut(self, sentence: Sentence) -> tuple[Sentence, list[Token]]:
        """Return the tokens, and the sentence with the articles that a preposition had swallowed: "للسودان"."""
        letters = list(sentence.folded)
        spans = [match.span() for match in TOKEN.finditer(sentence.folded)]
        for start, end in spans:
            at = start + (sentence.folded[start] in "وف")
            if sentence.folded.startswith("لل", at) and end - at >= _NOUN:
                letters[at] = "ا"
        folded = "".join(letters)
        swallowed = {at for at, (one, other) in enumerate(zip(folded, sentence.folded, strict=True)) if one != other}
        tokens = [token for span in spans for token in self._tokens(folded, *span, swallowed)]
        return (replace(sentence, folded=folded) if swallowed else sentence), tokens

    def _tokens(self, folded: str, start: int, end: int, swallowed: set[int]) -> Iterator[Token]:
        for _cut in range(_CUTS if end - start <= _LONGEST else 0):
            if start in swallowed:
                yield "ل", start, start
                break
            if start + 1 not in swallowed and not self._is_glued(folded, start, end):
                break
            yield folded[start], start, start + 1
            start += 1
        word = folded[start:end]
        yield word.removeprefix(_ARTICLE) if len(word) >= _NOUN else word, start, end

    def _is_glued(self, folded: str, start: int, end: int, *, first: bool = True) -> bool:
        """Tell whether the first letter is a word of its own; `first`: another may follow it."""
        head, word, rest = folded[start], folded[start:end], folded[start + 1 : end]
        if head not in self._cues.glued or word in self._cues.vocabulary or len(rest) < 2:  # noqa: PLR2004 - "في"
            return False
        if rest.startswith(_ARTICLE) and len(rest) >= _NOUN:
            return True
        if rest in self._cues.vocabulary and (len(rest) >= _SHORTEST or head == "و"):
            return True
        fame = self._fame(folded, start + 1, end)
        least = _CITY if head in "فلك" else _VILLAGE if len(rest) >= _LONG else _TOWN
        if fame >= least and fame > self._fame(folded, start, end):
            return True
        return first and head in "وف" and self._is_glued(folded, start + 1, end, first=False)

    def _fame(self, folded: str, start: int, end: int) -> float:
        """Return how many people the best known place has whose name begins here and holds the word; 0 for none."""
        best, least = 0.0, max(end, start + _SHORTEST)
        for name_end in self._gazetteer.prefixes(folded, start):
            named = self._gazetteer.named(folded[start:name_end]) if name_end >= least else ()
            if named:
                best = max(best, _FAME if named[0].kind is not PlaceKind.CITY else float(named[0].population))
        return best
