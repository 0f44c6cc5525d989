"""The traits of an item's top that its likeness to earlier news is judged by (experience.py).

A trait is a short name for something that the top says or shows: a word, two words that stand side by side, the words
around a hazard's name, a phrase or a sort of writing that the lexicon found there. Places, nations and numbers are
taken for one another ("<place>", "<nation>", "<number>"), so that what was learnt of one town holds for the next.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.assessment.experience import Traits
from bot.assessment.facts import Facts
from bot.model.reading import TimeFrame
from bot.model.text import Field, Span, fold

WORD = re.compile(r"[^\W\d_]+|\d+|[?!:;,\"'-]")
ENDINGS = ("ing", "ed", "es", "s")
"""English endings that are cut, where at least four letters stay."""

AROUND = (-2, -1, 1, 2)
"""Which words beside a hazard's name count, by their distance from it."""


SIZES = (1, 3, 10, 100)
"""Counts that are taken for alike lie between two of these."""


def traits_of(facts: Facts, net: int) -> Traits:
    """Return the traits of the item; `net` are the points by which the rules are for an alert."""
    found: dict[str, Span | None] = {}
    for name, span in (*_words(facts), *_told(facts), *_shape(facts, net)):
        found.setdefault(name, span)
    return found


def _words(facts: Facts) -> Iterator[tuple[str, Span | None]]:
    words = _cut(facts)
    yield from ((f"word {word}", span) for word, _, span in words)
    plain = ["^", *(word for word, _, _ in words), "$"]
    spans = [None, *(span for _, _, span in words)]
    for (left, right), span in zip(pairwise(plain), spans, strict=True):
        yield f"pair {left} {right}", span
    yield from _around(words)


def _around(words: Sequence[tuple[str, str, Span]]) -> Iterator[tuple[str, Span | None]]:
    """Give what stands around each hazard's name, whose own words count as one."""
    merged = [row for at, row in enumerate(words) if not row[1] or at == 0 or words[at - 1][1] != row[1]]
    for at, (_, hazard, span) in enumerate(merged):
        if not hazard:
            continue
        for step in AROUND:
            other = at + step
            beside = (merged[other][1] or merged[other][0]) if 0 <= other < len(merged) else "^" if step < 0 else "$"
            yield f"near{step:+d} {beside}", span
            if abs(step) == 1:
                yield f"near{step:+d} {hazard} {beside}", span


def _cut(facts: Facts) -> list[tuple[str, str, Span]]:
    """Return the words of the top as (word without ending or kind of name, hazard that it names or "", span)."""
    field = Field.TITLE if facts.titled else Field.TEXT
    text = fold(facts.item.title if facts.titled else facts.item.text[: facts.first_end])
    names = {m.span: "<nation>" if m.demonym else "<place>" for m in facts.reading.places if facts.in_top(m.span)}
    hazards = {m.span: f"<{m.hazard.value}>" for m in facts.reading.hazards if facts.in_top(m.span)}
    words: list[tuple[str, str, Span]] = []
    for match in WORD.finditer(text):
        span = Span(field, match.start(), match.end())
        name = next((kind for whole, kind in names.items() if span.within(whole)), "")
        hazard = next((kind for whole, kind in hazards.items() if span.within(whole)), "")
        word = name or ("<number>" if match.group().isdigit() else _stem(match.group()))
        if not (name and words and words[-1][0] == name):
            words.append((word, hazard, span))
    return words


def _stem(word: str) -> str:
    return next((word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), word)  # noqa: PLR2004 - see ENDINGS


def _told(facts: Facts) -> Iterator[tuple[str, Span | None]]:
    """Give what the lexicon found in the top."""
    reading = facts.reading
    for hazard in reading.hazards:
        if facts.in_top(hazard.span):
            yield f"phrase {hazard.phrase}", hazard.span
            yield f"so {hazard.time_frame.value} {hazard.polarity.value}", hazard.span
    for status in reading.statuses:
        if facts.in_top(status.span):
            yield f"cue {status.cue.value}", status.span
            yield f"cue {status.phrase}", status.span
    for genre in reading.genres:
        if facts.in_top(genre.span):
            yield f"genre {genre.genre.value} {genre.strength}", genre.span
            yield f"genre {genre.phrase}", genre.span
    for impact in reading.impacts:
        if facts.in_top(impact.span):
            when = "then" if impact.time_frame is TimeFrame.BACKGROUND else "now"
            yield f"count {impact.kind.value} {when}", impact.span
            yield f"count {impact.kind.value} {bisect_right(SIZES, impact.low)}", impact.span


def _shape(facts: Facts, net: int) -> Iterator[tuple[str, Span | None]]:
    yield f"net {max(-3, min(8, net // 6))}", None
    yield f"places {min(len(facts.places), 3)}", None
    yield ("titled" if facts.titled else "untitled"), None
