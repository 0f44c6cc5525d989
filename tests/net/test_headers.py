from datetime import timedelta

import httpx
import pytest
from builders import MORNING

from bot.net.headers import max_age, retry_after, user_agent


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=60", "Age": "200"}, 0),
        ({"Cache-Control": 'no-transform, MAX-AGE="90"'}, 90),
        ({"Expires": "Tue, 17 Sep 2024 07:30:00 GMT", "Date": "Tue, 17 Sep 2024 07:00:00 GMT"}, 1800),
        ({"Expires": "0", "Date": "Tue, 17 Sep 2024 07:00:00 GMT"}, None),
        ({"Cache-Control": "no-cache"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_the_servers_hint_is_what_is_left_of_its_freshness(headers: dict[str, str], expected: int | None) -> None:
    assert max_age(httpx.Headers(headers)) == (None if expected is None else timedelta(seconds=expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 17 Sep 2024 07:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 17 Sep 2024 06:00:00 GMT", timedelta()),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_counts_from_our_clock_where_the_server_tells_no_date(
    value: str, expected: timedelta | None
) -> None:
    assert retry_after(httpx.Headers({"Retry-After": value}), MORNING) == expected


def test_a_date_counts_from_the_servers_own_clock_where_it_tells_one() -> None:
    headers = {"Retry-After": "Tue, 17 Sep 2024 09:05:00 GMT", "Date": "Tue, 17 Sep 2024 09:00:00 GMT"}
    assert retry_after(httpx.Headers(headers), MORNING) == timedelta(minutes=5)


def test_the_name_holds_what_the_operator_gave() -> None:
    assert user_agent("", "ops@outrider.example").endswith(" (ops@outrider.example)")
    assert "(" not in user_agent("", "")
