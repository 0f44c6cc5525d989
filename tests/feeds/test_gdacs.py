"""GDACS: an event goes on in episodes; its level is an estimate of impact."""

from datetime import UTC, datetime

import pytest
from support.official import facts, official, one

from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format, Item
from bot.model.place import Point


def gdacs(kind: str = "TC", *, value: str = "170", level: str = "Orange", **said: str) -> str:
    fields = {
        "iscurrent": "true", "fromdate": "Mon, 16 Sep 2024 00:00:00 GMT", "todate": "Tue, 17 Sep 2024 06:00:00 GMT",
        "datemodified": "Tue, 17 Sep 2024 07:00:00 GMT", "eventtype": kind, "alertlevel": level, "eventname": "KALO-24",
        "eventid": "1001", "episodeid": "4", "version": "1", "iso3": "MDG", "country": "Madagascar, Mauritius",
    } | said  # fmt: skip
    inner = "".join(f"<gdacs:{name}>{words}</gdacs:{name}>" for name, words in fields.items())
    return f"""<rss xmlns:gdacs="http://www.gdacs.org" xmlns:georss="http://www.georss.org/georss"><channel>
    <item><title>their title</title><link>https://gdacs.example/1001</link><guid>{kind}1001</guid>
    <pubDate>Tue, 17 Sep 2024 06:00:00 GMT</pubDate><georss:point>-19.4 47.8</georss:point>
    <gdacs:bbox>40 50 -25 -15</gdacs:bbox><gdacs:severity unit="u" value="{value}">words</gdacs:severity>{inner}
    </item></channel></rss>"""


def read(kind: str = "TC", **said: str) -> Item:
    return one(gdacs(kind, **said), Format.GDACS)


def test_a_cyclone_is_told_with_its_wind_and_its_countries() -> None:
    item = read()
    assert item.title == "Tropical cyclone KALO-24 in Madagascar and Mauritius, winds of 170 km/h"
    native = facts(item)
    assert (native.event_id, native.hazard, native.own_word) == ("TC1001", Hazard.STORM, "orange")
    assert (native.severity, native.countries) == (Severity.SEVERE, ("MG", "MU"))
    assert item.published_at == datetime(2024, 9, 17, 7, tzinfo=UTC)


def test_its_point_is_latitude_first() -> None:
    assert read().points == (Point(-19.4, 47.8),)


def test_the_next_episode_is_the_same_item_anew() -> None:
    first, second = read(episodeid="4"), read(episodeid="5")
    assert first.id == second.id
    assert first.content_key != second.content_key


def test_a_quake_is_dated_by_when_it_struck_and_no_longer_being_current_is_no_end() -> None:
    item = read("EQ", value="5.8", level="Green", iscurrent="false", country="Chile", iso3="CHL")
    assert item.title == "Magnitude 5.8 earthquake in Chile"
    assert item.published_at == datetime(2024, 9, 16, tzinfo=UTC)
    assert not facts(item).ended
    assert facts(item).severity is Severity.MODERATE


def test_what_lasts_ends_when_it_is_no_longer_current() -> None:
    item = read("FL", iscurrent="false", country="Mali", iso3="MLI")
    assert facts(item).ended
    assert item.title == "Over: Flood in Mali"


@pytest.mark.parametrize("kind", ["WF", "DR"])
def test_a_green_fire_or_drought_is_nothing_to_know(kind: str) -> None:
    assert facts(read(kind, level="Green")).severity is Severity.NONE


def test_the_point_of_a_drought_is_no_place() -> None:
    assert read("DR").points == ()


def test_a_country_that_is_known_by_its_code_alone_is_found() -> None:
    assert facts(read("VO", country="", iso3="GTM")).countries == ("GT",)


def test_an_entry_without_an_event_is_left_out_and_another_feed_is_refused() -> None:
    assert official(gdacs(eventid=""), Format.GDACS) == ()
    with pytest.raises(DecodeError, match="no GDACS feed"):
        official("<maintenance>soon</maintenance>", Format.GDACS)
