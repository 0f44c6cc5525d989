"""Words on which an event's life hangs, in six languages: ends, orders, what was earlier, who only speaks there."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot.app.books import load_books
from bot.app.reading_lines import Line
from bot.model.assessment import Assessment, Status
from bot.model.hazard import Measure, Target
from bot.model.reading import Cue, ImpactKind
from bot.pipeline import Books, understand

CONFIG = Path(__file__).resolve().parents[2] / "config"
NOON = datetime(2027, 3, 13, 12, tzinfo=UTC)


@cache
def books() -> Books:
    return load_books(CONFIG)


def judged(language: str, text: str) -> Assessment:
    line = {"id": "1", "lang": language, "published_at": NOON.isoformat(), "text": text}
    return understand(Line.model_validate(line).item(), books()).assessments[0]


def measures(told: Assessment) -> dict[Measure, Cue]:
    return {state.measure: state.cue for state in told.measures}


ENDS_OF_ALERTS = [
    ("es", "Fin de la alerta por Beryl en Cancún, los vecinos regresan a sus casas"),
    ("pt", "Autoridades levantam alerta devido a Beryl em Quelimane"),
    ("fr", "Fin de l'alerte liée à Beryl à Toamasina"),
    ("en", "Alert over Beryl ends in Cancun as residents go home"),
    ("ru", "В Канкуне отменена тревога из-за «Берил», жители возвращаются домой"),
    ("ar", "انتهاء حالة التأهب بسبب بيريل في كانكون وعودة السكان إلى منازلهم"),
]
NORMAL_LIFE = [
    ("en", "Life returns to normal in Tripoli as roads reopen and troops pull out"),
    ("fr", "La vie a repris son cours normal à Tripoli, les routes ont rouvert"),
    ("es", "Vuelve la normalidad a Trípoli y se reabren las carreteras"),
    ("ru", "Жизнь в Триполи вернулась в обычное русло, дороги открыты"),
]
ORDERS = [
    ("en", "Authorities ordered some 4,000 people to leave the seaside town of Paita"),
    ("en", "Peru orders 9,000 out of coastal villages as storm surge nears"),
    ("es", "Perú ordena a 9.000 personas salir de los pueblos costeros de Paita por el temporal"),
    ("fr", "Le Pérou ordonne à 9 000 habitants de quitter le littoral de Paita avant la tempête"),
    ("pt", "Peru manda 9.000 pessoas sair das aldeias costeiras de Paita por causa da tempestade"),
    ("ru", "Власти Перу приказали 9 тысячам жителей покинуть прибрежные посёлки у Пайты из-за шторма"),
]
NO_ORDERS = [
    ("en", "UN calls for an immediate truce in Khartoum to evacuate civilians as fighting rages"),
    ("fr", "Soudan : l'ONU réclame une trêve à Khartoum pour évacuer les civils, les combats font rage"),
    ("ar", "الأمم المتحدة تطالب بهدنة في الخرطوم لإجلاء المدنيين والمعارك مستمرة"),
    ("en", "Residents of Padang fled the seafront on motorbikes after a magnitude 6.8 quake"),
    ("es", "Vecinos de Padang huyeron del paseo marítimo tras un terremoto de magnitud 6,8"),
    ("pt", "Moradores de Padang fugiram da orla após um sismo de magnitude 6,8"),
    ("ar", "دعت الشرطة سكان الخرطوم إلى عدم مغادرة منازلهم بعد اندلاع اشتباكات"),
]
TO_BE_LIFTED = [
    ("en", "Dakar curfew to be lifted on Monday, governor says"),
    ("fr", "Le couvre-feu sera levé lundi à Dakar"),
    ("es", "El toque de queda se levantará el lunes en Dakar"),
    ("pt", "Recolher obrigatório em Dakar será levantado na segunda-feira"),
    ("ru", "Комендантский час в Дакаре отменят в понедельник"),
    ("ar", "رفع حظر التجول في داكار اعتبارا من الاثنين"),
]
EARLIER = [
    ("en", "Four people were killed by shells in Tank. The attack came a day after air strikes that killed fourteen."),
    (
        "es",
        (
            "Cuatro personas murieron en Tank por disparos de mortero. El ataque llega un día después de los "
            "bombardeos sobre Jost, que causaron catorce muertos."
        ),
    ),
    ("ar", "قتل أربعة أشخاص بقذائف في تانك. ويأتي الهجوم بعد يوم من غارات على خوست أوقعت 14 قتيلا."),
]
FROM_THE_ARCHIVE = [
    ("en", "From our archive, first published 3 May 2021. Clashes in Cali left 12 people dead."),
    (
        "es",
        "De nuestro archivo, publicado por primera vez el 3 de mayo de 2021. Los enfrentamientos dejaron 12 muertos.",
    ),
    ("fr", "Tiré de nos archives, article publié le 3 mai 2021. Les affrontements à Cali ont fait 12 morts."),
    ("pt", "Do arquivo: publicado originalmente em 3 de maio de 2021. Confrontos em Cali deixaram 12 mortos."),
    ("ru", "Из архива, впервые опубликовано 3 мая 2021 года. Столкновения в Кали унесли жизни 12 человек."),
    ("ar", "من الأرشيف، نشر لأول مرة في 3 مايو 2021. اشتباكات في كالي أوقعت 12 قتيلا."),
]
SOURCES = [
    ("en", "Gunmen attacked a checkpoint near Sibi, a security source in Islamabad said"),
    ("es", "Hombres armados atacaron un puesto cerca de Sibi, dijo una fuente de seguridad en Islamabad"),
    ("fr", "Des hommes armés ont attaqué un poste près de Sibi, a indiqué une source de sécurité à Islamabad"),
    ("pt", "Homens armados atacaram um posto perto de Sibi, disse uma fonte de segurança em Islamabad"),
    ("ru", "Боевики напали на блокпост близ Сиби, сообщил источник в Исламабаде"),
]
DIVERTED = [
    ("en", "Flights were diverted to Misrata as clashes shut Mitiga airport"),
    ("es", "Los vuelos fueron desviados a Misrata por los combates junto al aeropuerto de Mitiga"),
    ("pt", "Voos desviados para Misrata devido aos combates junto ao aeroporto de Mitiga em Trípoli"),
    ("ru", "Рейсы перенаправлены в Мисурату из-за боёв у аэропорта Митига в Триполи"),
]


@pytest.mark.parametrize(("language", "text"), ENDS_OF_ALERTS)
def test_the_end_of_a_named_alert_is_an_end(language: str, text: str) -> None:
    told = judged(language, text)
    assert (told.alertable, told.status) == (True, Status.ENDED)
    assert measures(told)[Measure.WARNING] is Cue.LIFTED


@pytest.mark.parametrize(("language", "text"), NORMAL_LIFE)
def test_life_that_is_back_to_normal_is_an_end(language: str, text: str) -> None:
    told = judged(language, text)
    assert told.status is Status.ENDED
    assert (Target.HAZARD, Cue.ALL_CLEAR) in {(state.target, state.cue) for state in told.targets}


@pytest.mark.parametrize(("language", "text"), ORDERS)
def test_so_many_told_to_leave_is_an_order(language: str, text: str) -> None:
    assert measures(judged(language, text))[Measure.EVACUATION] is Cue.IMPOSED


@pytest.mark.parametrize(("language", "text"), NO_ORDERS)
def test_a_plea_or_a_flight_is_no_order_to_leave(language: str, text: str) -> None:
    assert Measure.EVACUATION not in measures(judged(language, text))


@pytest.mark.parametrize(("language", "text"), TO_BE_LIFTED)
def test_a_curfew_that_is_to_be_lifted_is_in_force(language: str, text: str) -> None:
    assert measures(judged(language, text))[Measure.CURFEW] is Cue.TO_RESTORE


@pytest.mark.parametrize(("language", "text"), EARLIER)
def test_the_dead_of_the_blow_before_are_not_counted(language: str, text: str) -> None:
    assert [toll.high for toll in judged(language, text).impacts if toll.kind is ImpactKind.KILLED] == [4]


@pytest.mark.parametrize(("language", "text"), FROM_THE_ARCHIVE)
def test_what_comes_from_the_archive_is_no_news(language: str, text: str) -> None:
    assert not judged(language, text).alertable


@pytest.mark.parametrize(("language", "text"), SOURCES)
def test_nothing_happens_where_a_source_sits(language: str, text: str) -> None:
    assert [place.name for place in judged(language, text).places] == ["Sibi"]


@pytest.mark.parametrize(("language", "text"), DIVERTED)
def test_nothing_happens_where_flights_are_diverted_to(language: str, text: str) -> None:
    assert "Misratah" not in {place.name for place in judged(language, text).places}


def test_people_arrested_are_not_dead() -> None:
    told = judged("pt", "O balanço oficial dos tumultos em Luanda é de 18 mortos e 530 detidos")
    assert [toll.high for toll in told.impacts if toll.kind is ImpactKind.KILLED] == [18]


TO_COME = [
    ("en", "Curfew in Goma to be lifted on Monday, governor says"),
    ("en", "Border between Niger and Benin to be reopened on Monday"),
    ("fr", "Le couvre-feu à Goma sera levé lundi"),
    ("fr", "L'aéroport de Goma rouvre lundi"),
    ("es", "El toque de queda en Guayaquil se levantará el lunes"),
    ("es", "Levantarán el lunes el toque de queda en Guayaquil"),
    ("pt", "Recolher obrigatório em Luanda será levantado na segunda-feira"),
    ("pt", "Aeroporto de Luanda reabre na segunda-feira"),
    ("ar", "سيتم رفع حظر التجول في الخرطوم يوم الاثنين"),
    ("ru", "Комендантский час в Донецке снимут в понедельник"),
]


@pytest.mark.parametrize(("language", "text"), TO_COME)
@pytest.mark.parametrize("day", range(15, 22))
def test_what_is_only_to_end_on_monday_has_not_ended_whatever_day_it_is_said(
    language: str, text: str, day: int
) -> None:
    line = {"id": "1", "lang": language, "date": f"2027-03-{day}", "title": text}

    told = understand(Line.model_validate(line).item(), books()).assessments[0]

    assert told.status is not Status.ENDED


RESUMED_FIGHTING = [
    ("en", "Shelling resumes along the border between Thailand and Cambodia"),
    ("en", "Fighting resumes at Khartoum airport"),
    ("fr", "Les combats reprennent à l'aéroport de Khartoum"),
    ("fr", "Reprise des combats sur la route de Goma"),
    ("es", "Se reanudan los combates en el aeropuerto de Jartum"),
    ("pt", "Combates são retomados no aeroporto de Cartum"),
    ("ar", "استئناف القتال قرب مطار الخرطوم"),
    ("ru", "Бои возобновились в аэропорту Хартума"),
]


@pytest.mark.parametrize(("language", "text"), RESUMED_FIGHTING)
def test_fighting_that_resumes_opens_no_way_again(language: str, text: str) -> None:
    told = judged(language, text)

    assert told.status is not Status.ENDED
    assert not {state.cue for state in told.targets} & {Cue.RESTORED, Cue.PARTLY_RESTORED}
