"""Where a Spanish text has it happen, and where not, one sentence a case."""

from collections.abc import Callable

import pytest

from bot.model.reading import Role
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Same names
    ("Inundaciones en Córdoba, en el centro de Argentina, dejan dos muertos.", {"Córdoba"}, {"ES"}),
    ("Dos autobuses chocaron cerca de Valencia, en Venezuela: catorce muertos.", {"Valencia"}, {"ES"}),
    ("Un incendio arrasa una fábrica en Mérida, la capital de Extremadura.", {"Mérida"}, {"MX", "VE"}),
    ("Balacera en un bar de Santiago de Cali, en Colombia.", set(), {"CL", "CU"}),
    ("Un tornado golpea la localidad de Paris, en Texas.", {"Paris"}, {"FR"}),
    # Country names
    ("Yihadistas matan a once soldados cerca de Tillabéri, en el oeste de Níger.", {"Tillabéri", "Niger"}, {"NG"}),
    ("Combates en Bunia, en el este de la República Democrática del Congo.", {"Bunia"}, {"CG"}),
    ("Soldados amotinados en Malabo, la capital de Guinea Ecuatorial.", {"Malabo"}, {"GN", "GW"}),
    ("Un terremoto sacude la costa de Japón.", {"Japan"}, set()),
    ("Protestas violentas en EE.UU. tras la muerte de un detenido.", {"United States"}, set()),
    # Governments
    ("Washington condena el atentado contra una mezquita de Kano.", {"Kano"}, {"US"}),
    ("Moscú niega que sus drones atacaran una escuela de Odesa.", {"Odesa"}, {"RU"}),
    ("La Moncloa expresa su pesar por el atentado de Estambul.", {"Istanbul"}, {"ES"}),
    ("El Kremlin dice no saber nada de la explosión en Tiflis.", {"Tbilisi"}, {"RU"}),
    # Nationality and origin
    ("Dos turistas españoles fueron asaltados en Marrakech.", {"Marrakesh"}, {"ES"}),
    ("Soldados franceses caen en una emboscada cerca de Kidal.", {"Kidal"}, {"FR"}),
    ("Un avión israelí bombardea un hospital de Baalbek.", {"Baalbek"}, {"IL"}),
    ("Pistoleros matan a nueve personas en una aldea nigeriana.", {"Nigeria"}, {"NE"}),
    # Embassies, talks
    (
        "La embajada de Estados Unidos en Maputo pide a sus ciudadanos no salir durante las protestas.",
        {"Maputo"},
        {"US"},
    ),
    ("Lanzan una granada contra la embajada de Turquía en Nairobi.", {"Nairobi"}, {"TR"}),
    ("Mientras seguían las conversaciones en Doha, los bombardeos golpearon Rafah.", {"Rafah"}, {"QA"}),
    # Datelines
    ("BOGOTÁ (AP) - Un terremoto sacudió este lunes el norte de Perú.", {"Peru"}, {"CO"}),
    # Routes, borders, flight
    ("Un vuelo de Madrid a Bucarest aterrizó de emergencia en Zagreb.", {"Zagreb"}, {"ES", "RO"}),
    ("Miles de personas huyeron a Uganda cuando los combates llegaron a Bunia.", {"Bunia"}, {"UG"}),
    ("Cohetes lanzados desde el Líbano alcanzan la ciudad de Haifa.", {"Haifa"}, {"LB"}),
    # Persons, words, organisations, teams
    ("El ministro Santiago Peña visitó a los heridos por la explosión en Encarnación, Paraguay.", set(), {"CL"}),
    ("Victoria Salazar fue secuestrada en Medellín.", {"Medellín"}, {"ES", "AR", "CA"}),
    ("El puerto de Guayaquil fue cerrado por una fuga de amoníaco.", {"Guayaquil"}, set()),
    ("El Cártel de Sinaloa atacó un cuartel en Ensenada.", {"Ensenada"}, set()),
    ("El Real Madrid suspendió su viaje a Kiev tras el bombardeo de la ciudad.", set(), {"ES"}),
    # Background and comparison
    ("Un atentado en Bruselas que recuerda al de París de 2015 deja seis muertos.", {"Brussels"}, {"FR"}),
    ("A diferencia de Chile, Perú declaró el estado de emergencia por las lluvias.", {"Peru"}, {"CL"}),
]


@pytest.mark.parametrize(("text", "expected", "barred"), CASES)
def test_the_scene_is_found(understood: Understand, text: str, expected: set[str], barred: set[str]) -> None:
    events = [m.place for m in understood(text).reading.places if m.role is Role.EVENT and m.place]
    assert expected <= {place.name for place in events}
    assert not barred & {place.country for place in events}
