"""What a Spanish text says: hazards, states, time, denial, sorts of writing, counts; one sentence a case."""

from collections.abc import Callable
from math import inf

import pytest

from bot.model.reading import Polarity, TimeFrame
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

# Words of Spain and of America for one thing stand side by side.
ALERTED = [
    ("armed-attack", "Hombres armados irrumpen en una aldea del norte de Nigeria y matan a doce campesinos."),
    ("armed-attack", "Un terrorista suicida hizo estallar su chaleco junto a una mezquita de Peshawar; nueve muertos."),
    ("armed-attack", "Balacera en un bar de Guayaquil deja cuatro muertos y siete heridos."),
    ("armed-attack", "Un tirador abre fuego en un centro comercial de Copenhague."),
    ("armed-attack", "Un coche embiste a una multitud en un mercadillo de Bremen; hay veinte heridos."),
    ("armed-attack", "Asesinan a balazos al alcalde de un municipio de Michoacán, en México."),
    ("armed-attack", "Explota un carro bomba frente a la estación de policía de Jamundí, en Colombia."),
    ("armed-attack", "Un hombre con un cuchillo apuñala a tres viajeros en la estación de Hamburgo."),
    ("armed-conflict", "Drones rusos alcanzan de madrugada el puerto de Odesa."),
    ("armed-conflict", "Israel bombardea los suburbios del sur de Beirut."),
    ("armed-conflict", "Intensos combates entre el Ejército y los paramilitares en El Fasher, Sudán."),
    ("armed-conflict", "Los rebeldes del M23 toman la ciudad de Bukavu, en el este del Congo."),
    ("kidnapping", "Secuestran a seis obreros en la carretera de Kandahar."),
    ("kidnapping", "Piratas abordan un petrolero frente a las costas de Somalia."),
    ("coup", "Militares toman el poder en Gabón y anuncian la destitución del presidente."),
    ("unrest", "La policía de Nairobi lanza gases lacrimógenos contra los manifestantes."),
    ("unrest", "Miles de personas salen a las calles de Belgrado para pedir la renuncia del Gobierno."),
    ("unrest", "Campesinos bloquean la carretera Panamericana en el sur de Perú por tercer día."),
    ("unrest", "Los sindicatos convocan una huelga general en Bélgica para el jueves."),
    ("crime", "Ola de asaltos a turistas en las playas de Acapulco."),
    ("airport", "Cancelan decenas de vuelos en Barajas por la huelga de controladores."),
    ("airport", "Cierran el aeropuerto de Catania por la ceniza del Etna."),
    ("transport", "Descarrila un tren de pasajeros en el norte de Egipto: treinta muertos."),
    ("transport", "Paro de transportistas deja a Lima sin autobuses este martes."),
    ("earthquake", "Un sismo de magnitud 6,1 sacude el sur de Chile."),
    ("tsunami", "Emiten alerta de tsunami para las costas de Ecuador tras un fuerte terremoto."),
    ("volcano", "El volcán Popocatépetl lanza una columna de ceniza de cinco kilómetros."),
    ("storm", "El huracán Marta toca tierra en Belice con vientos de 190 kilómetros por hora."),
    ("flood", "Al menos ocho muertos por las inundaciones en la provincia de Buenos Aires."),
    ("flood", "El río Magdalena se desborda y obliga a evacuar varios barrios de Honda."),
    ("wildfire", "Un incendio forestal arrasa 3.000 hectáreas en Zamora y obliga a desalojar cinco pueblos."),
    ("landslide", "Un deslave sepulta viviendas en Baños, Ecuador; buscan a diez desaparecidos."),
    ("extreme-weather", "Ola de calor: la Aemet activa el aviso rojo en Sevilla."),
    ("health", "Confirman un brote de cólera en Sudán del Sur con veinte muertos."),
    ("infrastructure", "Un apagón deja sin luz a media Caracas."),
    ("industrial", "Explosión en una fábrica de pirotecnia en Tultepec, México: once muertos."),
    ("advisory", "Decretan toque de queda en Puerto Príncipe por la violencia."),
    ("advisory", "Exteriores desaconseja viajar a Burkina Faso."),
]
SILENT = [
    "La guerra de precios entre aerolíneas abarata los billetes.",
    "Lluvia de críticas al ministro por la reforma fiscal.",
    "Terremoto político en Madrid tras la dimisión de la portavoz.",
    "El delantero marcó con un disparo desde fuera del área ante el Betis.",
    "Condenan a treinta años de prisión al autor del atentado de Barcelona.",
    "Se cumplen diez años del terremoto que mató a cientos de personas en Manabí.",
    "México celebra este lunes un simulacro nacional de sismo.",
    "Desarticulan una célula que planeaba un atentado en Ceuta.",
    "La nueva serie de Netflix cuenta el secuestro de un avión en los años setenta.",
    "El petróleo sube un 3 % tras los ataques a refinerías rusas.",
    "El Gobierno desmiente los rumores de un golpe de Estado.",
    "Los homicidios bajaron un 12 % en el primer semestre, según las estadísticas oficiales.",
    "El paro registrado baja en 20.000 personas en julio.",
    "Un hombre muere de un infarto durante una carrera popular en Toledo.",
    "Recaudan fondos para los damnificados por las inundaciones con un concierto benéfico.",
]
STATES = [
    ("El aeropuerto de Bogotá permanece cerrado por la niebla.", "airport", "closed"),
    ("El aeropuerto de Bogotá reabrió sus puertas a mediodía.", "airport", "restored"),
    ("Suspendidos todos los vuelos a Beirut.", "flights", "suspended"),
    ("Colombia cierra la frontera con Venezuela.", "border", "closed"),
    ("Polonia reabrirá la frontera con Bielorrusia el lunes.", "border", "to-restore"),
    ("La línea 3 del metro está interrumpida por una avería.", "rail", "suspended"),
    ("Levantan el toque de queda en Guayaquil.", "curfew", "lifted"),
    ("El Gobierno prorroga el estado de excepción en Quito.", "emergency", "imposed"),
    ("La embajada de Estados Unidos en Bamako cierra sus puertas.", "embassy-closed", "closed"),
    ("Vuelve la luz a La Habana tras doce horas de apagón.", "power", "restored"),
    ("El incendio de la sierra está controlado, según los bomberos.", "hazard", "all-clear"),
    ("Las autoridades llaman a la calma: la situación está bajo control.", "hazard", "reassurance"),
]
COUNTS = [
    ("Al menos 14 muertos en un ataque armado en Celaya.", "killed", 14, inf),
    ("Mueren tres niños en un bombardeo en Gaza.", "killed", 3, 3),
    ("Una treintena de heridos en el choque de dos tranvías.", "injured", 27, 33),
    ("Decenas de desaparecidos tras el naufragio.", "missing", 20, 99),
    ("Treinta y cinco mineros atrapados en un pozo de Coahuila.", "missing", 35, 35),
    ("Evacuan a más de 2.000 vecinos por el incendio.", "evacuated", 2001, inf),
    ("Un terremoto de magnitud 5,4 despierta a Murcia.", "magnitude", 5.4, 5.4),
    ("Huracán de categoría 4 avanza hacia Cuba.", "storm-category", 4, 4),
    ("El ataque no dejó víctimas, dijo la policía.", "killed", 0, 0),
]
FRAMES = [
    ("Hace tres años un atentado mató a seis soldados.", TimeFrame.BACKGROUND),
    ("El huracán Marta podría tocar tierra el viernes.", TimeFrame.FORECAST),
    ("Un terremoto sacude esta mañana la costa de Perú.", TimeFrame.CURRENT),
]
DENIED = [
    "No hubo ninguna explosión en el metro.",
    "No hay alerta de tsunami.",
    "El Ejército niega el ataque a la aldea.",
]


@pytest.mark.parametrize(("hazard", "text"), ALERTED)
def test_a_danger_is_alerted_by_its_kind(understood: Understand, hazard: str, text: str) -> None:
    main = understood(text).assessments[0]
    assert (main.alertable, str(main.hazard)) == (True, hazard)


@pytest.mark.parametrize("text", SILENT)
def test_what_only_sounds_like_danger_is_silent(understood: Understand, text: str) -> None:
    assert not any(each.alertable for each in understood(text).assessments)


@pytest.mark.parametrize(("text", "target", "cue"), STATES)
def test_a_state_is_told(understood: Understand, text: str, target: str, cue: str) -> None:
    statuses = understood(text).reading.statuses
    assert (target, cue) in {(str(m.target), str(m.cue)) for m in statuses if m.polarity is not Polarity.NEGATED}


@pytest.mark.parametrize(("text", "kind", "low", "high"), COUNTS)
def test_people_and_sizes_are_counted(understood: Understand, text: str, kind: str, low: float, high: float) -> None:
    assert (kind, low, high) in {(str(m.kind), m.low, m.high) for m in understood(text).reading.impacts}


@pytest.mark.parametrize(("text", "frame"), FRAMES)
def test_the_hazard_has_its_time(understood: Understand, text: str, frame: TimeFrame) -> None:
    hazards = understood(text).reading.hazards
    assert hazards
    assert {mention.time_frame for mention in hazards} == {frame}


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_is_not_asserted(understood: Understand, text: str) -> None:
    assert all(mention.polarity is Polarity.NEGATED for mention in understood(text).reading.hazards)
