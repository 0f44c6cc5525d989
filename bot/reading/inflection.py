"""Names in cases: the gazetteer's names that a run of inflected words may be ("в Нижнем Новгороде")."""

from collections.abc import Callable, Mapping

from bot.gazetteer import Gazetteer
from bot.lexicon import endings, russian, ukrainian
from bot.reading.toponym import Words

_LONGEST = 7  # tokens of a name; hyphens count
_BRANCHES = 16  # readings of the endings that are followed at once
_AHEAD = 5  # tokens between "Белгородской" and "областях"
# Ending, what follows it, what it is short for.
_REGIONS = (
    ("ская", "област", " область"),
    ("скии", "кра", " краи"),
    ("ська", "област", " область"),
    ("цька", "област", " область"),
)
_WHITHER = {
    "ru": (frozenset({"в", "во", "на"}), russian.says_whither),
    "uk": (frozenset({"в", "у", "на"}), ukrainian.says_whither),
}

NOMINATIVES: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "ru": russian.nominatives,
    "uk": ukrainian.nominatives,
    "de": endings.german_nominatives,
}
"""What a word of the language may come of, for languages whose names stand in cases."""


def inflected_names(words: Words, index: int, gazetteer: Gazetteer, language: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return where names that begin at the token end, longest first, each with the nominatives that it may be."""
    found: list[tuple[int, tuple[str, ...]]] = []
    readings, folded, nominatives = [""], words.sentence.folded, NOMINATIVES[language]
    for at in range(index, min(len(words.folded), index + _LONGEST)):
        gap = folded[words.ends[at - 1] : words.starts[at]] if at > index else ""
        if len(gap) > 1:
            break
        readings = [
            longer
            for reading in readings
            for form in nominatives(words.folded[at])
            if gazetteer.has_names_from(longer := reading + gap + form)
        ][:_BRANCHES]
        if not readings:
            break
        as_written = _goes_on(words, at) and folded[words.starts[index] : words.ends[at]]
        names = tuple(each for each in readings if (not as_written or each == as_written) and gazetteer.named(each))
        if names:
            found.append((words.ends[at], names))
    return found[::-1] or _shared_region(words, index, gazetteer, language)


def _goes_on(words: Words, at: int) -> bool:
    """Tell whether a hyphen joins a further name: "Абу" of "Абу-Салим" is no case of Aba."""
    onward = words.folded[at + 1 : at + 2] == ["-"] and words.glued(at + 1) and words.glued(at + 2)
    return onward and words.capital[at + 2] and words.starts[at + 2] == words.ends[at] + 1


def _shared_region(words: Words, index: int, gazetteer: Gazetteer, language: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the region whose noun it shares with others: "в Белгородской и Курской областях"."""
    onward = words.folded[index + 1 : index + _AHEAD]
    for form in NOMINATIVES[language](words.folded[index]):
        for ending, noun, rest in _REGIONS:
            shared = form.endswith(ending) and any(word.startswith(noun) for word in onward)
            if shared and gazetteer.named(form + rest):
                return [(words.ends[index], (form + rest,))]
    return []


def goes_to(words: Words, index: int, form: str, names: tuple[str, ...], language: str) -> bool:
    """Tell whether something goes to the place rather than is there, by the ending after "в" or "на"."""
    if language not in _WHITHER or index == 0:
        return False
    towards, says_whither = _WHITHER[language]
    return words.folded[index - 1] in towards and says_whither(form, nominative=form in names)
