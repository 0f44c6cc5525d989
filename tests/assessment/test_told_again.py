"""More sentences that hang on a few words: what lasts in spite of a toll, blows, captives, waves, who strikes."""

from collections.abc import Callable

import pytest

from bot.model.assessment import Assessment

Judge = Callable[[str, str], Assessment]

ONGOING = [
    "Riots erupt in Lusaka",
    "Protests in Conakry turn deadly as three die",
    "Unions begin a general strike in Nairobi",
    "Rail workers across Italy strike over pay",
    "Protesters break through barricades in Tirana",
    "Five killed in renewed fighting near Bria",
    "Shelling resumes in the hills of Sweida",
    "Massive fire at chemical depot in Busan",
    "Tsunami warning issued for Chile after magnitude 8 earthquake",
    "Strong quake triggers tsunami off Tonga",
    "Airlines told to consider airspace over Chad closed",
]

PAST = [
    "Eleven killed by severe storms in Paraguay",
    "Army says it has recaptured the town of Bria",
    "Clashes between herders and farmers kill and wound several people in Plateau",
    "Two nurses kidnapped in Goma found dead",
]

EXPECTED = [
    "Two million under flood watch as Sydney braces for torrential rain",
    "Tsunami warning issued for Tonga",
]

ENDED = [
    "Vilnius airport reopens after balloons halt flights",
    "All pupils kidnapped in Zamfara now free, governor says",
]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        *((title, "ongoing") for title in ONGOING),
        *((title, "past") for title in PAST),
        *((title, "expected") for title in EXPECTED),
        *((title, "ended") for title in ENDED),
    ],
)
def test_what_lasts_is_told_from_blows_from_what_is_ahead_and_from_ends(judge: Judge, title: str, status: str) -> None:
    told = judge("en", title)
    assert (told.alertable, told.status) == (True, status), told.reasons


def test_a_measure_that_stays_is_no_part_of_what_was_lifted(judge: Judge) -> None:
    told = judge("en", "Curfew lifted in Beni but state of emergency remains in force")
    assert told.status != "ended", told.reasons


@pytest.mark.parametrize(
    ("title", "hazard"),
    [
        ("Russia launches major attack on Ukraine, wounding nine", "armed-conflict"),
        ("Israel kills commander in second attack on Beirut", "armed-conflict"),
        ("Twelve soldiers killed in ambush by rebels in Mali", "armed-conflict"),
        ("Thirty dead in police raid on favela in Recife", "armed-conflict"),
        ("Nine dead in Quetta as suicide bombing is investigated", "armed-attack"),
        ("Tornado strikes Paducah, killing two", "storm"),
    ],
)
def test_forces_strike_as_war_and_bombers_as_attackers(judge: Judge, title: str, hazard: str) -> None:
    told = judge("en", title)
    assert (told.alertable, told.hazard) == (True, hazard), told.reasons
