import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.plain_text import clean, one_line, plain_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Airport closed", "Airport closed"),
        ("Prices < 5 & rising > 3", "Prices < 5 & rising > 3"),
        ("<p>Airport <b>Ba</b>mako</p><p>closed</p>", "Airport Bamako\nclosed"),
        ("One<br/>two<br>three", "One\ntwo\nthree"),
        ("<ul><li>Road 1</li><li>Road 2</li></ul>", "Road 1\nRoad 2"),
        ("L&#8217;a&eacute;roport est ferm&eacute;&nbsp;!", "L’aéroport est fermé !"),
        ("&lt;p&gt;Escaped &amp;amp; twice&lt;/p&gt;", "Escaped & twice"),
        ("Before<script>alert('x')</script><style>p{}</style> after", "Before after"),
        ("<img src=x onerror=alert(1)>Fire in the port", "Fire in the port"),
        ("<a href='tg://resolve'>press</a> here", "press here"),
        ("unclosed <b>tag", "unclosed tag"),
        ("a\u00a0b\u2003 c\t\td", "a b c d"),
        ("a \n\n\n  b", "a\nb"),
        ("", ""),
    ],
)
def test_markup_becomes_words(markup: str, expected: str) -> None:
    assert plain_text(markup, limit=1000) == expected


def test_a_title_is_one_line() -> None:
    assert one_line("Storm<br>over\nNice", limit=100) == "Storm over Nice"


def test_letters_are_composed_and_hidden_characters_are_dropped() -> None:
    assert clean("Se\u0301gou") == "Ségou"
    assert clean("air\u200bport\ufeff\u00ad") == "airport"
    assert clean("safe \u202egnp.exe\u202c \u2066x\u2069") == "safe gnp.exe x"
    assert clean("one\x1b[31m\x07two") == "one[31mtwo"
    assert clean("\ud800\uffff\ue000!") == "!"


def test_joiners_stay_where_scripts_need_them() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_piled_marks_are_cut_down() -> None:
    assert len(clean("Z" + "\u0351\u036b\u0343\u036a" * 50)) <= 3


@pytest.mark.parametrize(
    "tail",
    [
        "The post Bridge shut appeared first on Niamey Today.",
        "L’article Pont fermé est apparu en premier sur Mali Actu.",
        "La entrada Puente cerrado se publicó primero en Quito Hoy.",
        "Сообщение Мост закрыт появились сначала на Вести.",
    ],
)
def test_the_syndication_tail_is_no_part_of_the_news(tail: str) -> None:
    assert plain_text(f"<p>The bridge is shut.</p>\n<p>{tail}</p>", limit=1000) == "The bridge is shut."


def test_a_cut_ends_after_a_whole_word() -> None:
    assert plain_text("Niamey airport reopens", limit=12) == "Niamey"
    assert plain_text("x" * 50, limit=12) == "x" * 12


@given(st.text(alphabet=st.characters(), max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@pytest.mark.parametrize(
    "markup", ["<p>" * 60_000, "The post " * 20_000, "<" * 200_000, "&lt;" * 50_000, "\u0301" * 200_000]
)
def test_no_markup_takes_long(markup: str) -> None:
    began = time.perf_counter()
    plain_text(markup, limit=20_000)
    assert time.perf_counter() - began < 2
