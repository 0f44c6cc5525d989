"""Where it happens in Russian texts: names in cases, governments, peoples, journeys; one sentence a case."""

from collections.abc import Callable

import pytest

from bot.model.reading import Role
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

# Text, names (as the gazetteer has them) that must be event places, countries that must not be.
CASES = [
    # Cases
    ("В Москве прогремел взрыв.", {"Moscow"}, set()),
    ("Под Харьковом при обстреле погибли трое.", {"Kharkiv"}, set()),
    ("Беспорядки вспыхнули в Нижнем Новгороде.", {"Nizhny Novgorod"}, set()),
    ("В Ростове-на-Дону сгорел торговый центр, шестеро погибших.", {"Rostov-on-Don"}, set()),
    ("Наводнение в Саудовской Аравии: погибли четверо.", {"Saudi Arabia"}, set()),
    ("Беспорядки в Южно-Африканской Республике унесли жизни десяти человек.", {"South Africa"}, set()),
    ("В Бурунди объявлена вспышка холеры.", {"Burundi"}, set()),
    ("Боевики напали на рынок в Буркина-Фасо.", {"Burkina Faso"}, {"ML"}),
    ("Снегопад парализовал движение в Нью-Йорке.", {"New York"}, set()),
    ("Землетрясение ощутили в Алма-Ате.", {"Almaty"}, set()),
    ("Пожар охватил склад в Санкт-Петербурге.", {"Saint Petersburg"}, set()),
    ("Взрыв прогремел в Софии, ранены двое.", {"Sofia"}, set()),
    ("Над Афинами стоит дым: лесной пожар подошёл к пригородам.", {"Athens"}, set()),
    ("Паводок затопил Орёл.", {"Oryol"}, set()),
    # Regions and airports
    ("В Белгородской области объявлена ракетная опасность.", {"Belgorod Oblast"}, set()),
    ("Режим ЧС ввели в Белгородской и Курской областях.", {"Belgorod Oblast", "Kursk Oblast"}, set()),
    ("Тайфун идёт на Приморский край.", {"Primorsky Krai"}, set()),
    ("Во Внукове отменены тридцать рейсов.", {"Vnukovo International Airport"}, set()),
    ("Аэропорт Пулково закрыт из-за атаки беспилотников.", {"Pulkovo Airport"}, set()),
    ("Вильнюсский аэропорт закрыт из-за метеозондов.", {"Lithuania"}, set()),
    # Governments, offices, peoples
    ("Берлин осудил теракт в Багдаде.", {"Baghdad"}, {"DE"}),
    ("Кремль прокомментировал взрыв в Ереване.", {"Yerevan"}, {"RU"}),
    ("Посольство Франции в Ниамее закрыто из-за протестов.", {"Niamey"}, {"FR"}),
    ("Израильская авиация нанесла удар по Дамаску.", {"Damascus"}, {"IL"}),
    ("Американские туристы похищены в Кабуле.", {"Kabul"}, {"US"}),
    ("Россия нанесла удар по Днепру, погибли пятеро.", {"Dnipro"}, {"RU"}),
    ("Граждане Индии пострадали при взрыве в Дубае.", {"Dubai"}, {"IN"}),
    # Journeys, datelines, persons, comparison
    ("Самолёт, летевший из Дубая в Стамбул, разбился под Тегераном, погибли 60 человек.", {"Tehran"}, {"AE", "TR"}),
    ("ЛОНДОН, 5 мая - РИА Новости. Взрыв прогремел в Карачи.", {"Karachi"}, {"GB"}),
    ("Владимир Петров ранен при стрельбе в Риге.", {"Riga"}, {"RU"}),
    ("Взрыв произошёл в Кабуле, а переговоры прошли в Женеве.", {"Kabul"}, {"CH"}),
    ("Жители бегут из Хартума в Каир: в столице Судана идут бои.", {"Sudan"}, {"EG"}),
    # Names that are near to each other
    ("Боевики убили двадцать человек на юго-западе Нигера.", {"Niger"}, {"NG"}),
    ("Бандиты похитили сорок школьников на севере Нигерии.", {"Nigeria"}, {"NE"}),
    ("Стрельба в Портленде, штат Орегон: двое погибших.", {"Portland"}, {"GB"}),
    ("Взрыв в порту Триполи, на севере Ливана, ранил восемь человек.", {"Tripoli"}, {"LY"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "barred"), CASES)
def test_the_scene_is_found(understood: Understand, text: str, expected: set[str], barred: set[str]) -> None:
    events = [m.place for m in understood(text).reading.places if m.role is Role.EVENT and m.place]
    assert expected <= {place.name for place in events}
    assert not barred & {place.country for place in events}
