"""Sentences whose status, severity or hazard hangs on a few words beside it: on, over, ahead, far out, peaceful."""

from collections.abc import Callable

import pytest

from bot.model.assessment import Assessment

Judge = Callable[[str, str], Assessment]

ONGOING = [
    "Gunman at large after two deputies shot in Yakima",
    "Police search for gunman after three killed at Tulsa bar",
    "Manhunt under way in Perth after officer shot dead",
    "Villagers feared trapped after mine collapse near Kolwezi kills four",
    "Rescuers dig for survivors after apartment block collapses in Izmir, six dead",
    "Warehouse fire in Rotterdam burns for a third day",
    "Tanks advance on Kadugli as fighting intensifies",
    "Army steps up bombardment of Nyala",
    "Protests spread to five more cities in Kenya",
    "Six killed in protests in Antananarivo",
    "Cyclone Basile batters Mauritius with heavy rain",
    "Tropical storm forms off Belize, could become a hurricane",
    "Ferries remain suspended after storm lashes Orkney",
]

PAST = [
    "Two killed as cargo jet skids off runway in Lagos",
    "Newly built bridge collapses in Medellin, nobody hurt",
    "Coast guard says missile hit tanker near Hodeidah",
    "American forces hit suspected smuggling boat in the Pacific, five dead",
    "Officers say coup attempt has been put down",
    "Typhoon Mirin leaves Samar devastated",
    "Tornado rips through Paducah, flattening homes",
    "Dust storm hits Tucson",
    "Russian jets breach airspace over Gotland",
    "Airport in Aalborg briefly closed over drone sighting",
    "Death toll from Hurricane Odile climbs to 41",
]

EXPECTED = [
    "Hurricane Odile upgraded to Category 4 as it approaches Belize",
    "Cuba braces for Hurricane Odile",
    "Hurricane Odile threatens Honduras with floods",
    "Winter storm warning for Ohio, heavy snow to come",
    "Polar vortex to plunge Midwest into deep freeze",
    "Opposition march planned for Saturday in Kampala",
    "Strong storm expected to bring flooding to Cornwall",
    "Typhoon Mirin nears Luzon as thousands evacuate",
]

ENDED = [
    "Ceasefire takes effect between Thailand and Cambodia",
    "Army halts strikes on Idlib",
    "Rebels and government sign truce in Kivu",
    "Gunman in Tulsa mall shooting captured",
    "Shelter-in-place order lifted after attack in Dayton",
    "Agreement to pause fighting in Sudan enters into force",
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
def test_a_few_words_tell_what_goes_on_from_what_is_over_or_ahead(judge: Judge, title: str, status: str) -> None:
    told = judge("en", title)
    assert (told.alertable, told.status) == (True, status), told.reasons


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Hurricane Odile makes landfall in Belize", "severe"),
        ("Super typhoon slams into Luzon", "extreme"),
        ("Hurricane strengthens to Category 4 over the Atlantic", "moderate"),
        ("Hurricane Odile weakens out to sea", "moderate"),
        ("American forces hit smuggling boat in the Caribbean, killing 14", "moderate"),
        ("Missile strikes tanker off Hodeidah, killing 14", "extreme"),
        ("Drone enters airspace of Latvia", "moderate"),
        ("Army shoots down drone near Chisinau", "moderate"),
        ("Drones strike depot in Tiraspol", "severe"),
        ("Thousands march in Lisbon over rents", "minor"),
        ("Thousands march in Lisbon, police fire tear gas", "moderate"),
        ("Peaceful march in Tunis draws families", "minor"),
        ("Nationwide blackout in Venezuela", "severe"),
        ("Power cut in two districts of Mombasa", "moderate"),
        ("Embassy tells citizens to leave Chad immediately", "extreme"),
        ("Do not travel to Chad, ministry warns", "severe"),
        ("Army orders residents of Nyala to leave the city", "extreme"),
        ("Residents of two streets evacuated over gas leak in Leeds", "moderate"),
        ("Massive missile and drone attack on Dnipro", "severe"),
        ("Drone Sightings Force Airport in Aalborg to Close Temporarily", "moderate"),
        ("Ceasefire takes effect in Kivu", "minor"),
    ],
)
def test_what_lies_far_out_or_stays_peaceful_is_less_and_what_none_can_leave_is_more(
    judge: Judge, title: str, severity: str
) -> None:
    told = judge("en", title)
    assert (told.alertable, told.severity.name.lower()) == (True, severity), told.reasons


@pytest.mark.parametrize(
    ("title", "hazard"),
    [
        ("At least 40 killed in Gaza since dawn", "armed-conflict"),
        ("Israeli gunfire kills six seeking food in Rafah", "armed-conflict"),
        ("Rebels capture mining town near Walikale", "armed-conflict"),
        ("Soldiers and militia exchange fire near Juba", "armed-conflict"),
        ("Barrage of rockets hits Kiryat Shmona", "armed-conflict"),
        ("Tanker struck by drone off Aden", "armed-conflict"),
        ("Car blast in Hyderabad kills seven", "armed-attack"),
        ("Explosion at mosque in Kunduz kills nine", "armed-attack"),
        ("Boiler explosion at textile plant in Dhaka kills nine", "industrial"),
        ("Canyon fire forces hundreds to evacuate near Ojai", "wildfire"),
        ("Warehouse fire forces hundreds to evacuate in Leeds", "industrial"),
        ("Crowd crush at temple in Puri kills 14", "industrial"),
        ("Winter storm hits Ontario with ice and snow", "extreme-weather"),
        ("Blast of cold grips Ohio", "extreme-weather"),
        ("Bus carrying pilgrims from Karbala falls into ravine near Shiraz, killing 21", "transport"),
        ("Thirty-one killed when dinghy from Zuwara capsizes off Malta", "transport"),
        ("Protests explode across Georgia", "unrest"),
        ("Police dismantle encampment in Utrecht, arrest 40 protesters", "unrest"),
    ],
)
def test_the_hazard_is_told_by_who_strikes_and_what_burns(judge: Judge, title: str, hazard: str) -> None:
    told = judge("en", title)
    assert (told.alertable, told.hazard) == (True, hazard), told.reasons


@pytest.mark.parametrize(
    "title",
    [
        "Two judges shot dead at Supreme Court in Tegucigalpa",
        "Footballer shot dead by gunmen in Guayaquil",
        "One killed, 20 hurt in shooting at Super Bowl parade in Tampa",
        "Nine injured in stabbing at Memorial Hospital in York",
        "Five killed in explosion of gas tanker in Monrovia",
        "Hurricane Tobias makes landfall in Cuba",
        "Train and bus collide near Lagos, three killed and 60 injured",
        "Military carries out airstrike that kills five aid workers near Tawila",
        "Doctors Without Borders clinic shelled in El Obeid",
        "M23 rebels, known as the March 23 Movement, seize control of Uvira",
        "Marburg virus: first case confirmed in Kigoma",
        "Fourteen killed in fire at guest house in Ploiesti",
        "Two dead, dozens trapped after building collapses in Doha",
        "Three killed in explosion at guest house in Ploiesti",
        "Embassy staff airlifted from Port-au-Prince amid gang attacks",
    ],
)
def test_a_stray_word_does_not_silence_the_news(judge: Judge, title: str) -> None:
    told = judge("en", title)
    assert told.alertable, told.reasons


@pytest.mark.parametrize(
    "title",
    [
        "Lawmakers ask for footage of strike on smuggling boat",
        "Ministers resign in protest of budget cuts",
        "Two nations agree to a trade truce",
        "Index rallies 500 points on truce hopes",
        "Government shutdown enters second week as airport workers miss pay",
        "Train and bus collide near Lagos, three killed and six injured",
        "Amber Alert issued for girl from Boise",
        "Hunger kills six more in Gaza, ministry says",
        "Brussels discusses sanctions over attacks on Red Sea shipping",
        "Company launches rocket with two satellites",
        "How the storm became a hurricane, in five charts",
        "Ceasefire talks collapse in Geneva",
        "Three killed in fire at guest house in Ploiesti",
        "Two dead after building collapses in Doha",
        "Pandemic inquiry faults ministers over Covid-19 restrictions",
        "Statement on the invasion of Ukraine adopted in Vienna",
    ],
)
def test_words_of_politics_and_trade_raise_no_alarm(judge: Judge, title: str) -> None:
    told = judge("en", title)
    assert not told.alertable, told.reasons
