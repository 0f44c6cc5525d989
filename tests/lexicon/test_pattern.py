import pytest

from bot.lexicon.numbers import Numbers
from bot.lexicon.pattern import PatternCompiler, PatternError
from bot.lexicon.tables import NumberTable
from bot.model.text import fold

NUMBERS = Numbers(
    NumberTable(
        words={"three": 3}, multipliers={"hundred": 100}, vague={"dozens": (24, 99)}, at_least=("at least",),
        units=("hours",), to=("to",),
    )
)  # fmt: skip
COMPILER = PatternCompiler(
    {"attacker": ("gunm*", "armed (men|group*)"), "loop": ("<loop>",), "deep": ("the <attacker>",)}, NUMBERS
)


def found(pattern: str, text: str) -> str | None:
    match = COMPILER.compile(pattern).expression.search(fold(text))
    return text[match.start() : match.end()] if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("open* fire", "They OPENED fire.", "OPENED fire"),
        ("open* fire", "The reopening fire", None),
        ("couvre feu*", "Un couvre-feu de nuit", "couvre-feu"),
        ("l'aéroport", "vers l’aeroport", "l’aeroport"),
        ("(shot|stabbed) dead", "was stabbed dead", "stabbed dead"),
        ("(state of)? emergency", "an emergency", "emergency"),
        ("(state of)? emergency", "a state of emergency", "state of emergency"),
        ("strikes?", "the strike", "strike"),
        ("strikes?", "the striker", None),
        ("labou?r", "hard labor", "labor"),
        ("blast [0-2] market", "a blast at the market", "blast at the market"),
        ("blast [0-2] market", "a blast in the old covered market", None),
        ("blast [0-3] killed", "a blast, police said, killed", None),
        ("blast [0-3,] killed", "a blast, police said, killed", "blast, police said, killed"),
        ("<attacker> fled", "armed group fled", "armed group fled"),
        ("<deep> fled", "the gunmen fled", "the gunmen fled"),
        ("kill* !(time|bill)", "to kill time", None),
        ("kill* !(time|bill)", "to kill people", "kill"),
        ("<number> hours", "at least three hours", "at least three hours"),
        ("<count> [0-2] dead", "within 12 hours dead", None),
        ("<count> [0-3] dead", "12 police and three soldiers dead", "three soldiers dead"),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, words: str | None) -> None:
    assert found(pattern, text) == words


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a|b", "without its )"),
        ("a)", "without its ("),
        ("blast [0-2]", "begin or end with a gap"),
        ("[0-2] blast", "begin or end with a gap"),
        ("<nobody> fled", "not among the slots"),
        ("<loop>", "holds itself"),
        ("(state of)?", "always there"),
        ("<number>", "literal word"),
        ("blast & fire", "no meaning"),
        ("a ?b", "no meaning"),
        ("", "always there"),
    ],
)
def test_a_faulty_pattern_is_told_in_plain_words(pattern: str, why: str) -> None:
    with pytest.raises(PatternError) as error:
        COMPILER.compile(pattern)
    assert why in str(error.value)


def test_every_match_holds_an_anchor_and_begins_with_a_head() -> None:
    compiled = COMPILER.compile("<attacker> [0-4] (kill*|open* fire)")
    assert compiled.heads == {"gunm*", "armed"}
    assert compiled.anchors in ({"gunm*", "armed"}, {"kill*", "open*", "fire"}, {"kill*", "open*"}, {"kill*", "fire"})


@pytest.mark.parametrize("pattern", ["<number> dead", "(<count>)? (dead|killed)", "(dead|<number> killed)"])
def test_what_may_begin_with_a_number_has_the_words_of_numbers_among_its_heads(pattern: str) -> None:
    compiled = COMPILER.compile(pattern)
    assert compiled.may_open_with_number
    assert {"dozens", "three", "at", "4*"} <= compiled.heads
    assert not COMPILER.compile("killed <number> people").may_open_with_number
