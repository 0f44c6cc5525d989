"""Where it happens, and where not, one sentence a case."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading

Read = Callable[..., Reading]

# Language, text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Same names
    ("en", "A bomb went off at a bus station in Tripoli, Lebanon, wounding six.", {"Tripoli"}, {"LY"}),
    ("en", "Gunmen opened fire outside a café in Tripoli, Libya's capital.", {"Tripoli"}, {"LB"}),
    ("en", "A tornado tore through Paris, Texas, late on Sunday.", {"Paris"}, {"FR"}),
    ("en", "Floods cut off Córdoba after the rain, Argentina's civil defence said.", {"Córdoba"}, {"ES"}),
    ("en", "Two buses collided near Valencia in Venezuela, killing 14.", {"Valencia"}, {"ES"}),
    ("en", "Police in Birmingham, Alabama, say three people were shot dead at a concert.", {"Birmingham"}, {"GB"}),
    ("en", "An explosion shook Alexandria, Egypt, on Monday morning.", {"Alexandria"}, {"US"}),
    ("en", "Wildfire forces evacuations around Athens, Georgia.", {"Athens"}, {"GR", "GE"}),
    ("en", "Clashes broke out in Kutaisi as protests spread across Georgia.", {"Kutaisi"}, {"US"}),
    ("en", "A dam burst near San Pedro Sula, in northern Honduras.", {"San Pedro Sula"}, set()),
    ("en", "Rioters burned shops in Victoria, the main town of the Seychelles.", {"Victoria"}, {"CA", "AU"}),
    ("fr", "Une fusillade a éclaté à Tripoli, dans le nord du Liban.", {"Tripoli"}, {"LY"}),
    ("fr", "Incendie dans une usine de Valence, dans la Drôme.", {"Valence"}, {"ES"}),
    # Country names
    ("en", "Jihadists killed eleven soldiers near Tillabéri, in western Niger.", {"Tillabéri", "Niger"}, {"NG"}),
    ("en", "Bandits abducted dozens of villagers in Niger State on Friday.", {"Niger State"}, {"NE"}),
    ("en", "Rebels shelled Bunia in the Democratic Republic of the Congo.", {"Bunia"}, {"CG"}),
    ("en", "Soldiers mutinied in Malabo, the capital of Equatorial Guinea.", {"Malabo"}, {"GN"}),
    ("en", "Pirates boarded a tanker in the Gulf of Guinea off Cotonou.", {"Cotonou"}, {"GN", "GW", "GQ"}),
    ("fr", "Un cargo a été abordé dans le golfe de Guinée, au large de Cotonou.", {"Cotonou"}, {"GN"}),
    ("fr", "Une attaque a fait neuf morts près de Diffa, au Niger.", {"Diffa"}, {"NG"}),
    ("fr", "Des combats ont éclaté à Bunia, dans l'est de la RDC.", {"Bunia"}, {"CG"}),
    ("fr", "Mutinerie à Malabo, en Guinée équatoriale : des tirs entendus.", {"Malabo"}, {"GN"}),
    # Governments
    ("en", "Washington condemned the bombing of a mosque in Kano.", {"Kano"}, {"US"}),
    ("en", "Moscow denied that its drones had hit a school in Odesa.", {"Odesa"}, {"RU"}),
    ("en", "The Kremlin said it knew nothing of the explosion in Tbilisi.", {"Tbilisi"}, {"RU"}),
    ("en", "Tokyo told its nationals to leave Port-au-Prince as gang violence grows.", {"Port-au-Prince"}, {"JP"}),
    ("en", "Ankara's defence ministry said two soldiers were killed by a mine near Afrin.", {"Afrin"}, {"TR"}),
    ("fr", "L'Élysée condamne l'attentat qui a tué douze personnes à Kaboul.", {"Kabul"}, {"FR"}),
    ("fr", "Paris dénonce l'attaque de son convoi à Ouagadougou.", {"Ouagadougou"}, {"FR"}),
    # Nationality and origin
    ("en", "French soldiers came under fire at a checkpoint outside Kidal.", {"Kidal"}, {"FR"}),
    ("en", "Two Chinese miners were kidnapped near Obuasi, Ghana.", {"Obuasi"}, {"CN"}),
    ("en", "A Texas missionary was abducted in Niamey by armed men.", {"Niamey"}, {"US"}),
    ("en", "A tourist from Sweden was stabbed in Marrakesh on Thursday.", {"Marrakesh"}, {"SE"}),
    ("en", "A hospital was hit by an Israeli airstrike in Baalbek.", {"Baalbek"}, {"IL"}),
    ("en", "Gunmen killed nine people in a Nigerian village.", {"Nigeria"}, set()),
    ("fr", "Deux touristes belges ont été enlevés à Agadir.", {"Agadir"}, {"BE"}),
    ("fr", "L'armée burkinabè a bombardé par erreur un marché à Gao.", {"Gao"}, {"BF"}),
    # Embassies, offices, talks
    ("en", "The U.S. embassy in Maputo urged Americans to stay indoors during the protests.", {"Maputo"}, {"US"}),
    ("en", "A grenade was thrown at the embassy of Turkey in Nairobi.", {"Nairobi"}, {"TR"}),
    ("en", "The Foreign Office in London warns against all but essential trips to Lebanon.", {"Lebanon"}, {"GB"}),
    ("en", "Speaking in Geneva, the envoy said shelling had destroyed half of Bakhmut.", {"Bakhmut"}, {"CH"}),
    ("en", "While talks in Doha dragged on, air strikes hit Rafah.", {"Rafah"}, {"QA"}),
    ("fr", "L'ambassade d'Italie à Tunis a été évacuée après une alerte à la bombe.", {"Tunis"}, {"IT"}),
    ("fr", "S'exprimant à Genève, l'émissaire a dénoncé les bombardements de Khartoum.", {"Khartoum"}, {"CH"}),
    # Datelines
    ("en", "DAKAR, Senegal (AP) - Gunmen stormed a hotel in Ouagadougou late on Friday.", {"Ouagadougou"}, {"SN"}),
    ("en", "LAGOS (Reuters) - A fuel tanker exploded here, killing at least 20 people.", {"Lagos"}, set()),
    ("fr", "Dakar (AFP) - Un attentat a visé un hôtel de Bamako vendredi soir.", {"Bamako"}, {"SN"}),
    # Routes and borders
    ("en", "A flight from Madrid to Bucharest made an emergency landing in Zagreb.", {"Zagreb"}, {"ES", "RO"}),
    ("en", "Insurgents crossed from Libya into Chad and attacked an army post near Faya.", {"Chad"}, {"LY"}),
    ("en", "Thousands fled to Uganda as fighting reached Bunia.", {"Bunia"}, {"UG"}),
    ("en", "Flights to Dubai and Doha were cancelled after the airport in Beirut was shelled.", set(), {"AE", "QA"}),
    ("fr", "Le vol Paris-Dakar a été dérouté vers Casablanca après une alerte.", {"Casablanca"}, {"FR", "SN"}),
    ("fr", "Plus de mille personnes ont fui vers le Tchad après l'attaque d'El Geneina.", {"Geneina"}, {"TD"}),
    # Persons, words, organisations, teams
    ("en", "Jack London was hurt when a bomb went off in Lyon.", {"Lyon"}, {"GB"}),
    ("en", "President Jordan Bardella's rally in Marseille was evacuated.", {"Marseille"}, {"JO"}),
    ("en", "Florence Okoro was kidnapped in Port Harcourt on Monday.", {"Port Harcourt"}, {"IT"}),
    ("en", "Mobile phones stopped working in Khartoum as fighting spread.", {"Khartoum"}, {"US"}),
    ("en", "A turkey farm burned down near Lincoln, Nebraska.", {"Lincoln"}, {"TR"}),
    ("en", "The Washington Post's bureau in Cairo was attacked by a mob.", {"Cairo"}, {"US"}),
    ("en", "Islamic State of Iraq and Syria claimed the suicide bombing in Peshawar.", {"Peshawar"}, {"IQ", "SY"}),
    ("en", "A Kenya Airways jet burst a tyre and blocked the runway in Bujumbura.", {"Bujumbura"}, {"KE"}),
    ("en", "Fans of Real Madrid were stabbed before the match in Naples, Italy.", {"Naples"}, {"ES", "US"}),
    ("fr", "Florence Martin a été blessée dans l'explosion survenue à Lomé.", {"Lomé"}, {"IT"}),
    ("fr", "Des supporters du Paris Saint-Germain ont été agressés à Belgrade.", {"Belgrade"}, {"FR"}),
    # Background, comparison, wider region, calm places
    ("en", "Unlike Mali, Senegal has never seen a coup; soldiers now patrol Dakar after riots.", {"Dakar"}, {"ML"}),
    ("en", "The blast in Karachi recalls the 2008 attacks in Mumbai.", {"Karachi"}, {"IN"}),
    (
        "en",
        "Militants attacked a barracks in Mopti. The group is responsible for raids across Burkina Faso and Niger.",
        {"Mopti"},
        {"BF", "NE"},
    ),
    ("en", "Shelling hit Kherson overnight while Kyiv was calm.", {"Kherson"}, set()),
    ("fr", "Contrairement au Mali, le Sénégal reste stable, mais des émeutes secouent Dakar.", {"Dakar"}, {"ML"}),
    ("fr", "Séisme au Maroc ; l'Espagne et la France proposent leur aide.", {"Morocco"}, {"ES", "FR"}),
    # Several places, whole countries
    ("en", "Bombs exploded in Maiduguri, Damaturu and Potiskum.", {"Maiduguri", "Damaturu", "Potiskum"}, set()),
    ("en", "Riots spread from Almaty to Astana; Kazakhstan declared a state of emergency.", {"Kazakhstan"}, set()),
    ("en", "Burkina Faso has imposed a curfew until further notice.", {"Burkina Faso"}, set()),
    ("en", "Typhoon batters Taiwan and the Philippines.", {"Taiwan", "Philippines"}, set()),
    ("fr", "Le Burkina Faso a instauré un couvre-feu sur tout le territoire.", {"Burkina Faso"}, set()),
    # Airports
    ("en", "Bali airport was closed because of volcanic ash.", {"I Gusti Ngurah Rai International Airport"}, set()),
    ("en", "All flights at LHR were cancelled after a fire.", {"London Heathrow Airport"}, set()),
    ("fr", "L'aéroport de Bamako est fermé jusqu'à nouvel ordre.", {"Modibo Keita International Airport"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "places", "not_there"), CASES, ids=[case[1][:48] for case in CASES])
def test_the_event_is_where_the_text_says(
    read_item: Read, language: str, text: str, places: set[str], not_there: set[str]
) -> None:
    reading = read_item(text, language=language)
    assert places <= {place.name for place in reading.event_places}
    assert not not_there & {place.country for place in reading.event_places}


@pytest.mark.parametrize(("language", "text", "not_there"), [(case[0], case[1], case[3]) for case in CASES])
def test_a_title_alone_gives_no_wrong_country(read_item: Read, language: str, text: str, not_there: set[str]) -> None:
    reading = read_item(title=text, language=language)
    if "(AP)" not in text and "(AFP)" not in text and "(Reuters)" not in text:  # titles bear no datelines
        assert not not_there & {place.country for place in reading.event_places}
