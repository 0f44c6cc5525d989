"""Sentences of French news that mislead: datelines, capitals that speak, homes, routes, clubs, namesakes."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading

Read = Callable[..., Reading]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Datelines
    (
        (
            "ABIDJAN, 3 mars (Reuters) - Des hommes armés ont tué six gendarmes près de Fada N'Gourma, dans "
            "l'est du Burkina Faso."
        ),
        {"Fada N'gourma"},
        {"CI"},
    ),
    ("Nairobi (AFP) – Un attentat à la voiture piégée a fait onze morts à Mogadiscio.", {"Mogadishu"}, {"KE"}),
    # Metonyms
    ("Alger a condamné l'attentat qui a fait sept morts à Gao.", {"Gao"}, {"DZ"}),
    ("Bruxelles suspend son aide après le coup d'État à Niamey.", {"Niamey"}, {"BE"}),
    # Demonyms
    ("Des casques bleus tchadiens ont été tués par une mine près de Kidal.", {"Kidal"}, {"TD"}),
    ("Une ressortissante suisse a été enlevée à Agadez.", {"Agadez"}, {"CH"}),
    (
        "Des mercenaires russes et l'armée centrafricaine ont repris Bria aux rebelles après des combats.",
        {"Bria"},
        {"RU"},
    ),
    # Embassies
    ("Le consulat du Maroc à Kinshasa a été saccagé par des manifestants.", {"Kinshasa"}, {"MA"}),
    (
        "L'ambassade des États-Unis à Bangui appelle ses ressortissants à quitter le pays sans délai.",
        {"Bangui"},
        {"US"},
    ),
    # Talks
    (
        "Pendant que les négociations se poursuivent à Alger, des drones frappent Tinzaouaten, au Mali.",
        {"Kidal"},
        {"DZ"},
    ),
    # Routes
    ("Le vol Bruxelles-Kinshasa s'est posé en urgence à Douala.", {"Douala"}, {"BE", "CD"}),
    (
        "Les vols entre Tunis et Tripoli sont suspendus après des tirs sur l'aéroport de Mitiga.",
        {"Mitiga International Airport"},
        {"TN"},
    ),
    # Homes
    ("Un humanitaire originaire de Lyon a été tué dans l'attaque d'un convoi à Maroua.", {"Maroua"}, {"FR"}),
    ("Une touriste de Bordeaux est morte dans l'effondrement d'un hôtel à Phuket.", {"Phuket"}, {"FR"}),
    # Comparison and history
    ("Vingt ans après Banda Aceh, un tsunami a frappé la côte de Vanuatu mardi.", {"Vanuatu"}, {"ID"}),
    (
        "Comme à Sidi Bouzid en 2010, un vendeur s'est immolé ; des émeutes ont éclaté jeudi à Kasserine.",
        {"Kasserine"},
        set(),
    ),
    # Organisations named after places
    ("La branche de l'État islamique au Grand Sahara a tué quarante civils près de Ménaka.", {"Ménaka"}, set()),
    ("Une agence de la Bank of Africa a été attaquée à Bobo-Dioulasso.", {"Bobo-Dioulasso"}, set()),
    # Sport clubs
    ("Des supporters de l'Olympique de Marseille ont été poignardés à Francfort.", {"Frankfurt am Main"}, {"FR"}),
    (
        "Des heurts entre supporters de l'Espérance de Tunis et la police ont fait huit blessés à Sousse.",
        {"Sousse"},
        set(),
    ),
    # Persons
    ("Lourdes Garcia a été enlevée à Guayaquil par des hommes armés.", {"Guayaquil"}, {"FR"}),
    # Same names with context
    ("Un glissement de terrain a fait quatre morts à Saint-Denis, à La Réunion.", {"Saint-Denis"}, {"FR"}),
    ("Explosion dans une usine à Victoria, capitale des Seychelles.", {"Victoria"}, {"CA"}),
    ("Inondations à Cordoue, en Andalousie : deux morts.", {"Córdoba"}, {"AR"}),
    (
        (
            "Une attaque de l'EI a fait trente morts dans la région de Tillabéri, à la frontière entre le Niger "
            "et le Mali."
        ),
        {"Tillabéri"},
        {"ML", "NG"},
    ),
    # ACLED-like African notes
    (
        (
            "Le 4 avril 2023, des hommes armés ont attaqué le village de Kourakou (commune de Seytenga, province "
            "du Séno), tuant 31 personnes."
        ),
        {"Sahel Region"},
        set(),
    ),
    ("Des miliciens Codeco ont tué neuf déplacés à Drodro, territoire de Djugu, en Ituri.", {"DR Congo"}, set()),
    (
        "Des présumés djihadistes ont incendié l'école de Bankilaré (département de Téra, région de Tillabéri).",
        {"Téra"},
        set(),
    ),
    ("Les Maï-Maï ont attaqué une position des FARDC à Butembo (Nord-Kivu) : trois morts.", {"Butembo"}, set()),
    (
        "Un engin explosif a sauté au passage d'un véhicule sur l'axe Barsalogho-Kaya, tuant quatre VDP.",
        {"Kaya"},
        set(),
    ),
    ("Enlèvement du préfet de Bourzanga (Bam, Centre-Nord) par des hommes armés non identifiés.", {"Bourzanga"}, set()),
    ("Affrontement entre éleveurs et agriculteurs à Moundou (Logone Occidental) : douze morts.", {"Moundou"}, set()),
    ("À Bouaké, des étudiants de la FESCI ont affronté la police ; une dizaine de blessés.", {"Bouaké"}, set()),
    # Of all kinds
    (
        "BRUXELLES (Belga) - Un incendie dans un dépôt de munitions a fait quinze morts à Brazzaville.",
        {"Brazzaville"},
        {"BE", "CD"},
    ),
    (
        "Le président ivoirien s'est dit attristé après l'accident de car qui a fait 25 morts près de Kayes.",
        {"Kayes"},
        {"CI"},
    ),
    ("Des Camerounais ont été enlevés à Bata par des hommes armés.", {"Bata"}, {"CM"}),
    (
        "L'ambassade de Chine à Kinshasa demande à ses ressortissants de quitter Kolwezi après des pillages.",
        {"Kolwezi"},
        {"CN"},
    ),
    ("Les pourparlers de Doha n'ont pas empêché la prise d'Uvira par les rebelles.", {"Uvira"}, {"QA"}),
    (
        "Un avion reliant Lyon à Alger a fait demi-tour après une alerte à la bombe ; l'aéroport d'Alger est fermé.",
        {"Algiers"},
        {"FR"},
    ),
    ("Une explosion a secoué un hôtel de Tripoli, dans le nord du Liban.", {"Tripoli"}, {"LY"}),
    ("Un attentat-suicide a fait dix morts à Kolofata (Mayo-Sava, Extrême-Nord).", {"Far North Region"}, set()),
    (
        "Des terroristes ont attaqué le détachement militaire de Seytenga (province du Séno, région du Sahel).",
        {"Sahel Region"},
        set(),
    ),
    (
        "Contrairement à Dakar, restée calme, Ziguinchor a connu des émeutes qui ont fait deux morts.",
        {"Ziguinchor"},
        set(),
    ),
    ("Les supporters du Raja de Casablanca ont saccagé un train à Kénitra.", {"Kenitra"}, set()),
    ("Une coulée de boue a emporté vingt maisons à Cayenne, en Guyane.", {"Cayenne"}, set()),
    ("Affrontements meurtriers entre Kanuri et Peuls près de Diffa (Niger).", {"Diffa"}, {"NG"}),
    ("Florence Parly s'est rendue à Gao, où un camp a été visé par des roquettes.", {"Gao"}, {"IT"}),
    ("Alexandrie : un immeuble s'effondre, neuf morts.", {"Alexandria"}, {"IT", "US"}),
    ("Le consulat d'Espagne à Tétouan a été attaqué par des manifestants.", {"Tétouan"}, {"ES"}),
    (
        "Niamey (AFP) - Vingt villageois ont été tués dans le nord-ouest du Nigeria, selon la police.",
        {"Nigeria"},
        {"NE"},
    ),
    ("La France a fermé son ambassade à Niamey après des violences.", {"Niamey"}, {"FR"}),
    ("Un Franco-Malien a été arrêté ; une fusillade avait fait trois morts à Strasbourg.", {"Strasbourg"}, {"ML"}),
    ("Le train Dakar-Bamako a déraillé près de Tambacounda : neuf morts.", {"Tambacounda"}, {"ML"}),
    ("Des hommes armés venus du Soudan ont attaqué Birao, dans la Vakaga.", {"Birao"}, {"SD"}),
    ("À Genève, l'ONU a annoncé que des combats à Bentiu ont fait 80 morts.", {"Bentiu"}, {"CH"}),
    ("Une attaque attribuée aux ADF a fait onze morts à Mangina, en territoire de Beni.", {"Mangina"}, set()),
    ("Vingt personnes sont mortes dans le naufrage d'une pirogue à Mbandaka.", {"Mbandaka"}, set()),
    ("La société Total Gabon a évacué son personnel de Port-Gentil après une explosion.", {"Port-Gentil"}, set()),
    ("Un policier a été tué lors d'une manifestation contre l'ambassade d'Israël à Tunis.", {"Tunis"}, {"IL"}),
]


@pytest.mark.parametrize(("text", "places", "not_there"), CASES, ids=[case[0][:60] for case in CASES])
def test_misleading_words_move_no_event(read_item: Read, text: str, places: set[str], not_there: set[str]) -> None:
    reading = read_item(text, language="fr")
    assert places <= {place.name for place in reading.event_places}
    assert not not_there & {place.country for place in reading.event_places}
