from builders import event, item, report

from bot.events.likeness import is_copy, likeness, runs, voice
from bot.events.tolls import same_toll
from bot.model.assessment import Toll
from bot.model.reading import ImpactKind

WIRE = item(
    "Gunmen attack gendarmerie school in Bamako",
    "Armed men attacked a gendarmerie school in the Malian capital Bamako before dawn on Tuesday, and shots were heard "
    "near the airport until midday, residents of the Faladie quarter said.",
)
COPY = item(
    "Armed men storm gendarmerie school in Mali's Bamako",
    "Armed men attacked a gendarmerie school in the Malian capital Bamako before dawn on Tuesday, and shots were heard "
    "near the airport until midday, residents of the Faladie quarter said. More follows.",
    outlet="Coastal Gazette",
)
OWN_WORDS = item(
    "Shooting at Bamako police academy",
    "Our correspondent saw smoke above the south of the city at sunrise. Soldiers closed the bridges.",
    outlet="Le Fleuve",
)


def test_two_headlines_of_one_event_are_more_alike_than_of_two() -> None:
    title = "Gunmen attack gendarmerie school in Bamako"
    same = likeness(title, ["Gendarmerie school attacked by gunmen in Mali's capital"])
    other = likeness(title, ["Flood waters reach the market of Mopti"])
    assert same > 0.2 > other == 0


def test_names_of_the_place_can_be_left_out() -> None:
    assert likeness("Fire in Bamako", ["Vote in Bamako"], without=frozenset({"bamak"})) == 0


def test_a_copy_shares_word_runs_and_own_words_do_not() -> None:
    assert is_copy(runs(WIRE), runs(COPY))
    assert not is_copy(runs(WIRE), runs(OWN_WORDS))


def test_a_wire_copy_counts_for_the_voice_that_it_copies() -> None:
    known = event(reports=(report("Sahel Wire", runs=runs(WIRE)),))
    assert voice(COPY, known) == "sahel-wire"
    assert voice(OWN_WORDS, known) == "le-fleuve"


def test_who_leans_on_an_outlet_by_name_is_no_second_voice() -> None:
    leaning = item("Shots in Bamako, reports say", "Gunfire rang out, according to Sahel Wire.", outlet="Quick News")
    assert voice(leaning, event(reports=(report("Sahel Wire"),))) == "sahel-wire"


def test_an_authority_is_always_its_own_voice() -> None:
    ministry = item("Attack under way", "We confirm what Sahel Wire reported.", outlet="Ministry", official=True)
    assert voice(ministry, event(reports=(report("Sahel Wire"),))) == "ministry"


def test_equal_counts_of_dead_speak_for_one_event_but_one_dead_man_does_not() -> None:
    def dead(number: int) -> tuple[Toll, ...]:
        return (Toll(kind=ImpactKind.KILLED, low=number, high=number),)

    assert same_toll(dead(19), dead(19))
    assert not same_toll(dead(19), dead(20))
    assert not same_toll(dead(1), dead(1))
