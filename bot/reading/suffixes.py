"""Reading the endings of Turkish names before the names, as the prepositions that other languages put there.

"Ankara'da patlama" becomes nde, ankara, patlama. What an apostrophe parts from a name is told as one of six words,
which are no words of Turkish and stand for its cases: nde (in), nden (from), ye (to), nin (of), yi (the object) and
yle (with). A noun that owns the name gives its own case: "Halep kentinde" becomes nde, halep, kentinde.
"""

import re

from bot.gazetteer import Gazetteer
from bot.lexicon.toponyms import TOKEN, ToponymCues
from bot.reading.document import Sentence

Token = tuple[str, int, int]
"""A word as cues know it, and where it begins and ends in the sentence."""

_CASES = (
    ("nde", re.compile(r"n?[dt][ae](ki(ler)?)?")),
    ("nden", re.compile(r"n?[dt][ae]n")),
    ("nin", re.compile(r"n?[iu]n")),
    ("yle", re.compile(r"y?l[ae]")),
    ("yi", re.compile(r"[yn]?[iu]")),
    ("ye", re.compile(r"[yn]?[ae]")),
)
_OWNED = (
    ("nde", re.compile(r"\w+n[dt][ae](ki)?")),
    ("nden", re.compile(r"\w+n[dt][ae]n")),
    ("ye", re.compile(r"\w+n[ae]")),
    ("yi", re.compile(r"\w+n[iu]")),
)  # of "kenti", "güneyi": the noun has the case that its name would have
_LONGEST = 5  # words of a name
_AND = frozenset({"ve", "veya", "ile"})
_COMMA = _AND | {","}


class SuffixCutter:
    """Cuts the sentences of one item."""

    def __init__(self, gazetteer: Gazetteer, cues: ToponymCues) -> None:
        self._gazetteer = gazetteer
        self._cues = cues

    def cut(self, sentence: Sentence) -> tuple[Sentence, list[Token]]:
        """Return the sentence and its tokens, each name after the case that it stands in."""
        spans = [match.span() for match in TOKEN.finditer(sentence.folded)]
        before: dict[int, str] = {}  # index of a name's first token: its case
        dropped: set[int] = set()
        for at, (start, _) in enumerate(spans):
            if not sentence.text[start].isupper():
                continue
            case, endings = _ending(sentence, spans, at)
            dropped.update(endings)
            case = self._owners_case(sentence, spans, at + 1 + len(endings)) or case
            if case is not None:
                before[self._first_listed(sentence, spans, at)] = case
        tokens: list[Token] = []
        for at, (start, end) in enumerate(spans):
            if at in before:
                tokens.append((before[at], start, start))
            if at not in dropped:
                tokens.append((sentence.folded[start:end], start, end))
        return sentence, tokens

    def _owners_case(self, sentence: Sentence, spans: list[tuple[int, int]], at: int) -> str | None:
        """Return the case of a noun such as "kentinde" or "güneyine" that follows the name, or None."""
        if at >= len(spans):
            return None
        start, end = spans[at]
        word = sentence.folded[start:end]
        if word not in self._cues.scene.settlements or sentence.text[start].isupper():
            return None
        return next((case for case, shape in _OWNED if shape.fullmatch(word)), None)

    def _first_listed(self, sentence: Sentence, spans: list[tuple[int, int]], at: int) -> int:
        """Return where the list begins whose last name has the case: "Ankara, İzmir ve Bursa'da"."""
        first = self._first(sentence, spans, at)
        joined = _AND
        while (
            first > 1 and _word(sentence, spans, first - 1) in joined and sentence.text[spans[first - 2][0]].isupper()
        ):
            first, joined = self._first(sentence, spans, first - 2), _COMMA
        return first

    def _first(self, sentence: Sentence, spans: list[tuple[int, int]], at: int) -> int:
        """Return the token at which the longest known name begins that ends with this one; itself if none is known.

        The noun of an airport, embassy or square belongs to the name before it: "İstanbul Havalimanı'nda".
        """
        words = [_word(sentence, spans, each) for each in range(max(0, at - _LONGEST), at + 1)]
        head, last, cues = at, len(words) - 1, self._cues
        nouns = cues.airports.nouns, cues.asides.missions
        if last and (words[-1] in cues.scene.facilities or any(each.before(words, last + 1) for each in nouns)):
            head = self._first(sentence, spans, at - 1) if sentence.text[spans[at - 1][0]].isupper() else at
        for first in range(at - 1, max(at - _LONGEST, -1), -1):
            if spans[first + 1][0] - spans[first][1] > 1:
                break
            name = words[first - at - 1 :]
            listed = cues.known.at(name, 0)
            known = spans[at][1] in self._gazetteer.prefixes(sentence.folded, spans[first][0])
            if known or (listed and len(listed.run) == len(name)):
                head = min(head, first)
        return head


def _word(sentence: Sentence, spans: list[tuple[int, int]], at: int) -> str:
    start, end = spans[at]
    return sentence.folded[start:end]


def _ending(sentence: Sentence, spans: list[tuple[int, int]], at: int) -> tuple[str | None, tuple[int, ...]]:
    """Return the case that an apostrophe parts from the token, and the tokens of the apostrophe and the ending."""
    if at + 2 >= len(spans):
        return None, ()
    (start, end), (first, last) = spans[at + 1], spans[at + 2]
    if sentence.folded[start:end] != "'" or start != spans[at][1] or first != end or sentence.text[first].isupper():
        return None, ()
    word = sentence.folded[first:last]
    return next((case for case, shape in _CASES if shape.fullmatch(word)), None), (at + 1, at + 2)
