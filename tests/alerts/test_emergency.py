"""Whom to call: only where lives are in danger, and only numbers that are surely known."""

import pytest
from builders import BAMAKO, FRANCE, MALI, event

from bot.alerts.lines import emergency_line
from bot.alerts.markup import plain
from bot.alerts.reader import Reader
from bot.alerts.render import own_name
from bot.model.assessment import Severity
from bot.model.event import Event, EventState
from bot.model.hazard import Hazard
from bot.wording import words_for
from bot.wording.emergency import emergency_numbers
from bot.wording.local import zone_of


def said(of: Event, language: str = "en") -> str:
    return plain(emergency_line(of, of.severity, Reader(words_for(language), zone_of("UTC"), own_name)))


def test_each_service_has_its_number_in_the_readers_language() -> None:
    assert said(event()) == "☎️ police 17, ambulance 15, fire 18"
    assert said(event(), "fr") == "☎️ police 17, ambulance 15, pompiers 18"


def test_one_number_for_all_is_said_once() -> None:
    assert said(event(FRANCE)) == "☎️ 112"


@pytest.mark.parametrize(
    "quiet",
    [
        event(severity=Severity.MODERATE),
        event(hazard=Hazard.AIRPORT),
        event(MALI, hazard=Hazard.ADVISORY),
        event(state=EventState.ENDED),
    ],
)
def test_nobody_is_told_to_call_where_no_life_is_in_danger(quiet: Event) -> None:
    assert said(quiet) == ""


def test_a_service_whose_number_the_sources_do_not_agree_on_is_left_out() -> None:
    sudan = emergency_numbers("SD")
    assert sudan is not None
    assert (sudan.police, sudan.ambulance) == ("999", "")
    assert emergency_numbers("XX") is None


def test_every_number_of_the_table_can_be_dialled() -> None:
    for country in (BAMAKO.country, "US", "JP", "BR", "UA", "LB", "AF"):
        numbers = emergency_numbers(country or "")
        assert numbers is not None
        assert all(number.isdigit() and len(number) <= 4 for number in (numbers.police,) if number)
