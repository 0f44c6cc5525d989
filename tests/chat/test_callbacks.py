"""Callback data: compact, versioned, and nothing that was not sent is understood."""

import pytest
from builders import at
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import MOST_BYTES, Press, Verb, decode, encode
from bot.chat.screens import ZONES, zones_screen
from bot.wording import words_for


@given(
    st.sampled_from(Verb),
    st.integers(0, 10**15 - 1),
    st.sampled_from(["", "gn:2460596", "adm:ML.01", "ap:BKO", "area:strait-of-hormuz", "fr"]),
)
def test_what_goes_out_comes_back(verb: Verb, number: int, value: str) -> None:
    press = Press(verb, number, value)
    assert decode(encode(press)) == press
    assert len(encode(press).encode()) <= MOST_BYTES


@given(st.text(max_size=100))
def test_any_text_is_understood_or_refused_but_never_breaks(data: str) -> None:
    press = decode(data)
    assert press is None or encode(press).split(":")[1] == data.split(":")[1]


@pytest.mark.parametrize("data", ["", "1", "1:w", "2:w:0:gn:1", "1:k:0:", "1:w:-1:", "1:w:1:é", "1:w:1:" + "x" * 60])
def test_other_versions_unknown_verbs_and_long_data_are_refused(data: str) -> None:
    assert decode(data) is None


def test_what_does_not_fit_is_never_sent() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode(Press(Verb.WATCH, 0, "area:" + "x" * 60))
    with pytest.raises(ValueError, match="does not fit"):
        encode(Press(Verb.WATCH, 0, "a place's name"))


def test_every_zone_fits_into_its_button() -> None:
    pages = (len(ZONES) - 1) // 8 + 1
    offered = [
        button.action for page in range(pages) for row in zones_screen(page, at(0), words_for("en")).rows
        for button in row if ":z:" in button.action
    ]  # fmt: skip
    presses = [decode(action) for action in offered]
    assert [press.value for press in presses if press] == list(ZONES)
