"""Hazards: the kinds of RUBRIC.md section 1, with their CAP 1.2 category."""

from enum import StrEnum


class Category(StrEnum):
    """CAP 1.2 `category`."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class Hazard(StrEnum):
    """What can touch a person's safety, health or way."""

    ARMED_ATTACK = "armed-attack"
    ARMED_CONFLICT = "armed-conflict"
    KIDNAPPING = "kidnapping"
    COUP = "coup"
    UNREST = "unrest"
    CRIME = "crime"
    AIRPORT = "airport"
    TRANSPORT = "transport"
    EARTHQUAKE = "earthquake"
    TSUNAMI = "tsunami"
    VOLCANO = "volcano"
    STORM = "storm"
    FLOOD = "flood"
    WILDFIRE = "wildfire"
    LANDSLIDE = "landslide"
    EXTREME_WEATHER = "extreme-weather"
    HEALTH = "health"
    INFRASTRUCTURE = "infrastructure"
    INDUSTRIAL = "industrial"
    ADVISORY = "advisory"


CATEGORY: dict[Hazard, Category] = {
    Hazard.ARMED_ATTACK: Category.SECURITY,
    Hazard.ARMED_CONFLICT: Category.SECURITY,
    Hazard.KIDNAPPING: Category.SECURITY,
    Hazard.COUP: Category.SECURITY,
    Hazard.UNREST: Category.SECURITY,
    Hazard.CRIME: Category.SECURITY,
    Hazard.AIRPORT: Category.TRANSPORT,
    Hazard.TRANSPORT: Category.TRANSPORT,
    Hazard.EARTHQUAKE: Category.GEO,
    Hazard.TSUNAMI: Category.GEO,
    Hazard.VOLCANO: Category.GEO,
    Hazard.LANDSLIDE: Category.GEO,
    Hazard.STORM: Category.MET,
    Hazard.FLOOD: Category.MET,
    Hazard.EXTREME_WEATHER: Category.MET,
    Hazard.WILDFIRE: Category.FIRE,
    Hazard.HEALTH: Category.HEALTH,
    Hazard.INFRASTRUCTURE: Category.INFRA,
    Hazard.INDUSTRIAL: Category.SAFETY,
    Hazard.ADVISORY: Category.SAFETY,
}


class Measure(StrEnum):
    """An official order or warning to people, beside the closures of `Target`."""

    CURFEW = "curfew"
    EMERGENCY = "emergency"
    MARTIAL_LAW = "martial-law"
    EVACUATION = "evacuation"
    SHELTER = "shelter"
    TRAVEL_ADVICE = "travel-advice"
    EMBASSY_CLOSED = "embassy-closed"
    STAFF_MOVEMENT = "staff-movement"
    LOCKDOWN = "lockdown"
    WARNING = "warning"


class Target(StrEnum):
    """A way in, around or out, or a service, whose state a text tells."""

    AIRPORT = "airport"
    AIRSPACE = "airspace"
    FLIGHTS = "flights"
    BORDER = "border"
    PORT = "port"
    ROAD = "road"
    RAIL = "rail"
    FERRY = "ferry"
    SCHOOLS = "schools"
    INTERNET = "internet"
    POWER = "power"
    WATER = "water"
    HAZARD = "hazard"
