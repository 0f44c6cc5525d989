"""Where it happens, and where not, one Arabic sentence a case."""

from collections.abc import Callable

import pytest

from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

# Text, countries of the event places, names (as the gazetteer has them) of which each must be an event place.
CASES = [
    # Glued prepositions, conjunctions and articles
    ("انفجار قوي بالقاهرة يوقع ثلاثة جرحى.", {"EG"}, {"Cairo"}),
    ("هجوم مسلح ببنغازي وسقوط قتيلين.", {"LY"}, {"Benghazi"}),
    ("فيضانات تضرب نيالا والفاشر وتشرد مئات الأسر.", {"SD"}, {"Nyala", "El Fasher"}),
    ("سقوط قتلى في اشتباكات بدمشق وحلب.", {"SY"}, {"Damascus", "Aleppo"}),
    ("قصف مدفعي على منازل بخان يونس وإصابة ستة مدنيين.", {"PS"}, {"Khan Yunis"}),
    # Names with an adjective or a country that tells which
    ("إطلاق نار كثيف في طرابلس اللبنانية ومقتل شخص.", {"LB"}, {"Tripoli"}),
    ("اشتباكات في العاصمة الليبية طرابلس تغلق مطار معيتيقة.", {"LY"}, {"Tripoli"}),
    ("حريق ضخم في سوق بالعاصمة الأردنية عمان.", {"JO"}, set()),
    ("عاصفة مدارية تضرب سواحل سلطنة عمان وتقتل شخصين.", {"OM"}, set()),
    ("مسلحون يقتلون تسعة قرويين في غرب النيجر.", {"NE"}, set()),
    ("مسلحون يقتلون تسعة قرويين في شمال نيجيريا.", {"NG"}, set()),
    ("مواجهات في جوبا عاصمة جنوب السودان توقع عشرة قتلى.", {"SS"}, {"Juba"}),
    ("متمردون يسيطرون على بلدة في الكونغو الديمقراطية بعد معارك.", {"CD"}, set()),
    # Governments and speakers, verb first and subject first
    ("قالت واشنطن إن هجوما على سوق في كانو أوقع عشرين قتيلا.", {"NG"}, {"Kano"}),
    ("أدانت باريس التفجير الذي استهدف مسجدا في بيشاور.", {"PK"}, {"Peshawar"}),
    ("موسكو تنفي قصف مدرسة في أوديسا.", {"UA"}, {"Odesa"}),
    ("أعلن الكرملين أنه لا يعلم شيئا عن الانفجار في تبليسي.", {"GE"}, {"Tbilisi"}),
    ("إسرائيل تقصف ضواحي دمشق وتقتل ثلاثة.", {"SY"}, {"Damascus"}),
    ("قصفت إسرائيل مطار حلب فجر الاثنين.", {"SY"}, set()),
    ("شنت تركيا غارات على مواقع في شمال العراق.", {"IQ"}, set()),
    # Nationalities and origins
    ("اختطاف مهندسين صينيين اثنين قرب كويتا.", {"PK"}, {"Quetta"}),
    ("مقتل سائحة ألمانية طعنا في الغردقة.", {"EG"}, set()),
    ("غارة إسرائيلية على سيارة في صور توقع قتيلا.", {"LB"}, {"Tyre"}),
    ("اعتقال سائح من السويد بعد شجار في مراكش أسفر عن ثلاثة جرحى.", {"MA"}, {"Marrakesh"}),
    # Embassies, talks, datelines
    ("السفارة الأميركية في نيروبي تتعرض لهجوم بالقنابل.", {"KE"}, {"Nairobi"}),
    ("تفجير قرب سفارة روسيا في كابول يقتل ستة.", {"AF"}, {"Kabul"}),
    ("الخارجية القطرية تدعو مواطنيها إلى مغادرة هايتي فورا.", {"HT"}, set()),
    ("نيروبي (رويترز) - قتل أربعون شخصا في انفجار صهريج وقود في كمبالا.", {"UG"}, {"Kampala"}),
    ("خلال محادثات في جنيف قال المبعوث إن القصف دمر نصف مدينة الفاشر.", {"SD"}, {"El Fasher"}),
    # Organisations
    ("تنظيم الدولة الإسلامية في العراق والشام يعلن مسؤوليته عن هجوم موسكو.", {"RU"}, {"Moscow"}),
    ("حركة الشباب تهاجم فندقا في مقديشو وتحتجز رهائن.", {"SO"}, {"Mogadishu"}),
    # Words that are towns elsewhere
    ("كان الجنود في طريقهم إلى معسكر قرب غاو حين انفجر لغم وقتل خمسة منهم.", {"ML"}, {"Gao"}),
    ("مسؤول مالي: لا خسائر بعد حريق محدود في عدن.", {"YE"}, {"Aden"}),
    ("هجوم عنيف على قاعدة للجيش في وسط مالي.", {"ML"}, set()),
    ("ثوران بركان كيلاويا في هاواي وإغلاق طرق.", {"US"}, set()),
    ("عاملاً سورياً قُتل في انهيار مبنى في بيروت مع عشرة آخرين.", {"LB"}, {"Beirut"}),
    # Airports and regions
    ("تعليق جميع الرحلات في مطار بيروت بعد غارات.", {"LB"}, set()),
    ("اشتباكات قبلية في دارفور توقع ثلاثين قتيلا.", {"SD"}, set()),
    ("زلزال بقوة 5.9 درجات يضرب جزيرة كريت.", {"GR"}, set()),
    ("قطع الطريق بين حمص وطرطوس إثر هجوم على حاجز أمني.", {"SY"}, {"Homs"}),
]


@pytest.mark.parametrize(("text", "countries", "names"), CASES)
def test_the_scene_is_found(text: str, countries: set[str], names: set[str], understood: Understand) -> None:
    places = understood(text).reading.event_places
    assert {place.country for place in places} == countries
    assert names <= {place.name for place in places}


def test_spans_point_at_the_words_without_what_is_glued_to_them(understood: Understand) -> None:
    text = "إغلاق الطرق المؤدية للسودان وبالخرطوم انفجار."
    surfaces = {text[place.span.start : place.span.end] for place in understood(text).reading.places}
    assert surfaces == {"للسودان", "الخرطوم"}
