"""What a Portuguese text says: hazards, states, time, denial, sorts of writing, counts; one sentence a case."""

from collections.abc import Callable
from math import inf

import pytest

from bot.model.reading import Polarity, TimeFrame
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

# Words of Portugal and of Brazil for one thing stand side by side.
ALERTED = [
    ("armed-attack", "Homens armados invadem aldeia no norte da Nigéria e matam doze camponeses."),
    ("armed-attack", "Homem-bomba explode-se junto a uma mesquita em Peshawar; nove mortos."),
    ("armed-attack", "Tiroteio em bar de Guayaquil deixa quatro mortos e sete feridos."),
    ("armed-attack", "Atirador abre fogo num centro comercial de Copenhaga."),
    ("armed-attack", "Carro avança sobre multidão em mercado de Natal em Bremen e fere vinte pessoas."),
    ("armed-attack", "Prefeito é morto a tiros em Michoacán, no México."),
    ("armed-attack", "Insurgentes atacam posto militar em Cabo Delgado e matam seis soldados."),
    ("armed-attack", "Chacina em Belém deixa sete mortos durante a madrugada."),
    ("armed-conflict", "Drones russos atingem de madrugada o porto de Odessa."),
    ("armed-conflict", "Israel bombardeia os subúrbios do sul de Beirute."),
    ("armed-conflict", "Intensos combates entre o Exército e os paramilitares em El Fasher, no Sudão."),
    ("armed-conflict", "Rebeldes do M23 tomam o controlo da cidade de Bukavu, no leste do Congo."),
    ("kidnapping", "Seis operários raptados na estrada de Kandahar."),
    ("kidnapping", "Piratas abordam petroleiro ao largo da Somália."),
    ("coup", "Militares tomam o poder no Gabão e anunciam a destituição do presidente."),
    ("unrest", "Polícia de Nairóbi lança gás lacrimogéneo contra manifestantes."),
    ("unrest", "Milhares de pessoas saem às ruas de Belgrado para pedir a demissão do governo."),
    ("unrest", "Caminhoneiros bloqueiam rodovia no Paraná pelo terceiro dia."),
    ("unrest", "Sindicatos convocam greve geral na Bélgica para quinta-feira."),
    ("crime", "Onda de assaltos a turistas nas praias de Acapulco."),
    ("airport", "Dezenas de voos cancelados em Lisboa devido à greve dos tripulantes."),
    ("airport", "Aeroporto de Catânia encerrado devido às cinzas do Etna."),
    ("transport", "Comboio descarrila no norte do Egito e faz trinta mortos."),
    ("transport", "Greve de ônibus deixa Belo Horizonte sem transporte nesta terça."),
    ("earthquake", "Sismo de magnitude 6,1 abala o sul do Chile."),
    ("tsunami", "Emitido alerta de tsunami para a costa do Equador após forte terremoto."),
    ("volcano", "Vulcão Popocatépetl lança coluna de cinza com cinco quilómetros."),
    ("storm", "Furacão Marta toca terra no Belize com ventos de 190 quilômetros por hora."),
    ("flood", "Pelo menos oito mortos em inundações na província de Buenos Aires."),
    ("flood", "Enchente deixa centenas de desabrigados em Petrópolis."),
    ("wildfire", "Incêndio florestal destrói 3.000 hectares em Zamora e obriga a evacuar cinco aldeias."),
    ("landslide", "Deslizamento de terra soterra casas em Angra dos Reis; dez desaparecidos."),
    ("extreme-weather", "Onda de calor: IPMA põe Évora sob aviso vermelho."),
    ("health", "Confirmado surto de cólera no Sudão do Sul com vinte mortos."),
    ("infrastructure", "Apagão deixa sem luz metade de Caracas."),
    ("industrial", "Explosão em fábrica de fogos em Tultepec, no México, faz onze mortos."),
    ("advisory", "Decretado recolher obrigatório em Porto Príncipe devido à violência."),
    ("advisory", "Itamaraty desaconselha viagens a Burkina Faso."),
]
SILENT = [
    "A guerra de preços entre companhias aéreas baixa o custo dos bilhetes.",
    "Chuva de críticas ao ministro por causa da reforma fiscal.",
    "Terramoto político em Lisboa após a demissão da porta-voz.",
    "O avançado marcou com um disparo de fora da área frente ao Braga.",
    "Autor do atentado de Barcelona condenado a trinta anos de prisão.",
    "Há dez anos um terremoto matou centenas de pessoas no Equador.",
    "Portugal faz esta terça-feira um simulacro nacional de sismo.",
    "Polícia desmantela célula que planeava um atentado em Ceuta.",
    "A nova série da Netflix conta o sequestro de um avião nos anos setenta.",
    "O petróleo sobe 3% após os ataques a refinarias russas.",
    "Governo desmente rumores de golpe de Estado.",
    "Os homicídios caíram 12% no primeiro semestre, segundo as estatísticas oficiais.",
    "Homem morre de enfarte durante corrida popular em Coimbra.",
    "Concerto solidário angaria fundos para as vítimas das inundações.",
    "Ataque cardíaco afasta treinador do banco.",
]
STATES = [
    ("O aeroporto do Porto continua fechado devido ao nevoeiro.", "airport", "closed"),
    ("O aeroporto de Congonhas reabriu ao meio-dia.", "airport", "restored"),
    ("Suspensos todos os voos para Beirute.", "flights", "suspended"),
    ("Colômbia fecha a fronteira com a Venezuela.", "border", "closed"),
    ("A Polónia reabrirá a fronteira com a Bielorrússia na segunda-feira.", "border", "to-restore"),
    ("Circulação na linha do metro interrompida por avaria.", "rail", "suspended"),
    ("Levantado o recolher obrigatório em Maputo.", "curfew", "lifted"),
    ("Governo prorroga o estado de calamidade no Rio Grande do Sul.", "emergency", "imposed"),
    ("Embaixada dos Estados Unidos em Bamako encerra as portas.", "embassy-closed", "closed"),
    ("A luz voltou a Havana depois de doze horas de apagão.", "power", "restored"),
    ("O incêndio na serra está controlado, segundo os bombeiros.", "hazard", "all-clear"),
    ("As autoridades apelam à calma: a situação está sob controlo.", "hazard", "reassurance"),
]
COUNTS = [
    ("Ao menos 14 mortos em ataque a tiros em Celaya.", "killed", 14, inf),
    ("Morrem três crianças em bombardeio em Gaza.", "killed", 3, 3),
    ("Cerca de 30 feridos no choque de dois elétricos.", "injured", 27, 33),
    ("Dezenas de desaparecidos após o naufrágio.", "missing", 20, 99),
    ("Trinta e cinco mineiros soterrados em Minas Gerais.", "missing", 35, 35),
    ("Mais de 2.000 moradores retirados devido ao incêndio.", "evacuated", 2001, inf),
    ("Terremoto de magnitude 5,4 acorda os Açores.", "magnitude", 5.4, 5.4),
    ("Furacão de categoria 4 avança para Cuba.", "storm-category", 4, 4),
    ("O ataque não fez vítimas, disse a polícia.", "killed", 0, 0),
]
FRAMES = [
    ("Há três anos um atentado matou seis soldados.", TimeFrame.BACKGROUND),
    ("O furacão Marta poderá tocar terra na sexta-feira.", TimeFrame.FORECAST),
    ("Um sismo abala esta manhã a costa do Peru.", TimeFrame.CURRENT),
]
DENIED = [
    "Não houve nenhuma explosão no metro.",
    "Não há alerta de tsunami.",
    "O Exército nega o ataque à aldeia.",
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
