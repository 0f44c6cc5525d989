"""Countries by the names and codes that governments use for them, to ISO 3166 alpha-2 and the English name.

Names come from CLDR (babel); beside them stand those that travel advisories write otherwise.
"""

import re
from functools import cache

from babel.core import Locale, get_global

from bot.model.text import fold

_TWO = 2
_OTHER_NAMES = {
    "burma": "MM", "myanmar": "MM", "ivory coast": "CI", "cote d'ivoire": "CI", "cape verde": "CV", "swaziland": "SZ",
    "democratic republic of the congo": "CD", "congo (democratic republic)": "CD",
    "congo, democratic republic of": "CD",
    "republic of the congo": "CG", "congo": "CG", "congo, republic of": "CG", "the gambia": "GM", "the bahamas": "BS",
    "czech republic": "CZ", "macedonia": "MK", "north macedonia": "MK", "turkey": "TR", "turkiye": "TR",
    "east timor": "TL", "timor-leste": "TL", "palestine": "PS", "the occupied palestinian territories": "PS",
    "west bank": "PS", "gaza": "PS", "israel, the west bank and gaza": "IL", "vatican": "VA", "holy see": "VA",
    "macau": "MO", "hong kong": "HK", "mainland china": "CN", "federated states of micronesia": "FM",
    "micronesia": "FM", "usa": "US", "united states of america": "US", "kyrgyz republic": "KG", "viet nam": "VN",
    "russian federation": "RU", "syrian arab republic": "SY", "korea, north": "KP", "korea, south": "KR",
    "north korea": "KP", "south korea": "KR", "lao people's democratic republic": "LA", "brunei darussalam": "BN",
    "republic of moldova": "MD", "bolivarian republic of venezuela": "VE", "iran, islamic republic of": "IR",
    "saint lucia": "LC", "saint vincent and the grenadines": "VC", "saint kitts and nevis": "KN",
    "antigua and barbuda": "AG", "trinidad and tobago": "TT", "sao tome and principe": "ST",
    "bosnia and herzegovina": "BA", "curacao": "CW", "reunion": "RE",
    "米国": "US", "英国": "GB", "豪州": "AU", "中国": "CN", "韓国": "KR", "コンゴ民主共和国": "CD", "ミャンマー": "MM",
    "トルコ": "TR", "パレスチナ": "PS", "香港": "HK", "マカオ": "MO",
}  # fmt: skip
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_LEADING = re.compile(r"^the ")


@cache
def _names(language: str) -> dict[str, str]:
    """Return ISO codes by folded name in that language."""
    names = Locale.parse(language).territories
    known = {fold(name): code for code, name in names.items() if len(code) == _TWO and code not in _NOT_COUNTRIES}
    plain = {name.replace(" & ", " and "): code for name, code in known.items()}
    return known | plain | _OTHER_NAMES


def country_named(name: str, language: str = "en") -> str | None:
    """Return the ISO code of the country of that name (in English, or in the language given), or None."""
    folded = " ".join(fold(name).split())
    names = _names(language)
    return names.get(folded) or names.get(_LEADING.sub("", folded))


def country_coded(code: str) -> str | None:
    """Return the ISO alpha-2 code for an alpha-2 or alpha-3 code, or None."""
    code = code.strip().upper()
    codes = (code,) if len(code) == _TWO else get_global("territory_aliases").get(code) or ()
    known = Locale.parse("en").territories
    return next((str(one) for one in codes if len(one) == _TWO and one in known and one not in _NOT_COUNTRIES), None)


def name_of(code: str) -> str:
    """Return the country's English name as a sentence has it."""
    plain = {"CD": "the Democratic Republic of the Congo", "CG": "the Republic of the Congo", "MM": "Myanmar",
             "HK": "Hong Kong", "MO": "Macau", "US": "the United States", "GB": "the United Kingdom",
             "PH": "the Philippines"}  # fmt: skip
    return plain.get(code) or str(Locale.parse("en").territories.get(code, code))
