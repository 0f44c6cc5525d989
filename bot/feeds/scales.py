"""Each source's own scale in the words of docs' rubric, section 4: the one place where they are mapped.

A scale says one of two things: how bad it will be for people there (GDACS, PAGER: impact), or how sure and strong the
issuer's warning is (CAP, colours, levels). Nothing here decides what is alerted: `NONE` is what by its own source's
word nobody need know (quiet volcano, green level), None where the source says nothing.
"""

from collections.abc import Collection, Iterable, Mapping

from bot.model.assessment import Severity

NONE, MINOR, MODERATE, SEVERE, EXTREME = Severity

CAP: Mapping[str, Severity | None] = {
    "minor": MINOR,
    "moderate": MODERATE,
    "severe": SEVERE,
    "extreme": EXTREME,
    "unknown": None,
}
"""CAP 1.2 `severity` is where our own words come from."""

_STEPS_OF_A_WATCH = 2

COLOUR: Mapping[str, Severity | None] = {
    "green": NONE,
    "white": NONE,
    "blue": MINOR,
    "yellow": MINOR,
    "orange": MODERATE,
    "amber": MODERATE,
    "red": SEVERE,
    "purple": EXTREME,
    "black": EXTREME,
}
"""Colours of weather warnings (MeteoAlarm, China, Ireland, Canada) where no CAP severity stands beside them: yellow is
"be aware", orange "be prepared", red "take action". China's blue is its lowest level."""

GDACS: Mapping[str, Severity | None] = {"green": MINOR, "orange": SEVERE, "red": EXTREME}
"""GDACS: an estimate of humanitarian impact. Red: international help is likely needed; orange: perhaps; green: hardly
any impact. Quakes of a green level go by `quake`; green fires and droughts are mere observations from space."""

GDACS_GREEN_IS_NOTHING = frozenset({"WF", "DR"})
"""Of 365 items on a day 315 were such wildfires (notes on sources, section 2)."""

TSUNAMI: Mapping[str, Severity | None] = {
    "warning": EXTREME,
    "threat": EXTREME,
    "advisory": SEVERE,
    "watch": MODERATE,
    "information": NONE,
    "statement": NONE,
}
"""US tsunami centres. Warning: move to high ground. Advisory: out of the water, off the beach. Watch: may be upgraded.
Information: no danger, or far away. A "threat message" of the Pacific centre is its warning to other states."""

STATE: Mapping[str, Severity | None] = {"1": NONE, "2": MINOR, "3": MODERATE, "4": SEVERE}
"""US State Department: 1 normal precautions, 2 increased caution, 3 reconsider travel, 4 do not travel (the rubric
names the last three itself)."""

FCDO: Mapping[str, Severity | None] = {
    "avoid_all_travel_to_whole_country": SEVERE,
    "avoid_all_travel_to_parts": MODERATE,
    "avoid_all_but_essential_travel_to_whole_country": MODERATE,
    "avoid_all_but_essential_travel_to_parts": MINOR,
}
"""UK: against all travel is State's level 4, against all but essential its level 3; to parts is one step less."""

FCDO_PARTS: Mapping[str, Severity | None] = {
    "avoid_all_travel_to_parts": SEVERE,
    "avoid_all_but_essential_travel_to_parts": MODERATE,
}
"""The same words as what is advised for those parts themselves."""

AUSWAERTIGES_AMT: Mapping[str, Severity | None] = {
    "warning": SEVERE,
    "partialWarning": MODERATE,
    "situationWarning": MODERATE,
    "situationPartWarning": MINOR,
}
"""Germany: a formal warning ("Reisewarnung") is for danger to life and limb; the situational ones are milder."""

AUSWAERTIGES_AMT_PARTS: Mapping[str, Severity | None] = {"partialWarning": SEVERE, "situationPartWarning": MODERATE}
"""The same words as what is advised for those parts themselves."""

CANADA: Mapping[str, Severity | None] = {"0": NONE, "1": MINOR, "2": MODERATE, "3": SEVERE}
"""Canada: 0 normal precautions, 1 high degree of caution, 2 avoid non-essential travel, 3 avoid all travel. With a
regional advisory `regional` raises the lowest."""

SMARTRAVELLER: Mapping[str, Severity | None] = {"1": NONE, "2": MINOR, "3": MODERATE, "4": SEVERE, "5": SEVERE}
"""Australia: 1 normal, 2 high caution, 3 reconsider, 4 do not travel; counted to 5, where 5 is its highest."""

MOFA_JAPAN: Mapping[str, Severity | None] = {"1": MINOR, "2": MODERATE, "3": SEVERE, "4": EXTREME}
"""Japan: 1 be careful, 2 no non-essential travel, 3 do not travel, 4 leave now (the rubric's "leave now")."""

MOFA_MAIL: Mapping[str, Severity | None] = {"spot": MODERATE, "danger": MODERATE, "mail": MINOR}
"""Japan's mails carry no level of their own: the Ministry's spot and danger information is more than what an
embassy writes."""

CDC: Mapping[str, Severity | None] = {"1": MINOR, "2": MODERATE, "3": SEVERE, "4": SEVERE}
"""CDC travel health notices: 1 usual precautions, 2 enhanced precautions, 3 avoid non-essential travel, 4 avoid all."""

VOLCANO_LEVEL: Mapping[str, Severity | None] = {
    "0": NONE,
    "1": NONE,
    "2": MINOR,
    "3": MODERATE,
    "4": SEVERE,
    "5": EXTREME,
}
"""GeoNet (New Zealand): 0 quiet, 1 minor unrest (the usual state of several), 2 heightened unrest, 3 minor, 4 moderate,
5 major eruption."""

VOLCANO_ALERT: Mapping[str, Severity | None] = {"normal": NONE, "advisory": MINOR, "watch": MODERATE, "warning": SEVERE}
"""USGS: advisory is unrest, watch heightened unrest or a small eruption, warning a hazardous eruption."""

SIGMET: Mapping[str, Severity | None] = {"VA": MODERATE, "TC": MODERATE}
"""International SIGMETs: volcanic ash and tropical cyclones concern people; turbulence, icing and thunderstorms are
for pilots (`NONE`)."""

FAA: Mapping[str, Severity | None] = {"closure": None, "stop": MODERATE, "delay": MINOR, "general aviation": NONE}
"""FAA: how grave a closure is depends on the airport, which the judgement knows. A ground stop holds flights at their
origin; a delay programme or a delay is a wait. What is shut to private aircraft only is open to passengers."""

CZIB: Mapping[str, Severity | None] = {"active": MODERATE, "inactive": NONE}
"""EASA conflict-zone bulletins advise airlines against an airspace; flights stop or go round it."""

HKO: Mapping[str, Severity | None] = {
    "TC1": MINOR, "TC3": MODERATE, "TC8": SEVERE, "TC9": SEVERE, "TC10": EXTREME, "WRAINA": MINOR, "WRAINR": MODERATE,
    "WRAINB": SEVERE, "WFIREY": MINOR, "WFIRER": MINOR, "WTS": MINOR, "WL": MODERATE, "WTMW": EXTREME,
}  # fmt: skip
"""Hong Kong: from typhoon signal 8 the airport and ferries stop in practice; rain is amber, red, black."""

JMA_WARNING: Mapping[str, Severity | None] = {"advisory": MINOR, "warning": MODERATE, "emergency": EXTREME}
"""Japan: advisory (注意報), warning (警報), and the emergency warning (特別警報) for what comes once in decades."""

OREF: Mapping[str, Severity | None] = {"alert": SEVERE, "early": MODERATE}
"""Home Front Command: a siren is an order to take shelter at once; an early warning says that one may follow."""

SHINDO: Mapping[str, Severity | None] = {
    "1": NONE, "2": MINOR, "3": MINOR, "4": MODERATE, "5-": MODERATE, "5+": SEVERE, "6-": SEVERE, "6+": EXTREME,
    "7": EXTREME,
}  # fmt: skip
"""Japan's intensity where it was felt most: 4 wakes most people, from 5+ walls fall, from 6+ nobody stays upright."""

_FELT = 3.5
_DEEP_KM = 300.0
_MAGNITUDES = ((7.0, EXTREME), (6.0, SEVERE), (5.0, MODERATE), (_FELT, MINOR))
_PAGER_LEAST: Mapping[str, Severity] = {"yellow": MODERATE, "orange": SEVERE, "red": EXTREME}


def quake(magnitude: float | None, depth_km: float | None = None, impact: str = "") -> Severity | None:
    """Return the severity of a quake by magnitude, depth and, where it is known, the estimated impact.

    The rubric's M5, M6 and M7 are quakes near people. PAGER (USGS) knows who lives there: green says that hardly
    anybody felt it strongly, so it lowers to moderate at most; yellow, orange and red are the least that it can be.
    A quake below 300 km is felt widely, but weakly: one step less. Below magnitude 3.5 hardly anybody feels it.
    """
    if magnitude is None:
        return _PAGER_LEAST.get(impact)
    found = next((severity for least, severity in _MAGNITUDES if magnitude >= least), NONE)
    if depth_km is not None and depth_km > _DEEP_KM and found > NONE:
        found = tuple(Severity)[found.step - 1]
    if impact == "green":
        return min(found, MODERATE)
    return max(found, _PAGER_LEAST.get(impact, NONE))


def regional(severity: Severity | None) -> Severity | None:
    """Return the severity of a country parts of which have a higher level of their own."""
    return None if severity is None else max(severity, MINOR)


def stricter(whole: Severity) -> Severity:
    """Return the least that a regional advisory means of which only its being there is known.

    It advises against unnecessary travel at least, and against more than the country's own level does.
    """
    return max(MODERATE, min(SEVERE, tuple(Severity)[whole.step + 1]))


def storm(wind_kmh: float | None) -> Severity:
    """Return the severity of a tropical cyclone by its wind: 118 km/h is category 1, 209 km/h category 4."""
    if wind_kmh is None:
        return MODERATE
    steps = ((209.0, EXTREME), (118.0, SEVERE), (62.0, MODERATE))
    return next((severity for least, severity in steps if wind_kmh >= least), MINOR)


def cap(severity: str, urgency: str, certainty: str) -> Severity | None:
    """Return the severity of a CAP warning; a watch is two steps less.

    The rubric calls a weather watch minor. CAP has no word for it: what is only possible, and not yet, is one.
    """
    found = of(CAP, severity)
    if found is None or certainty != "Possible" or urgency not in {"Future", "Expected"}:
        return found
    return max(MINOR, tuple(Severity)[max(0, found.step - _STEPS_OF_A_WATCH)])


def strictest(scale: Mapping[str, Severity | None], words: Iterable[str], *, but: Collection[str] = ()) -> Severity:
    """Return the highest that these words mean, none where they mean nothing; those of `but` are left out."""
    return max((of(scale, word) or NONE for word in words if word not in but), default=NONE)


def of(scale: Mapping[str, Severity | None], word: str) -> Severity | None:
    """Return what a source's word means, None where the scale does not know it."""
    return scale.get(word) if word in scale else scale.get(word.strip().lower())
