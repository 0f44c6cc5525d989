"""The second opinion: what reads like talk about an event is taken back, what reads like news is let through."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import item
from reading_builders import ReadingOf

from bot.app.scoring_file import load_scoring
from bot.assessment.assess import assess
from bot.assessment.experience import Experience
from bot.assessment.facts import Facts
from bot.assessment.scoring import Scoring
from bot.assessment.traits import traits_of
from bot.model.assessment import Assessment
from bot.model.errors import ConfigError
from bot.model.hazard import Hazard
from bot.model.reading import Genre, Polarity

SHIPPED = Path(__file__).parents[2] / "config" / "scoring.toml"


def learnt(scoring: Scoring, **weights: float) -> Scoring:
    named = {name.replace("_", " "): weight for name, weight in weights.items()}
    return replace(scoring, experience=Experience({"en": named}, keep=-1.0, raises=1.0))


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


def attack() -> ReadingOf:
    return ReadingOf(item("Victims of market attack named")).hazard("attack", Hazard.ARMED_ATTACK, strength=3)


def test_an_alert_that_reads_like_talk_is_taken_back_and_joins_its_event(scoring: Scoring) -> None:
    told = judged(attack(), learnt(scoring, word_named=-1.5))

    assert not told.alertable
    assert told.follow_up
    assert told.reasons[0].code == "reads-as-talk"


def test_the_words_that_weighed_most_are_shown(scoring: Scoring) -> None:
    reading = attack()

    told = judged(reading, learnt(scoring, word_named=-1.5, word_market=0.3))

    assert [reading.item.title[span.start : span.end] for span in told.reasons[0].spans] == ["named"]


def test_an_alert_that_leans_only_a_little_to_talk_is_kept(scoring: Scoring) -> None:
    assert judged(attack(), learnt(scoring, word_named=-0.9)).alertable


def test_what_the_rules_found_thin_is_told_where_it_reads_like_news(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunfire heard across Juba")).hazard("Gunfire", Hazard.ARMED_ATTACK, strength=1)
    assert not judged(reading, scoring).alertable

    told = judged(reading, learnt(scoring, word_heard=1.2))

    assert told.alertable
    assert told.reasons[0].code == "reads-as-news"


def test_nothing_is_let_through_that_names_no_hazard(scoring: Scoring) -> None:
    assert not judged(ReadingOf(item("Music heard across Juba")), learnt(scoring, word_heard=9.0)).alertable


def test_a_denial_yields_only_to_what_reads_much_like_news(scoring: Scoring) -> None:
    reading = ReadingOf(item("No attack in Juba, but gunfire"))
    reading.hazard("attack", Hazard.ARMED_ATTACK, polarity=Polarity.NEGATED)
    reading.hazard("gunfire", Hazard.ARMED_ATTACK, strength=1).genre("but", Genre.POLITICS)

    assert not judged(reading, learnt(scoring, word_gunfire=0.9)).alertable


def test_what_an_authority_sends_is_not_judged_by_how_newspapers_write(scoring: Scoring) -> None:
    reading = attack()
    official = replace(reading.item, official=True)

    assert assess(official, reading.done(), learnt(scoring, word_named=-9.0))[0].alertable


def test_other_languages_are_judged_by_the_rules_alone(scoring: Scoring) -> None:
    reading = replace(attack().done(), language="fr")

    assert assess(attack().item, reading, learnt(scoring, word_named=-9.0))[0].alertable


def test_places_and_numbers_are_taken_for_one_another(scoring: Scoring) -> None:
    def traits(title: str) -> set[str]:
        reading = ReadingOf(item(title)).hazard("bombing", Hazard.ARMED_ATTACK)
        return set(traits_of(Facts(reading.item, reading.done(), scoring), net=0))

    assert traits("14 dead in bombing") == traits("31 dead in bombing")


@pytest.mark.parametrize(
    ("word", "trait"), [("killings", "killing"), ("bombed", "bomb"), ("red", "red"), ("used", "used")]
)
def test_english_endings_are_cut_where_four_letters_stay(word: str, trait: str, scoring: Scoring) -> None:
    reading = ReadingOf(item(f"Attack {word}"))

    assert f"word {trait}" in traits_of(Facts(reading.item, reading.done(), scoring), net=0)


def test_the_shipped_file_takes_back_a_headline_about_victims() -> None:
    shipped = load_scoring(SHIPPED)
    reading = ReadingOf(item("What we know about the victims of the nightclub shooting, and what comes next"))
    reading.hazard("nightclub shooting", Hazard.ARMED_ATTACK, strength=3)

    assert judged(reading, shipped).reasons[0].code == "reads-as-talk"


def test_a_line_of_the_file_that_is_no_weight_is_named(tmp_path: Path) -> None:
    (tmp_path / "scoring.toml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "experience.tsv").write_text("# comment\nen\tword heard\tmuch\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="line 2"):
        load_scoring(tmp_path / "scoring.toml")


def test_without_the_file_the_rules_judge_alone(tmp_path: Path) -> None:
    (tmp_path / "scoring.toml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")

    assert not load_scoring(tmp_path / "scoring.toml").experience.knows("en")
