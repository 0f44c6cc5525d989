from collections.abc import Callable

import pytest

STATES = [
    ("en", "Operations at the international airport have been suspended", "airport", "suspended"),
    ("en", "The country closed its airspace until further notice", "airspace", "closed"),
    ("en", "Three airlines cancelled flights to the capital", "flights", "cancelled"),
    ("en", "Incoming flights were diverted to the coast", "flights", "diverted"),
    ("en", "Both border crossings were shut at noon", "border", "closed"),
    ("en", "The airport, in the east of the island, was closed on Monday", "airport", "closed"),
    ("en", "The harbour reopened on Tuesday after the storm", "port", "restored"),
    ("en", "The airport will reopen on Wednesday, the ministry says", "airport", "to-restore"),
    ("en", "The airport has partially reopened for relief flights", "airport", "partly-restored"),
    ("en", "Flights resume at the northern airport", "flights", "restored"),
    ("en", "Train services are suspended on the coastal line", "rail", "suspended"),
    ("en", "The main road to the south is blocked by debris", "road", "blocked"),
    ("en", "Ferry services cancelled because of high winds", "ferry", "cancelled"),
    ("en", "Schools closed in four districts", "schools", "closed"),
    ("en", "Air traffic controllers will walk out on Friday", "flights", "strike"),
    ("en", "Half the island is without power", "power", "suspended"),
    ("en", "Power restored to most of the capital", "power", "restored"),
    ("en", "The regulator ordered an internet shutdown", "internet", "suspended"),
    ("en", "A dusk-to-dawn curfew was imposed", "curfew", "imposed"),
    ("en", "The curfew was lifted on Sunday", "curfew", "lifted"),
    ("en", "Curfew eased to six hours", "curfew", "eased"),
    ("en", "The president declared a state of emergency", "emergency", "imposed"),
    ("en", "Parliament voted to end martial law", "martial-law", "lifted"),
    ("en", "Mandatory evacuation ordered for the lower valley", "evacuation", "imposed"),
    ("en", "Residents were told to shelter in place", "shelter", "imposed"),
    ("en", "The foreign office updated its travel advice: do not travel", "travel-advice", "advised"),
    ("en", "The embassy closed its doors to the public", "embassy-closed", "closed"),
    ("en", "Aid groups told their personnel to limit movement in the city", "staff-movement", "advised"),
    ("en", "The army says the situation is under control", "hazard", "reassurance"),
    ("en", "The tsunami warning has been cancelled", "hazard", "all-clear"),
    ("en", "The ministry denied reports of a coup", "hazard", "denied"),
    ("fr", "Les opérations de l'aéroport sont suspendues", "airport", "suspended"),
    ("fr", "L'espace aérien est fermé jusqu'à nouvel ordre", "airspace", "closed"),
    ("fr", "Plusieurs compagnies ont annulé leurs vols", "flights", "cancelled"),
    ("fr", "La frontière avec le Bénin est fermée", "border", "closed"),
    ("fr", "L'aéroport a rouvert mardi matin", "airport", "restored"),
    ("fr", "L'aéroport devrait rouvrir jeudi", "airport", "to-restore"),
    ("fr", "Le trafic ferroviaire est interrompu entre les deux villes", "rail", "suspended"),
    ("fr", "La route nationale est bloquée par des manifestants", "road", "blocked"),
    ("fr", "Un couvre-feu est instauré de 20 heures à 6 heures", "curfew", "imposed"),
    ("fr", "Le couvre-feu a été levé", "curfew", "lifted"),
    ("fr", "Le président décrète l'état d'urgence", "emergency", "imposed"),
    ("fr", "Le consulat est fermé par précaution", "embassy-closed", "closed"),
    ("fr", "Les agents des Nations unies doivent limiter leurs déplacements", "staff-movement", "advised"),
    ("fr", "La situation est sous contrôle, assure l'armée", "hazard", "reassurance"),
    ("fr", "L'alerte au tsunami a été levée", "hazard", "all-clear"),
    ("fr", "Le gouvernement dément les rumeurs de coup d'État", "hazard", "denied"),
    ("fr", "Le quartier est privé d'électricité depuis lundi", "power", "suspended"),
    ("fr", "Les écoles restent fermées dans la capitale", "schools", "closed"),
    ("fr", "Les habitants sont invités à rester chez eux", "shelter", "imposed"),
]


@pytest.mark.parametrize(("language", "text", "target", "cue"), STATES)
def test_the_state_is_read(what: Callable, language: str, text: str, target: str, cue: str) -> None:
    assert (target, cue) in what(text, language).states()


def test_an_announced_reopening_is_to_come(what: Callable) -> None:
    (mention,) = what("The airport is to reopen on Friday").statuses
    assert mention.time_frame == "forecast"


def test_what_was_never_closed_is_not_closed(what: Callable) -> None:
    assert ("airport", "closed") not in what("The airport was never closed, the minister said").states()
    assert ("road", "closed") not in what("L'autoroute n'a pas été fermée", "fr").states()


def test_a_closure_of_years_ago_is_background(what: Callable) -> None:
    assert what("The airport was closed in 2019").states() == set()


def test_a_town_with_a_port_in_its_name_has_no_port(what: Callable) -> None:
    assert what("Port-au-Prince schools reopened").states() == {("schools", "restored")}


def test_reassurance_is_no_all_clear(what: Callable) -> None:
    cues = {cue for _, cue in what("Everything is under control, carry on as normal").states()}
    assert cues == {"reassurance"}


def test_each_target_takes_its_own_nearest_cue(what: Callable) -> None:
    read = what("The airport is closed; trains have resumed")
    assert read.states() == {("airport", "closed"), ("rail", "restored")}
