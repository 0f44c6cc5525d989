"""Endings of German, Italian and Turkish words that a toponym file lists in one form."""

from bot.model.text import fold

_CASES = ("", "nde", "nda", "ndeki", "ndaki", "ne", "na", "nden", "ndan", "nin", "nun", "ni", "nu", "yle", "yla")


def german(word: str) -> tuple[str, ...]:
    """Return an adjective with its endings, a people with its plural, dative and women: "Syrer", "Syrerinnen"."""
    folded = fold(word)
    endings = ("e", "en", "er", "es", "em") if folded.endswith(("isch", "deutsch")) else ("n", "s", "in", "innen")
    return (folded, *(folded + ending for ending in endings))


def german_nominatives(word: str) -> tuple[str, ...]:
    """Return the folded word and, where it may be a genitive, the name: "Nigerias", "Israels"."""
    return (word, word[:-1]) if word.endswith("s") else (word,)


def italian(word: str) -> tuple[str, ...]:
    """Return the four forms of an adjective: "turco", "turca", "turchi", "turche"; of one in -e the two."""
    folded = fold(word)
    stem, last = folded[:-1], folded[-1]
    if last == "o":
        hard = ("hi", "he") if stem.endswith(("c", "g")) else ()
        return tuple(dict.fromkeys((folded, stem + "a", stem + "i", stem + "e", *(stem + each for each in hard))))
    if last in "ae":
        return tuple(
            dict.fromkeys((folded, stem + "a", stem + "e", stem + "i", *([stem + "hi"] if last == "a" else [])))
        )
    return (folded,)


def turkish(word: str) -> tuple[str, ...]:
    """Return a noun that has an owner in its cases ("kenti", "kentinde"), a people's plural ("Rus", "Ruslar")."""
    folded = fold(word)
    if word[0].islower() and folded[-1] in "iu":
        return tuple(folded + case for case in _CASES)
    return (folded, folded + "ler", folded + "lar")
