"""Open events for other systems: whole, valid, and with the same cautions as the alerts."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from builders import BAMAKO, BKO, MALI, at, event, report
from lxml import etree
from starlette.applications import Starlette

from bot.alerts.render import own_name
from bot.feeds.cap import decode
from bot.model.assessment import Certainty, MeasureState, Severity, TargetState
from bot.model.event import Event, EventState
from bot.model.hazard import Measure, Target
from bot.model.item import Source
from bot.model.reading import Cue
from bot.web.published import published

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
SHUT = TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO, since=at(0))
ATTACK = event(targets=(SHUT,), area=(BAMAKO, MALI), headline="Gunfire & <smoke> in Bamako\x07")

# Order and number of the elements, from the standard (CAP 1.2, section 3.2): name -> may be missing, may be repeated.
ALERT = {
    "identifier": (False, False), "sender": (False, False), "sent": (False, False), "status": (False, False),
    "msgType": (False, False), "source": (True, False), "scope": (False, False), "restriction": (True, False),
    "addresses": (True, False), "code": (True, True), "note": (True, False), "references": (True, False),
    "incidents": (True, False), "info": (True, True),
}  # fmt: skip
INFO = {
    "language": (True, False), "category": (False, True), "event": (False, False), "responseType": (True, True),
    "urgency": (False, False), "severity": (False, False), "certainty": (False, False), "audience": (True, False),
    "eventCode": (True, True), "effective": (True, False), "onset": (True, False), "expires": (True, False),
    "senderName": (True, False), "headline": (True, False), "description": (True, False), "instruction": (True, False),
    "web": (True, False), "contact": (True, False), "parameter": (True, True), "resource": (True, True),
    "area": (True, True),
}  # fmt: skip


class Kept:
    """A store that holds these events."""

    def __init__(self, *events: Event) -> None:
        self._events = events

    async def live_events(self) -> tuple[Event, ...]:
        return tuple(one for one in self._events if one.live)

    async def event(self, event_id: str) -> Event | None:
        return next((one for one in self._events if one.id == event_id), None)


async def get(path: str, *events: Event) -> httpx.Response:
    routes = published(Kept(*events), own_name, lambda: at(1), "Desk, ops@example.org")
    transport = httpx.ASGITransport(Starlette(routes=list(routes)))
    async with httpx.AsyncClient(transport=transport, base_url="http://outrider.example") as client:
        return await client.get(path)


def follows(node: etree._Element, order: dict[str, tuple[bool, bool]]) -> None:
    """Check that the children are those of the standard, in its order and number."""
    names = [etree.QName(child).localname for child in node]
    assert names == sorted(names, key=list(order).index)
    for name, (optional, repeated) in order.items():
        assert names.count(name) >= (0 if optional else 1), name
        assert names.count(name) <= (99 if repeated else 1), name


@pytest.mark.parametrize(
    "told",
    [
        ATTACK,
        replace(ATTACK, state=EventState.UNCONFIRMED, version=2),
        replace(ATTACK, state=EventState.RETRACTED, version=4),
        replace(ATTACK, state=EventState.ENDED, version=5, expires_at=at(30)),
        event(MALI, certainty=Certainty.POSSIBLE, reports=(report(url=""),)),
    ],
)
async def test_a_cap_alert_has_the_elements_of_the_standard_in_their_order(told: Event) -> None:
    answer = await get("/events/event-1.cap", told)
    alert = etree.fromstring(answer.content)
    follows(alert, ALERT)
    follows(alert.find(f"{CAP}info"), INFO)
    assert answer.headers["content-type"].startswith("application/cap+xml")
    assert "& <smoke>" in (alert.findtext(f"{CAP}info/{CAP}description") or "") or told.headline == "Gunfire in Bamako"


async def test_our_own_reader_of_cap_understands_what_we_publish() -> None:
    source = Source(id="other", url="https://other.example/cap", format="cap", kind="official", name="Other")
    answer = await get("/events/event-1.cap", ATTACK)
    (item,) = decode(source, answer.text, datetime(2024, 9, 17, 9, tzinfo=UTC))
    assert item.cap is not None
    assert item.cap.severity == "Severe"
    assert item.cap.identifier == "outrider.event-1.1"
    assert item.title.startswith("🟠 SEVERE (unconfirmed): armed attack, airport closed")
    assert "Gunfire & " in item.text  # what looks like a tag is cleaned away


async def test_a_retraction_cancels_and_names_the_first_alert() -> None:
    answer = await get("/events/event-1.cap", replace(ATTACK, state=EventState.RETRACTED, version=4))
    alert = etree.fromstring(answer.content)
    assert alert.findtext(f"{CAP}msgType") == "Cancel"
    references = alert.findtext(f"{CAP}references")
    assert references == "Deskops@example.org,outrider.event-1.1,2024-09-17T07:00:00+00:00"


async def test_evacuation_asks_to_evacuate_and_an_end_is_an_all_clear() -> None:
    ordered = MeasureState(measure=Measure.EVACUATION, cue=Cue.IMPOSED, place=BAMAKO)
    for told, response in (
        (replace(ATTACK, measures=(ordered,)), "Evacuate"),
        (replace(ATTACK, state=EventState.ENDED), "AllClear"),
        (ATTACK, "Avoid"),
        (event(severity=Severity.MODERATE), "Monitor"),
    ):
        alert = etree.fromstring((await get("/events/event-1.cap", told)).content)
        assert alert.findtext(f"{CAP}info/{CAP}responseType") == response


async def test_what_one_voice_says_is_published_no_higher_than_severe() -> None:
    lone = event(severity=Severity.EXTREME, certainty=Certainty.LIKELY)
    alert = etree.fromstring((await get("/events/event-1.cap", lone)).content)
    assert alert.findtext(f"{CAP}info/{CAP}severity") == "Severe"
    (feature,) = json.loads((await get("/events.geojson", lone)).content)["features"]
    assert feature["properties"]["severity"] == "severe"


async def test_geojson_has_longitude_first_and_only_what_goes_on() -> None:
    over = replace(ATTACK, id="event-2", state=EventState.ENDED)
    answer = await get("/events.geojson", ATTACK, over)
    (feature,) = answer.json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-7.98, 12.61]}
    assert feature["properties"]["shut"] == [{"what": "airport", "where": "BKO"}]
    assert answer.headers["content-type"].startswith("application/geo+json")


async def test_atom_lists_the_newest_first_and_links_each_alert() -> None:
    later = event(id="event-9", last_seen_at=at(5))
    feed = etree.fromstring((await get("/events.atom", ATTACK, later)).content)
    links = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert links == ["http://outrider.example/events/event-9.cap", "http://outrider.example/events/event-1.cap"]
    assert feed.findtext(f"{ATOM}updated") == at(5).isoformat()


async def test_words_come_in_the_language_asked_for() -> None:
    french = (await get("/events.geojson?lang=fr", ATTACK)).json()["features"][0]["properties"]["title"]
    english = (await get("/events.geojson?lang=xx", ATTACK)).json()["features"][0]["properties"]["title"]
    assert "GRAVE" in french
    assert "SEVERE" in english


async def test_an_event_that_is_not_known_is_not_found() -> None:
    assert (await get("/events/nothing.cap")).status_code == 404
