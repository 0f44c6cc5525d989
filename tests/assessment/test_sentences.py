"""Whole sentences, from words to the verdict: what is news, and what is only written about it."""

from collections.abc import Callable

import pytest

from bot.model.assessment import Assessment

NEWS = [
    ("en", "Two troopers shot near Millbrook, sheriff says", "armed-attack"),
    ("en", "Soldiers fatally shoot three villagers near Kadugli", "armed-attack"),
    ("en", "Suicide bomber targets courthouse in Quetta, killing nine", "armed-attack"),
    ("en", "Four killed at protests in Lomé as vote count drags on", "unrest"),
    ("en", "Mob sets fire to church in Faisalabad", "unrest"),
    ("en", "Fireworks factory explodes, killing 17 workers", "industrial"),
    ("en", "Three shot dead at bar in Boise; motive unclear", "armed-attack"),
    ("en", "Bus crash near Puno: president declares day of mourning as death toll rises to 19", "transport"),
    ("en", "Active shooter reported on campus in Dayton", "armed-attack"),
    ("en", "Police hunt gunman who killed two officers in Toowoomba", "armed-attack"),
    ("en", "Bomb at funeral in Parachinar kills 14", "armed-attack"),
    ("en", "Jets strike Port Sudan, drawing condemnation from neighbours", "armed-conflict"),
    ("en", "Millions expected to march in protests across Italy", "unrest"),
    ("en", "Dinghy carrying migrants sinks off Lampedusa, killing five", "transport"),
    ("en", "90K ordered to evacuate as dam cracks near Oroville", "advisory"),
    ("en", "Workers across Portugal strike over pension cuts", "unrest"),
    ("en", "Rebels say they have taken control of Masisi", "armed-conflict"),
    ("en", "Soldiers announce they have taken control of the country", "coup"),
    ("en", "Coup attempt foiled in Porto-Novo, minister says", "coup"),
    ("en", "Freighter slides off runway in Mombasa, killing two", "airport"),
    ("en", "Pyongyang conducts nuclear test", "armed-conflict"),
    ("fr", "Vingt-deux morts dans l'attaque d'un marché à Djibo", "armed-attack"),
    ("fr", "Choléra à Bangui : cinq décès en une semaine", "health"),
    ("fr", "Barrages et pillages à Fort-de-France, un policier blessé", "unrest"),
    ("fr", "Fuite de chlore à Fos : les riverains confinés", "industrial"),
    ("fr", "Attaque contre le bus d'un club de football près de Jos, deux joueurs tués", "armed-attack"),
    ("fr", "Naufrage d'une pirogue de migrants au large de Dakhla, sept corps repêchés", "transport"),
    ("fr", "Tirs de mortier sur Bukavu, quatre civils tués", "armed-conflict"),
]

NOT_NEWS = [
    # talk about what happened
    ("en", "Chancellor condemns missile strike on Odesa hospital"),
    ("en", "Lawmakers debate tighter rules after ferry disaster"),
    ("en", "Ministers meet on response to airstrike in Doha"),
    ("en", "First election since deadly stadium blaze draws few voters"),
    ("en", "President says allies should shoot down intruding drones"),
    ("en", "Rival senators clash over budget on Capitol Hill"),
    ("en", "Opposition demands answers over tunnel fire"),
    ("en", "Governor 'furious' about raid on newspaper"),
    ("en", "Tunnel fire raises questions about safety inspections"),
    # people, culprits, inquiries
    ("en", "Widow of guard hurt in mall shooting speaks out"),
    ("en", "Victims of Ostend ferry crash identified"),
    ("en", "Shooting suspect was a gifted student, classmates recall"),
    ("en", "Inquiry finds faulty cable behind funicular crash"),
    ("en", "Army admits failures before helicopter collision"),
    ("en", "Police chief suspended after school shooting"),
    ("en", "Man gets 30 years for bombing of radio station"),
    ("en", "Residents mourn five children killed in school blaze"),
    # one household, one animal
    ("en", "Man killed his wife in domestic dispute, police say"),
    ("en", "Grizzly attacks hikers near Banff, two injured"),
    ("en", "Tourist attacked by shark off Exmouth"),
    # threats, hoaxes, questions
    ("en", "Togo says coup plot was foiled, arrests five officers"),
    ("en", "Junta leader vows to respond if foreign forces attack"),
    ("en", "Report of active shooter at college was a hoax"),
    ("en", "What to do when a tornado warning is issued"),
    ("en", "How much snow fell in Buffalo?"),
    ("en", "Photos of shark in flooded street are fake, expert says"),
    # money, games, machines, sport
    ("en", "Insurers count losses after hurricane"),
    ("en", "Hurricane to hit bank profits, analysts say"),
    ("en", "Blizzard's new shooter tops game charts"),
    ("en", "Study: road deaths climb after terrorist attacks"),
    ("en", "Avalanche forward signs three-year deal"),
    ("en", "Company to launch Delta IV rocket in spring"),
    ("en", "Demand for electric bikes set to explode"),
    ("en", "Mall sets curfew for teens on weekends"),
    ("en", "Only a brief power cut in Nakuru, utility says"),
    ("en", "Novelist's thriller lets generals stage a coup in Lisbon"),
    ("en", "Air passengers to get new rights on flight delays"),
    ("en", "Channel returns to streaming service after ten-day blackout"),
    ("fr", "Les frappes ont-elles affaibli les rebelles ?"),
    ("fr", "Hommage à l'institutrice tuée dans un bombardement"),
    ("fr", "Le ministre condamne l'attaque contre le convoi"),
    ("fr", "J'ai honte de ce massacre et du silence de mon pays"),
    ("fr", "Un boulanger accueille des réfugiés qui ont fui les combats"),
    ("fr", "Le profil du tireur de la gare se précise"),
    ("fr", "Féminicide : il poignarde sa femme à Limoges"),
    ("fr", "Un ours attaque deux randonneurs en Ariège"),
    ("fr", "L'enquête sur l'incendie du tunnel pointe des négligences"),
    ("fr", "Nouvelle campagne d'une enseigne accusée d'exploiter la guerre"),
]


@pytest.mark.parametrize(("language", "title", "hazard"), NEWS)
def test_news_is_alerted(judge: Callable[[str, str], Assessment], language: str, title: str, hazard: str) -> None:
    told = judge(language, title)
    assert (told.alertable, told.hazard) == (True, hazard), told.reasons


@pytest.mark.parametrize(("language", "title"), NOT_NEWS)
def test_what_is_only_written_about_it_is_not(
    judge: Callable[[str, str], Assessment], language: str, title: str
) -> None:
    told = judge(language, title)
    assert not told.alertable, told.reasons


def test_a_toll_behind_the_words_of_a_follow_up_does_not_make_it_news(judge: Callable[[str, str], Assessment]) -> None:
    assert not judge("en", "Police name suspect in mall shooting that killed six").alertable
    assert judge("en", "Six killed in mall shooting, police name suspect").alertable


@pytest.mark.parametrize(
    ("language", "title", "status"),
    [
        ("en", "Tsunami warning issued for Hokkaido", "expected"),
        ("en", "Rail strike to halt trains in Belgium next week", "expected"),
        ("en", "Typhoon Mirin heads for Luzon", "expected"),
        ("en", "Landslide kills eleven in Sikkim", "past"),
        ("fr", "Alerte au tsunami aux îles Loyauté", "expected"),
        ("fr", "Le cyclone Basile fonce sur Rodrigues", "expected"),
        ("fr", "Fuite d'ammoniac à Lorient : les habitants confinés", "ongoing"),
    ],
)
def test_what_is_to_come_is_told_from_what_is(
    judge: Callable[[str, str], Assessment], language: str, title: str, status: str
) -> None:
    assert judge(language, title).status == status
