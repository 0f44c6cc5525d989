"""Tsunami centres, the hurricane centre, volcano observatories, and aviation's warnings of ash."""

from datetime import UTC, datetime

import pytest
from support.official import collection, facts, feature, official, one

from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format
from bot.model.place import Point


def bulletin(category: str = "Warning", *, number: int = 1, note: str = "", region: str = "Kalo Islands") -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">
    <title>Tsunami Information Statement Number 1</title><id>urn:uuid:feed</id>
    <entry><title>120 miles E of Kalo</title><updated>2024-09-17T08:20:00Z</updated><id>urn:uuid:{number}</id>
    <geo:lat>-16.05</geo:lat><geo:long>-173.27</geo:long>
    <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><strong>Category:</strong> {category}<br/>
    <strong>Preliminary Magnitude:</strong> 7.8(Mwp)<br/><strong>Affected Region:</strong> {region}<br/>
    <strong>Note:</strong> {note}</div></summary>
    <link rel="alternate" href="https://tsunami.example/events/PHEB/2024/09/17/sabc12/{number}/W/W.txt"/></entry></feed>"""


def test_a_tsunami_warning_names_region_and_quake() -> None:
    item = one(bulletin(), Format.TSUNAMI)
    assert item.title == "Tsunami warning after a magnitude 7.8 earthquake: Kalo Islands"
    assert item.points == (Point(-16.05, -173.27),)
    assert (facts(item).hazard, facts(item).severity, facts(item).own_word) == (
        Hazard.TSUNAMI, Severity.EXTREME, "warning",
    )  # fmt: skip


def test_the_next_bulletin_is_the_same_event_anew() -> None:
    first, second = one(bulletin(), Format.TSUNAMI), one(bulletin("Advisory", number=2), Format.TSUNAMI)
    assert first.id == second.id
    assert first.content_key != second.content_key
    assert facts(second).severity is Severity.SEVERE


def test_an_information_bulletin_says_that_there_is_no_danger() -> None:
    item = one(bulletin("Information", note="There is no tsunami danger."), Format.TSUNAMI)
    assert facts(item).severity is Severity.NONE
    assert not facts(item).ended


def test_a_cancelled_warning_is_over() -> None:
    item = one(bulletin("Warning", number=3, note="The tsunami warning is cancelled."), Format.TSUNAMI)
    assert facts(item).ended
    assert item.title == "Tsunami warning cancelled: Kalo Islands"


def test_a_feed_without_bulletins_is_quiet_and_a_page_is_no_feed() -> None:
    assert official('<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id></feed>', Format.TSUNAMI) == ()
    with pytest.raises(DecodeError, match="no feed of tsunami bulletins"):
        official("<status>down</status>", Format.TSUNAMI)


NHC = """<rss xmlns:nhc="https://www.nhc.noaa.gov"><channel><title>NHC</title>
<item><title>Outlook</title><pubDate>Tue, 17 Sep 2024 06:00:00 GMT</pubDate></item>
<item><title>Summary for Hurricane Kalo (AT2/AL022024)</title><guid>s1</guid><link>https://nhc.example/kalo</link>
<pubDate>Tue, 17 Sep 2024 09:00:00 GMT</pubDate><nhc:Cyclone><nhc:center>25.3, -75.4</nhc:center>
<nhc:type>{kind}</nhc:type><nhc:name>Kalo</nhc:name><nhc:wallet>AT2</nhc:wallet><nhc:atcf>AL022024</nhc:atcf>
<nhc:datetime>5:00 AM EDT Tue Sep 17</nhc:datetime><nhc:movement>NW at 12 mph</nhc:movement>
<nhc:wind>100 mph</nhc:wind><nhc:headline>HEADLINE</nhc:headline></nhc:Cyclone></item></channel></rss>"""


def test_a_storm_of_the_hurricane_centre_is_told_in_kilometres() -> None:
    item = one(NHC.format(kind="HURRICANE"), Format.NHC)
    assert item.title == "Hurricane Kalo, winds of 161 km/h"
    assert item.text == "Its centre is at 25.3N 75.4W. It moves NW at 12 mph."
    assert (item.points, facts(item).event_id) == ((Point(25.3, -75.4),), "AL022024")
    assert (facts(item).hazard, facts(item).severity) == (Hazard.STORM, Severity.SEVERE)


def test_a_storm_that_lost_its_nature_is_over() -> None:
    assert facts(one(NHC.format(kind="POST-TROPICAL CYCLONE"), Format.NHC)).ended


def test_the_list_of_storms_knows_the_same_storm_by_the_same_id() -> None:
    storm = {
        "id": "al022024", "name": "Kalo", "classification": "HU", "intensity": "85", "latitudeNumeric": 25.3,
        "longitudeNumeric": -75.4, "lastUpdate": "2024-09-17T09:00:00.000Z",
        "publicAdvisory": {"url": "https://nhc.example/adv"},
    }  # fmt: skip
    item = one({"activeStorms": [storm]}, Format.NHC)
    assert (item.title, facts(item).event_id) == ("Hurricane Kalo, winds of 157 km/h", "AL022024")


def test_no_storm_is_an_empty_list_and_no_list_is_another_format() -> None:
    assert official({"activeStorms": []}, Format.NHC) == ()
    with pytest.raises(DecodeError, match="without a list of storms"):
        official({"storms": []}, Format.NHC)


def geonet(level: int) -> dict[str, object]:
    said = {
        "volcanoID": "kalo", "volcanoTitle": "Kalo", "level": level, "activity": "Moderate volcanic unrest.",
        "hazards": "Unrest hazards.", "acc": "Yellow",
    }  # fmt: skip
    return collection(feature(said, {"type": "Point", "coordinates": [175.9, -38.8]}))


def test_the_level_of_a_volcano_is_a_state_until_it_erupts() -> None:
    quiet, erupting = one(geonet(1), Format.GEONET_VOLCANO), one(geonet(3), Format.GEONET_VOLCANO)
    assert (facts(quiet).standing, facts(quiet).severity) == (True, Severity.NONE)
    assert (facts(erupting).standing, facts(erupting).severity) == (False, Severity.MODERATE)
    assert erupting.title == "Eruption of Kalo: volcanic alert level 3 of 5"
    assert quiet.id == erupting.id
    assert quiet.content_key != erupting.content_key
    assert quiet.points == (Point(-38.8, 175.9),)


def test_an_american_volcano_is_news_by_itself_only_at_the_level_of_warning() -> None:
    row = {"vnum": "311", "volcano_name": "Kalo", "alert_level": "WATCH", "color_code": "ORANGE",
           "sent_utc": "2024-09-17 08:00:00", "notice_url": "https://v.example/1"}  # fmt: skip
    watch = one([row], Format.USGS_VOLCANO)
    assert watch.title == "Volcano Kalo: alert level watch"
    assert (facts(watch).standing, facts(watch).severity) == (True, Severity.MODERATE)
    assert not facts(one([row | {"alert_level": "WARNING"}], Format.USGS_VOLCANO)).standing


def sigmet(**said: object) -> dict[str, object]:
    facts_ = {
        "firId": "WAAF", "firName": "KALO FIR", "hazard": "VA", "seriesId": "05", "validTimeFrom": 1_726_560_000,
        "validTimeTo": 1_726_581_600,
        "rawSigmet": "WAAF SIGMET 05 VALID 170800/171400 VA ERUPTION MT KALO PEAK PSN S0816 E12330 VA CLD OBS",
    } | said  # fmt: skip
    return collection(
        feature(facts_, {"type": "Polygon", "coordinates": [[[123, -9], [124, -9], [124, -8], [123, -9]]]})
    )


def test_ash_is_located_at_its_volcano() -> None:
    item = one(sigmet(), Format.SIGMET)
    assert item.title == "Volcanic ash from Kalo Peak over KALO FIR"
    (point,) = item.points
    assert (round(point.lat, 2), round(point.lon, 2)) == (-8.27, 123.5)
    assert (facts(item).hazard, facts(item).severity) == (Hazard.VOLCANO, Severity.MODERATE)
    assert facts(item).expires == datetime(2024, 9, 17, 14, tzinfo=UTC)


def test_a_renewal_is_the_same_ash_and_a_cancellation_its_end() -> None:
    renewed = one(sigmet(seriesId="06", validTimeFrom=1_726_581_600), Format.SIGMET)
    assert renewed.id == one(sigmet(), Format.SIGMET).id
    raw = "WAAF SIGMET 07 VALID 171400/172000 CNL SIGMET 06 MT KALO PEAK PSN S0816 E12330"
    assert facts(one(sigmet(rawSigmet=raw), Format.SIGMET)).ended


def test_turbulence_is_for_pilots() -> None:
    item = one(sigmet(hazard="TURB", rawSigmet="SEV TURB"), Format.SIGMET)
    assert facts(item).severity is Severity.NONE
    assert item.points == (Point(-8.5, 123.5),)
