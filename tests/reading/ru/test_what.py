"""What a Russian text says: hazards, states, time, denial, sorts of writing, counts; one sentence a case."""

from collections.abc import Callable

import pytest

from bot.model.reading import Polarity, TimeFrame
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

ALERTED = [
    ("armed-attack", "Боевики ворвались в деревню на севере Нигерии и расстреляли двенадцать жителей."),
    ("armed-attack", "Террорист-смертник взорвал себя у мечети в Пешаваре, девять человек погибли."),
    ("armed-attack", "Неизвестный открыл стрельбу в торговом центре Копенгагена, ранены четверо."),
    ("armed-attack", "Мужчина с ножом напал на прохожих в Мангейме."),
    ("armed-attack", "Грузовик въехал в толпу на рождественском рынке в Бремене, пострадали 20 человек."),
    ("armed-conflict", "Российские беспилотники ночью атаковали Одессу, повреждён порт."),
    ("armed-conflict", "Израиль нанёс удар по южным пригородам Бейрута."),
    ("armed-conflict", "В Белгороде при обстреле погибла женщина, сообщил губернатор."),
    ("armed-conflict", "Ожесточённые бои идут на окраинах Эль-Фашира."),
    ("armed-conflict", "Повстанцы взяли под контроль город Букаву на востоке Конго."),
    ("kidnapping", "Вооружённые люди похитили шестерых рабочих на трассе под Кандагаром."),
    ("kidnapping", "Пираты захватили танкер у берегов Сомали."),
    ("coup", "Военные захватили власть в Габоне и объявили о роспуске парламента."),
    ("unrest", "В Найроби полиция применила слезоточивый газ против протестующих."),
    ("unrest", "Тысячи людей вышли на улицы Белграда с требованием отставки правительства."),
    ("unrest", "Всеобщая забастовка парализовала Буэнос-Айрес."),
    ("crime", "Под Гватемалой участились нападения на туристов."),
    ("airport", "Аэропорт Казани временно не принимает и не отправляет рейсы."),
    ("airport", "Во Внукове задержаны и отменены более 40 рейсов."),
    ("airport", "Авиадиспетчеры Италии объявили забастовку на пятницу."),
    ("airport", "В аэропорту Пулково введены временные ограничения на приём и выпуск самолётов."),
    ("transport", "Пассажирский поезд сошёл с рельсов под Каиром, погибли 18 человек."),
    ("transport", "Военно-Грузинская дорога закрыта для всех видов транспорта."),
    ("transport", "Финляндия закрыла все пункты пропуска на границе с Россией."),
    ("earthquake", "Землетрясение магнитудой 6,4 произошло у побережья Чили."),
    ("tsunami", "На Курилах объявлена угроза цунами."),
    ("volcano", "Вулкан Шивелуч на Камчатке выбросил столб пепла на девять километров."),
    ("storm", "Тайфун обрушился на север Филиппин, тысячи человек эвакуированы."),
    ("flood", "Наводнение в Валенсии унесло жизни двухсот человек."),
    ("flood", "В Орске прорвало дамбу, затоплены сотни домов."),
    ("wildfire", "Лесной пожар подошёл к окраинам Афин, жителей эвакуируют."),
    ("landslide", "Оползень в индийском штате Керала накрыл деревню, под завалами десятки людей."),
    ("extreme-weather", "Аномальная жара в Дели: объявлен красный уровень опасности."),
    ("health", "В Судане вспышка холеры, умерли не менее 30 человек."),
    ("infrastructure", "Без света остались около двух миллионов жителей Гаваны."),
    ("industrial", "Взрыв на химическом заводе в Техасе: десять погибших, жителей просят не выходить из домов."),
    ("advisory", "В Дакке введён комендантский час."),
    ("advisory", "МИД рекомендует гражданам воздержаться от поездок в Ливан."),
]  # fmt: skip

SILENT = [
    "Суд приговорил организатора теракта в Волгограде к пожизненному сроку.",
    "В Беслане почтили память жертв теракта: со дня трагедии прошло двадцать лет.",
    "Ценовая война между сетями супермаркетов обрушила цены на молоко.",
    "В Самаре спасатели провели учения по эвакуации из торгового центра.",
    "Нападающий устроил настоящий расстрел ворот и забил три мяча в матче чемпионата.",
    "На экраны выходит фильм о захвате заложников в Мюнхене.",
    "Политическое землетрясение в Париже: правительство ушло в отставку.",
    "Шквал критики обрушился на мэра после повышения тарифов.",
    "ФСБ предотвратила теракт в Ставрополе, задержаны двое подозреваемых.",
    "За год число пожаров в области снизилось на треть, сообщает статистика.",
    "Хакерская атака парализовала сайт банка.",
    "Курс рубля рухнул после решения центробанка.",
    "Сбор средств для пострадавших от наводнения объявил благотворительный фонд.",
    "Почему перевороты в Африке повторяются: мнение политолога.",
]  # fmt: skip

STATES = [
    ("Росавиация сняла ограничения в аэропорту Сочи.", "airport", "restored"),
    ("Аэропорт Шереметьево возобновил приём рейсов.", "airport", "restored"),
    ("В Татарстане введён план «Ковёр».", "airspace", "closed"),
    ("Воздушное пространство над Катаром закрыто.", "airspace", "closed"),
    ("Граница с Афганистаном закрыта до особого распоряжения.", "border", "closed"),
    ("Движение по Крымскому мосту возобновлено.", "road", "restored"),
    ("Режим ЧС объявлен в Оренбуржье.", "emergency", "imposed"),
    ("Военное положение отменено.", "martial-law", "lifted"),
    ("Отбой воздушной тревоги в Киеве.", "hazard", "all-clear"),
    ("Комендантский час в Бамако снят.", "curfew", "lifted"),
    ("В Харькове объявлена воздушная тревога.", "shelter", "imposed"),
    ("Власти Алма-Аты призвали жителей сохранять спокойствие.", "hazard", "reassurance"),
    ("В МЧС опровергли слухи о прорыве плотины.", "hazard", "denied"),
    ("Электроснабжение в городе полностью восстановлено.", "power", "restored"),
    ("Паромная переправа закрыта из-за шторма.", "ferry", "closed"),
]  # fmt: skip

COUNTS = [
    ("Погибли не менее 14 человек.", "killed", 14, float("inf")),
    ("При взрыве погибли двое, ещё пятеро ранены.", "killed", 2, 2),
    ("При взрыве погибли двое, ещё пятеро ранены.", "injured", 5, 5),
    ("Число погибших возросло до 31.", "killed", 31, 31),
    ("Наводнение унесло жизни сорока семи человек.", "killed", 47, 47),
    ("Эвакуированы более двух тысяч жителей.", "evacuated", 2001, float("inf")),
    ("Десятки человек пропали без вести.", "missing", 20, 99),
    ("Обошлось без пострадавших.", "injured", 0, 0),
    ("Похищены 12 школьниц.", "kidnapped", 12, 12),
    ("Магнитуда толчка составила 5,8.", "magnitude", 5.8, 5.8),
    ("Ураган четвёртой категории идёт на побережье.", "storm-category", 4, 4),
]  # fmt: skip

FRAMES = [
    ("Теракт произошёл в 2013 году.", TimeFrame.BACKGROUND),
    ("Десять лет назад здесь прогремел взрыв.", TimeFrame.BACKGROUND),
    ("В прошлом году в городе были беспорядки.", TimeFrame.BACKGROUND),
    ("Сегодня утром произошло землетрясение.", TimeFrame.CURRENT),
    ("Это сильнейшее землетрясение с 1999 года.", TimeFrame.CURRENT),
    ("Завтра на остров обрушится тайфун.", TimeFrame.FORECAST),
    ("Ожидается сильный снегопад.", TimeFrame.FORECAST),
]  # fmt: skip


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


@pytest.mark.parametrize(
    "text", ["Взрыва в метро не было.", "Угрозы цунами нет.", "Власти опровергли сообщения о перевороте."]
)
def test_what_is_denied_is_not_asserted(understood: Understand, text: str) -> None:
    assert all(mention.polarity is Polarity.NEGATED for mention in understood(text).reading.hazards)
