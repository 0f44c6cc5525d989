"""Text is cleaned, shortened and escaped before it is marked."""

from hypothesis import given
from hypothesis import strategies as st
from support.telegram_html import parse

from bot.alerts.markup import Run, Style, clean, escape, fitting, html, plain, quoted, shorten, units


@given(st.text())
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    assert parse(escape(text))[0] == text


@given(st.text(), st.integers(1, 50))
def test_what_is_shortened_fits_and_breaks_no_letter(text: str, limit: int) -> None:
    short = shorten(clean(text), limit)
    assert units(short) <= limit
    short.encode()


@given(st.text())
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in clean(text)


def test_a_text_is_cut_at_a_word() -> None:
    assert shorten("Gunmen storm gendarmerie school", 20) == "Gunmen storm…"
    assert shorten("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"
    assert shorten("short", 10) == "short"


def test_words_keep_what_their_script_needs() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("e\u0301te\u0301") == "été"
    assert clean("بِسْمِ") == "بِسْمِ"
    assert clean("  two\t\nlines ") == "two lines"


def test_abbreviations_and_numbers_stay_as_they_are() -> None:
    assert quoted("U.S. says 1.5 million flee; 7:30 a.m., 50/50", 100) == "U.S. says 1.5 million flee; 7:30 a.m., 50/50"


def test_links_go_before_lines_and_lines_from_the_end() -> None:
    lines = [(Run("first", Style.BOLD),), (Run("second"),), (Run("source", url="https://x.example/" + "a" * 80),)]
    assert fitting(lines, 500) == tuple(lines)
    assert html(fitting(lines, 60)) == "<b>first</b>\nsecond\nsource"
    assert html(fitting(lines, 20)) == "<b>first</b>\nsecond"
    assert plain(lines).splitlines()[2].startswith("source (https://x.example/")
