"""Dates of journeys, as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.typed_dates import LONGEST, Span, found_span

TODAY = date(2026, 11, 22)
DECEMBER = Span(date(2026, 12, 12), date(2026, 12, 18))
NEW_YEAR = Span(date(2026, 12, 28), date(2027, 1, 4))


@pytest.mark.parametrize(
    "typed",
    [
        "12-18 Dec", "12–18 December 2026", "Dec 12-18", "December 12 - December 18", "from 12 to 18 Dec",
        "2026-12-12 to 2026-12-18", "2026-12-12/2026-12-18", "12.12-18.12",
        "12.12.2026 - 18.12.2026", "12/12-18/12", "du 12 au 18 décembre", "12-18 déc.", "del 12 al 18 de diciembre",
        "12 de dezembro a 18 de dezembro", "12-18 dez", "с 12 по 18 декабря", "12-18 дек.", "من 12 إلى 18 ديسمبر",
        "١٢-١٨ ديسمبر",
    ],
)  # fmt: skip
def test_the_forms_of_six_languages_mean_the_same_days(typed: str) -> None:
    found = found_span(f"Bamako {typed} via CDG", TODAY)
    assert found is not None
    assert found[0] == DECEMBER
    assert " ".join(found[1].split()) == "Bamako via CDG"


@pytest.mark.parametrize(
    "typed", ["28 Dec - 4 Jan", "28 Dec 2026 - 4 Jan 2027", "du 28 décembre au 4 janvier", "28 декабря - 4 января 2027"]
)
def test_a_journey_over_the_new_year_ends_in_the_next_one(typed: str) -> None:
    found = found_span(typed, TODAY)
    assert found is not None
    assert found[0] == NEW_YEAR


def test_days_that_are_over_this_year_mean_the_next_and_those_that_go_on_do_not() -> None:
    past, current = found_span("12-18 Nov", TODAY), found_span("20-24 Nov", TODAY)
    assert past is not None
    assert past[0] == Span(date(2027, 11, 12), date(2027, 11, 18))
    assert current is not None
    assert current[0] == Span(date(2026, 11, 20), date(2026, 11, 24))


def test_one_day_is_a_journey_of_one_day() -> None:
    found = found_span("5 Dec", TODAY)
    assert found is not None
    assert found[0] == Span(date(2026, 12, 5), date(2026, 12, 5))


@pytest.mark.parametrize(
    "typed", ["Bamako", "31 Nov", "30 February - 2 March", "18-12 Dec 2026", "99-99 Dec", "2026-13-01"]
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert found_span(typed, TODAY) is None


@given(st.text(max_size=80), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_whatever_is_typed_nothing_breaks(text: str, today: date) -> None:
    found = found_span(text + " 12-18 Dec " + text, today)
    if found is not None:
        assert found[0].first <= found[0].last <= found[0].first + LONGEST
