from collections.abc import Callable

import pytest

REPORTED = [
    # armed attack
    ("en", "Gunmen on motorcycles attacked a village market near Mopti, killing nine traders", "armed-attack"),
    ("en", "A suicide bomber blew himself up outside a mosque during Friday prayers", "armed-attack"),
    ("en", "Two people stabbed on a tram, suspect still at large", "armed-attack"),
    ("en", "A driver ploughed a van into a crowd at the Christmas fair", "armed-attack"),
    ("en", "Militants stormed a hotel popular with foreigners and set rooms alight", "armed-attack"),
    ("en", "Roadside bomb hits police convoy on the coastal highway", "armed-attack"),
    ("en", "Mayor shot dead outside his home in the port town", "armed-attack"),
    ("en", "Active shooter reported at a shopping mall, police urge people to stay away", "armed-attack"),
    ("en", "Shots fired near the presidential guesthouse", "armed-attack"),
    ("en", "A group linked to al-Qaeda claimed responsibility for the raid on the barracks", "armed-attack"),
    ("fr", "Des hommes armés ont attaqué un village de la région de Ménaka, tuant onze habitants", "armed-attack"),
    ("fr", "Un attentat à la voiture piégée a visé un hôtel du centre-ville", "armed-attack"),
    ("fr", "Coups de feu entendus à l'aube près du camp militaire", "armed-attack"),
    ("fr", "Fusillade dans une boîte de nuit : quatre morts", "armed-attack"),
    ("fr", "Embuscade contre un convoi de l'armée dans le nord-est", "armed-attack"),
    ("fr", "Les jihadistes ont revendiqué l'attaque du poste militaire", "armed-attack"),
    # armed conflict
    ("en", "Overnight air strikes hit a residential quarter of the capital", "armed-conflict"),
    ("en", "Russian drones damaged a grain terminal on the Danube", "armed-conflict"),
    (
        "en",
        "Heavy fighting erupted between the army and a paramilitary force in the south",
        "armed-conflict",
    ),
    ("en", "Shelling along the line of control kills two farmers", "armed-conflict"),
    ("en", "Rebels captured the mining town after three days of battle", "armed-conflict"),
    ("en", "The truce collapsed within hours as both sides exchanged fire", "armed-conflict"),
    ("fr", "Une frappe aérienne sur un marché fait vingt morts", "armed-conflict"),
    ("fr", "De violents combats opposent l'armée aux rebelles près de Goma", "armed-conflict"),
    ("fr", "Des drones russes ont frappé le port fluvial dans la nuit", "armed-conflict"),
    ("fr", "Les rebelles se sont emparés de la ville minière", "armed-conflict"),
    # kidnapping, coup
    ("en", "Bandits abducted forty pupils from a boarding school before dawn", "kidnapping"),
    ("en", "Passengers taken hostage on a night bus", "kidnapping"),
    ("en", "Pirates boarded a tanker off the coast and seized six sailors", "kidnapping"),
    ("fr", "Trois humanitaires enlevés sur la route de Djibo", "kidnapping"),
    ("fr", "Prise d'otages dans une banque du centre de Lyon", "kidnapping"),
    ("en", "Soldiers appear on state television and say they have seized power", "coup"),
    ("en", "Attempted coup under way as troops surround the palace", "coup"),
    ("fr", "Tentative de coup d'État : des militaires encerclent la télévision", "coup"),
    ("fr", "Les militaires ont pris le pouvoir et dissous le parlement", "coup"),
    # unrest, crime
    ("en", "Police fired tear gas at protesters marching on parliament", "unrest"),
    ("en", "Riots spread to a third city after the fuel price rise", "unrest"),
    ("en", "Unions call a general strike for Monday over pension cuts", "unrest"),
    ("en", "Demonstrators blocked the ring road with burning tyres", "unrest"),
    ("en", "Thousands took to the streets against the new tax", "unrest"),
    ("fr", "Des heurts ont éclaté entre policiers et manifestants devant le sénat", "unrest"),
    ("fr", "Émeutes et pillages dans la nuit à Fort-de-France", "unrest"),
    ("fr", "L'opposition appelle à une grève générale vendredi", "unrest"),
    ("fr", "Des milliers de personnes manifestent contre la vie chère", "unrest"),
    ("en", "Tourists robbed at gunpoint on the beach road, the fifth case this month", "crime"),
    ("fr", "Vague de braquages sur la route de l'aéroport", "crime"),
    # airport, transport
    ("en", "Pilots begin a 48-hour strike on Thursday", "airport"),
    ("en", "Hundreds of flights cancelled as fog covers the hub", "airport"),
    ("fr", "Grève des contrôleurs aériens : un vol sur deux annulé à Orly", "airport"),
    ("fr", "Les vols vers Tel-Aviv sont suspendus jusqu'à dimanche", "airport"),
    ("en", "Passenger plane crashes on approach with 62 aboard", "transport"),
    ("en", "Overloaded ferry capsizes on the lake, dozens missing", "transport"),
    ("en", "Two trains collide head-on north of the city", "transport"),
    ("en", "Rail strike to halt most services on Friday", "transport"),
    ("en", "Bridge collapses into the gorge, cutting the only road", "transport"),
    ("fr", "Un train déraille près de Douala, plusieurs blessés", "transport"),
    ("fr", "Naufrage d'une pirogue au large de Nouadhibou", "transport"),
    ("fr", "Grève à la SNCF : trafic très perturbé", "transport"),
    # earth
    ("en", "A magnitude 6.4 earthquake shook the islands on Monday", "earthquake"),
    ("en", "Strong quake jolts coastal towns, power lines down", "earthquake"),
    ("fr", "Un séisme de magnitude 5,8 secoue le nord du pays", "earthquake"),
    ("en", "Tsunami warning issued for the southern coast", "tsunami"),
    ("fr", "Alerte au tsunami sur tout le littoral", "tsunami"),
    ("en", "Volcano spews ash eight kilometres high, villagers told to leave", "volcano"),
    ("fr", "Le volcan est entré en éruption, des coulées de lave visibles", "volcano"),
    ("en", "Landslide buries houses on the edge of the highland town", "landslide"),
    ("fr", "Un glissement de terrain coupe la route du col", "landslide"),
    # weather
    ("en", "Hurricane strengthens to category 4 and heads for the peninsula", "storm"),
    ("en", "Typhoon makes landfall with winds of 190 km/h", "storm"),
    ("fr", "Le cyclone frappe la côte est de Madagascar", "storm"),
    ("fr", "La tempête balaie la Bretagne, 80 000 foyers privés d'électricité", "storm"),
    ("en", "Flash floods sweep away cars and kill seven", "flood"),
    ("en", "River bursts its banks after a week of rain", "flood"),
    ("fr", "Inondations meurtrières dans la vallée du fleuve", "flood"),
    ("fr", "Des pluies torrentielles font douze morts à Kinshasa", "flood"),
    ("en", "Wildfire forces thousands from lakeside homes", "wildfire"),
    ("fr", "Un incendie de forêt a parcouru 300 hectares", "wildfire"),
    ("en", "Heatwave: hospitals fill as temperatures reach 47C", "extreme-weather"),
    ("en", "Blizzard leaves motorists trapped overnight", "extreme-weather"),
    ("fr", "Vague de froid : le pays grelotte, écoles fermées", "extreme-weather"),
    # health, infrastructure, industrial, advisory
    ("en", "Cholera outbreak kills fourteen in the displacement camp", "health"),
    ("en", "Health ministry confirms first Ebola case in the capital", "health"),
    ("fr", "Épidémie de choléra : trente nouveaux cas en une semaine", "health"),
    ("fr", "Un cas de fièvre hémorragique confirmé à Conakry : urgence sanitaire", "health"),
    ("en", "Nationwide blackout after grid failure", "infrastructure"),
    ("en", "Authorities cut mobile internet ahead of the vote", "infrastructure"),
    ("fr", "Panne d'électricité géante dans tout le sud", "infrastructure"),
    ("fr", "L'accès à Internet est coupé depuis lundi", "infrastructure"),
    ("en", "Explosion at a fireworks factory kills eighteen workers", "industrial"),
    ("en", "Ammonia leak forces evacuation near the fertiliser plant", "industrial"),
    ("fr", "Effondrement d'un immeuble à Casablanca, des personnes piégées", "industrial"),
    ("fr", "Une explosion dans une raffinerie fait cinq blessés", "industrial"),
    ("en", "Embassy tells citizens to leave the country now", "advisory"),
    ("en", "Night curfew imposed across the province", "advisory"),
    ("fr", "Le gouvernement décrète l'état d'urgence et un couvre-feu", "advisory"),
    ("fr", "Paris déconseille formellement tout voyage dans la région", "advisory"),
]


@pytest.mark.parametrize(("language", "text", "hazard"), REPORTED)
def test_the_hazard_is_read(what: Callable, language: str, text: str, hazard: str) -> None:
    assert hazard in what(text, language).told()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Earthquake of magnitude 7.1 strikes off the island, 20 killed"),
        ("en", "Cyclone strikes against a crowded coast, killing dozens"),
        ("fr", "Un séisme de magnitude 7,1 frappe au large de l'île, 12 morts"),
        ("ru", "Землетрясение у острова Минданао: погибли 20 человек"),
    ],
)
def test_nature_that_strikes_is_no_attack(what: Callable, language: str, text: str) -> None:
    assert not what(text, language).told() & {"armed-conflict", "armed-attack"}


NOTHING = [
    ("en", "Supermarkets open a new front in the price war"),
    ("en", "Minister weathers a storm of criticism over the budget"),
    ("en", "The winger's late strike on goal settled the derby"),
    ("en", "The two firms strike a deal on streaming rights"),
    ("en", "Signing the striker is a major coup for the club"),
    ("en", "Stock market crash wipes billions off tech shares"),
    ("en", "The governing party won by a landslide"),
    ("en", "Her debut album exploded in popularity"),
    ("en", "The mayor came under fire for the parking scheme"),
    ("en", "Schools take part in the yearly earthquake drill"),
    ("en", "A missile drill will be heard over the bay"),
    ("en", "There is no tsunami threat to the islands"),
    ("en", "Police found no explosives and ruled out an attack"),
    ("en", "A bomb scare turned out to be a hoax"),
    ("en", "The coup in 2021 brought the present rulers to power"),
    ("en", "The hotel was bombed in 2008"),
    ("en", "A disaster movie about a tsunami opens this week"),
    ("en", "An avalanche of complaints reached the broadcaster"),
    ("en", "A decade after the bombing the square is full again"),
    ("fr", "La guerre des prix reprend dans la grande distribution"),
    ("fr", "Une avalanche de critiques s'abat sur le ministre"),
    ("fr", "Un coup de coeur pour ce petit village"),
    ("fr", "Coup franc magistral et trois points de plus"),
    ("fr", "Il y a dix ans, un attentat frappait le marché"),
    ("fr", "Exercice d'évacuation dans les écoles jeudi"),
    ("fr", "Aucun risque de tsunami selon l'observatoire"),
    ("fr", "Le putsch de 2021 avait porté les militaires au pouvoir"),
    ("fr", "Le ministre essuie une tempête de critiques"),
    ("fr", "Attaque informatique contre une mutuelle"),
    ("fr", "La flambée des prix inquiète les ménages"),
]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_no_hazard_is_told_by_figures_drills_denials_and_the_past(what: Callable, language: str, text: str) -> None:
    assert what(text, language).told() == set()


def test_words_of_a_background_sentence_do_not_become_news(what: Callable) -> None:
    read = what("Gunmen attacked a base. It comes against the backdrop of a military coup in 2021.")
    assert read.told() == {"armed-attack"}
    (coup,) = (mention for mention in read.hazards if mention.hazard == "coup")
    assert coup.time_frame == "background"


def test_an_expected_storm_is_a_forecast(what: Callable) -> None:
    (first, *_) = what("The cyclone is expected to hit the coast tomorrow").hazards
    assert (first.hazard, first.time_frame) == ("storm", "forecast")


def test_an_alleged_attack_is_a_claim(what: Callable) -> None:
    (mention, *_) = what("Rebels allegedly attacked the village").hazards
    assert mention.polarity == "claimed"


def test_a_claim_of_responsibility_is_no_doubt(what: Callable) -> None:
    read = what("The militants claimed responsibility for the attack on the hotel")
    assert {mention.polarity for mention in read.hazards} == {"asserted"}


def test_spans_point_at_the_words_of_the_title_and_the_text(what: Callable) -> None:
    read = what("Gunmen attacked the market.", title="Blast at factory kills two")
    words = [read.document.item.words(mention.span) for mention in read.hazards]
    assert words[0].startswith("Blast at factory")
    assert words[-1].startswith("Gunmen attacked")
