"""Where it happens in English news, one sentence a case, beside those of test_place_cases."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading

Read = Callable[..., Reading]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Towns of the same name, told apart by what stands beside them
    ("A gas explosion levelled two houses in Vienna, Virginia.", {"Vienna"}, {"AT"}),
    ("Flash floods swamped Memphis, Tennessee, overnight.", {"Memphis"}, {"EG"}),
    ("Police shot a gunman in Cambridge, Massachusetts, on Friday.", {"Cambridge"}, {"GB"}),
    ("A wildfire forced hundreds to leave Kingston, Ontario.", {"Kingston"}, {"JM"}),
    ("Troops opened fire on protesters in Barcelona, in Venezuela's Anzoátegui state.", {"Barcelona"}, {"ES"}),
    ("Gunmen killed five at a bar in León, Mexico.", {"León"}, {"ES", "NI"}),
    ("A bomb killed three in Hyderabad, in Pakistan's Sindh province.", {"Hyderābād"}, {"IN"}),
    ("A boat sank off Georgetown, the capital of Guyana.", {"Georgetown"}, {"MY", "US"}),
    ("A stabbing at a school in Melbourne, Florida, left two hurt.", {"Melbourne"}, {"AU"}),
    ("Strong winds tore roofs off in Newcastle, South Africa.", {"Newcastle"}, {"GB", "AU"}),
    ("An apartment block collapsed in Santiago, Dominican Republic.", {"Santiago de los Caballeros"}, {"CL"}),
    ("The mayor of Athens, Georgia, declared a state of emergency after the tornado.", {"Athens"}, {"GR", "GE"}),
    # Words of one country's offices tell the country
    ("Sheriff's deputies in Paris shot a man who had fired at a school bus.", {"Paris"}, {"FR"}),
    ("The Athens Police Department evacuated the high school after a bomb threat.", {"Athens"}, {"GR"}),
    ("Three people were hacked to death in a village under Sadar upazila, police said.", {"Bangladesh"}, set()),
    ("Barangay officials moved 400 families as the river burst its banks.", {"Philippines"}, set()),
    ("Fighters of the FARDC and the M23 clashed again on Sunday.", {"DR Congo"}, {"RW"}),
    ("Al-Shabaab fighters overran a military base at dawn, killing 12.", {"Somalia"}, set()),
    ("Suspected bandits killed nine farmers in two LGAs, residents said.", {"Nigeria"}, {"NE"}),
    ("ZANU-PF youths beat up opposition supporters at a rally.", {"Zimbabwe"}, set()),
    ("Residents burned tyres and demanded that the MEC resign, SAPS said.", {"South Africa"}, set()),
    ("Two woredas were cut off by landslides.", {"Ethiopia"}, set()),
    ("A petrol bomb hit a bus on the third day of the hartal.", {"Bangladesh"}, set()),
    # States that strike abroad
    ("Two fishermen were killed in a US air strike off the coast of Yemen.", {"Yemen"}, {"US"}),
    ("US warplanes sank a tanker in the Arabian Sea.", set(), {"US"}),
    ("Israel continues to bomb Lebanon's Bekaa Valley.", {"Bekaa Valley"}, {"IL"}),
    ("Poland shut down two airports and downed drones in its airspace.", {"Poland"}, set()),
    ("North Korea fired two missiles into the sea on Tuesday, Seoul's military said.", {"North Korea"}, {"KR"}),
    ("Rockets fired from Lebanon set a factory alight in Haifa.", {"Haifa"}, {"LB"}),
    ("A drone launched from Yemen crashed into a hotel in Eilat.", {"Eilat"}, {"YE"}),
    # Statements, advice, talks
    ("Canada told its citizens to leave Haiti as gangs closed in on the capital.", {"Haiti"}, {"CA"}),
    ("Germany warns its nationals against travel to Niger.", {"Niger"}, {"DE", "NG"}),
    ("Ceasefire talks resumed in Cairo on Sunday as tanks pushed into Rafah.", {"Rafah"}, {"EG"}),
    ("A summit held in Istanbul ended without a deal; shelling of Kherson went on.", {"Kherson"}, {"TR"}),
    ("A court in Hamburg jailed two men who had plotted a bombing in Oslo.", set(), {"DE"}),
    ("Beijing protested after a fishing boat was sunk near Palawan.", set(), {"CN"}),
    # Protests are where the crowd is, not what they are about
    ("Hundreds marched in Jakarta in solidarity with Myanmar's protesters; police used tear gas.", {"Jakarta"}, {"MM"}),
    ("Demonstrators clashed with police in London, denouncing the bombing of Gaza.", {"London"}, {"PS"}),
    ("Anti-China rioters torched factories in Binh Duong, Vietnam.", {"Bình Dương"}, {"CN"}),
    # Causes and effects
    ("Tsunami warning for Hawaii after a strong earthquake off Kamchatka.", {"Hawaii"}, set()),
    ("Heavy snow for Scotland, floods for Wales.", {"United Kingdom"}, set()),
    ("Riots erupt in Marseille after a police shooting in Brussels.", {"Marseille"}, {"BE"}),
    # Borders
    ("Kenya closes its border with Somalia.", {"Kenya", "Somalia"}, set()),
    ("Zambia reopened all border crossings with Malawi on Monday.", {"Zambia", "Malawi"}, set()),
    ("Clashes broke out near Laukkai, on the Myanmar-China border.", {"Laukkai"}, {"CN"}),
    # Volcanoes, parks, islands, camps, seas
    ("Etna erupted again, and ash closed the airport at Catania.", {"Mount Etna"}, {"US"}),
    ("Lava from Kilauea reached the road.", {"Kilauea"}, set()),
    ("A guide was killed by poachers in Kruger National Park.", {"Kruger National Park"}, set()),
    ("Shells hit the Zamzam camp and killed dozens.", {"Zamzam camp"}, set()),
    ("Three trekkers are missing after an avalanche on Annapurna.", {"Annapurna"}, set()),
    ("Pirates seized a bulk carrier in the Gulf of Aden.", set(), {"YE", "SO"}),
    # Counties
    ("Evacuations were ordered across Skagit County as the river rose.", {"Skagit County"}, set()),
    ("A tornado killed four in Limestone County, Alabama.", {"Limestone County"}, set()),
    # Names of people, streets, squares, firms
    ("A fire broke out in Memphis Street, Leeds, police said.", {"Leeds"}, {"US"}),
    ("At least 12 were killed at the Jordan Hospital in Kampala.", {"Kampala"}, {"JO"}),
    ("The convoy was bombed at the Kuwait Roundabout.", set(), {"KW"}),
    ("Troops will stay, Rubio says, as gangs attack Port-au-Prince.", {"Port-au-Prince"}, {"VE"}),
    ("A Toyota rammed into a crowd in Magdeburg.", {"Magdeburg"}, {"JP"}),
    ("Gunmen attacked the Tirah Valley.", {"Khyber district"}, {"IL"}),
    # Demonyms
    ("Ugandan soldiers were ambushed near Beni.", {"Beni"}, {"UG"}),
    ("Two Italian nuns were abducted near Garissa.", {"Garissa"}, {"IT"}),
    ("Armed men raided a Haitian town and burned 40 homes.", {"Haiti"}, set()),
    # Journeys
    ("A flight to Tripoli was diverted to Misrata after gunfire near the runway.", set(), {"TN"}),
    ("Ten migrants drowned when a boat bound for Greece capsized off Bodrum.", {"Bodrum"}, {"GR"}),
    ("The hostages were flown to Muscat after their release in Sanaa.", {"Sanaa"}, {"OM"}),
    ("115 migrants were repatriated to Senegal after a fire at a camp in Agadez.", {"Agadez"}, {"SN"}),
    # Diseases, carriers, agencies
    ("Two nurses died of Marburg virus in Bukoba; Marburg is often fatal.", {"Bukoba"}, {"DE"}),
    ("Air Canada cancels flights as cabin crews walk out.", {"Canada"}, set()),
    # History
    ("On this day in 1986 a reactor blew up at Chernobyl; today a fire broke out at a plant in Lviv.", {"Lviv"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places", "not_there"), CASES, ids=[case[0][:48] for case in CASES])
def test_the_event_is_where_the_text_says(read_item: Read, text: str, places: set[str], not_there: set[str]) -> None:
    reading = read_item(text)
    assert places <= {place.name for place in reading.event_places}
    assert not not_there & {place.country for place in reading.event_places}
