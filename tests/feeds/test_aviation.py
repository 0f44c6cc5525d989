"""The FAA's list of delays and closures, and EASA's bulletins."""

from datetime import UTC, datetime

import pytest
from support.official import facts, official, one

from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format


def faa(rows: str, update: str = "Tue Sep 17 11:00:00 2024 GMT") -> str:
    return f"<AIRPORT_STATUS_INFORMATION><Update_Time>{update}</Update_Time>{rows}</AIRPORT_STATUS_INFORMATION>"


CLOSED = """<Delay_type><Name>Airport Closures</Name><Airport_Closure_List><Airport><ARPT>PNS</ARPT>
<Reason>{reason}</Reason><Start>Sep 17 at 09:00 UTC.</Start><Reopen>Sep 18 at 02:00 UTC.</Reopen></Airport>
</Airport_Closure_List></Delay_type>"""
STOPPED = """<Delay_type><Name>Ground Stop Programs</Name><Ground_Stop_List><Program><ARPT>EWR</ARPT>
<Reason>thunderstorms</Reason><End_Time>2024-09-17T13:30:00Z</End_Time></Program></Ground_Stop_List></Delay_type>"""
DELAYED = """<Delay_type><Name>Ground Delay Programs</Name><Ground_Delay_List><Ground_Delay><ARPT>SFO</ARPT>
<Reason>low ceilings</Reason><Avg>38 minutes</Avg><Max>2 hours</Max></Ground_Delay></Ground_Delay_List></Delay_type>"""


def test_a_closure_names_the_airport_by_its_code_and_leaves_its_weight_to_the_judgement() -> None:
    item = one(faa(CLOSED.format(reason="!PNS AD AP CLSD")), Format.FAA)
    assert item.title == "PNS airport closed"
    native = facts(item)
    assert (native.hazard, native.airports, native.severity) == (Hazard.AIRPORT, ("PNS",), None)


def test_a_time_without_a_year_is_the_nearest_one() -> None:
    assert facts(one(faa(CLOSED.format(reason="!PNS CLSD")), Format.FAA)).expires == datetime(
        2024, 9, 18, 2, tzinfo=UTC
    )
    turn = faa(CLOSED.format(reason="!PNS CLSD").replace("Sep 18", "Jan 02"), "Mon Dec 30 11:00:00 2024 GMT")
    assert facts(one(turn, Format.FAA)).expires == datetime(2025, 1, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize("reason", ["!PNS GA CLOSED", "!PNS RWY 17/35 CLSD", "!PNS CLSD TO TRANSIENT ACFT"])
def test_what_is_shut_to_private_aircraft_or_one_runway_is_no_closed_airport(reason: str) -> None:
    item = one(faa(CLOSED.format(reason=reason)), Format.FAA)
    assert facts(item).severity is Severity.NONE
    assert not item.title.endswith("airport closed")


def test_a_stop_is_more_than_a_delay() -> None:
    stop, delay = official(faa(STOPPED + DELAYED), Format.FAA)
    assert (stop.title, facts(stop).severity) == ("Ground stop for flights to EWR airport", Severity.MODERATE)
    assert (delay.title, facts(delay).severity) == ("Flights delayed at SFO airport", Severity.MINOR)
    assert "Reason: low ceilings. Delays of up to 2 hours." in delay.text


def test_the_same_stop_on_the_next_list_says_nothing_new() -> None:
    first, second = one(faa(STOPPED), Format.FAA), one(faa(STOPPED, "Tue Sep 17 11:01:00 2024 GMT"), Format.FAA)
    assert (first.id, first.content_key) == (second.id, second.content_key)


def test_a_quiet_sky_is_no_item_and_another_document_a_fault() -> None:
    assert official(faa(""), Format.FAA) == ()
    with pytest.raises(DecodeError, match="not the FAA's airport status"):
        official("<error>no</error>", Format.FAA)


def czib(**said: str) -> list[dict[str, str]]:
    return [{
        "number": "CZIB-2024-07R2", "subject": "Airspace of Mali", "status": "active", "country": "Mali",
        "valid_until": '<time datetime="2025-01-31T00:00:00Z">31/01/2025</time>',
        "updated": '<time datetime="2024-09-17T08:00:00Z">17/09/2024</time>',
    } | said]  # fmt: skip


def test_a_bulletin_is_known_by_its_number_without_the_revision() -> None:
    item = one(czib(), Format.CZIB)
    assert item.title == "EASA bulletin for airlines about the airspace of Mali"
    native = facts(item)
    assert (native.event_id, native.countries, native.severity) == ("2024-07", ("ML",), Severity.MODERATE)
    assert native.expires == datetime(2025, 1, 31, tzinfo=UTC)
    later = one(czib(number="CZIB-2024-07R3"), Format.CZIB)
    assert later.id == item.id
    assert later.content_key != item.content_key


def test_an_inactive_bulletin_is_withdrawn() -> None:
    assert facts(one(czib(status="inactive"), Format.CZIB)).ended


def test_the_country_is_found_in_the_subject_where_it_has_no_field_of_its_own() -> None:
    assert facts(one(czib(country="", subject="Airspace of Iran and Iraq"), Format.CZIB)).countries == ("IR", "IQ")
