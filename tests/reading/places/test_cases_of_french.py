"""Where it happens in French news, one sentence a case, beside those of test_place_cases."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading

Read = Callable[..., Reading]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Datelines, metonyms, homes, routes, talks, notes in short
    (
        (
            "DAKAR, 12 nov (Reuters) - Au moins huit soldats ont été tués lundi dans une attaque contre un "
            "poste de Djibo, dans le nord du Burkina Faso."
        ),
        {"Burkina Faso", "Djibo"},
        {"SN"},
    ),
    ("(Beyrouth) Une frappe a fait six morts à Alep, ont indiqué les secouristes.", {"Aleppo"}, {"LB"}),
    ("Paris appelle à un cessez-le-feu après les bombardements de Goma.", {"Goma"}, {"FR"}),
    ("Le Kremlin dit n'avoir aucune information sur l'attaque de drones à Kharkiv.", {"Kharkiv"}, {"RU"}),
    ("L'Élysée suit de près la situation à Niamey, où des tirs ont été entendus.", {"Niamey"}, {"FR"}),
    ("Ankara condamne l'attentat-suicide qui a tué douze personnes à Mogadiscio.", {"Mogadishu"}, {"TR"}),
    ("Trois ouvriers chinois ont été enlevés sur un site minier près de Kayes.", {"Kayes"}, {"CN"}),
    ("Un touriste belge a été poignardé à Marrakech.", {"Marrakesh"}, {"BE"}),
    ("Des Casques bleus bangladais ont été blessés par un engin explosif à Bria.", {"Bria"}, {"BD"}),
    ("L'ambassade de France à Ouagadougou attaquée par des manifestants.", {"Ouagadougou"}, {"FR"}),
    ("Le consulat d'Algérie à Casablanca a été visé par des jets de cocktails Molotov.", {"Casablanca"}, {"DZ"}),
    (
        (
            "Alors que les pourparlers de paix se poursuivent à Doha, des combats ont éclaté à Minembwe."
        ),
        {"South Kivu"},
        {"QA"},
    ),
    ("Les négociateurs réunis à Djeddah n'ont pu empêcher les bombardements sur Khartoum.", {"Khartoum"}, {"SA"}),
    ("Un autocar parti de Lomé s'est renversé à Parakou : vingt morts.", {"Parakou"}, {"TG"}),
    (
        (
            "Un ferry reliant Zanzibar à Dar es-Salaam a chaviré au large d'Unguja : trente disparus."
        ),
        {"Dar es Salaam"},
        set(),
    ),
    ("L'assaillant de Magdebourg, un médecin saoudien, a tué cinq personnes avec sa voiture.", {"Magdeburg"}, {"SA"}),
    ("Des membres de l'État islamique au Grand Sahara ont tué neuf civils à Tahoua.", {"Tahoua"}, set()),
    ("Al-Qaïda au Maghreb islamique a revendiqué l'attaque du camp de Nampala.", {"Ségou"}, set()),
    ("Des hommes armés ont attaqué la Banque de Kigali à Rubavu.", {"Gisenyi"}, set()),
    (
        (
            "Le Real Madrid bloqué à Athènes après l'annulation de tous les vols par les contrôleurs grecs."
        ),
        {"Athens"},
        {"ES"},
    ),
    (
        (
            "Un incendie a ravagé un entrepôt à Valence, dans la Drôme : les riverains confinés."
        ),
        {"France", "Valence"},
        {"ES"},
    ),
    ("Inondations à Valence : l'Espagne placée en alerte rouge.", {"Spain", "Valencia"}, {"FR"}),
    ("Explosion dans une usine de Vienne, la capitale autrichienne : quatre morts.", {"Austria"}, {"FR"}),
    ("Fusillade à London, en Ontario : deux morts.", {"London"}, {"GB"}),
    ("Attaque armée à San Salvador : trois morts", {"San Salvador"}, set()),
    (
        (
            "Des Wazalendo et des M23 se sont affrontés le 14 novembre à Kazinga (groupement Kisimba, "
            "Walikale, Nord-Kivu). Bilan inconnu."
        ),
        {"North Kivu"},
        {"RW"},
    ),
    ("Le 12 novembre, des présumés ADF ont tué quatre cultivateurs à Mambelenga (Irumu, Ituri).", {"Ituri"}, {"UG"}),
    (
        (
            "Le 9 novembre 2025, des combattants du JNIM ont visé à l'IED un convoi des FAMa entre Diabaly et "
            "Sokolo (Niono, Ségou)."
        ),
        {"Niono", "Segou", "Sokolo"},
        set(),
    ),
    (
        (
            "Le 3 novembre, des hommes armés présumés Fulani ont enlevé deux éleveurs à Makalondi (Torodi, "
            "Tillabéri)."
        ),
        {"Tillabéri", "Torodi"},
        set(),
    ),
    (
        (
            "Des éléments 3R ont pillé le village de Nzakoundou (Ouham-Pendé), près de la frontière "
            "tchadienne."
        ),
        {"Ouham-Pendé Prefecture"},
        {"TD"},
    ),
    ("Des réfugiés soudanais fuyant El-Fasher racontent les massacres depuis Adré, au Tchad.", {"El Fasher"}, {"TD"}),
    ("Comme à Valence l'an dernier, des pluies diluviennes ont fait cinq morts à Nîmes.", {"Nîmes"}, {"ES"}),
    ("Un pétrolier battant pavillon libérien a été attaqué au large de Conakry.", {"Conakry"}, {"LR"}),
    ("L'armée ougandaise a tué vingt rebelles près de Mahagi.", {"Ituri"}, {"UG"}),
    ("Le Rwanda ferme sa frontière avec le Burundi.", {"Burundi", "Rwanda"}, set()),
    ("Tirs de missiles depuis le Yémen : les sirènes retentissent à Tel-Aviv.", {"Tel Aviv"}, {"YE"}),
    (
        (
            "BRUXELLES, 20 novembre (Belga) - Une explosion a fait trois morts dans une usine de Gdansk, en "
            "Pologne."
        ),
        {"Gdansk", "Poland"},
        {"BE"},
    ),
    ("Lomé, médiateur désigné, s'inquiète des combats autour d'Uvira.", {"Uvira"}, {"TG"}),
    ("La junte nigérienne accuse la France après l'attaque de Tillabéri.", {"Tillabéri"}, {"FR"}),
    ("Un humanitaire suisse a été libéré à Gao.", {"Gao"}, {"CH"}),
    ("Des militaires burundais ont été tués à Kamanyola.", {"South Kivu"}, {"BI"}),
    ("L'ambassade du Canada à Port-au-Prince ferme ses portes.", {"Port-au-Prince"}, {"CA"}),
    ("Un bus reliant Douala à Yaoundé s'est renversé à Boumnyébel : quatorze morts.", {"Yaoundé"}, set()),
    ("Trente-deux Guinéens sont morts dans le naufrage d'une pirogue au large de Nouadhibou.", {"Nouadhibou"}, {"GN"}),
    ("Réunis à Luanda, les ministres constatent l'échec ; à Masisi, les combats font rage.", {"North Kivu"}, {"AO"}),
    (
        (
            "Le chef de l'Etat islamique en Afrique de l'Ouest a été tué près de Malam Fatori, au Nigeria."
        ),
        {"Borno", "Nigeria"},
        set(),
    ),
    ("Explosion à Saint-Étienne : trois immeubles évacués.", {"Saint-Etienne"}, set()),
    ("Le 17 novembre, des CODECO ont tiré sur un convoi à Largu (Djugu, Ituri), sans victime.", {"Djugu"}, set()),
    (
        (
            "Le 18 novembre, des VDP et des combattants du JNIM se sont affrontés à Séguénéga (Yatenga, "
            "Nord)."
        ),
        {"Nord Region"},
        set(),
    ),
    ("Trois morts lors d'une fusillade à Paris, dans le Texas.", {"Paris"}, {"FR"}),
    (
        (
            "L'aéroport de Nouakchott fermé à cause d'une tempête de sable venue du Sahara occidental."
        ),
        {"Nouakchott–Oumtounsy International Airport"},
        {"EH"},
    ),
    ("À Abidjan, des milliers de Burkinabè ont fui les attaques de Djibo.", {"Djibo"}, set()),
    ("Ottawa met en garde ses ressortissants : évitez tout voyage au Venezuela.", {"Venezuela"}, {"CA"}),
    ("Comme à Beyrouth en 2020, une explosion au port a soufflé des quartiers entiers à Lagos.", {"Lagos"}, {"LB"}),
    ("NEW YORK (Nations unies) - L'ONU s'alarme des combats qui ont fait dix morts à Bukavu.", {"Bukavu"}, {"US"}),
    ("Berlin juge « inacceptable » la frappe qui a touché un hôpital de Soumy.", {"Sumy"}, {"DE"}),
    ("Deux Camerounais ont été tués par un obus à Cassala.", {"Kassala"}, {"CM"}),
    ("L'ambassade d'Iran à Bagdad prise pour cible par deux roquettes.", {"Baghdad"}, {"IR"}),
    ("Le train Tanger-Casablanca a déraillé près de Kénitra.", {"Kenitra"}, set()),
    ("Des soldats kényans et haïtiens ont repris Kenscoff aux gangs.", {"Kenscoff"}, {"KE"}),
    (
        (
            "Le 20 novembre, des hommes armés non identifiés ont tué un chef de village à Bankass (Mopti)."
        ),
        {"Bankass", "Mopti"},
        set(),
    ),
    (
        (
            "Le 21 novembre, les FARDC et les Wazalendo ont affronté le M23 à Katobi, territoire de Walikale."
        ),
        {"North Kivu"},
        {"RW"},
    ),
    ("L'émissaire américain attendu à Khartoum alors que Babanusa est bombardée.", {"Babanūsah", "Khartoum"}, {"US"}),
    ("Le Club africain de Tunis bloqué à Benghazi par des tirs.", {"Benghazi"}, {"TN"}),
    ("Contrairement à Conakry, épargnée, Kindia a été inondée.", {"Kindia"}, set()),
    ("Pékin proteste après la collision au large de Scarborough, aux Philippines.", {"Philippines"}, {"CN"}),
    # Same names
    ("Une explosion a fait six morts à Tripoli, la capitale libyenne.", {"Tripoli"}, {"LB"}),
    ("Un immeuble s'est effondré à Saint-Denis, en Seine-Saint-Denis.", {"Saint-Denis"}, {"RE"}),
    ("Le cyclone a privé d'électricité Saint-Denis de La Réunion.", {"Saint-Denis"}, {"FR"}),
    ("Fusillade à Victoria, aux Seychelles : deux morts.", {"Victoria"}, {"CA", "AU"}),
    ("Une bombe a explosé dans un marché de Cordoue, en Espagne.", {"Córdoba"}, {"AR"}),
    ("Des inondations ont fait dix morts à Grenade, dans le sud de l'Espagne.", {"Granada"}, {"GD", "NI"}),
    ("Incendie mortel à Vienne, en Isère.", {"Vienne"}, {"AT"}),
    # Countries of like names
    ("Des hommes armés ont tué douze villageois dans l'État du Niger, au Nigeria.", {"Nigeria"}, {"NE"}),
    ("Affrontements à Kinshasa, en République démocratique du Congo.", {"Kinshasa"}, {"CG"}),
    ("Tirs nourris à Brazzaville, au Congo.", {"Brazzaville"}, {"CD"}),
    ("Coup d'État en Guinée-Bissau : le président arrêté.", {"Guinea-Bissau"}, {"GN"}),
    ("Pluies torrentielles en République dominicaine : huit morts.", {"Dominican Republic"}, {"DM"}),
    # Governments and their words
    ("Moscou dénonce un bombardement de Belgorod par Kiev.", {"Belgorod"}, set()),
    ("Le Quai d'Orsay déconseille tout déplacement au Burkina Faso.", {"Burkina Faso"}, {"FR"}),
    ("La France demande à ses ressortissants de quitter le Mali.", {"Mali"}, {"FR"}),
    ("Washington dénonce l'attaque d'un convoi humanitaire au Darfour.", {"Darfur"}, {"US"}),
    ("Alger rejette les accusations de Bamako après la frappe à Tinzaouatène.", set(), {"US"}),
    # Nationality
    ("Un ressortissant français a été enlevé à Niamey.", {"Niamey"}, {"FR"}),
    ("Trois soldats tchadiens tués dans une embuscade près de Diffa, au Niger.", {"Diffa"}, {"TD"}),
    ("Cinq gendarmes burkinabè ont péri dans une attaque à Djibo.", {"Djibo"}, set()),
    ("Des mercenaires russes ont été tués près de Tessalit, dans le nord du Mali.", {"Tessalit"}, {"RU"}),
    # Embassies, talks, courts
    ("Manifestation devant l'ambassade de Chine à Nairobi : dix blessés.", {"Nairobi"}, {"CN"}),
    ("Les négociations reprennent à Doha tandis que les bombardements visent Khan Younès.", {"Khan Yunis"}, {"QA"}),
    ("Un tribunal de Bruxelles a condamné l'auteur de l'attentat de Liège.", set(), {"FR"}),
    # Protests and their cause
    ("Des milliers de manifestants à Rabat pour dénoncer les bombardements à Gaza.", {"Rabat"}, {"PS"}),
    ("Heurts à Paris lors d'un rassemblement en soutien aux manifestants iraniens.", {"Paris"}, {"IR"}),
    ("Alerte au tsunami au Japon après un séisme au large du Chili.", {"Japan"}, {"CL"}),
    # Borders
    ("Le Niger ferme sa frontière avec le Bénin.", {"Niger", "Benin"}, {"NG"}),
    ("Réouverture de la frontière avec le Rwanda, annonce la RDC à Goma.", {"Rwanda"}, {"CG"}),
    # Journeys
    ("Un vol Alger-Marseille a été dérouté vers Palma après une alerte à la bombe.", {"Palma"}, {"DZ", "FR"}),
    ("Des centaines de familles ont fui vers le Cameroun après l'attaque de Banki, au Nigeria.", {"Nigeria"}, {"CM"}),
    ("Une pirogue partie du Sénégal a chaviré au large de Nouadhibou.", {"Nouadhibou"}, {"SN"}),
    # Quarters, islands, volcanoes, areas
    ("Chavirement d'une pirogue entre Conakry et les îles de Loos.", {"Conakry"}, {"FR"}),
    ("Éruption du Piton de la Fournaise : l'accès à l'enclos est interdit.", {"Piton de la Fournaise"}, set()),
    ("Le Nyiragongo est entré en éruption, des milliers d'habitants de Goma ont fui.", {"Nyiragongo"}, {"RW"}),
    ("Un pétrolier a été attaqué en mer Rouge.", set(), {"EG", "SD", "YE"}),
    ("Alerte rouge aux Marquises : une forte houle est attendue.", {"Marquesas Islands"}, set()),
    ("Avalanche dans le massif du Mont-Blanc.", {"Mont Blanc"}, set()),
    # Persons, words, clubs
    ("Paris Saint-Germain - Marseille : quinze blessés dans des heurts à Lyon.", {"Lyon"}, set()),
    ("Kenya Barris a été agressé à Abidjan.", {"Abidjan"}, {"KE"}),
    ("Des coups de feu ont été entendus à Nice, dans le quartier des Moulins.", {"Nice"}, set()),
    # Background
    ("L'attentat de Nice rappelle celui de Berlin, quatre ans plus tôt.", {"Nice"}, {"DE"}),
    ("À l'instar du Mali, le Niger a connu un putsch ; des tirs ont été entendus à Niamey.", {"Niamey"}, {"ML"}),
    # Several places, whole countries
    ("Des explosions ont secoué Kharkiv, Odessa et Dnipro dans la nuit.", {"Kharkiv", "Odesa", "Dnipro"}, {"RU"}),
    ("La Côte d'Ivoire décrète trois jours de couvre-feu.", {"Ivory Coast"}, set()),
    ("Grève générale en Belgique : les vols annulés à Charleroi et à Zaventem.", {"Belgium"}, set()),
    # Signs of a country
    ("Des combattants du M23 ont pris la cité, selon la société civile.", {"DR Congo"}, {"RW"}),
    ("Les FAMa ont repoussé un assaut de jihadistes.", {"Mali"}, set()),
    ("Un bus de la RATP a été incendié lors d'émeutes.", {"France"}, set()),
    ("Les VDP ont perdu dix hommes dans une embuscade.", {"Burkina Faso"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places", "not_there"), CASES, ids=[case[0][:48] for case in CASES])
def test_the_event_is_where_the_text_says(read_item: Read, text: str, places: set[str], not_there: set[str]) -> None:
    reading = read_item(text, language="fr")
    assert places <= {place.name for place in reading.event_places}
    assert not not_there & {place.country for place in reading.event_places}
