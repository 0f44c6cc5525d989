"""Ukrainian endings: every form of a word that a file lists, and the nominatives that a form in a text may come of.

As for Russian (bot/lexicon/russian.py): endings are exchanged by rule, and whoever looks the candidates up sifts out
what is no name. All words are folded (bot.model.text.fold), so й is и, ї is і, and ґ stays.
"""

from functools import lru_cache

from bot.model.text import fold

_SHORTEST_STEM = 2
_VOWELS = frozenset("аеєиіоуюя")
_SOFTENED = {"г": "з", "к": "ц", "х": "с"}  # before -і: Прага, у Празі

# A nominative's ending, what stays of it, and the endings of its other cases, both numbers; the first that fits counts.
_DECLENSIONS: tuple[tuple[str, str, str], ...] = (
    ("ии", "", "ии ого ому им ім а оі іи у ою е і их ими"),
    ("іи", "", "іи ього ьому ім я ьоі ю ьою є і іх іми"),
    ("янин", "ян", "ин ина ину ином инові и . ам ами ах"),
    ("анин", "ан", "ин ина ину ином инові и . ам ами ах"),
    ("ець", "", "ець ця цю цем цеві ці ців цям цями цях"),
    ("ок", "", "ок ка ку ком кові ки ків кам ками ках"),
    ("ів", "", "ів ова ову овом ові єва єву євом єві"),
    ("ка", "", "ка ки ці ку кою ок кам ками ках"),
    ("ія", "і", "я і ю єю и ям ями ях"),
    ("я", "", "я і ю ею єю ь ям ями ях"),
    ("а", "", "а и і у ою ею . ам ами ах"),
    ("ь", "", "ь я ю ем еві і ів ям ями ях"),
    ("о", "", "о а у ом і . ам ами ах"),
    ("е", "", "е я ю ем і а у ого ому им"),
    ("и", "", "и . ів ам ами ах я ю єм і"),
    ("і", "", "і . ів ям ями ях их ими им"),
)
_CONSONANT = ". а у ом ові і и ів ам ами ах"

# The ending of a form, and the nominative endings that it may stand for; "" is none.
_REVERSED: dict[str, tuple[str, ...]] = {
    "ього": ("іи",), "ьому": ("іи",), "ого": ("ии", "е", "іи"), "ому": ("ии", "е", "іи"), "ими": ("і", "ии"),
    "им": ("ии", "е", "і"), "ім": ("ии", "е", "іи"), "оі": ("а",), "іи": ("а", "я"), "ою": ("а",), "их": ("і", "ии"),
    "ове": ("ів",), "ова": ("ів",), "ову": ("ів",), "овом": ("ів",), "ові": ("ів", ""), "єва": ("ів",), "єву": ("ів",),
    "євом": ("ів",), "єві": ("ів", "и"), "ева": ("ів",), "еву": ("ів",), "евом": ("ів",), "еві": ("ів", "ь", ""),
    "оля": ("іль",), "олю": ("іль",), "олем": ("іль",), "олі": ("іль",), "огу": ("іг",), "озі": ("іг",),
    "ця": ("ець",), "цю": ("ець",), "цем": ("ець",), "ці": ("ець", "ка", "к"), "зі": ("га", "г"), "сі": ("ха", "х"),
    "іі": ("ія",), "ію": ("ія",), "ією": ("ія",), "єю": ("я",), "ею": ("я", "а"), "єм": ("и", "я"),
    "ем": ("ь", "", "е"),
    "ом": ("", "о"), "ами": ("и", "а"), "ями": ("і", "я", "ь"), "ах": ("и", "а"), "ях": ("і", "я", "ь"),
    "ам": ("и", "а"),
    "ям": ("і", "я", "ь"), "ів": ("и", "і"), "а": ("", "о"), "у": ("а", "", "о"), "ю": ("я", "ь", "и", "е"),
    "я": ("ь", "и", "е"), "и": ("а",), "і": ("", "а", "о", "я", "ь", "и", "е"), "е": ("",),
}  # fmt: skip
_PLURAL = ("и", "і")  # of a name that a genitive leaves bare: "Черкас", "Філіппін"


@lru_cache(16_384)
def declined(word: str) -> tuple[str, ...]:
    """Return the folded word and every form that its ending lets expect, some of which no one says."""
    word = fold(word)
    for ending, rest, endings in _DECLENSIONS:
        if word.endswith(ending):
            return _with(word[: len(word) - len(ending)] + rest, endings, word)
    return _with(word, _CONSONANT, word) if word and word[-1] not in _VOWELS else (word,)


def _with(stem: str, endings: str, word: str) -> tuple[str, ...]:
    forms = [word, *(stem + ending.strip(".") for ending in endings.split())]
    if stem and stem[-1] in _SOFTENED:
        forms.append(stem[:-1] + _SOFTENED[stem[-1]] + "і")
    return tuple(dict.fromkeys(forms))


@lru_cache(16_384)
def nominatives(word: str) -> tuple[str, ...]:
    """Return the folded form of a text and the nominatives that it may come of, at most some twenty."""
    found = [word]
    for length in (4, 3, 2, 1):
        stem, ending = word[:-length], word[-length:]
        if len(stem) >= _SHORTEST_STEM:
            found += [stem + nominative for nominative in _REVERSED.get(ending, ())]
    if len(word) > _SHORTEST_STEM and word[-1].isalpha() and word[-1] not in _VOWELS:
        found += [word + plural for plural in _PLURAL]
    return tuple(dict.fromkeys(found))


def says_whither(form: str, *, nominative: bool) -> bool:
    """Tell whether a name after "в" or "у" says whither rather than where: "в Одесу"; "до Одеси" says it by its word.

    `nominative`: the form is a name as it stands, which leaves it open ("у Дніпро", "у Баку").
    """
    return not nominative and form[-1] in "ую" and not form.endswith(("ому", "ьку"))
