"""USGS, EMSC, Japan: one sentence of ours, dated by when it struck, known by the source's own id."""

from datetime import UTC, datetime

import pytest
from support.official import collection, facts, feature, official, one

from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format
from bot.model.place import Point

STRUCK = 1_726_560_000_000  # 17 September 2024, 08:00 UTC, in milliseconds


def usgs(**properties: object) -> dict[str, object]:
    said = {
        "mag": 6.4, "place": "12 km NE of Kalo", "time": STRUCK, "updated": STRUCK + 60_000, "status": "automatic",
        "type": "earthquake", "alert": None, "url": "https://quakes.example/us1",
    }  # fmt: skip
    return feature(said | properties, {"type": "Point", "coordinates": [149.12, -32.23, 10.4]}, id="us1")


def test_a_quake_is_one_sentence_from_its_fields() -> None:
    item = one(collection(usgs()), Format.USGS)
    assert item.title == "Magnitude 6.4 earthquake, 12 km NE of Kalo, depth 10 km"
    assert item.text == "It struck on 17 September 2024, 08:00 UTC."
    assert item.published_at == datetime(2024, 9, 17, 8, tzinfo=UTC)
    assert (item.official, item.language, item.url) == (True, "en", "https://quakes.example/us1")
    native = facts(item)
    assert (native.event_id, native.hazard, native.severity) == ("us1", Hazard.EARTHQUAKE, Severity.SEVERE)


def test_longitude_comes_first_in_geojson() -> None:
    assert one(collection(usgs()), Format.USGS).points == (Point(-32.23, 149.12),)


def test_a_revision_is_the_same_item_with_something_new_to_say() -> None:
    first, second = (one(collection(usgs(updated=STRUCK + more)), Format.USGS) for more in (60_000, 120_000))
    assert first.id == second.id
    assert first.content_key != second.content_key


def test_the_same_revision_says_nothing_new() -> None:
    first, second = one(collection(usgs()), Format.USGS), one(collection(usgs()), Format.USGS)
    assert (first.id, first.content_key) == (second.id, second.content_key)


def test_the_estimated_impact_is_kept_in_its_own_word() -> None:
    item = one(collection(usgs(alert="orange", mag=5.2)), Format.USGS)
    assert facts(item).own_word == "orange"
    assert facts(item).severity is Severity.SEVERE
    assert item.text.endswith("Estimated impact (PAGER): orange.")


def test_a_deleted_quake_is_withdrawn() -> None:
    item = one(collection(usgs(status="deleted")), Format.USGS)
    assert facts(item).ended
    assert item.title.startswith("Withdrawn by its source: magnitude 6.4 earthquake")


@pytest.mark.parametrize("kind", ["quarry blast", "explosion", "mining explosion", "ice quake"])
def test_what_is_no_earthquake_is_nothing_to_know(kind: str) -> None:
    item = one(collection(usgs(type=kind)), Format.USGS)
    assert facts(item).severity is Severity.NONE
    assert "earthquake" not in item.title


def test_a_quake_without_magnitude_or_depth_is_still_a_quake() -> None:
    said = usgs(mag=None) | {"geometry": None}
    item = one(collection(said), Format.USGS)
    assert (item.title, item.points, facts(item).severity) == ("Earthquake, 12 km NE of Kalo", (), None)


def test_no_quakes_are_no_items_and_an_error_message_is_a_fault() -> None:
    assert official(collection(), Format.USGS) == ()
    with pytest.raises(DecodeError, match="without a list of quakes"):
        official({"error": "too many requests"}, Format.USGS)


def emsc(**properties: object) -> dict[str, object]:
    said = {
        "unid": "20240917_0000042", "mag": 5.1, "depth": 33.0, "lat": 38.2, "lon": 21.7, "evtype": "ke",
        "time": "2024-09-17T08:00:00.0Z", "lastupdate": "2024-09-17T08:04:00.0Z", "flynn_region": "SOUTHERN KALOLAND",
    }  # fmt: skip
    return feature(said | properties, {"type": "Point", "coordinates": [21.7, 38.2, -33.0]}, id="x")


def test_a_message_of_the_emsc_stream_is_a_quake() -> None:
    item = one({"action": "create", "data": emsc()}, Format.EMSC)
    assert item.title == "Magnitude 5.1 earthquake, Southern Kaloland, depth 33 km"
    assert (item.points, facts(item).event_id) == ((Point(38.2, 21.7),), "20240917_0000042")
    assert facts(item).severity is Severity.MODERATE


def test_the_emsc_list_gives_the_same_item_as_its_stream() -> None:
    streamed, listed = one({"action": "", "data": emsc()}, Format.EMSC), one(collection(emsc()), Format.EMSC)
    assert (streamed.id, streamed.content_key) == (listed.id, listed.content_key)


def test_a_quake_that_emsc_deletes_is_withdrawn_and_a_blast_is_none() -> None:
    assert facts(one({"action": "delete", "data": emsc()}, Format.EMSC)).ended
    assert facts(one({"action": "create", "data": emsc(evtype="sm")}, Format.EMSC)).severity is Severity.NONE


def japan(**fields: object) -> dict[str, object]:
    return {
        "eid": "20240917080000", "ctt": "20240917080500", "at": "2024-09-17T17:00:00+09:00", "mag": "5.9", "maxi": "5+",
        "en_anm": "Kalo Bay", "anm": "カロ湾", "cod": "+35.1+139.2-40000/", "ser": "1",
    } | fields  # fmt: skip


def test_in_japan_the_intensity_that_was_felt_decides() -> None:
    item = one([japan()], Format.JMA_QUAKE, languages=("ja",))
    assert item.title == "Magnitude 5.9 earthquake, Kalo Bay, depth 40 km"
    assert (item.points, item.published_at) == ((Point(35.1, 139.2),), datetime(2024, 9, 17, 8, tzinfo=UTC))
    assert (facts(item).severity, facts(item).own_word) == (Severity.SEVERE, "shindo 5+")
    assert item.language == "en"


def test_of_several_bulletins_the_newest_speaks_and_an_unlocated_quake_waits() -> None:
    bulletins = [japan(ctt="20240917081000", mag="6.1"), japan(), japan(eid="2", cod="", maxi="3")]
    assert one(bulletins, Format.JMA_QUAKE).title.startswith("Magnitude 6.1")
