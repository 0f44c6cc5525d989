"""Short builders, so that a test reads as a sentence. Times are on the day of the Bamako attack."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model.assessment import Assessment, Certainty, Severity, Status, Urgency
from bot.model.event import Event, EventState, Report
from bot.model.hazard import Hazard
from bot.model.item import Item, content_key, item_id
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Chat, ChatKind, Watch, WatchKind

MORNING = datetime(2024, 9, 17, 7, 0, tzinfo=UTC)


def at(hours: float = 0) -> datetime:
    """Return that many hours after the morning of the day."""
    return MORNING + timedelta(hours=hours)


def _country(  # noqa: PLR0917 - a row of a table
    code: str, name: str, number: int, lat: float, lon: float, radius: float
) -> Place:
    return Place(
        id=f"gn:{number}", name=name, kind=PlaceKind.COUNTRY, country=code, point=Point(lat, lon),
        radius_km=radius, geonames_id=number,
    )  # fmt: skip


MALI = _country("ML", "Mali", 2453866, 17.6, -4.0, 630)
NIGER = _country("NE", "Niger", 2440476, 17.6, 8.1, 630)
BURKINA_FASO = _country("BF", "Burkina Faso", 2361809, 12.2, -1.6, 300)
FRANCE = _country("FR", "France", 3017382, 46.2, 2.2, 430)
BAMAKO = Place(
    id="gn:2460596", name="Bamako", kind=PlaceKind.CITY, country="ML", point=Point(12.61, -7.98),
    parents=("adm:ML.01", MALI.id), radius_km=15, population=4_227_569, geonames_id=2460596, capital=True,
)  # fmt: skip
BKO = Place(
    id="ap:BKO", name="Modibo Keita International Airport", kind=PlaceKind.AIRPORT, country="ML",
    point=Point(12.5335, -7.9499), parents=(BAMAKO.id, "adm:ML.01", MALI.id), radius_km=3, iata="BKO", icao="GABS",
    size="large",
)  # fmt: skip
GAO = Place(
    id="gn:2457163", name="Gao", kind=PlaceKind.CITY, country="ML", point=Point(16.27, -0.04),
    parents=("adm:ML.09", MALI.id), radius_km=5, population=87_000, geonames_id=2457163,
)  # fmt: skip


def item(title: str = "", text: str = "", *, outlet: str = "Sahel Wire", hours: float = 0, **fields: object) -> Item:
    """Return an item of that outlet, published that many hours after the morning."""
    source = outlet.lower().replace(" ", "-")
    made = Item(
        id=item_id(source, title + text), source_id=source, outlet=outlet, voice=source, title=title, text=text,
        published_at=at(hours), fetched_at=at(hours), content_key=content_key(title, text), language="en",
        url=f"https://{source}.example/{item_id(source, title + text)}",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def assessment(place: Place | None = BAMAKO, hazard: Hazard = Hazard.ARMED_ATTACK, **fields: object) -> Assessment:
    """Return an alertable assessment: a severe attack that goes on in Bamako, unless said otherwise."""
    made = Assessment(
        item_id="item", alertable=True, hazard=hazard, severity=Severity.SEVERE, urgency=Urgency.IMMEDIATE,
        certainty=Certainty.LIKELY, status=Status.ONGOING, score=70, reasons=(), place=place,
        places=(place,) if place else (),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def report(outlet: str = "Sahel Wire", *, hours: float = 0, **fields: object) -> Report:
    """Return one outlet's report."""
    source = outlet.lower().replace(" ", "-")
    made = Report(
        item_id=f"{source}-{hours}", source_id=source, outlet=outlet, voice=source, official=False,
        title="Gunfire in Bamako", url=f"https://{source}.example/1", published_at=at(hours),
        severity=Severity.SEVERE, status=Status.ONGOING, language="en",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def event(place: Place = BAMAKO, hazard: Hazard = Hazard.ARMED_ATTACK, **fields: object) -> Event:
    """Return an open, severe attack in Bamako with one report, unless said otherwise."""
    made = Event(
        id="event-1", version=1, state=EventState.OPEN, hazard=hazard, place=place, area=(place,),
        severity=Severity.SEVERE, urgency=Urgency.IMMEDIATE, certainty=Certainty.LIKELY, status=Status.ONGOING,
        headline="Gunfire in Bamako", first_seen_at=at(0), last_seen_at=at(0), reports=(report(),),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def chat(number: int = 1, **fields: object) -> Chat:
    """Return a private chat in English, in UTC."""
    return replace(Chat(id=number, kind=ChatKind.PRIVATE), **fields)  # type: ignore[arg-type]


_KIND = {
    PlaceKind.COUNTRY: WatchKind.COUNTRY, PlaceKind.REGION: WatchKind.REGION, PlaceKind.AREA: WatchKind.REGION,
    PlaceKind.CITY: WatchKind.PLACE, PlaceKind.AIRPORT: WatchKind.AIRPORT,
}  # fmt: skip


def watch(place: Place = MALI, *, number: int = 1, chat_id: int = 1, **fields: object) -> Watch:
    """Return a chat's watch on that place, of the kind that fits it."""
    made = Watch(id=number, chat_id=chat_id, kind=_KIND[place.kind], area=(place,), label=place.name)
    return replace(made, **fields)  # type: ignore[arg-type]
