"""Sentences: where they end, and that their offsets hold."""

import pytest
from builders import item

from bot.model.text import Field
from bot.reading.sentences import document_of


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in document_of(item(text=text), "en").sentences]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gunfire was heard. Residents fled.", 2),
        ("Gen. Diallo spoke to Mr. Keita at 5 p.m. on Monday.", 1),
        ("J. R. Brown left the U.S. on Friday.", 1),
        ("He was flown to the U.S. The army said nothing.", 2),
        ("“Stay inside!” Police closed the road.", 2),
        ("First line without a stop\nSecond line", 2),
        ("M. Traoré est arrivé. Il a parlé.", 2),
        ("Magnitude 6.1 was felt at 3.30 in the morning.", 1),
        ("What happened? Nobody knows… Wait.", 3),
        ("", 0),
    ],
)
def test_a_sentence_ends_where_it_ends(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_offsets_hold_in_title_and_text() -> None:
    read = item("Mali: attack.  Airport shut", "  Smoke rose.\n\nFlights stopped. ")
    for sentence in document_of(read, "en").sentences:
        field = read.title if sentence.span.field is Field.TITLE else read.text
        assert field[sentence.span.start : sentence.span.end] == sentence.text
        assert len(sentence.folded) == len(sentence.text)


def test_a_text_without_stops_is_cut() -> None:
    assert max(map(len, sentences("word " * 5_000))) <= 2_000
