"""Warnings of CAP's kind in JSON: NWS, MeteoAlarm, NINA, Norway, Canada, Germany, Ireland, the WMO."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from support.official import collection, facts, feature, official, one

from bot.feeds.warned_hazards import hazard_of_event
from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format
from bot.model.place import Point

SQUARE = {"type": "Polygon", "coordinates": [[[-90, 30], [-88, 30], [-88, 31], [-90, 31], [-90, 30]]]}


def nws(geometry: object = None, **said: object) -> dict[str, object]:
    properties = {
        "id": "urn:oid:9.2", "areaDesc": "Kalo County; Lower Bend", "geocode": {"UGC": ["LAZ001", "MSZ002"]},
        "references": [
            {"identifier": "urn:oid:9.1", "sender": "w@nws.example", "sent": "2024-09-17T09:00:00-05:00"},
            {"identifier": "urn:oid:9.0", "sender": "w@nws.example", "sent": "2024-09-17T08:00:00-05:00"},
        ],
        "sent": "2024-09-17T06:00:00-05:00", "expires": "2024-09-17T12:00:00-05:00",
        "ends": "2024-09-18T00:00:00-05:00",
        "status": "Actual", "messageType": "Update", "severity": "Severe", "certainty": "Likely",
        "urgency": "Expected", "event": "Flash Flood Warning",
        "headline": "Flash Flood Warning issued September 17 by NWS New Kalo", "description": "* WHAT...Water\nrises.",
    } | said  # fmt: skip
    return feature(properties, geometry, id="https://api.example/alerts/urn:oid:9.2")


def test_an_alert_of_the_weather_service_names_event_states_and_areas_but_not_its_office() -> None:
    item = one(collection(nws()), Format.NWS)
    assert item.title == "Flash Flood Warning for Louisiana, Mississippi (Kalo County; Lower Bend)"
    assert item.text == "* WHAT...Water rises."
    native = facts(item)
    assert (native.hazard, native.severity, native.own_word) == (Hazard.FLOOD, Severity.SEVERE, "Severe")
    assert native.expires == datetime(2024, 9, 18, 5, tzinfo=UTC)
    assert (native.countries, native.areas) == (("US",), ("Kalo County", "Lower Bend"))


def test_an_alert_is_known_by_the_first_of_its_chain() -> None:
    first = one(collection(nws(id="urn:oid:9.0", references=[], messageType="Alert")), Format.NWS)
    later = one(collection(nws()), Format.NWS)
    assert facts(later).event_id == "urn:oid:9.0"
    assert first.id == later.id
    assert first.content_key != later.content_key


def test_a_polygon_gives_its_middle_with_longitude_first() -> None:
    assert one(collection(nws(SQUARE)), Format.NWS).points == (Point(30.5, -89.0),)


@pytest.mark.parametrize(
    "said",
    [
        {"status": "Test"}, {"status": "Exercise"}, {"status": "System"}, {"messageType": "Ack"},
        {"event": "Test Message"}, {"event": "Required Weekly Test"},
        {"description": "THIS_MESSAGE_IS_FOR_TEST_PURPOSES_ONLY."},
    ],
)  # fmt: skip
def test_tests_and_talk_between_systems_are_no_warnings(said: dict[str, object]) -> None:
    assert official(collection(nws(**said)), Format.NWS) == ()


def test_a_cancellation_ends_it() -> None:
    item = one(collection(nws(messageType="Cancel")), Format.NWS)
    assert facts(item).ended
    assert item.title.startswith("Cancelled: Flash Flood Warning")


def test_an_all_clear_ends_it_too() -> None:
    assert facts(one(collection(nws(response="AllClear")), Format.NWS)).ended


def test_a_watch_is_two_steps_less_than_a_warning() -> None:
    watch = nws(event="Flood Watch", certainty="Possible", urgency="Future")
    assert facts(one(collection(watch), Format.NWS)).severity is Severity.MINOR


def test_a_call_for_witnesses_is_no_hazard() -> None:
    assert facts(one(collection(nws(event="Child Abduction Emergency")), Format.NWS)).severity is Severity.NONE


CAP_JSON = {
    "identifier": "2.49.kalo.1", "sender": "met@kalo.example", "sent": "2024-09-17T10:00:00+02:00", "status": "Actual",
    "msgType": "Alert",
    "info": [
        {
            "language": "nl-NL", "event": "Wind", "headline": "Code oranje voor wind in Kalo", "severity": "Severe",
            "urgency": "Immediate", "certainty": "Likely", "expires": "2024-09-17T20:00:00+02:00",
            "description": "Zeer zware windstoten.", "area": [{"areaDesc": "Kalo"}],
            "parameter": [{"valueName": "awareness_level", "value": "3; orange; Severe"},
                          {"valueName": "awareness_type", "value": "1; Wind"}],
        },
        {
            "language": "en-GB", "event": "Wind", "headline": "Orange wind warning for Kalo", "severity": "Severe",
            "urgency": "Immediate", "certainty": "Likely", "expires": "2024-09-17T20:00:00+02:00",
            "description": "Very severe gusts.",
            "area": [{"areaDesc": "Kalo", "polygon": ["52.0,5.0 52.0,6.0 53.0,6.0 52.0,5.0"],
                      "geocode": [{"valueName": "EXCLUDE_POLYGON", "value": "1,1 2,2 3,3 1,1"}]}],
            "parameter": [{"valueName": "awareness_level", "value": "3; orange; Severe"},
                          {"valueName": "awareness_type", "value": "1; Wind"}],
        },
    ],
}  # fmt: skip


def meteoalarm(**said: object) -> dict[str, object]:
    return {"warnings": [{"uuid": "1", "alert": deepcopy(CAP_JSON) | said}]}


def test_a_meteoalarm_warning_is_graded_by_its_colour() -> None:
    item = one(meteoalarm(), Format.METEOALARM)
    assert (item.title, item.text) == ("Orange wind warning for Kalo", "Very severe gusts.")
    assert (facts(item).severity, facts(item).own_word) == (Severity.MODERATE, "orange")
    assert facts(item).hazard is Hazard.STORM


def test_it_speaks_the_sources_own_language_where_it_can() -> None:
    item = one(meteoalarm(), Format.METEOALARM, languages=("nl",))
    assert (item.title, item.language) == ("Code oranje voor wind in Kalo", "nl")


def test_its_polygon_has_latitude_first_and_holes_in_it_are_no_place() -> None:
    assert one(meteoalarm(), Format.METEOALARM).points == (Point(52.5, 5.5),)


def test_green_means_that_there_is_no_warning() -> None:
    calm = meteoalarm()
    for info in calm["warnings"][0]["alert"]["info"]:  # type: ignore[index]
        info["parameter"] = [{"valueName": "awareness_level", "value": "1; green; Minor"}]
    assert facts(one(calm, Format.METEOALARM)).severity is Severity.NONE


def test_tests_of_meteoalarm_are_left_out_and_none_is_no_warning() -> None:
    assert official(meteoalarm(status="Test"), Format.METEOALARM) == ()
    assert official({"warnings": []}, Format.METEOALARM) == ()
    with pytest.raises(DecodeError, match="without a list of warnings"):
        official({"detail": "not found"}, Format.METEOALARM)


def nina(**said: object) -> list[object]:
    data = {"headline": "Gefahrstoffaustritt in Kalo", "provider": "MOWAS", "severity": "Severe", "msgType": "Alert"}
    return [{
        "id": "mow.DE-NW-KA-SE030-20240917-30-000", "sent": "2024-09-17T10:00:00+02:00",
        "expires": "3024-09-17T10:00:00+02:00", "payload": {"id": "x", "data": data | said},
    }]  # fmt: skip


def test_the_state_that_warns_stands_in_the_id_of_a_german_warning() -> None:
    item = one(nina(), Format.NINA, languages=("de",))
    assert item.title == "Gefahrstoffaustritt in Kalo (Nordrhein-Westfalen)"
    assert (item.language, facts(item).hazard, facts(item).countries) == ("de", Hazard.INDUSTRIAL, ("DE",))
    assert facts(item).severity is Severity.SEVERE


def test_an_end_in_a_thousand_years_is_none() -> None:
    assert facts(one(nina(), Format.NINA)).expires is None


@pytest.mark.parametrize("said", [{"msgType": "Cancel"}, {"headline": "Entwarnung: Gefahrstoffaustritt in Kalo"}])
def test_an_all_clear_in_german_ends_it(said: dict[str, object]) -> None:
    assert facts(one(nina(**said), Format.NINA)).ended


def test_the_yearly_test_of_sirens_is_no_warning() -> None:
    assert official(nina(headline="Bundesweiter Warntag: Probewarnung"), Format.NINA) == ()


def test_the_list_of_whole_alerts_is_read_as_well() -> None:
    assert one([CAP_JSON], Format.NINA).title == "Orange wind warning for Kalo"


def norway(**said: object) -> dict[str, object]:
    properties = {
        "id": "2.49.0.1.578.1", "title": "Kuling, Kalovika", "area": "Kalovika", "event": "gale", "type": "Update",
        "status": "Actual", "severity": "Moderate", "certainty": "Likely", "description": "Sterk kuling 20 m/s.",
        "awareness_level": "2; yellow; Moderate", "awareness_type": "1; Wind",
    } | said  # fmt: skip
    interval = ["2024-09-17T20:00:00+00:00", "2024-09-18T10:00:00+00:00"]
    row = feature(properties, SQUARE, when={"interval": interval})
    return collection(row) | {"lastChange": "2024-09-17T11:00:00+00:00", "lang": "no"}


def test_norways_warnings_keep_their_revision_while_the_list_around_them_changes() -> None:
    first, second = one(norway(), Format.METNO), one(norway() | {"lastChange": "2024-09-17T11:30:00Z"}, Format.METNO)
    assert first.content_key == second.content_key
    assert (first.title, facts(first).severity) == ("Kuling, Kalovika", Severity.MINOR)
    assert facts(first).expires == datetime(2024, 9, 18, 10, tzinfo=UTC)
    assert first.points == (Point(30.5, -89.0),)


def test_a_test_of_norway_is_left_out() -> None:
    assert official(norway(status="Test"), Format.METNO) == ()


def canada(**said: object) -> dict[str, object]:
    return collection(feature({
        "id": "42_fea1-7", "feature_id": "fea1-7", "alert_code": "FRW", "alert_name_en": "freezing rain warning",
        "alert_name_fr": "avertissement de pluie verglaçante", "feature_name_en": "Kalo Bay", "province": "ON",
        "feature_name_fr": "Baie Kalo", "publication_datetime": "2024-09-17T10:00:00Z", "status_en": "issued",
        "event_end_datetime": "2024-09-17T22:00:00Z", "risk_colour_en": "orange", "alert_text_en": "Ice on roads.",
    } | said, SQUARE))  # fmt: skip


def test_canada_warns_area_by_area_and_ends_what_is_ended() -> None:
    item = one(canada(), Format.ECCC)
    assert item.title == "Freezing rain warning (Kalo Bay, Ontario)"
    assert (facts(item).severity, facts(item).hazard) == (Severity.MODERATE, Hazard.EXTREME_WEATHER)
    ended = one(canada(status_en="ended"), Format.ECCC)
    assert facts(ended).ended
    assert ended.id == item.id
    assert one(canada(), Format.ECCC, languages=("fr",)).title.startswith(
        "Avertissement de pluie verglaçante (Baie Kalo"
    )


def test_germanys_weather_warnings_by_bright_sky() -> None:
    alert = {
        "alert_id": "2.49.276.1", "effective": "2024-09-17T10:00:00+00:00", "expires": "2024-09-17T20:00:00+00:00",
        "severity": "severe", "urgency": "immediate", "certainty": "likely", "status": "actual",
        "event_en": "severe thunderstorm", "headline_en": "Official WARNING of SEVERE THUNDERSTORM",
        "description_en": "Hail and gusts.",
    }  # fmt: skip
    item = one({"alerts": [alert], "location": {"name": "Kalostadt", "state": "Hessen"}}, Format.DWD)
    assert item.title == "Official WARNING of SEVERE THUNDERSTORM (Kalostadt; Hessen)"
    assert (facts(item).severity, facts(item).hazard) == (Severity.SEVERE, Hazard.STORM)
    assert official({"alerts": [alert | {"status": "test"}]}, Format.DWD) == ()


def test_irelands_warnings_have_times_in_words_and_none_says_nil() -> None:
    row = {
        "id": 0, "capId": "0", "level": "Orange", "headline": "Storm Warning", "description": "Winds of force 10.",
        "regions": [], "issuedAt": "13:00 Tuesday 17/09/2024", "validUntil": None,
    }  # fmt: skip
    nil = row | {"description": "Nil"}
    item = one({"warnings": {"marine": [row, nil], "national": []}}, Format.MET_EIREANN)
    assert item.title == "Storm Warning for Ireland"
    assert item.published_at == datetime(2024, 9, 17, 12, tzinfo=UTC)
    assert facts(item).severity is Severity.MODERATE
    with pytest.raises(DecodeError, match="without Irish warnings"):
        official({"message": "internal server error"}, Format.MET_EIREANN)


def test_the_wmo_counts_severities_from_one_to_four() -> None:
    row = feature({
        "capurl": "xx-met/2024/09/17/1.xml", "sent": "2024-09-17T10:00:00Z", "event": "Flood", "s": 3, "u": 4, "c": 4,
        "mem": "ke-kmd-en", "areadesc": "Kalo Basin; Lower Kalo", "headline": "Floods",
    })  # fmt: skip
    item = one(collection(row), Format.WMO)
    assert item.title == "Floods (Kalo Basin; Lower Kalo)"
    assert (facts(item).severity, facts(item).countries) == (Severity.SEVERE, ("KE",))


def test_an_exception_with_status_200_is_no_all_clear() -> None:
    with pytest.raises(DecodeError, match="XML where the other was expected"):
        official("<ows:ExceptionReport xmlns:ows='o'><ows:Exception/></ows:ExceptionReport>", Format.WMO)


@pytest.mark.parametrize(
    ("event", "hazard"),
    [
        ("Tornado Warning", Hazard.STORM), ("Wind Chill Advisory", Hazard.EXTREME_WEATHER),
        ("Ashfall Warning", Hazard.VOLCANO), ("Red Flag Warning", Hazard.WILDFIRE),
        ("Storm Surge Warning", Hazard.FLOOD), ("Canicule", Hazard.EXTREME_WEATHER), ("Orages", Hazard.STORM),
        ("Hochwasser", Hazard.FLOOD), ("Lluvia", Hazard.EXTREME_WEATHER), ("Deslizamientos", Hazard.LANDSLIDE),
        ("Evacuation Immediate", Hazard.ADVISORY), ("Hazardous Materials Warning", Hazard.INDUSTRIAL),
        ("911 Telephone Outage", Hazard.INFRASTRUCTURE), ("Iceland holiday", None), ("Assembly", None),
    ],
)  # fmt: skip
def test_the_name_of_an_event_tells_its_hazard(event: str, hazard: Hazard | None) -> None:
    assert hazard_of_event(event) is hazard


def test_the_number_of_meteoalarm_wins_over_words() -> None:
    assert hazard_of_event("Level 2", awareness_type="8; forest-fire") is Hazard.WILDFIRE
