"""Callback data: compact, versioned, sealed, and nothing that was not sent is understood."""

from random import Random
from string import ascii_letters, digits

import pytest
from builders import at
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import MOST_BYTES, Press, Seal, Verb, decode, encode
from bot.chat.screens.settings import ZONES, zones_screen
from bot.wording import words_for

SEAL = Seal("1000001:emulated-token-of-no-bot-abcdefgh")


@given(
    st.sampled_from(Verb),
    st.integers(0, 10**15 - 1),
    st.sampled_from(["", "gn:2460596", "adm:ML.01", "ap:BKO", "area:strait-of-hormuz", "fr"]),
)
def test_what_goes_out_comes_back(verb: Verb, number: int, value: str) -> None:
    press = Press(verb, number, value)
    assert decode(encode(press)) == press
    sealed = SEAL.close(-1_001_234_567_890, encode(press))
    assert SEAL.open(-1_001_234_567_890, sealed) == press
    assert len(sealed.encode()) <= MOST_BYTES


def test_a_button_of_one_chat_is_none_of_another_nor_of_another_bot() -> None:
    sealed = SEAL.close(42, encode(Press(Verb.UNWATCH, 7)))
    assert SEAL.open(43, sealed) is None
    assert Seal("1000002:another").open(42, sealed) is None


def test_ten_thousand_changed_buttons_are_understood_by_nobody() -> None:
    dice = Random(8)
    genuine = [SEAL.close(42, encode(Press(verb, 1003, "gn:2460596"))) for verb in Verb]
    letters = ascii_letters + digits + ":._/+-é\0"
    for _ in range(10_000):
        data = dice.choice(genuine)
        place = dice.randrange(len(data))
        changed = dice.choice([
            data[:place] + dice.choice(letters) + data[place + 1 :],
            data[:place] + dice.choice(letters) + data[place:],
            data[:place] + data[place + 1 :],
            data[:place] + dice.choice(genuine)[place:],
            data.rpartition(":")[0],
        ])  # fmt: skip
        assert changed in genuine or SEAL.open(42, changed) is None, changed


@given(st.text(max_size=100))
def test_any_text_is_understood_or_refused_but_never_breaks(data: str) -> None:
    press = decode(data)
    assert press is None or encode(press).split(":")[1] == data.split(":")[1]


@pytest.mark.parametrize("data", ["", "2", "2:w", "1:w:0:gn:1", "2:zz:0:", "2:w:-1:", "2:w:1:é", "2:w:1:" + "x" * 60])
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
