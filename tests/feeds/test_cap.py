from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.feed_builders import NOW, OFFICE, rss

from bot.feeds import decode
from bot.model.errors import DecodeError
from bot.model.item import Item
from bot.model.place import Point

CAP_12 = "urn:oasis:names:tc:emergency:cap:1.2"


def info(headline: str = "Red warning of wind for Réunion", language: str = "en-GB", severity: str = "Extreme") -> str:
    return f"""<info><language>{language}</language><category>Met</category><event>Cyclone</event>
    <urgency>Immediate</urgency><severity>{severity}</severity><certainty>Observed</certainty>
    <expires>2024-09-17T18:00:00+04:00</expires><headline>{headline}</headline>
    <description>Gusts of 180 km/h are expected
on the north coast.
* Stay indoors</description><web>https://met.example/1</web>
    <area><areaDesc>Saint-Denis</areaDesc><polygon>-20.8,55.3 -20.8,55.6 -21.0,55.6 -20.8,55.3</polygon>
    <circle>-20.9,55.45 12.5</circle></area></info>"""


def alert(*infos: str, namespace: str = CAP_12, **said: str) -> str:
    fields = {
        "identifier": "met-2024-1", "sender": "warnings@met.example", "sent": "2024-09-17T14:00:00+04:00",
        "status": "Actual", "msgType": "Alert", "scope": "Public",
    } | said  # fmt: skip
    head = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f'<alert xmlns="{namespace}">{head}{"".join(infos or (info(),))}</alert>'


def read(document: str) -> tuple[Item, ...]:
    return decode(OFFICE, document.encode(), "application/cap+xml", NOW)


def test_an_alert_keeps_its_own_words() -> None:
    (item,) = read(alert())
    assert item.title == "Red warning of wind for Réunion (Saint-Denis)"
    assert item.text == "Gusts of 180 km/h are expected on the north coast.\n* Stay indoors"
    assert item.official
    assert item.language == "en"
    assert item.url == "https://met.example/1"
    assert item.published_at == datetime(2024, 9, 17, 10, 0, tzinfo=UTC)
    cap = item.cap
    assert cap is not None
    assert (cap.identifier, cap.sender, cap.msg_type) == ("met-2024-1", "warnings@met.example", "Alert")
    assert (cap.event, cap.severity, cap.urgency, cap.certainty) == ("Cyclone", "Extreme", "Immediate", "Observed")
    assert cap.expires == datetime(2024, 9, 17, 14, 0, tzinfo=UTC)
    assert cap.areas == ("Saint-Denis",)


def test_polygons_and_circles_are_latitude_first() -> None:
    cap = read(alert())[0].cap
    assert cap is not None
    assert cap.polygons[0][0] == Point(-20.8, 55.3)
    assert cap.circles == ((Point(-20.9, 55.45), 12.5),)


@pytest.mark.parametrize("status", ["Test", "Exercise", "System", "Draft"])
def test_what_is_not_meant_for_the_public_is_left_out(status: str) -> None:
    assert read(alert(status=status)) == ()


@pytest.mark.parametrize("kind", ["Ack", "Error"])
def test_talk_between_systems_is_left_out(kind: str) -> None:
    assert read(alert(msgType=kind)) == ()


def test_a_cancellation_names_what_it_ends_and_needs_no_words_of_its_own() -> None:
    reference = "warnings@met.example,met-2024-1,2024-09-17T14:00:00+04:00"
    (item,) = read(alert(" ", msgType="Cancel", references=reference))
    assert item.cap is not None
    assert item.cap.msg_type == "Cancel"
    assert item.cap.references == (reference,)
    assert item.title


@pytest.mark.parametrize(
    "namespace", [CAP_12, "urn:oasis:names:tc:emergency:cap:1.1", "http://www.incident.com/cap/1.0"]
)
def test_older_versions_are_read_alike(namespace: str) -> None:
    assert read(alert(namespace=namespace))[0].cap == read(alert())[0].cap


def test_of_several_languages_the_sources_own_comes_first_then_english() -> None:
    both = alert(info("Alerte rouge", "fr-FR"), info("Red warning", "en"))
    assert read(both)[0].title == "Red warning (Saint-Denis)"
    (french,) = decode(replace(OFFICE, languages=("fr",)), both.encode(), "", NOW)
    assert (french.title, french.language) == ("Alerte rouge (Saint-Denis)", "fr")
    assert read(alert(info("Alerta roja", "es")))[0].language == "es"


def test_of_several_blocks_in_one_language_the_most_severe_speaks_and_all_areas_count() -> None:
    mild = info("Yellow warning for Cilaos", severity="Minor").replace("Saint-Denis", "Cilaos")
    (item,) = read(alert(mild, info()))
    assert item.title == "Red warning of wind for Réunion (Saint-Denis; Cilaos)"
    assert item.cap is not None
    assert item.cap.areas == ("Saint-Denis", "Cilaos")


def test_alerts_inside_an_atom_feed_are_each_an_item() -> None:
    entries = "".join(
        f"<entry><id>{n}</id><title>t</title><content type='text/xml'>{alert(identifier=f'met-{n}')}</content></entry>"
        for n in range(3)
    )
    items = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id>{entries}</feed>')
    assert [item.cap.identifier for item in items if item.cap] == ["met-0", "met-1", "met-2"]


def test_an_index_of_links_is_read_as_any_feed() -> None:
    (item,) = decode(OFFICE, rss("<guid>1</guid><title>Orange warning for Cilaos</title>"), "", NOW)
    assert item.title == "Orange warning for Cilaos"
    assert item.cap is None


INDEX = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><id>i</id>
<entry><id>https://met.example/a/1</id><title>Orange warning of rain for Cilaos</title>
<updated>2024-09-17T09:00:00Z</updated><link href="https://met.example/a/1.cap"/>
<summary>Two hundred millimetres by night.</summary><cap:event>Rain</cap:event>
<cap:status>{status}</cap:status><cap:message_type>Update</cap:message_type>
<cap:severity>Severe</cap:severity>
<cap:areaDesc>Cilaos</cap:areaDesc><cap:expires>2024-09-18T00:00:00Z</cap:expires></entry></feed>"""


def test_an_index_that_tells_of_its_alerts_gives_them_as_far_as_it_does() -> None:
    (item,) = read(INDEX.format(status="Actual"))
    assert (item.title, item.text) == ("Orange warning of rain for Cilaos", "Two hundred millimetres by night.")
    assert item.url == "https://met.example/a/1.cap"
    assert item.cap is not None
    assert (item.cap.identifier, item.cap.severity, item.cap.areas) == (
        "https://met.example/a/1",
        "Severe",
        ("Cilaos",),
    )
    assert (item.cap.msg_type, item.cap.urgency) == ("Update", "Unknown")
    assert item.cap.expires == datetime(2024, 9, 18, tzinfo=UTC)


def test_a_test_in_an_index_is_left_out_too() -> None:
    assert read(INDEX.format(status="Test")) == ()


def test_one_broken_alert_does_not_cost_the_others() -> None:
    both = f"<alerts>{alert(identifier='')}{alert()}</alerts>"
    assert len(read(both)) == 1


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (alert(identifier=""), "without identifier"),
        (alert(sent="this morning"), "without identifier, time of sending"),
        (alert(status=""), "or status"),
        (alert().replace("</headline>", ""), "not well-formed"),
        ("<!DOCTYPE alert [<!ENTITY x 'y'>]>" + alert(), "entity declaration"),
        (alert()[:-40], "cut short"),
    ],
)
def test_a_bad_alert_is_refused_in_plain_words(document: str, why: str) -> None:
    with pytest.raises(DecodeError, match=why):
        read(document)


def test_figures_that_are_no_places_on_earth_are_dropped() -> None:
    odd = alert().replace("-20.9,55.45 12.5", "north,east far").replace("-20.8,55.3 -20.8,55.6", "-200,55 1")
    cap = read(odd)[0].cap
    assert cap is not None
    assert cap.circles == ()
    assert cap.polygons == ()
