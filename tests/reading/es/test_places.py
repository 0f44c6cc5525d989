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
    # Kinds of traps, mixed
    ("Un incendio destruyó parte del mercado de Trujillo, en el norte de Perú.", {"Trujillo"}, {"ES", "HN", "VE"}),
    ("Ataque armado en León, en el estado mexicano de Guanajuato.", {"León"}, {"ES", "NI"}),
    ("Inundaciones en Santiago del Estero dejan cientos de evacuados.", {"Santiago del Estero"}, {"CL"}),
    ("Un tiroteo en San José, California, deja tres muertos.", {"San Jose"}, {"CR"}),
    ("Explosión en una refinería de Cartagena, en la región de Murcia.", {"Cartagena"}, {"CO"}),
    ("Protestas en Guadalajara, capital de Jalisco, por la falta de agua.", {"Guadalajara"}, {"ES"}),
    ("Fuerte sismo en Concepción, en el sur de Chile.", {"Concepción"}, {"AR", "PY"}),
    ("Yihadistas atacan un puesto militar en Diffa, en el sureste de Níger.", {"Diffa"}, {"NG"}),
    ("Golpe de Estado en Bisáu, capital de Guinea-Bisáu.", {"Bissau"}, {"GN", "GQ"}),
    ("Enfrentamientos en Goma, en la República Democrática del Congo.", {"Goma"}, {"CG", "RW"}),
    ("Washington condenó el ataque contra un convoy en Gao.", {"Gao"}, {"US"}),
    ("París sigue con preocupación los combates en Yamena.", {"N'Djamena"}, {"FR"}),
    ("La Casa Blanca exige respuestas por la explosión en Panamá.", {"Panama"}, {"US"}),
    ("Dos mochileros alemanes desaparecen en la selva de Madidi, Bolivia.", {"Bolivia"}, {"DE"}),
    ("Turistas mexicanos quedan varados en Katmandú por los disturbios.", {"Kathmandu"}, {"MX"}),
    ("Fuerzas kenianas repelen un ataque en Puerto Príncipe.", {"Port-au-Prince"}, {"KE"}),
    ("La embajada de México en Quito fue asaltada por la policía.", {"Quito"}, {"MX"}),
    ("El consulado de Colombia en Maracaibo cerró por amenazas.", {"Maracaibo"}, {"CO"}),
    ("Mientras los cancilleres negocian en Ginebra, caen misiles sobre Járkiv.", {"Kharkiv"}, {"CH"}),
    ("LIMA (EFE).- Un alud sepultó un campamento minero en el norte de Chile.", {"Chile"}, {"PE"}),
    ("Un avión que volaba de Bogotá a Miami aterrizó de emergencia en Kingston.", {"Kingston"}, {"CO", "US"}),
    ("El tren de Sevilla a Madrid descarriló cerca de Puertollano.", {"Puertollano"}, set()),
    ("Misiles disparados desde Yemen impactaron en Eilat.", {"Eilat"}, {"YE"}),
    ("El general Madrid murió en una emboscada en Saravena, Arauca.", {"Saravena"}, {"ES"}),
    ("Valencia Cortés fue hallada sana y salva en Managua tras el secuestro.", {"Managua"}, {"ES"}),
    ("El Cartel de Medellín ya no existe, pero un coche bomba estalló en Popayán.", {"Popayán"}, set()),
    ("Barcelona de Guayaquil suspende su viaje a Lima por los disturbios en esa ciudad.", {"Lima"}, {"ES"}),
    ("El atentado de Estocolmo, similar al de Niza en 2016, deja cuatro muertos.", {"Stockholm"}, {"FR"}),
    ("Como ocurrió en Haití, un terremoto devastó el oeste de Turquía.", {"Turkey"}, {"HT"}),
    ("Granada lanzada contra un bar en Tumaco deja ocho heridos.", {"Tumaco"}, {"ES", "GD"}),
    ("Cierran el Estrecho de Ormuz tras el ataque a dos petroleros.", set(), {"US"}),
    ("Un sismo con epicentro frente a Esmeraldas se sintió en Cali y Pasto.", {"Esmeraldas"}, set()),
    ("Tres obreros chinos fueron secuestrados en el oeste de Malí.", {"Mali"}, {"CN"}),
    ("El presidente de Colombia calificó de terrorismo la bomba en Lago Agrio, Ecuador.", {"Ecuador"}, {"CO"}),
    ("Una mujer de Sevilla muere en el atentado de Bagdad.", {"Baghdad"}, {"ES"}),
    ("Disparos cerca del Capitolio de La Habana.", {"Havana"}, {"US"}),
    ("Paraguay cierra su frontera con Brasil en Ciudad del Este.", {"Ciudad del Este"}, set()),
    (
        "Explota un cilindro de gas en Santa Cruz de la Sierra; evacúan el barrio.",
        {"Santa Cruz de la Sierra"},
        {"CL", "ES"},
    ),
    ("Choque de buses cerca de Florencia, en el Caquetá, deja seis muertos.", {"Florencia"}, {"IT"}),
    ("Aluvión en San Juan, Argentina, corta la ruta 40.", {"San Juan"}, {"PR"}),
    ("Bomba frente a un cuartel en Mérida, Venezuela.", {"Mérida"}, {"ES", "MX"}),
    ("Un tornado arrasó la localidad de Madrid, en Iowa.", {"Madrid"}, {"ES"}),
    ("Explosión en un mercado de Zinder, en Níger.", {"Zinder"}, {"NG"}),
    ("Enfrentamientos en Pointe-Noire, en el Congo-Brazzaville.", {"Pointe-Noire"}, {"CD"}),
    ("La Habana condena el bombardeo contra Trípoli.", {"Tripoli"}, {"CU"}),
    ("Un jubilado sueco muere ahogado por el temporal en Alicante.", {"Alicante"}, {"SE"}),
    ("Cascos azules uruguayos quedan atrapados en los combates de Goma.", {"Goma"}, {"UY"}),
    ("La embajada rusa en Damasco fue alcanzada por un cohete.", {"Damascus"}, {"RU"}),
    ("Mientras la OTAN se reúne en La Haya, Rusia bombardea Dnipró.", {"Dnipro"}, {"NL"}),
    ("Cientos de colombianos huyen a Ureña por los combates en Tibú.", {"Tibú"}, set()),
    ("Lima Vargas, la alcaldesa, resultó herida en el atentado de Cúcuta.", {"Cúcuta"}, {"PE"}),
    ("El Santos suspendió su vuelo a La Paz por el paro en el aeropuerto.", {"La Paz"}, {"BR"}),
    ("Como en Bogotá en 2019, los manifestantes tomaron el centro de Asunción.", {"Asunción"}, {"CO"}),
    ("Cae un puente en Santiago de Cuba.", {"Santiago de Cuba"}, {"CL"}),
    ("El Gobierno de Chile envía bomberos a Bolivia, donde arde Roboré.", set(), {"CL"}),
    ("Ola de calor extremo en Écija, Sevilla.", {"Écija"}, set()),
    ("Se fuga amoniaco en una planta de San Antonio, Chile.", {"San Antonio"}, {"US"}),
    ("Un coche bomba mata a cinco en Bogotá, dice la policía de Colombia.", {"Bogotá"}, set()),
]


@pytest.mark.parametrize(("text", "expected", "barred"), CASES)
def test_the_scene_is_found(understood: Understand, text: str, expected: set[str], barred: set[str]) -> None:
    events = [m.place for m in understood(text).reading.places if m.role is Role.EVENT and m.place]
    assert expected <= {place.name for place in events}
    assert not barred & {place.country for place in events}
