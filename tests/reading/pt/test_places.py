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
    # Kinds of traps, mixed
    ("Incêndio de grandes proporções atinge fábrica em Santarém, no Pará.", {"Santarém"}, {"PT"}),
    ("Idosos retirados de lar em Santarém devido à subida do Tejo.", {"Santarém"}, {"BR"}),
    ("Cheias em Vitória, capital do Espírito Santo, deixam desalojados.", {"Vitória"}, {"ES"}),
    ("Explosão numa mina em Moatize, na província de Tete.", {"Moatize"}, set()),
    ("Inundações na província moçambicana de Gaza fazem cinco mortos.", {"Gaza"}, {"PS"}),
    ("Jihadistas matam soldados em Tahoua, no Níger.", {"Tahoua"}, {"NG"}),
    ("Militares amotinados em Conacri, na Guiné.", {"Conakry"}, {"GQ", "GW"}),
    ("Confrontos em Goma, no leste da República Democrática do Congo.", {"Goma"}, {"CG"}),
    ("Tornado atinge Lagos, no Algarve.", {"Lagos"}, {"NG"}),
    ("Protestos violentos em Lagos, na Nigéria.", {"Lagos"}, {"PT"}),
    ("Washington condena ataque a hospital em Porto Príncipe.", {"Port-au-Prince"}, {"US"}),
    ("Lisboa acompanha com preocupação a violência em Bissau.", {"Bissau"}, {"PT"}),
    ("Brasília critica bombardeio em Beirute.", {"Beirut"}, {"BR"}),
    ("O Kremlin nega envolvimento na explosão em Vilnius.", {"Vilnius"}, {"RU"}),
    ("Turistas brasileiros ficam presos em Cusco por causa dos bloqueios.", {"Cusco"}, {"BR"}),
    ("Três portugueses feridos em atentado no Cairo.", {"Cairo"}, {"PT"}),
    ("Embaixada do Brasil em Tel Aviv suspende atendimento após ataque com mísseis.", {"Tel Aviv"}, {"BR"}),
    ("Granada explode em frente da embaixada de Angola em Kinshasa.", {"Kinshasa"}, {"AO"}),
    ("Enquanto decorrem negociações em Genebra, drones atingem Dnipro.", {"Dnipro"}, {"CH"}),
    ("LUANDA (Lusa) - Um sismo abalou esta quinta-feira o sul do Malawi.", {"Malawi"}, {"AO"}),
    ("SÃO PAULO - Um furacão atingiu nesta sexta a República Dominicana.", {"Dominican Republic"}, {"BR"}),
    ("Voo de Lisboa para Luanda aterra de emergência em Dacar.", {"Dakar"}, {"AO", "PT"}),
    (
        "Avião que ia de São Paulo para Buenos Aires desviado para Montevidéu por causa da tempestade.",
        {"Montevideo"},
        {"BR"},
    ),
    ("Milhares fogem para o Uganda devido aos combates em Bunia.", {"Bunia"}, {"UG"}),
    ("Mísseis lançados do Iémen atingem Eilat.", {"Eilat"}, {"YE"}),
    ("O ministro Paulo Portugal visitou os feridos da explosão em Benguela.", {"Benguela"}, {"PT"}),
    ("O Porto adiou a viagem a Kiev depois do ataque com drones à cidade.", {"Kyiv"}, {"PT"}),
    ("Atentado em Viena, semelhante ao de Bruxelas em 2016, faz três mortos.", {"Vienna"}, {"BE"}),
    ("Ao contrário de Angola, a Zâmbia decretou quarentena por causa da cólera.", {"Zambia"}, {"AO"}),
    ("Operário do Porto morre em desabamento em Antuérpia; há doze mortos.", {"Antwerp"}, {"PT"}),
    ("O presidente de Moçambique lamenta as mortes no acidente em Blantyre, no Malawi.", {"Malawi"}, {"MZ"}),
    (
        "Primeiro Comando da Capital ataca quartel em Pedro Juan Caballero, no Paraguai.",
        {"Pedro Juan Caballero"},
        {"BR"},
    ),
    ("Deslizamento em Santos, no litoral paulista, interdita rodovia.", {"Santos"}, set()),
    ("Ponte desaba no rio Tocantins, entre Estreito e Aguiarnópolis.", {"Estreito"}, set()),
    ("Cabo Verde: surto de dengue na Praia leva à declaração de emergência.", {"Praia"}, set()),
    ("Deslizamento em Viana do Castelo corta estrada.", {"Viana do Castelo"}, {"AO"}),
    ("Incêndio em Bragança Paulista destrói fábrica.", {"Bragança Paulista"}, {"PT"}),
    ("Surto de cólera em Viana, nos arredores de Luanda.", {"Viana"}, {"BR", "PT"}),
    ("Tornado arrasa Lisbon, no Ohio.", {"Lisbon"}, {"PT"}),
    ("Explosão em mercado de Maradi, no Níger.", {"Maradi"}, {"NG"}),
    ("Combates em Bukavu, na RDC.", {"Bukavu"}, {"CG"}),
    ("Pequim condena atentado contra engenheiros chineses em Gwadar.", {"Gwadar"}, {"CN"}),
    ("Bruxelas preocupada com repressão em Minsk.", {"Minsk"}, {"BE"}),
    ("Casal brasileiro morre em desabamento de hotel em Istambul.", {"Istanbul"}, {"BR"}),
    ("Militares portugueses sob fogo em Bangui.", {"Bangui"}, {"PT"}),
    ("Embaixada russa em Bagdade atingida por rocket.", {"Baghdad"}, {"RU"}),
    ("Enquanto líderes se reuniam em Brasília, um terremoto abalava Lima.", {"Lima"}, {"BR"}),
    ("Barco que ligava Praia ao Mindelo naufraga ao largo de São Nicolau.", set(), {"BR", "PT"}),
    ("Milhares de moçambicanos fogem para o Malawi devido à violência em Morrumbala.", {"Morrumbala"}, {"MW"}),
    ("Rockets disparados do Líbano atingem Haifa.", {"Haifa"}, {"LB"}),
    ("Santos Lima, o prefeito, foi baleado em Cuiabá.", {"Cuiabá"}, {"PE"}),
    ("O Benfica cancelou o voo para Kiev após o bombardeamento da cidade.", {"Kyiv"}, {"PT"}),
    ("Tal como em Paris em 2015, terroristas atacaram sala de espetáculos em Moscovo.", {"Moscow"}, {"FR"}),
    ("Ponte cai em São Luís, no Maranhão.", {"São Luís"}, set()),
    ("Governo de Portugal envia bombeiros para a Galiza, onde arde Ourense.", set(), {"PT"}),
    ("Vazamento de gás em Belém fere dez operários.", {"Belém"}, {"PS"}),
    ("Cheias em Maputo deixam mil desalojados, diz o governo de Moçambique.", {"Maputo"}, set()),
]


@pytest.mark.parametrize(("text", "expected", "barred"), CASES)
def test_the_scene_is_found(understood: Understand, text: str, expected: set[str], barred: set[str]) -> None:
    events = [m.place for m in understood(text).reading.places if m.role is Role.EVENT and m.place]
    assert expected <= {place.name for place in events}
    assert not barred & {place.country for place in events}
