"""Headlines: whose land is struck, who only acts, speaks, advises or protests from another, and what tells a land."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading

Read = Callable[..., Reading]

ARMIES = [
    ("Chad and Sudan trade artillery fire near El Geneina", {"TD", "SD"}),
    ("Tremor felt along the Iran-Pakistan border", {"IR", "PK"}),
    ("Drone debris falls in Moldova near the border with Ukraine", {"MD"}),
    ("Clashes near Kidal, Mali, on the Mali–Algeria border", {"ML"}),
    ("Fighting between Armenia and Azerbaijan flares again", {"AM", "AZ"}),
    ("Deadly clashes between Pakistan and Afghanistan enter third day", {"PK", "AF"}),
    ("Kyrgyz-Tajik border clashes kill nine", {"KG", "TJ"}),
    ("Renewed Eritrea-Ethiopia fighting displaces thousands", {"ER", "ET"}),
    ("India and Pakistan exchange fire for a second night", {"IN", "PK"}),
    ("Sudan launches airstrikes along border with Chad as truce frays", {"SD", "TD"}),
    ("Shelling on the Thailand-Cambodia border: both sides report dead at Surin", {"TH"}),
]

OWNERS = [
    ("Ukraine attacks major Russian port overnight", {"RU"}),
    ("Ukrainian drones set Russian fertiliser plant on fire", {"RU"}),
    ("Kyiv says it struck Russian oil depot for the third time", {"RU"}),
    ("Russian missiles hit Ukrainian hospital, six dead", {"UA"}),
    ("Russian strikes plunge Ukrainian towns into darkness", {"UA"}),
    ("Israeli jets strike Yemeni port", {"YE"}),
    ("Israeli air strike flattens Lebanese village, killing 12", {"LB"}),
    ("Gunmen storm Haitian prison and free inmates", {"HT"}),
    ("Gas explosion at Mexican factory kills 14", {"MX"}),
    ("Explosion in Kenyan high school dormitory leaves 10 dead", {"KE"}),
    ("Fighter jets chase intruder in Lithuanian airspace after drone attack", {"LT"}),
    ("Bird flu and balloons: Latvia's main airport closed again", {"LV"}),
]

ATTACKERS = [
    ("Eritrea blames Ethiopia for shelling of its villages", {"ER"}),
    ("Latvia shoots down stray drone, army says", {"LV"}),
    ("Russia bombards Ukraine while envoys fly to Rome", {"UA"}),
    ("Lebanese families killed in Israeli air raid", {"LB"}),
    ("Israeli strike kills two cameramen, their agency says", set()),
    ("Two children killed in Russian air strikes, rescuers say", set()),
    ("Ukrainian civilians killed in Russian missile strike", {"UA"}),
    ("Israel strikes Houthi fuel stores", {"YE"}),
    ("US air strikes hit militants' camp in Somalia", {"SO"}),
    ("Two militants killed in air strikes in Blida, Lebanon", {"LB"}),
    ("Israel halts attacks in parts of Gaza to let food in", {"PS"}),
    ("Twelve hurt in Iran missile attack on Israel", {"IL"}),
    ("Israel resumes ground offensive as tanks roll into Rafah", {"PS"}),
    ("Truce talks begin in Qatar as Israel bombs Khan Younis", {"PS"}),
    ("Earthquake strikes Nepal as leaders gather in Delhi", {"NP"}),
]

AT_SEA = [
    ("Houthis claim missile attack on freighter in Red Sea", set()),
    ("Kyiv says tanker hit by naval drones in Black Sea", set()),
    ("US forces sink one more smuggling boat, killing five", set()),
    ("US says it sank smugglers' vessel in deadly strike", set()),
    ("U.S. strikes third Venezuelan boat, Pentagon chief says", set()),
    ("US launches strike on boat off Ecuador, killing two", set()),
    ("Ukraine hits Russian shadow fleet tanker with naval drones", set()),
    ("Gaza flotilla struck by drone, activists claim", set()),
    ("Three killed in U.S. strike on boat allegedly carrying cocaine from Colombia", set()),
]

SPEAKERS = [
    ("Drones over four airports meant to scare, Danish officials say", {"DK"}),
    ("Israeli police say three killed in stabbing attack at bus stop", {"IL"}),
    ("Jamaican authorities order evacuation as hurricane nears", {"JM"}),
    ("Portugal begins evacuating its citizens from Niger after coup", {"NE"}),
    ("US envoy to visit Lebanon, as medics say dozens killed by bombs", {"LB"}),
]

PROTESTS = [
    ("Police clash with demonstrators: officers and marchers clash at a summit in Peru", {"PE"}),
    ("Tens of thousands march in Madrid over Gaza", {"ES"}),
    ("Israelis hold nationwide protests to end Gaza war", {"IL"}),
    ("Protests in Athens over Israel's bombing turn violent", {"GR"}),
    ("Palestine Action protest: police arrest hundreds", {"GB"}),
    ("Violent protest against Peru government spreads", {"PE"}),
]

REGIONS = [
    ("Cyclone brings floods to Mozambique, Malawi", {"MZ", "MW"}),
    ("Arctic blast grips Poland and Lithuania", {"PL", "LT"}),
    ("Ash cloud closes schools in Argentina after eruption in Chile", {"AR"}),
    ("Japan on edge as typhoon nears", {"JP"}),
    ("Blizzard warning for the Upper Midwest", {"US"}),
    ("Atmospheric river brings flooding to Pacific Northwest", {"US"}),
    ("Nor'easter to bring flooding and power outages", {"US"}),
    ("Ice storm cuts power across the Carolinas", {"US"}),
    ("Tornado watch for the Twin Cities", {"US"}),
    ("Flash flooding hits NY and NJ, state of emergency declared", {"US"}),
    ("S.F. blackout leaves thousands without power", {"US"}),
    ("Storm surge floods villages in East Anglia", {"GB"}),
    ("Typhoon remnants flood Alaskan villages, hundreds evacuated", {"US"}),
    ("Eruption off Iwo Jima forms new island", {"JP"}),
]

BODIES = [
    ("Gunman at large after shooting at Brown University", {"US"}),
    ("Students told to shelter after shots at Emory University", {"US"}),
    ("Explosion at Harvard laboratory injures three", {"US"}),
    ("Alaska Airlines grounds flights nationwide after outage", {"US"}),
    ("SNCF strike halts trains across the country", {"FR"}),
    ("Strike on Nasser Hospital kills four", {"PS"}),
    ("FAA orders cuts to flights at 40 airports", {"US"}),
]

STORMS = [
    ("Typhoon slams into Vietnam after killing 40 in Philippines", {"VN", "PH"}),
    ("Cyclone hits Mozambique after leaving 12 dead in Madagascar", {"MZ", "MG"}),
    ("Hurricane lashes Jamaica before heading toward Cuba", {"JM", "CU"}),
    ("Tsunami warning for Japan after quake off Chile", {"JP"}),
]

ALL = [*ARMIES, *OWNERS, *ATTACKERS, *AT_SEA, *SPEAKERS, *PROTESTS, *REGIONS, *BODIES, *STORMS]


def countries(reading: Reading) -> set[str | None]:
    return {place.country for place in reading.event_places}


@pytest.mark.parametrize(("title", "expected"), ALL, ids=[title[:56] for title, _ in ALL])
def test_a_headline_is_placed_in_the_lands_where_it_happens(read_item: Read, title: str, expected: set[str]) -> None:
    assert countries(read_item(title=title, outlet="Reuters")) == expected


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("U.S. military carries out another strike on alleged drug boat", "PBS"),
        ("U.S. urges tourists to think twice about popular island after attacks", "NJ.com"),
    ],
)
def test_an_outlets_own_land_is_not_where_its_state_acts_or_advises(read_item: Read, title: str, outlet: str) -> None:
    assert not countries(read_item(title=title, outlet=outlet))


def test_a_local_paper_means_its_own_namesake_of_many(read_item: Read) -> None:
    title = "Shelter order lifted for San Pedro after cargo ship fire"
    assert countries(read_item(title=title, outlet="Los Angeles Times")) <= {"US"}


def test_an_office_of_the_united_states_tells_its_land(read_item: Read) -> None:
    title = "Governor expands state of emergency as lake effect snow falls"
    assert countries(read_item(title=title, outlet="Governor Jane Roe (.gov)")) == {"US"}


def test_a_town_whose_name_begins_as_an_adjective_is_no_land(read_item: Read) -> None:
    title = "Wildfire destroys homes in the town of Spanish Fork"
    assert "ES" not in countries(read_item(title=title, outlet="KTVX"))
