"""An event as a CAP 1.2 alert (OASIS Common Alerting Protocol), so that other systems can take it.

The order of elements and their values are the standard's. What one unofficial voice reports says so in its words and
in `certainty`; the identifier holds event and version, and an update names the event's first alert.
"""

from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

from bot.alerts.account import account
from bot.alerts.facts import shown_severity, tag
from bot.alerts.reader import Reader
from bot.model.assessment import Certainty, MeasureState, Severity
from bot.model.event import Event, EventState
from bot.model.hazard import CATEGORY, Category, Hazard, Measure
from bot.model.place import Place, PlaceKind
from bot.wording.nouns import hazard_name

CONTENT_TYPE = "application/cap+xml; charset=utf-8"
_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_LEAST_KM = 1.0
_LONGEST_HEADLINE = 160  # characters, as the standard asks
_CERTAINTIES = {
    Certainty.OBSERVED: "Observed", Certainty.LIKELY: "Likely", Certainty.POSSIBLE: "Possible",
    Certainty.UNLIKELY: "Unlikely",
}  # fmt: skip
_SEVERITIES = {
    Severity.EXTREME: "Extreme", Severity.SEVERE: "Severe", Severity.MODERATE: "Moderate", Severity.MINOR: "Minor",
}  # fmt: skip
_RESPONSES = {Measure.EVACUATION: "Evacuate", Measure.SHELTER: "Shelter"}


def cap(event: Event, reader: Reader, *, sender: str) -> bytes:
    """Return the alert; `sender` is who runs this Outrider, without blanks, commas, < and &."""
    make = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
    first = event.version == 1 or event.state is EventState.UNCONFIRMED
    kind = "Cancel" if event.state is EventState.RETRACTED else "Alert" if first else "Update"
    parts = [
        make.identifier(_identifier(event, event.version)),
        make.sender(sender),
        make.sent(_moment(event.last_seen_at)),
        make.status("Actual"),
        make.msgType(kind),
        make.scope("Public"),
    ]
    if kind != "Alert":
        parts.append(make.references(f"{sender},{_identifier(event, 1)},{_moment(event.first_seen_at)}"))
    alert = make.alert(*parts, _info(make, event, reader))
    return bytes(etree.tostring(alert, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _info(make: ElementMaker, event: Event, reader: Reader) -> object:
    told = account(event, reader)
    web = next((report.url for report in event.witnesses if report.url.startswith("http")), "")
    timed = [make.expires(_moment(event.expires_at))] if event.expires_at else []
    advice = [make.instruction(legal(told.advice))] if told.advice else []
    linked = [make.web(web)] if web else []
    return make.info(
        make.language(reader.words.language),
        *(make.category(category) for category in _categories(event)),
        make.event(hazard_name(event.hazard, reader.words)),
        make.responseType(_response(event)),
        make.urgency(event.urgency.value.capitalize()),
        make.severity(_SEVERITIES.get(shown_severity(event), "Unknown")),
        make.certainty(_CERTAINTIES[event.certainty]),
        *timed,
        make.senderName("Outrider"),
        make.headline(legal(told.title)[:_LONGEST_HEADLINE]),
        make.description(legal(told.body)),
        *advice,
        *linked,
        _parameter(make, "outrider:tag", tag(event)),
        _parameter(make, "outrider:state", event.state.value),
        _parameter(make, "outrider:voices", str(len(event.voices))),
        *(_area(make, place) for place in event.area),
    )


def _parameter(make: ElementMaker, name: str, value: str) -> object:
    return make.parameter(make.valueName(name), make.value(value))


def _area(make: ElementMaker, place: Place) -> object:
    """Return where: a country by its code, all else by a circle of latitude, longitude and km."""
    named = make.areaDesc(legal(", ".join(filter(None, (place.name, place.country)))))
    if place.kind is PlaceKind.COUNTRY:
        return make.area(named, make.geocode(make.valueName("ISO3166-1"), make.value(place.country or "")))
    km = max(place.radius_km, _LEAST_KM)
    return make.area(named, make.circle(f"{place.point.lat:.4f},{place.point.lon:.4f} {km:.1f}"))


def _categories(event: Event) -> list[str]:
    """Return the categories of its hazards, each once."""
    hazards: tuple[Hazard, ...] = (event.hazard, *event.also)
    return list(dict.fromkeys(CATEGORY.get(hazard, Category.OTHER).value for hazard in hazards))


def _response(event: Event) -> str:
    if event.state is EventState.ENDED:
        return "AllClear"
    in_force: tuple[MeasureState, ...] = event.measures
    ordered = [_RESPONSES[state.measure] for state in in_force if state.measure in _RESPONSES]
    if ordered:
        return ordered[0]
    return "Avoid" if shown_severity(event) >= Severity.SEVERE else "Monitor"


def _identifier(event: Event, version: int) -> str:
    return f"outrider.{event.id}.{version}"


def _moment(moment: datetime) -> str:
    """Return the time as CAP writes it: seconds, and a zone in numbers."""
    return moment.replace(microsecond=0).isoformat()


def legal(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or letter >= " ")
