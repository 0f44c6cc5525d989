"""Numbers as a language writes them, read as ranges: "at least 14" is 14..inf, "dozens" is 24..99."""

import re
from collections.abc import Iterable
from math import inf

from bot.lexicon.tables import NumberTable
from bot.model.text import fold

_ABOUT = 0.1
_MAX_WORDS = 5
_THOUSANDS = "k"  # what headlines write behind digits: "75K told to leave"
_THOUSAND = 1000
_FIRST_WORD = re.compile(r"\A\w+")

DIGITS = frozenset(f"{digit}*" for digit in range(10))
"""What numbers in digits begin with, as stems; only what may begin with a number has them among its heads."""


class Numbers:
    """Reads the numbers of one language.

    `expression` matches one in folded text, its qualifiers with it; `count` the same unless a unit
    follows ("12 hours"); `core` the number alone. `heads` are the words that the first two begin with, digits as stems.
    """

    def __init__(self, table: NumberTable, glued: Iterable[str] = ()) -> None:
        self._words = {fold(word): value for word, value in table.words.items()}
        self._multipliers = {fold(word): value for word, value in table.multipliers.items()}
        self._vague = {fold(word): (low, high) for word, (low, high) in table.vague.items()}
        self._decimal = table.decimal
        # Languages with a decimal comma part thousands by either: 1.200 in Spain, 1,200 in Mexico.
        thousands = "," if table.decimal == "." else ".,"
        word = _any([*self._words, *self._multipliers])
        digits = rf"\d{{1,3}}(?:[{thousands} ]\d{{3}}(?!\d)){{1,3}}|\d{{1,9}}(?:[.,]\d{{1,2}}(?!\d))?"
        core = (
            rf"(?:{_any(self._vague)}|(?:{digits})(?:{_THOUSANDS}|[\W]{{1,2}}{_any(self._multipliers)})?"
            rf"|{word}(?:[ -](?:and |et |y |e |و)?{word}){{0,{_MAX_WORDS}}})(?!\w)"
        )
        marking = (*table.at_least, *table.more_than, *table.up_to, *table.about, *table.between)
        marks = _any(marking)
        opening = f"{_any(glued)}?" if glued else ""
        self._dash = rf"(?: ?- ?| {_any(table.to)} )"
        unit = rf"(?! ?-?(?:%|{_any(table.units)})(?!\w))" if table.units else ""
        self.expression = rf"(?:{opening}{marks}\W{{1,2}}){{0,3}}{opening}{core}(?:{self._dash}{core})?"
        self.count = self.expression + unit
        self.core = opening + core
        spelt = (*self._words, *self._multipliers, *self._vague, *map(fold, marking))
        self.heads = DIGITS.union(word for each in spelt for word in _FIRST_WORD.findall(each))
        self._core = re.compile(core)
        self._word = re.compile(rf"(?<!\w){opening}({word})(?!\w)")
        self._marks = {
            name: re.compile(rf"(?<!\w){opening}{_any(phrases)}(?!\w)")
            for name, phrases in (
                ("at_least", table.at_least), ("more_than", table.more_than), ("up_to", table.up_to),
                ("about", table.about),
            )
            if phrases
        }  # fmt: skip

    def range(self, folded: str) -> tuple[float, float] | None:
        """Return the least and the greatest value that the words allow, or None where they are no number."""
        cores = [self._value(match[0]) for match in self._core.finditer(folded)]
        if not cores:
            return None
        (low, high) = cores[0]
        if len(cores) > 1:
            return (min(low, cores[1][0]), max(high, cores[1][1]))
        return self._marked(low, high, folded)

    def _marked(self, low: float, high: float, folded: str) -> tuple[float, float]:
        """Widen the range by what stands before the number: "at least", "up to", "about"."""
        said = {name for name, mark in self._marks.items() if mark.search(folded)}
        if "more_than" in said:
            return (low + 1 if low == high else low, inf)
        if "at_least" in said:
            return (low, inf)
        if "up_to" in said:
            return (1.0, high)
        if "about" in said and low == high:
            return (float(int(low * (1 - _ABOUT))), float(int(high * (1 + _ABOUT) + 0.5)))
        return (low, high)

    def _value(self, core: str) -> tuple[float, float]:
        if core in self._vague:
            return self._vague[core]
        digits = re.match(r"[\d., ]+", core)
        if digits and digits[0].strip(" ,."):
            value = self._digits(digits[0].strip(" ,."))
            rest = re.sub(r"\W+", " ", core[digits.end() :]).strip()
            value *= _THOUSAND if rest == _THOUSANDS else self._multipliers.get(rest, 1)
            return (value, value)
        value = float(self._spelt(self._word.findall(core)))
        return (value, value)

    def _digits(self, digits: str) -> float:
        whole = re.sub(r"[., ](?=\d{3}(?!\d))", "", digits)
        return float(whole.replace(" ", "").replace(",", "."))

    def _spelt(self, words: Iterable[str]) -> int:
        """Read "two hundred and fifty-three": a multiplier raises what stands before it."""
        total = part = 0
        for word in words:
            factor = self._multipliers.get(word)
            if factor is None:
                part += self._words.get(word, 0)
            elif factor == 100:  # noqa: PLR2004 - hundreds stay below the thousands
                part = max(part, 1) * factor
            else:
                total += max(part, 1) * factor
                part = 0
        return total + part


def _any(words: Iterable[str]) -> str:
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in folded) + ")" if folded else r"(?:(?!))"
