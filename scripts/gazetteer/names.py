"""Which names are kept, and the forms under which a name is found."""

import re
import unicodedata
from collections.abc import Iterator

from bot.model.text import fold

# The languages whose names are kept with their tag, the nearest to our readers first.
READ = ("en", "fr", "es", "pt", "ar", "ru")
LANGUAGES = (*READ, "de", "it", "uk", "tr")
# Countries alone are worth more languages. No Korean: folding keeps one character of a syllable only.
COUNTRY_LANGUAGES = (
    *LANGUAGES,
    "fa",
    "nl",
    "pl",
    "sw",
    "ha",
    "id",
    "sv",
    "ro",
    "el",
    "he",
    "hi",
    "am",
    "zh",
    "ja",
    "vi",
    "cs",
    "hu",
)

_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")
_SAINTS = (("saint ", "st. "), ("saint ", "st "), ("sainte ", "ste "), ("sankt ", "st. "))


def wanted(alternate: str) -> bool:
    """Tell whether an untagged alternate name of GeoNames is a name that people write.

    Its list holds romanisation junk ("ba ma ke", "bmqw") and codes ("BKO") beside true names: ASCII with a lower-case
    initial and short upper case are dropped, as are scripts that nobody reads yet.
    """
    if len(alternate) < 3 or any(sign in alternate for sign in "(),/;0123456789"):  # noqa: PLR2004 - two letters name nothing
        return False
    if not unicodedata.name(alternate[0], "").startswith(_SCRIPTS):
        return False
    if alternate.isascii() and not alternate[0].isupper():
        return False
    return not (alternate.isupper() and alternate.isascii())


# Where a script is the country's own, its names are what people there write, however small the place.
_ARABIC_LANDS = "DZ BH TD DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH"
_RUSSIAN_LANDS = "RU UA BY KZ KG"
_NOT_ARABIC = frozenset("پچژگکیۀەہےڤڭٹڈڑںھۆێ")
_UKRAINIAN = frozenset("іїєґІЇЄҐ")
_NOT_RUSSIAN = frozenset("әғқңөұүһҙҡҫҝҗӑӗӳўјљњћђџӘҒҚҢӨҰҮҺЎЈ")


def own_language(alternate: str, country: str) -> str | None:
    """Return the language of an untagged name in the country's own script, judged by its letters, or None."""
    letters = frozenset(alternate)
    script = unicodedata.name(alternate[0], "")
    if script.startswith("ARABIC") and country in _ARABIC_LANDS:
        return None if letters & _NOT_ARABIC else "ar"
    if script.startswith("CYRILLIC") and country in _RUSSIAN_LANDS and not letters & _NOT_RUSSIAN:
        return "uk" if letters & _UKRAINIAN else "ru"
    return None


def forms(name: str) -> Iterator[str]:
    """Yield the folded forms under which a name is found.

    "Saint-Louis" is also "saint louis", "st. louis" and "st louis"; "N'Djamena" also "ndjamena".
    """
    folded = " ".join(_unvoiced(fold(unicodedata.normalize("NFC", name))).split())
    if not folded or not any(character.isalpha() for character in folded):
        return
    spaced = folded.replace("-", " ")
    for form in dict.fromkeys((folded, spaced)):
        yield form
        if "'" in form:
            yield form.replace("'", "")
    for long, short in _SAINTS:
        for form in dict.fromkeys((spaced, spaced.replace("saint ", "saint-"))):
            yield from _swapped(form, long, short)


def _unvoiced(folded: str) -> str:
    """Drop combining marks: Arabic vowel signs stand in lists of names, hardly ever in news."""
    return "".join(character for character in folded if not unicodedata.combining(character))


def _swapped(form: str, long: str, short: str) -> Iterator[str]:
    if form.startswith(long):
        yield short + form[len(long) :]
    elif form.startswith(short) and long.startswith("saint"):
        yield long + form[len(short) :]
        yield long.strip() + "-" + form[len(short) :]


_CLASS_WORDS = re.compile(
    r"^(?:the |le |la |l')?(?:province of |region of |state of |district de |distrito de |departamento de |"
    r"provincia de |provincia del |region de |region du |province de |estado de |gouvernorat de |wilaya de )"
    r"|(?: (?:region|province|state|governorate|oblast|oblast'|county|department|prefecture|parish|district|republic|"
    r"voivodeship|canton|municipality|krai|kray|division|wilaya|emirate|island|islands|viloyati|rayon|atoll))$"
)


# A region called after a point of the compass is not meant by that word alone.
_COMPASS = re.compile(
    r"(?:(?:north|south|east|west|central|centre|center|nord|sud|est|ouest|norte|sur|sul|este|oeste|centro)(?:ern)?"
    r"|capital|metropolitan|littoral|highlands|[ -])+"
)


def bare(name: str) -> str | None:
    """Return a region's name without its class word ("Menaka Region" -> "menaka"), folded, or None if it has none."""
    folded = fold(name)
    stripped = _CLASS_WORDS.sub("", folded).strip()
    return stripped if stripped and stripped != folded and not _COMPASS.fullmatch(stripped) else None
