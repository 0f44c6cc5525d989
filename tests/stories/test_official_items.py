"""From an official source's bytes to the judgement: what is told, where, how gravely; and what is not."""

from pathlib import Path

import pytest
from support.official import collection, feature, official

from bot.app.books import load_books
from bot.model.assessment import Assessment, Severity, Status
from bot.model.hazard import Hazard, Target
from bot.model.item import Format
from bot.model.reading import Cue
from bot.pipeline import Books, understand

STRUCK = 1_726_560_000_000


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(Path(__file__).parents[2] / "config")


def judged(payload: object, form: Format, books: Books) -> list[Assessment]:
    return [understand(item, books).assessments[0] for item in official(payload, form)]


def quake(magnitude: float, lon: float, lat: float, **said: object) -> dict[str, object]:
    facts = {"mag": magnitude, "place": "somewhere", "time": STRUCK, "updated": STRUCK, "type": "earthquake"} | said
    return collection(feature(facts, {"type": "Point", "coordinates": [lon, lat, 12.0]}, id="us1"))


def test_a_quake_is_told_at_the_nearest_town_as_gravely_as_its_size(books: Books) -> None:
    (found,) = judged(quake(6.3, -78.5, -0.3), Format.USGS, books)
    assert (found.alertable, found.hazard, found.severity) == (True, Hazard.EARTHQUAKE, Severity.SEVERE)
    assert found.place is not None
    assert found.place.country == "EC"


@pytest.mark.parametrize(
    "payload",
    [quake(1.9, -78.5, -0.3), quake(3.1, -78.5, -0.3, type="quarry blast"), quake(5.4, -20.0, -30.0)],
)
def test_small_quakes_blasts_and_quakes_far_out_at_sea_are_not_told(payload: object, books: Books) -> None:
    (found,) = judged(payload, Format.USGS, books)
    assert not found.alertable or found.place is None


def test_a_closed_airport_is_its_airports_state(books: Books) -> None:
    payload = """<AIRPORT_STATUS_INFORMATION><Update_Time>Tue Sep 17 11:00:00 2024 GMT</Update_Time>
    <Airport_Closure_List>
    <Airport><ARPT>MIA</ARPT><Reason>!MIA AD AP CLSD</Reason><Reopen>Sep 18 at 02:00 UTC.</Reopen></Airport>
    </Airport_Closure_List></AIRPORT_STATUS_INFORMATION>"""
    (found,) = judged(payload, Format.FAA, books)
    assert (found.alertable, found.hazard, found.severity) == (True, Hazard.AIRPORT, Severity.SEVERE)
    assert [(way.target, way.cue, way.place and way.place.iata) for way in found.targets] == [
        (Target.AIRPORT, Cue.CLOSED, "MIA"),
    ]


def test_a_cancelled_warning_is_an_end(books: Books) -> None:
    said = {
        "id": "u1", "areaDesc": "Miami-Dade", "geocode": {"UGC": ["FLC086"]}, "sent": "2024-09-17T06:00:00Z",
        "status": "Actual", "messageType": "Cancel", "event": "Tornado Warning", "severity": "Extreme",
    }  # fmt: skip
    (found,) = judged(collection(feature(said)), Format.NWS, books)
    assert (found.status, found.severity) == (Status.ENDED, Severity.MINOR)


def test_a_quiet_volcano_is_not_told_and_an_eruption_is(books: Books) -> None:
    def level(number: int) -> dict[str, object]:
        facts = {"volcanoID": "ruapehu", "volcanoTitle": "Ruapehu", "level": number, "activity": "x", "hazards": "x"}
        return collection(feature(facts, {"type": "Point", "coordinates": [175.56, -39.28]}))

    (quiet,) = judged(level(1), Format.GEONET_VOLCANO, books)
    (erupting,) = judged(level(4), Format.GEONET_VOLCANO, books)
    assert not quiet.alertable
    assert (erupting.alertable, erupting.hazard, erupting.severity) == (True, Hazard.VOLCANO, Severity.SEVERE)
