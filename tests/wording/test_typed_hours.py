"""Times of the day and lengths of time as people type them."""

from datetime import time, timedelta

import pytest

from bot.wording.typed_hours import typed_clock, typed_length, typed_span


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("8", 8, 0),
        ("08:00", 8, 0),
        ("6.45", 6, 45),
        ("22h30", 22, 30),
        ("7h", 7, 0),
        ("٢٢:٣٠", 22, 30),
    ],
)
def test_a_time_of_the_day_is_read_as_it_is_typed(typed: str, hour: int, minute: int) -> None:
    assert typed_clock(typed) == time(hour, minute)


@pytest.mark.parametrize("typed", ["24:00", "8:60", "eight", "", "8:5", "-1", "123"])
def test_what_is_no_time_of_the_day_is_none(typed: str) -> None:
    assert typed_clock(typed) is None


@pytest.mark.parametrize("typed", ["22:30-6:45", "22:30 – 06:45", "22h30 à 6h45", "22.30 to 6.45", "22:30 до 6:45"])
def test_hours_are_read_with_any_dash_or_word_between(typed: str) -> None:
    assert typed_span(typed) == (time(22, 30), time(6, 45))


@pytest.mark.parametrize("typed", ["22:30", "22-25", "off", "10-11-12", ""])
def test_what_is_no_span_of_hours_is_none(typed: str) -> None:
    assert typed_span(typed) is None


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("2h", timedelta(hours=2)), ("2", timedelta(hours=2)), ("90 min", timedelta(minutes=90)),
        ("3 days", timedelta(days=3)), ("1 jour", timedelta(days=1)), ("2 часа", timedelta(hours=2)),
        ("3 дня", timedelta(days=3)), ("30 мин.", timedelta(minutes=30)), ("٢ ساعة", timedelta(hours=2)),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_with_its_unit(typed: str, length: timedelta) -> None:
    assert typed_length(typed) == length


@pytest.mark.parametrize("typed", ["", "long", "2 weeks", "h2", "-2h", "99999h"])
def test_what_is_no_length_of_time_is_none(typed: str) -> None:
    assert typed_length(typed) is None
