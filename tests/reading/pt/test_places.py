"""Where a Portuguese text has it happen, and where not, one sentence a case."""

from collections.abc import Callable

import pytest

from bot.model.reading import Role
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Same names
    ("Inundações em Córdoba, no centro da Argentina, fazem dois mortos.", {"Córdoba"}, {"ES"}),
    ("Dois autocarros chocaram perto de Valência, na Venezuela: catorze mortos.", {"Valencia"}, {"ES"}),
    ("Incêndio destrói fábrica em Viana, nos arredores de Luanda, em Angola.", {"Luanda"}, {"PT", "BR"}),
    ("Explosão em fábrica de Santarém, no Pará, deixa três mortos.", {"Santarém"}, {"PT"}),
    ("Tornado atinge a cidade de Paris, no Texas.", {"Paris"}, {"FR"}),
    ("Tiroteio no Porto faz dois mortos.", {"Porto"}, {"BR"}),
    ("Operação policial no Rio deixa dez mortos.", set(), {"PT"}),
    # Country names
    ("Jihadistas matam onze soldados perto de Tillabéri, no oeste do Níger.", {"Tillabéri", "Niger"}, {"NG"}),
    ("Combates em Bunia, no leste da República Democrática do Congo.", {"Bunia"}, {"CG"}),
    ("Soldados amotinados em Malabo, capital da Guiné Equatorial.", {"Malabo"}, {"GN", "GW"}),
    ("Golpe de Estado na Guiné-Bissau: militares tomam o poder.", {"Guinea-Bissau"}, {"GN", "GQ"}),
    ("Enchentes no Brasil deixam dezenas de desaparecidos.", {"Brazil"}, set()),
    ("Terramoto abala a Jordânia.", {"Jordan"}, {"BR"}),
    # Governments
    ("Washington condena o atentado contra uma mesquita em Kano.", {"Kano"}, {"US"}),
    ("Moscovo nega que os seus drones tenham atacado uma escola em Odessa.", {"Odesa"}, {"RU"}),
    ("Itamaraty lamenta o atentado em Istambul.", {"Istanbul"}, {"BR"}),
    ("O Kremlin diz nada saber da explosão em Tbilisi.", {"Tbilisi"}, {"RU"}),
    # Nationality and origin
    ("Dois turistas brasileiros foram assaltados em Marrakech.", {"Marrakesh"}, {"BR"}),
    ("Soldados franceses caem em emboscada perto de Kidal.", {"Kidal"}, {"FR"}),
    ("Homens armados matam nove pessoas numa aldeia nigeriana.", {"Nigeria"}, {"NE"}),
    # Embassies, talks
    ("Embaixada de Portugal em Maputo pede aos portugueses que não saiam de casa.", {"Maputo"}, {"PT"}),
    ("Granada lançada contra a embaixada da Turquia em Nairóbi.", {"Nairobi"}, {"TR"}),
    ("Enquanto prosseguiam as negociações em Doha, bombardeios atingiram Rafah.", {"Rafah"}, {"QA"}),
    # Datelines
    ("LISBOA (Lusa) - Um sismo abalou esta segunda-feira o norte do Peru.", {"Peru"}, {"PT"}),
    # Routes, borders, flight
    ("Voo de Madrid para Bucareste faz aterragem de emergência em Zagreb.", {"Zagreb"}, {"ES", "RO"}),
    ("Milhares fugiram para o Uganda quando os combates chegaram a Bunia.", {"Bunia"}, {"UG"}),
    ("Foguetes lançados do Líbano atingem a cidade de Haifa.", {"Haifa"}, {"LB"}),
    # Persons, words, organisations, teams
    ("Washington Oliveira foi sequestrado em Recife.", {"Recife"}, {"US"}),
    ("O porto de Santos foi fechado devido a um vazamento de amônia.", {"Santos"}, {"PT"}),
    ("O Sporting de Braga adiou a viagem a Kiev após o bombardeio da cidade.", set(), {"PT"}),
    # Background and comparison
    ("Atentado em Bruxelas que lembra o de Paris em 2015 faz seis mortos.", {"Brussels"}, {"FR"}),
    ("Ao contrário do Chile, o Peru declarou estado de emergência devido às chuvas.", {"Peru"}, {"CL"}),
]


@pytest.mark.parametrize(("text", "expected", "barred"), CASES)
def test_the_scene_is_found(understood: Understand, text: str, expected: set[str], barred: set[str]) -> None:
    events = [m.place for m in understood(text).reading.places if m.role is Role.EVENT and m.place]
    assert expected <= {place.name for place in events}
    assert not barred & {place.country for place in events}
