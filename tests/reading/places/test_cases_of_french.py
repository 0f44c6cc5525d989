"""Where it happens in French news, one sentence a case, beside those of test_place_cases."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading

Read = Callable[..., Reading]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
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
