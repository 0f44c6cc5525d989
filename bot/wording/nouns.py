"""The names, for people, of severities, hazards, ways, measures and what is counted."""

from bot.model.assessment import Severity
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, ImpactKind
from bot.wording.catalogue import Words, marked, marked_plural

SEVERITIES: dict[Severity, str] = {
    Severity.NONE: marked("NONE"),
    Severity.MINOR: marked("MINOR"),
    Severity.MODERATE: marked("MODERATE"),
    Severity.SEVERE: marked("SEVERE"),
    Severity.EXTREME: marked("EXTREME"),
}

HAZARDS: dict[Hazard, str] = {
    Hazard.ARMED_ATTACK: marked("armed attack"),
    Hazard.ARMED_CONFLICT: marked("armed conflict"),
    Hazard.KIDNAPPING: marked("kidnapping"),
    Hazard.COUP: marked("coup"),
    Hazard.UNREST: marked("unrest"),
    Hazard.CRIME: marked("crime"),
    Hazard.AIRPORT: marked("air traffic"),
    Hazard.TRANSPORT: marked("transport"),
    Hazard.EARTHQUAKE: marked("earthquake"),
    Hazard.TSUNAMI: marked("tsunami"),
    Hazard.VOLCANO: marked("volcano"),
    Hazard.STORM: marked("storm"),
    Hazard.FLOOD: marked("flood"),
    Hazard.WILDFIRE: marked("wildfire"),
    Hazard.LANDSLIDE: marked("landslide"),
    Hazard.EXTREME_WEATHER: marked("extreme weather"),
    Hazard.HEALTH: marked("health"),
    Hazard.INFRASTRUCTURE: marked("power, water or network outage"),
    Hazard.INDUSTRIAL: marked("industrial accident"),
    Hazard.ADVISORY: marked("official measure"),
}

SHUT = frozenset({Cue.SUSPENDED, Cue.CLOSED, Cue.CANCELLED, Cue.BLOCKED, Cue.IMPOSED})
DISRUPTED = frozenset({Cue.DIVERTED, Cue.DISRUPTED, Cue.STRIKE, Cue.PARTLY_RESTORED, Cue.TO_RESTORE, Cue.EASED})
RESTORED = frozenset({Cue.RESTORED, Cue.LIFTED, Cue.ALL_CLEAR})

WAYS: dict[Target, tuple[str, str, str]] = {
    Target.AIRPORT: (marked("airport closed"), marked("airport disrupted"), marked("airport reopened")),
    Target.AIRSPACE: (marked("airspace closed"), marked("airspace restricted"), marked("airspace reopened")),
    Target.FLIGHTS: (marked("flights suspended"), marked("flights disrupted"), marked("flights resumed")),
    Target.BORDER: (marked("border closed"), marked("border traffic disrupted"), marked("border reopened")),
    Target.PORT: (marked("port closed"), marked("port disrupted"), marked("port reopened")),
    Target.ROAD: (marked("roads closed"), marked("road traffic disrupted"), marked("roads reopened")),
    Target.RAIL: (marked("trains stopped"), marked("trains disrupted"), marked("trains running again")),
    Target.FERRY: (marked("ferries stopped"), marked("ferries disrupted"), marked("ferries running again")),
    Target.SCHOOLS: (marked("schools closed"), marked("schools disrupted"), marked("schools reopened")),
    Target.INTERNET: (marked("internet cut"), marked("internet disrupted"), marked("internet restored")),
    Target.POWER: (marked("power cut"), marked("power supply disrupted"), marked("power restored")),
    Target.WATER: (marked("water cut"), marked("water supply disrupted"), marked("water restored")),
}
"""What is said of a way that is shut, disrupted, and open again."""

AIRPORT_STATES: dict[Cue, str] = {
    Cue.SUSPENDED: marked("operations suspended"),
    Cue.CLOSED: marked("closed"),
    Cue.CANCELLED: marked("flights cancelled"),
    Cue.DIVERTED: marked("flights diverted"),
    Cue.DISRUPTED: marked("flights disrupted"),
    Cue.BLOCKED: marked("access blocked"),
    Cue.STRIKE: marked("strike"),
    Cue.TO_RESTORE: marked("closed, reopening announced"),
    Cue.PARTLY_RESTORED: marked("partly reopened"),
    Cue.RESTORED: marked("open again"),
}
"""What is said of one airport that is named."""

MEASURES: dict[Measure, tuple[str, str]] = {
    Measure.CURFEW: (marked("curfew"), marked("curfew lifted")),
    Measure.EMERGENCY: (marked("state of emergency"), marked("state of emergency lifted")),
    Measure.MARTIAL_LAW: (marked("martial law"), marked("martial law lifted")),
    Measure.EVACUATION: (marked("evacuation ordered"), marked("evacuation order lifted")),
    Measure.SHELTER: (marked("people told to stay indoors"), marked("people may leave their shelter")),
    Measure.TRAVEL_ADVICE: (marked("official warning to travellers"), marked("travel advice lowered")),
    Measure.EMBASSY_CLOSED: (marked("embassy closed"), marked("embassy reopened")),
    Measure.STAFF_MOVEMENT: (marked("organisations limit staff movement"), marked("staff may move again")),
    Measure.LOCKDOWN: (marked("lockdown"), marked("lockdown lifted")),
    Measure.WARNING: (marked("official warning"), marked("official warning lifted")),
}
"""What is said of a measure in force, and of its lifting."""


def severity_name(severity: Severity, words: Words) -> str:
    """Return the severity as the first word of an alert, in capitals."""
    return words.say(SEVERITIES[severity])


def hazard_name(hazard: Hazard, words: Words) -> str:
    """Return the hazard's name, in lower case."""
    return words.say(HAZARDS[hazard])


def way_state(target: Target, cue: Cue, words: Words) -> str:
    """Return what the cue says of the way ("border closed"); empty where it says nothing for people."""
    if target not in WAYS:
        return ""
    shut, disrupted, restored = WAYS[target]
    if cue in SHUT:
        return words.say(shut)
    if cue in DISRUPTED:
        return words.say(disrupted)
    return words.say(restored) if cue in RESTORED else ""


def airport_state(cue: Cue, words: Words) -> str:
    """Return what the cue says of an airport that is named beside it; empty where it says nothing for people."""
    phrase = AIRPORT_STATES.get(Cue.RESTORED if cue in RESTORED else cue)
    return words.say(phrase) if phrase else ""


def measure_state(measure: Measure, cue: Cue, words: Words) -> str:
    """Return the measure as it is in force, or its lifting."""
    in_force, lifted = MEASURES[measure]
    return words.say(lifted if cue in RESTORED else in_force)


COUNTED: dict[ImpactKind, tuple[str, str]] = {
    ImpactKind.KILLED: marked_plural("{amount} person killed", "{amount} killed"),
    ImpactKind.INJURED: marked_plural("{amount} person injured", "{amount} injured"),
    ImpactKind.MISSING: marked_plural("{amount} person missing", "{amount} missing"),
    ImpactKind.KIDNAPPED: marked_plural("{amount} person kidnapped", "{amount} kidnapped"),
    ImpactKind.EVACUATED: marked_plural("{amount} person evacuated", "{amount} evacuated"),
    ImpactKind.DISPLACED: marked_plural("{amount} person displaced", "{amount} displaced"),
    ImpactKind.AFFECTED: marked_plural("{amount} person affected", "{amount} affected"),
    ImpactKind.CASES: marked_plural("{amount} case", "{amount} cases"),
}
"""What is said of people who are counted: of one, and of several."""

MEASURED: dict[ImpactKind, str] = {
    ImpactKind.MAGNITUDE: marked("magnitude {amount}"),
    ImpactKind.STORM_CATEGORY: marked("category {amount}"),
    ImpactKind.WIND_KMH: marked("wind {amount} km/h"),
}
"""What is said of what is measured."""


def counted(kind: ImpactKind, amount: str, count: int, words: Words) -> str:
    """Return an impact in words; `amount` is the figure as text ("3–5"), its last number decides the plural."""
    if kind in MEASURED:
        return words.say(MEASURED[kind], amount=amount)
    return words.plural(*COUNTED[kind], count, amount=amount)
