"""The pattern language of the lexicon: phrases with slots, turned into regular expressions of bounded width.

A pattern is a row of words over folded text (no case, no accents; bot.model.text.fold). Hyphens and apostrophes
part words like spaces do, in the pattern and in the text.

    open* fire               `*` lets a word go on: opened, opening
    (shot|stabbed) dead      one of several; an alternative may be a phrase of its own
    strikes? labou?r         `?` the letter before it may be missing
    (state of)? emergency    the same for a word or phrase in brackets
    blast [0-3] market       a gap of 0 to 3 words, up to the next comma or colon
    blast [0-3,] killed      the same, across commas and colons
    <attacker> kill*         a slot: a named list of phrases of the same file
    <number> years           a number is built in, and so is a count: a number without a unit, of which the nearest
    <count> [0-3] dead       to the other words is taken, as gaps do not leap over numbers there
    kill* !(time|bill)       `!` must not follow

Each repetition has an upper bound and words and separators share no character, so time grows with the text alone.
Each pattern names its anchors: literal words (`*`: or stems) of which one must be in any text that it matches, and its
heads, of which it begins with one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.lexicon.numbers import DIGITS, Numbers
from bot.model.text import fold

SEPARATOR = r"[^\w,;:]{1,3} {0,3}"  # what parts neighbouring words; blanks stand for Arabic vowel signs too
_LOOSE = r"\W{1,3} {0,3}"  # the same, a comma or colon too
_GAP_WORD = r"\w{1,40}"
_STEM_REST = r"\w{0,20}"
_NUMBER_GROUP = "(?P<number>"
_TELLING = 3  # letters; shorter words stand in most texts and sift nothing
_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\[\d-\d{1,2},?\])|<(?P<slot>[\w-]+)>|(?P<word>\w+(?:\?\w+)*[*?]?)|(?P<mark>(?<!\s)\?|[()|!])|['-]|(?P<fault>\S))"
)


class PatternError(ValueError):
    """The pattern is not written as the language asks; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern: its expression, and its anchors (empty: none).

    `heads` are words of which it must begin with one. `beside` are further sets of words of which the text must hold
    one each. `after` parts it from the next piece.
    """

    source: str
    anchors: frozenset[str]
    optional: bool = False
    gap: bool = False
    lookahead: bool = False
    after: str = SEPARATOR
    heads: frozenset[str] = frozenset()
    beside: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Compiled:
    """A pattern ready for use. `numbers` are the names of its number groups, in order.

    A text that it matches holds one of the `anchors`, and one of each set of `beside`. It begins with one of the
    `heads`.
    """

    source: str
    anchors: frozenset[str]
    heads: frozenset[str]
    beside: frozenset[frozenset[str]]
    numbers: tuple[str, ...]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The regular expression, made when a text first holds its words: most never are in the life of a process."""
        return re.compile(self.source)

    @property
    def may_open_with_number(self) -> bool:
        """Whether a number may be its first word: then "at least 14 dead" is one match, not "14 dead" another."""
        return self.heads >= DIGITS


class PatternCompiler:
    """Compiles the patterns of one language with its slots and its way to write numbers."""

    def __init__(self, slots: Mapping[str, tuple[str, ...]], numbers: Numbers, glued: tuple[str, ...] = ()) -> None:
        self._slots = slots
        self._numbers = {
            name: Part(f"{_NUMBER_GROUP}{source})", frozenset(), heads=numbers.heads)
            for name, source in (("number", numbers.expression), ("count", numbers.count))
        }
        self._number = numbers.core
        self._opening = f"(?:{'|'.join(sorted(map(fold, glued), key=len, reverse=True))})?" if glued else ""
        self._gap_word = _GAP_WORD
        self._parts: dict[str, Part] = {}
        self._words: dict[str, Part] = {}
        self._open: list[str] = []

    def compile(self, pattern: str) -> Compiled:
        """Return the compiled pattern; raises PatternError."""
        self._gap_word = rf"(?!{self._number}){_GAP_WORD}" if "<count>" in pattern else _GAP_WORD
        part = self._parse(pattern)
        if not part.anchors:
            raise PatternError("needs a literal word that is always there")
        first, *others = part.source.split(_NUMBER_GROUP)
        numbers = tuple(f"n{at}" for at in range(len(others)))
        source = first + "".join(f"(?P<{name}>{rest}" for name, rest in zip(numbers, others, strict=True))
        return Compiled(rf"(?<!\w)(?:{source})(?!\w)", part.anchors, part.heads, part.beside, numbers)

    def slot(self, name: str) -> Part:
        """Return the part that a slot stands for."""
        if name in self._numbers:
            return self._numbers[name]
        if name not in self._slots:
            raise PatternError(f"<{name}> is not among the slots")
        if name in self._open:
            raise PatternError(f"<{name}> holds itself")
        if name not in self._parts:
            self._open.append(name)
            try:
                self._parts[name] = _either([self._parse(phrase) for phrase in self._slots[name]])
            finally:
                self._open.pop()
        return self._parts[name]

    def _parse(self, pattern: str) -> Part:
        tokens = list(_TOKEN.finditer(fold(pattern).strip()))
        part, rest = self._alternatives(tokens, 0)
        if rest != len(tokens):
            raise PatternError("a ) without its (")
        return part

    def _alternatives(self, tokens: list[re.Match[str]], at: int) -> tuple[Part, int]:
        """Parse `a b|c d` up to a closing bracket or the end."""
        choices: list[Part] = []
        row: list[Part] = []
        while at < len(tokens) and tokens[at]["mark"] != ")":
            if tokens[at]["mark"] == "|":
                choices.append(_in_a_row(row))
                row = []
                at += 1
                continue
            part, at = self._element(tokens, at)
            if part is not None:
                row.append(part)
        choices.append(_in_a_row(row))
        return _either(choices), at

    def _element(self, tokens: list[re.Match[str]], at: int) -> tuple[Part | None, int]:
        token = tokens[at]
        if token["fault"] or token["mark"] == "?":
            raise PatternError(f"{token[0].strip()!r} has no meaning here")
        if token["mark"] == "!":
            part, at = self._element(tokens, at + 1) if at + 1 < len(tokens) else (None, at)
            if part is None:
                raise PatternError("! needs a word after it")
            return Part(f"(?!{SEPARATOR}{part.source}(?!\\w))", frozenset(), lookahead=True), at
        if token["mark"] == "(":
            part, at = self._alternatives(tokens, at + 1)
            if at == len(tokens):
                raise PatternError("a ( without its )")
        elif token["gap"]:
            least, most = token["gap"][1:-1].rstrip(",").split("-")
            separator = _LOOSE if "," in token["gap"] else SEPARATOR
            source = f"(?:{separator}{self._gap_word}){{{least},{most}}}?"
            part = Part(source, frozenset(), gap=True, after=separator)
        elif token["slot"]:
            part = self.slot(token["slot"])
        elif token["word"]:
            word = token["word"]
            part = self._words.get(word) or self._words.setdefault(word, self._word(word))
        else:
            return None, at + 1
        at += 1
        if at < len(tokens) and tokens[at]["mark"] == "?":
            part = Part(part.source, frozenset(), optional=True, heads=part.heads)
            at += 1
        return part, at

    def _word(self, word: str) -> Part:
        """Every text that the word matches holds its letters up to the first that may be missing: its anchor, "kill*".

        What the language glues to words may stand before it.
        """
        stem = word.removesuffix("*")
        rest = _STEM_REST if word.endswith("*") else ""
        anchor = stem.partition("?")[0][:-1] + "*" if "?" in stem else word
        if anchor == "*":
            raise PatternError(f"{word!r} needs a letter that is always there")
        anchors = frozenset({anchor})
        return Part(self._opening + stem + rest, anchors, heads=anchors)


def _either(choices: list[Part]) -> Part:
    if len(choices) == 1:
        return choices[0]
    source = "|".join(choice.source for choice in choices)
    heads = frozenset[str]().union(*(choice.heads for choice in choices))
    return Part(f"(?:{source})", _all_or_none([choice.anchors for choice in choices]), heads=heads)


def _all_or_none(sets: list[frozenset[str]]) -> frozenset[str]:
    """Unite sets of words; where one is empty, nothing is sure."""
    return frozenset[str]().union(*sets) if all(sets) else frozenset()


def _in_a_row(parts: list[Part]) -> Part:
    """Join parts with separators: what may be missing takes its separator with it."""
    first = next((at for at, part in enumerate(parts) if not (part.optional or part.gap or part.lookahead)), None)
    if first is None:
        raise PatternError("needs a word that is always there")
    if any(part.gap or part.lookahead for part in parts[:first]) or parts[-1].gap:
        raise PatternError("cannot begin or end with a gap")
    if len(parts) == 1:
        return parts[0]
    source = "".join(f"(?:{part.source}{SEPARATOR})?" for part in parts[:first]) + parts[first].source
    separator = SEPARATOR
    for part in parts[first + 1 :]:
        if part.gap or part.lookahead:
            source += part.source
        else:
            source += f"(?:{separator}{part.source})?" if part.optional else f"{separator}{part.source}"
        separator = part.after
    rarest, beside = _rarest(parts)
    heads = frozenset[str]().union(*(part.heads for part in parts[: first + 1]))
    return Part(f"(?:{source})", rarest, heads=heads, beside=beside)


def _rarest(parts: list[Part]) -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    """Choose the anchors that a text holds least often: the longest words, then the fewest; and the others beside."""
    anchored = [part.anchors for part in parts if part.anchors]
    rarest = max(anchored, key=lambda words: (min(map(len, words)), -len(words)), default=frozenset())
    others = [words for words in anchored if words is not rarest and min(map(len, words)) >= _TELLING]
    return rarest, frozenset(others).union(*(part.beside for part in parts if not part.optional))
