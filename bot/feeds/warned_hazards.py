"""Which hazard a warning is of, by the name of its event and by MeteoAlarm's numbers.

Issuers keep to a few dozen names each, in their own languages; these are read here where no lexicon is at hand. What
is not in the table is left to the words of the warning.
"""

import re

from bot.model.hazard import Hazard
from bot.model.text import fold

_AWARENESS_TYPES = {
    "1": Hazard.STORM, "2": Hazard.EXTREME_WEATHER, "3": Hazard.STORM, "4": Hazard.EXTREME_WEATHER,
    "5": Hazard.EXTREME_WEATHER, "6": Hazard.EXTREME_WEATHER, "7": Hazard.FLOOD, "8": Hazard.WILDFIRE,
    "9": Hazard.LANDSLIDE, "10": Hazard.EXTREME_WEATHER, "12": Hazard.FLOOD, "13": Hazard.FLOOD,
}  # fmt: skip
"""MeteoAlarm: wind, snow and ice, thunderstorm, fog, heat, cold, coastal event, forest fire, avalanche, rain, flood,
rain and flood."""

_NAMES = (
    (Hazard.TSUNAMI, "tsunami", "maremoto", "raz de maree"),
    (Hazard.VOLCANO, "volcan", "vulkan", "vulcan", "ash ?fall", "lahar"),
    (Hazard.EARTHQUAKE, "earthquake", "seisme", "terremoto", "erdbeben", "jordskjelv"),
    (Hazard.LANDSLIDE, "landslide", "debris flow", "mudslide", "avalanche", "lawine", "jordskred", "snoskred",
     "glissement", "deslizamiento", "deslizamento", "valanghe", "frane"),
    (Hazard.FLOOD, "flood", "inondation", "crue", "inundac", "inundaca", "hochwasser", "uberflutung", "uberschwemmung",
     "sturmflut", "flom", "oversvam", "oversvom", "alluvion", "esondaz", "overstroming", "storm surge", "hydrologic",
     "coastal event", "vague.submersion", "dam failure", "dam break"),
    (Hazard.WILDFIRE, "fire weather", "red flag", "wild ?fire", "forest.?fire", "bush ?fire", "fire danger",
     "fire warning", "feu de foret", "incendio", "waldbrand", "skogbrann", "gressbrann", "extreme fire"),
    (Hazard.ADVISORY, "evacuat", "shelter", "civil danger", "civil emergency", "law enforcement warning"),
    (Hazard.INDUSTRIAL, "hazardous material", "radiologic", "nuclear", "chemical", "gefahrstoff", "schadstoff",
     "explosion"),
    (Hazard.INFRASTRUCTURE, "power outage", "telephone outage", "911", "stromausfall", "notruf", "drinking water"),
    (Hazard.EXTREME_WEATHER, "wind ?chill", "air quality", "small craft", "rip current", "high surf", "beach hazard",
     "ice storm", "blowing dust", "dust storm"),
    (Hazard.STORM, "hurricane", "typhoon", "cyclone", "tropical", "tornado", "thunderstorm", "storm", "gale", "wind",
     "squall", "gewitter", "sturm", "orkan", "boen", "orage", "tempete", r"vents?\b", "viento", "tormenta", "ciclon",
     "huracan", "vento", "tempestade", "kuling", "uvaer", "onweer", "windstoten", "burrasca", "temporal"),
    (Hazard.EXTREME_WEATHER, "heat", "hitze", "canicule", "chaleur", "calor", "caldo", "hitte", "varme", "cold",
     "frost", "freez", "kalte", "froid", "frio", "freddo", "snow", "schnee", "neige", "nieve", "neve", "sneeuw",
     "snofall", "snofokk", "snofald", r"ice\b", "icing", "glatteis", "verglas", "hielo", "gladheid", "ising", "fog",
     "nebel", "brouillard", "niebla", r"mist\b", "nebbia", "rain", "regen", "pluie", "lluvia", "chuva", "pioggia",
     "regn", "precipitation", "hail", "winter", "blizzard", r"dust\b", "smoke", "lightning", "temperature", "polar low",
     "humidity", "ultraviolet", "weather"),
)  # fmt: skip
_FINDERS = tuple((hazard, re.compile(rf"\b(?:{'|'.join(names)})")) for hazard, *names in _NAMES)


def hazard_of_event(event: str, headline: str = "", awareness_type: str = "") -> Hazard | None:
    """Return the hazard that MeteoAlarm's "number; name", the event's name or else the headline tells of, if any."""
    kind = _AWARENESS_TYPES.get(awareness_type.partition(";")[0].strip())
    if kind is not None:
        return kind
    named = ((row, fold(words)) for words in (event, headline) for row in _FINDERS)
    return next((hazard for (hazard, finder), folded in named if finder.search(folded)), None)
