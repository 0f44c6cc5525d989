from datetime import UTC, datetime

import pytest

from bot.feeds.dates import parse_date

MORNING = datetime(2024, 9, 17, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 17 Sep 2024 07:00:00 GMT",
        "Tue, 17 Sep 2024 09:00:00 +0200",
        "17 Sep 24 03:00 EDT",
        "Tue, 17 Sep 2024 09:00:00 CEST",
        "Tue, 17 Sep 2024 08:00:00 BST",
        "Tue, 17 Sep 2024 12:30:00 IST",
        "2024-09-17T07:00:00Z",
        "2024-09-17T09:00:00.000+02:00",
        "2024-09-17T12:30:00+0530",
        "2024-09-17 07:00:00",
        "2024-09-17 07:00:00 UTC",
        "20240917T070000Z",
        "1726556400",
        "1726556400000",
        "mar., 17 sept. 2024 09:00:00 +0200",
        "Mardi 17 septembre 2024 - 07h00",
        "martes, 17 de septiembre de 2024 07:00",
        "ter, 17 set 2024 07:00:00 +0000",
        "Di, 17 Sep 2024 09:00:00 MESZ",
        "Вт, 17 сентября 2024 10:00:00 +0300",
        "17 سبتمبر 2024 07:00",
        "2024年09月17日 16:00:00 +0900",
        "17/09/2024 07:00",
        "09/17/2024 07:00",
        "  Tue,\n 17 Sep 2024   07:00:00 GMT ",
    ],
)
def test_a_time_is_the_same_however_it_is_written(text: str) -> None:
    assert parse_date(text) == MORNING


def test_a_date_without_a_time_is_its_midnight() -> None:
    assert parse_date("2024-09-17") == datetime(2024, 9, 17, tzinfo=UTC)
    assert parse_date("1er août 2024") == datetime(2024, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "05/09/2024 07:00", "2024-13-45", "Tue, 99 Sep 2024 07:00:00 GMT", "17 Smarch 2024", "0000-00-00",
     "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999", "2024", "9" * 5000, "\x00", "17 Sep 2024 07:00:00 +9999"],
)  # fmt: skip
def test_what_names_no_time_for_certain_is_none(text: str) -> None:
    assert parse_date(text) is None
