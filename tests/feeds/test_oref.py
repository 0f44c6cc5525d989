"""Home Front Command: three forms of one thing; silence is no end; drills are left out."""

from datetime import UTC, datetime

import pytest
from support.feed_builders import NOW, source
from support.official import facts, official, one

from bot.feeds import decode
from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format


def row(category: int, place: str = "כפר קאלו", minute: str = "2024-09-17 13:30:00") -> dict[str, object]:
    return {"alertDate": minute, "title": "", "data": place, "category": category}


def test_all_places_of_a_minute_are_one_alert() -> None:
    item = one([row(1), row(1, "גבעת קאלו")], Format.OREF)
    assert item.title == "Israel: Rocket and missile alert (כפר קאלו; גבעת קאלו)"
    assert item.published_at == datetime(2024, 9, 17, 10, 30, tzinfo=UTC)
    assert (facts(item).hazard, facts(item).severity) == (Hazard.ARMED_CONFLICT, Severity.SEVERE)
    assert facts(item).countries == ("IL",)


@pytest.mark.parametrize("category", [5, 6, 15, 16, 20, 28])
def test_memorial_days_and_drills_are_no_alerts(category: int) -> None:
    assert official([row(category)], Format.OREF) == ()


def test_an_end_has_a_category_of_its_own() -> None:
    assert facts(one([row(13)], Format.OREF)).ended
    assert facts(one([row(14)], Format.OREF)).severity is Severity.MODERATE


def test_the_live_list_numbers_the_kinds_otherwise() -> None:
    live = {"id": "1", "cat": "6", "title": "חדירת כלי טיס עוין", "data": ["כפר קאלו"], "desc": "היכנסו"}
    assert one(live, Format.OREF).title == "Israel: Hostile aircraft alert (כפר קאלו)"


@pytest.mark.parametrize(
    ("title", "ended"), [("האירוע הסתיים", True), ("בדקות הקרובות צפויות להתקבל התרעות", False)]
)  # fmt: skip
def test_a_live_message_is_told_apart_by_its_words(title: str, ended: bool) -> None:  # noqa: FBT001 - a table
    live = {"id": "1", "cat": "10", "title": title, "data": ["כפר קאלו"], "desc": ""}
    assert facts(one(live, Format.OREF)).ended is ended


def test_the_relay_marks_its_drills() -> None:
    alert = {"notificationId": "n", "time": 1_726_560_000, "threat": 0, "isDrill": False, "cities": ["כפר קאלו"]}
    assert one({"type": "ALERT", "data": alert}, Format.OREF).title.startswith("Israel: Rocket and missile alert")
    assert official({"type": "ALERT", "data": alert | {"isDrill": True}}, Format.OREF) == ()


def test_an_empty_body_is_a_quiet_minute_and_a_page_a_fault() -> None:
    office = source(format=Format.OREF)
    assert decode(office, b"\xef\xbb\xbf\r\n", "", NOW) == ()
    with pytest.raises(DecodeError):
        decode(office, b"Access denied", "", NOW)
    with pytest.raises(DecodeError, match="no list of Home Front Command alerts"):
        official({"error": "denied"}, Format.OREF)
