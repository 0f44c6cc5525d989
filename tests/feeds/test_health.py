"""Outbreak notices of the WHO and health notices of the US CDC."""

from datetime import UTC, datetime

import pytest
from support.official import facts, official, one

from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format


def notice(**said: object) -> dict[str, object]:
    return {"value": [{
        "Id": "guid", "DonId": "2024-DON600", "Title": "Kalo fever - Democratic Republic of the Congo",
        "PublicationDateAndTime": "2024-09-16T17:00:00Z", "LastModified": "2024-09-17T08:00:00Z",
        "Summary": "<p>On 10 September, <b>12 cases</b> were reported.</p>", "ItemDefaultUrl": "/2024-DON600",
        "UrlName": "2024-DON600",
    } | said]}  # fmt: skip


def test_an_outbreak_notice_is_located_by_its_title() -> None:
    item = one(notice(), Format.WHO_DON)
    assert item.title == "Outbreak notice of the WHO: Kalo fever - Democratic Republic of the Congo"
    assert item.text == "On 10 September, 12 cases were reported."
    assert item.published_at == datetime(2024, 9, 16, 17, tzinfo=UTC)
    assert item.url == "https://www.who.int/emergencies/disease-outbreak-news/item/2024-DON600"
    native = facts(item)
    assert (native.hazard, native.countries, native.severity) == (Hazard.HEALTH, ("CD",), None)


def test_a_notice_that_is_changed_is_the_same_anew() -> None:
    first, second = one(notice(), Format.WHO_DON), one(notice(LastModified="2024-09-18T08:00:00Z"), Format.WHO_DON)
    assert first.id == second.id
    assert first.content_key != second.content_key


def test_an_outbreak_of_the_world_names_no_country() -> None:
    assert facts(one(notice(Title="Kalo fever - Global update"), Format.WHO_DON)).countries == ()


def test_an_error_is_no_list_of_outbreaks() -> None:
    with pytest.raises(DecodeError, match="without a list of outbreaks"):
        official({"error": {"code": "500"}}, Format.WHO_DON)


@pytest.mark.parametrize(
    ("title", "severity", "countries"),
    [
        ("Level 1 - Measles in Mali", Severity.MINOR, ("ML",)),
        ("Level 2 - Cholera in the Gambia", Severity.MODERATE, ("GM",)),
        ("Level 3 - Kalo fever in Uganda", Severity.SEVERE, ("UG",)),
        ("Level 1 - Global Dengue", Severity.MINOR, ()),
    ],
)
def test_a_health_notice_has_its_level_in_the_title(title: str, severity: Severity, countries: tuple[str, ...]) -> None:
    feed = f"""<rss><channel><item><title>{title}</title><link>https://cdc.example/n</link><guid>n</guid>
    <pubDate>Tue, 17 Sep 2024 08:00:00 GMT</pubDate></item></channel></rss>"""
    item = one(feed, Format.CDC_NOTICES)
    assert (facts(item).severity, facts(item).countries) == (severity, countries)
    assert item.title.startswith("US health notice for travellers, level ")
