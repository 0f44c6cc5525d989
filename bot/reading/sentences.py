"""Cutting an item into sentences, title first, with offsets that hold in the item's own fields."""

import re
from collections.abc import Iterator

from bot.model.item import Item
from bot.model.text import Field, Span, fold
from bot.reading.document import Document, Sentence

_LONGEST = 2_000  # characters; what runs on longer is cut, so that no rule sees a sentence without end

# Words that a stop does not end, in the languages with Latin script; folded.
_ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "mx", "dr", "st", "sr", "jr", "prof", "gen", "col", "maj", "capt", "cpt", "lt", "sgt", "cmdr",
    "adm", "gov", "sen", "rep", "rev", "hon", "pres", "supt", "insp", "no", "nos", "vol", "vs", "etc", "approx",
    "dept", "est", "fig", "inc", "ltd", "co", "corp", "bros", "ave", "blvd", "rd", "mt", "ft", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "m", "mme", "mlle", "mm", "me", "av", "bd",
    "env", "art", "cf", "ex", "j.-c", "sra", "srta", "dra", "ud", "uds", "ing", "lic", "pte", "prov", "dpto", "gral",
    "cnel", "tte", "sto", "sta",
))  # fmt: skip
# Words that seldom go on after an abbreviation of capitals ("in the U.S. The army ...").
_STARTERS = frozenset((
    "the", "a", "an", "in", "on", "at", "he", "she", "it", "they", "we", "this", "that", "these", "but", "and",
    "police", "officials", "several", "many", "least", "le", "la", "les", "un", "une", "des", "il", "elle", "ils",
    "au", "aux", "en", "dans", "selon", "el", "los", "las",
))  # fmt: skip
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡\-–—]*\s?[^\W_a-zà-öø-ÿ])|[؟。！？]+\s*|\n\s*")
_LAST_WORD = re.compile(r"([^\s(\"'“‘«]*)\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FIRST_WORD = re.compile(r"\W*(\w+)")


def document_of(item: Item, language: str) -> Document:
    """Return the item as sentences in original and folded form."""
    fields = ((Field.TITLE, item.title), (Field.TEXT, item.text))
    return Document(item, language, tuple(each for field, text in fields for each in _sentences(field, text)))


def _sentences(field: Field, text: str) -> Iterator[Sentence]:
    text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)  # the words of a web address say nothing
    folded = fold(text)
    for start, end in _cuts(text, folded):
        while start < end and text[start].isspace():
            start += 1  # noqa: PLW2901 - trims the cut
        while end > start and text[end - 1].isspace():
            end -= 1  # noqa: PLW2901 - the same
        if start < end:
            yield Sentence(Span(field, start, end), text[start:end], folded[start:end])


def _cuts(text: str, folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() < start or (text[stop.start()] == "." and _goes_on(folded, start, stop)):
            continue
        yield from _short(start, stop.end())
        start = stop.end()
    yield from _short(start, len(text))


def _short(start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, _LONGEST):
        yield at, min(at + _LONGEST, end)


def _goes_on(folded: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether the stop belongs to an abbreviation or an initial, and the sentence goes on."""
    if stop.group().rstrip() != ".":
        return False
    last = _LAST_WORD.search(folded, max(start, stop.start() - 20), stop.start() + 1)
    word = last.group(1) if last else ""
    if word in _ABBREVIATIONS:
        return True
    if not _INITIALS.fullmatch(word):
        return False
    following = _FIRST_WORD.match(folded, stop.end())
    return following is None or "." not in word or following.group(1) not in _STARTERS
