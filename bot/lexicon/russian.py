"""Russian endings: every form of a word that a file lists, and the nominatives that a form in a text may come of.

Names in running Russian stand in cases: "в Москве", "под Харьковом", "в Саудовской Аравии". Rather than hold a
dictionary, the endings are exchanged by rule; what is no name is sifted out by whoever looks the candidates up.
All words are folded (bot.model.text.fold), so й is и and ё is е.
"""

from functools import lru_cache

from bot.model.text import fold

_SHORTEST_STEM = 2
_ADJECTIVE_HARD = "ыи ои ого ому ым ом ая ую ое ые ых ыми"
_ADJECTIVE_SOFT = "ии его ему им ем яя еи юю ее ие их ими"
_ADJECTIVE_MIXED = "ии ого ому им ом ая ои ую ое ие их ими"  # after к, г, х and hushing sounds
_VELAR = tuple("кгхжшчщ")
_VOWELS = frozenset("аеиоуыэюя")

# A nominative's ending and those of its other cases, both numbers; the first that fits counts.
_DECLENSIONS: tuple[tuple[str, str, str], ...] = (
    ("янин", "ян", "ин ина ину ином ине е . ам ами ах"),
    ("анин", "ан", "ин ина ину ином ине е . ам ами ах"),
    ("ец", "", "ец ца цу цем цом це цы цев цов цам цами цах ица ицу ицем ице ицы ицев ицам ицами ицах"),
    ("ок", "", "ок ка ку ком ке ки ков кам ками ках ока оку оком оке оки оков окам оками оках"),
    ("ка", "", "ка ки ке ку кои ок ек кам ками ках"),
    ("ия", "и", "я и ю еи и ям ями ях"),
    ("ия", "", "ия ии ию иеи"),
    ("я", "", "я и е ю еи ь ям ями ях"),
    ("а", "", "а ы и е у ои еи . ам ами ах"),
    ("ие", "", "ие ия ию ием ии иям иями иях"),
    ("ье", "", "ье ья ью ьем ьи ьям ьями ьях"),
    ("ое", "", _ADJECTIVE_HARD),
    ("ые", "", _ADJECTIVE_HARD),
    ("е", "", "е я ю ем а у и ям ями ях"),
    ("о", "", "о а у ом е . ам ами ах"),
    ("ь", "", "ь я ю ем е и ью еи ев ям ями ях"),
    ("ы", "", "ы . ов ев ам ами ах"),
    ("и", "", "и я ю ем е ев ям ями ях"),
)
_CONSONANT = ". а у ом ем е ы и ов еи ам ами ах о"

# The ending of a form, and the nominative endings that it may stand for; "" is none.
_REVERSED: dict[str, tuple[str, ...]] = {
    "ого": ("ыи", "ои", "ии", "ое"), "его": ("ии", "ее"), "ому": ("ыи", "ои", "ии", "ое"), "ему": ("ии", "ее"),
    "ым": ("ыи", "ои", "ое", "ые"), "им": ("ии", "ое", "ие"), "ую": ("ая",), "юю": ("яя",),
    "ых": ("ые",), "их": ("ие",), "ыми": ("ые",), "ими": ("ие",),
    "ои": ("а", "ая"), "еи": ("я", "а", "яя", "ь", "еи"), "ом": ("", "о", "ыи", "ои", "ии", "ое"),
    "ем": ("", "ь", "и", "е", "ии", "ее"), "ами": ("ы", "и", "а"), "ями": ("и", "я", "ь"), "ах": ("ы", "и", "а"),
    "ях": ("и", "я", "ь"), "ам": ("ы", "и", "а"), "ям": ("и", "я", "ь"), "ов": ("ы", "а", "и"), "ев": ("и", "ы"),
    "ью": ("ь",), "ца": ("ец",), "цу": ("ец",), "це": ("ец",), "цом": ("ец",), "цем": ("ец",),
    "ла": ("ел",), "ле": ("ел",), "лу": ("ел",), "лом": ("ел",),
    "а": ("", "о"), "у": ("а", "", "о"), "е": ("а", "я", "", "о", "ь", "и"), "ы": ("а",), "и": ("а", "я", "ь"),
    "ю": ("я", "ь", "и", "е"), "я": ("ь", "и", "е"),
}  # fmt: skip
_PLURAL = ("ы", "и")  # of a name that a genitive leaves bare: "Афин", "Филиппин"

_LATIN = str.maketrans("абвгдезиклмнопрстуфцыэ", "abvgdeziklmnoprstufcye") | {
    ord(letter): spelt
    for letter, spelt in {
        "ж": "zh",
        "х": "kh",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
        "і": "i",
        "є": "ye",
        "ґ": "g",
    }.items()
}


def latin(word: str) -> str:
    """Return a folded Cyrillic word in Latin letters, as names are usually carried over; other words as they are."""
    return word.translate(_LATIN)


@lru_cache(16_384)
def declined(word: str) -> tuple[str, ...]:
    """Return the folded word and every form that its ending lets expect, some of which no one says."""
    word = fold(word)
    for adjective, endings in (("ыи", _ADJECTIVE_HARD), ("ои", _ADJECTIVE_HARD), ("ии", _ADJECTIVE_SOFT)):
        if word.endswith(adjective):
            stem = word[:-2]
            mixed = stem.endswith(_VELAR)
            return _with(stem, _ADJECTIVE_MIXED if mixed else endings, word)
    for ending, rest, endings in _DECLENSIONS:
        if word.endswith(ending):
            return _with(word[: len(word) - len(ending)] + rest, endings, word)
    return _with(word, _CONSONANT, word) if word and word[-1] not in _VOWELS else (word,)


def _with(stem: str, endings: str, word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *(stem + ending.strip(".") for ending in endings.split()))))


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
    """Tell whether a name after "в" or "на" says whither rather than where: "в Москву", "в Киев"; the accusative.

    `nominative`: the form is a name as it stands. Names that do not change ("в Баку", "в Токио") leave it open.
    """
    if not nominative:
        return form[-1] in "ую"
    return form[-1] not in _VOWELS or form.endswith(("ы", "ыи", "ии"))  # the last two are adjectives: "в Грозный"
