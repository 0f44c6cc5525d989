"""What an Arabic sentence reports: danger, state, toll, time, and what sort of writing it is."""

from collections.abc import Callable

import pytest

from bot.model.assessment import Status
from bot.pipeline import Understanding

Understand = Callable[..., Understanding]

ALERTED = [
    ("armed-attack", "مقتل تسعة أشخاص في هجوم انتحاري استهدف سوقا شعبيا في مايدوغوري."),
    ("armed-attack", "فتح مسلحون النار على حافلة ركاب قرب كويتا فقتلوا ستة مسافرين."),
    ("armed-attack", "انفجرت سيارة مفخخة أمام مركز للشرطة في أعزاز وأصيب 12 مدنيا."),
    ("armed-attack", "إصابة أربعة أشخاص في عملية طعن داخل محطة مترو بمدينة ليون."),
    ("armed-conflict", "غارات جوية على صعدة توقع عشرات القتلى."),
    ("armed-conflict", "اندلعت اشتباكات عنيفة بين الجيش والمتمردين في محيط غوما فجر الثلاثاء."),
    ("armed-conflict", "مسيّرات تضرب محطة كهرباء في خاركيف وتقتل حارسين."),
    ("armed-conflict", "قصفت المدفعية أحياء سكنية في أم درمان وقُتل سبعة مدنيين."),
    ("kidnapping", "اختطف مسلحون عشرين تلميذا من مدرسة داخلية في ولاية كادونا."),
    ("kidnapping", "قراصنة يستولون على ناقلة نفط قبالة سواحل الصومال."),
    ("coup", "أعلن ضباط في الجيش الاستيلاء على السلطة في نيامي وحل البرلمان."),
    ("unrest", "الشرطة تفرق بالغاز المسيل للدموع آلاف المتظاهرين في نيروبي."),
    ("unrest", "محتجون يقطعون الطرق بالإطارات المشتعلة في بيروت."),
    ("airport", "إغلاق مطار صنعاء الدولي حتى إشعار آخر بعد غارات."),
    ("airport", "شركات طيران تلغي رحلاتها إلى بغداد بسبب التصعيد."),
    ("transport", "توقف حركة القطارات في تونس بسبب إضراب سائقي السكك الحديدية."),
    ("transport", "غرق قارب يقل مهاجرين قبالة صفاقس وفقدان أربعين شخصا."),
    ("earthquake", "زلزال بقوة 6.1 درجات على مقياس ريختر يضرب غرب إيران."),
    ("tsunami", "تحذير من تسونامي بعد زلزال عنيف قبالة سواحل تشيلي."),
    ("volcano", "ثوران بركان إتنا يجبر مطار كاتانيا على الإغلاق."),
    ("storm", "إعصار من الفئة الثالثة يضرب سواحل سلطنة عمان ويقتل شخصين."),
    ("flood", "سيول جارفة تجتاح درنة وتخلف مئات القتلى."),
    ("flood", "الفيضانات تغمر قرى في ولاية كسلا وتشرد آلاف الأسر."),
    ("wildfire", "حرائق غابات تلتهم مئات الهكتارات في بجاية وإجلاء السكان."),
    ("landslide", "انزلاق تربة يطمر منازل في غرب الكاميرون ويقتل 14 شخصا."),
    ("extreme-weather", "موجة حر شديدة تضرب الكويت والسلطات تصدر إنذارا أحمر."),
    ("extreme-weather", "عاصفة رملية تشل الحركة في الرياض."),
    ("health", "تفشي الكوليرا في عدن ووفاة عشرة أشخاص."),
    ("infrastructure", "انقطاع تام للكهرباء في دمشق بعد عطل في الشبكة."),
    ("industrial", "انفجار ضخم في مصنع للألعاب النارية بالهند يودي بحياة 18 عاملا."),
    ("industrial", "انهيار عقار سكني في الإسكندرية ومقتل 11 شخصا تحت الأنقاض."),
    ("advisory", "السلطات تفرض حظر التجول في الخرطوم اعتبارا من الليلة."),
    ("advisory", "الخارجية الكويتية تدعو رعاياها إلى مغادرة لبنان فورا."),
]

SILENT = [
    "محكمة في باريس تقضي بالسجن المؤبد على منفذ هجوم نيس.",
    "في الذكرى العاشرة لزلزال هايتي، ناجون يستعيدون لحظات الرعب.",
    "المنتخب المغربي يشن هجوما ساحقا ويمطر مرمى ضيفه بالأهداف في مباراة ودية.",
    "عاصفة من الانتقادات تلاحق الوزير بعد تصريحاته في البرلمان.",
    "زلزال سياسي في فرنسا بعد نتائج الانتخابات.",
    "الدفاع المدني في الدوحة ينفذ تمرينا وهميا على إخلاء برج من حريق.",
    "مسلسل جديد يروي قصة تفجير في بغداد.",
    "الأمن المغربي يفكك خلية كانت تخطط لهجمات في الدار البيضاء.",
    "حرب الأسعار تشتعل بين شركات الهاتف في مصر.",
    "أسهم البورصة في دبي تتراجع بعد انهيار أسعار النفط.",
    "السلطات تنفي إغلاق مطار بغداد وتؤكد أن ما يتداول مجرد شائعات.",
    "لا خطر من تسونامي بعد الزلزال، يقول مركز الرصد في طوكيو.",
    "لماذا فشل انقلاب 2016 في تركيا؟ قراءة في الأسباب.",
    "تراجع جرائم القتل في الأردن بنسبة 8% خلال عام 2023.",
    "مصرع ثلاثة أشخاص في انقلاب سيارة على طريق أسوان.",
    "واشنطن وبكين تبحثان التعاون التجاري في قمة مرتقبة.",
]

STATES = [
    ("إعادة فتح مطار معيتيقة أمام الرحلات بعد توقف الاشتباكات.", Status.ENDED),
    ("رفع حظر التجول في سريناغار بعد أسبوعين.", Status.ENDED),
    ("استئناف حركة القطارات بين الرباط وفاس.", Status.ENDED),
    ("لا يزال معبر رفح مغلقا أمام المسافرين.", Status.ONGOING),
    ("الأرصاد تحذر من سيول متوقعة غدا في جدة.", Status.EXPECTED),
    ("دعوة إلى إضراب عام في لبنان يوم غد.", Status.EXPECTED),
]

TOLLS = [
    ("مقتل ما لا يقل عن 14 شخصا في هجوم على قرية في بوركينا فاسو.", "killed", 14, float("inf")),
    ("قتيلان وخمسة جرحى في انفجار عبوة ناسفة بالموصل.", "killed", 2, 2),
    ("قتيلان وخمسة جرحى في انفجار عبوة ناسفة بالموصل.", "injured", 5, 5),
    ("سقوط عشرات القتلى في قصف على سوق بالفاشر.", "killed", 20, 99),
    ("لقي اثنا عشر شخصا مصرعهم في فيضانات جنوب الهند.", "killed", 12, 12),
    ("قُتل ٢٣ جنديا في كمين شرق مالي.", "killed", 23, 23),
    ("إصابة مئة وعشرين متظاهرا في صدامات مع الشرطة في داكا.", "injured", 120, 120),
    ("فقدان ثلاثين شخصا بعد غرق عبارة في بنغلادش.", "missing", 30, 30),
    ("إجلاء نحو خمسة آلاف شخص بسبب حرائق الغابات في كندا.", "evacuated", 4500, 5500),
    ("زلزال بقوة 5.8 درجات يهز كابل.", "magnitude", 5.8, 5.8),
    ("مقتل جندي وإصابة ثلاثة آخرين في انفجار لغم شمال سيناء.", "killed", 1, 1),
    ("نزوح أكثر من ألفي عائلة من بلدات حدودية بعد قصف مدفعي.", "displaced", 2001, float("inf")),
]


@pytest.mark.parametrize(("hazard", "text"), ALERTED)
def test_a_danger_is_alerted_by_its_kind(hazard: str, text: str, understood: Understand) -> None:
    first = understood(text).assessments[0]
    assert first.alertable
    assert hazard in {first.hazard, *first.also}


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_news_of_danger_stays_silent(text: str, understood: Understand) -> None:
    assert not understood(text).assessments[0].alertable


@pytest.mark.parametrize(("text", "status"), STATES)
def test_a_state_is_told(text: str, status: Status, understood: Understand) -> None:
    first = understood(text).assessments[0]
    assert first.alertable
    assert first.status is status


@pytest.mark.parametrize(("text", "kind", "low", "high"), TOLLS)
def test_a_toll_is_counted(text: str, kind: str, low: float, high: float, understood: Understand) -> None:
    assert (kind, low, high) in {(str(each.kind), each.low, each.high) for each in understood(text).reading.impacts}


@pytest.mark.parametrize(
    "text",
    [
        "قُتِلَ خمسة جنود في هجوم مسلّح قرب كيدال.",
        "قتل خمسة جنود في هجوم مسلح قرب كيدال.",
        "قتـــل خمسة جنود في هجوم مسلـح قرب كيدال.",
    ],
)
def test_vowel_signs_and_long_letters_change_nothing(text: str, understood: Understand) -> None:
    reading = understood(text).reading
    assert [place.country for place in reading.event_places] == ["ML"]
    assert any(each.low == 5 for each in reading.impacts)


@pytest.mark.parametrize("month", ["أيار", "مايو", "ماي"])
def test_months_are_known_by_the_names_of_all_arab_lands(month: str, understood: Understand) -> None:
    text = f"وقع هجوم مسلح على فندق في سوسة في 3 {month} 2019."
    assert not understood(text).assessments[0].alertable
