"""Russian endings: forms made of a word, and the nominatives that a form may come of."""

import pytest

from bot.lexicon.russian import declined, latin, nominatives, says_whither
from bot.model.text import fold


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Москве", "Москва"), ("Москвой", "Москва"), ("Киева", "Киев"), ("Харьковом", "Харьков"), ("Казани", "Казань"),
        ("Ярославля", "Ярославль"), ("Китаем", "Китай"), ("Грузии", "Грузия"), ("Кореей", "Корея"), ("Афин", "Афины"),
        ("Филиппинах", "Филиппины"), ("Нижнем", "Нижний"), ("Саудовской", "Саудовская"), ("Чёрного", "Чёрное"),
        ("Грозном", "Грозный"), ("Череповце", "Череповец"), ("Внукове", "Внуково"), ("Бамако", "Бамако"),
        ("Орле", "Орёл"),
    ],
)  # fmt: skip
def test_a_form_leads_back_to_its_nominative(form: str, nominative: str) -> None:
    assert fold(nominative) in nominatives(fold(form))


@pytest.mark.parametrize(
    ("word", "form"),
    [("российский", "российскими"), ("украинец", "украинцев"), ("область", "областях"), ("город", "городом"),
     ("россиянин", "россиян"), ("заявил", "заявили"), ("деревня", "деревню"), ("рынок", "рынка"), ("море", "моря")],
)  # fmt: skip
def test_a_word_has_its_forms(word: str, form: str) -> None:
    assert fold(form) in declined(word)


def test_candidates_are_few() -> None:
    words = ["москвами", "нижегородскими", "ростовом", "ереваном", "областью"]
    assert all(len(nominatives(word)) <= 20 for word in words)


def test_the_accusative_says_whither() -> None:
    assert says_whither("москву", nominative=False)
    assert says_whither("киев", nominative=True)
    assert not says_whither("москве", nominative=False)
    assert not says_whither("баку", nominative=True)


def test_names_are_carried_over_to_latin_letters() -> None:
    assert latin("кидаль") == "kidal"
