"""Ten thousand presses that we never sent, through the whole application: nothing is changed, and each is answered."""

from collections.abc import AsyncIterator
from random import Random

import pytest
from support.rights import Seeded, presses_of
from support.telegram_emulator import TOKEN, Shown, TelegramEmulator
from support.whole_chat import WholeChat, whole_chat

from bot.chat.callbacks import Seal, Verb, encode
from bot.model.watch import ChatKind

AWA, BEN, GROUP = 101, 202, -1_001_234_567_890
CHATS = {AWA: ChatKind.PRIVATE, BEN: ChatKind.PRIVATE, GROUP: ChatKind.SUPERGROUP}
SEAL = Seal(TOKEN)


@pytest.fixture
async def whole(telegram: TelegramEmulator) -> AsyncIterator[WholeChat]:
    """Two people and a group that Awa owns: she may change all that she presses in."""
    telegram.statuses[GROUP, AWA] = "creator"
    async with whole_chat(telegram, GROUP) as made:
        for number, (chat_id, kind) in enumerate(CHATS.items()):
            await made.lived_in(chat_id, kind, 900 + number, None)
        await made.told()
        yield made


async def genuine(whole: WholeChat) -> dict[int, list[str]]:
    """Return what every button of each chat may carry."""
    found = {}
    for number, chat_id in enumerate(CHATS):
        watches = await whole.store.watches_of(chat_id)
        seeded = Seeded(watches[0].id, watches[-1].trip_id or "", "1", 900 + number)
        found[chat_id] = [SEAL.close(chat_id, encode(press)) for press, _ in presses_of(seeded)]
    return found


def forged(dice: Random, mine: list[str], others: list[str]) -> str:
    """Return data that differ from all that was sealed for the chat."""
    data, other = dice.choice(mine), dice.choice(mine)
    action, _, seal = data.rpartition(":")
    place = dice.randrange(len(data))
    verb = data.split(":")[1]
    turned = [
        data[:place] + chr(ord(data[place]) ^ (1 << dice.randrange(7))) + data[place + 1 :],
        data[:place],
        data[place + 1 :],
        data[:place] + dice.choice("0A:é\u0416\u202e\U0001f512\0") + data[place:],
        dice.choice(others),
        action.replace(f":{verb}:", f":{dice.choice(list(Verb))}:", 1) + f":{seal}",
        f"{other.rpartition(':')[0]}:{seal}",
        f"{action}9:{seal}",
        f"{action}:{Seal('1000002:another-bot').close(AWA, action).rpartition(':')[2]}",
        data + "A" * dice.randrange(1, 5_000),
        f"2:{verb}:{'9' * dice.randrange(1, 400)}::{seal}",
        "".join(chr(dice.randrange(0x20, 0xD7FF)) for _ in range(dice.randrange(64))),
        action,
        "",
    ]
    return dice.choice(turned)


async def pressed(whole: WholeChat, count: int) -> None:
    dice, buttons, before = Random(8), await genuine(whole), await whole.rows()
    writes, under = await whole.writes(), {chat_id: whole.telegram.in_chat(chat_id)[-1] for chat_id in CHATS}
    shown = len(whole.telegram.messages)
    done = 0
    while done < count:
        chat_id = dice.choice(list(CHATS))
        others = [data for other, several in buttons.items() if other != chat_id for data in several]
        data = forged(dice, buttons[chat_id], others)
        if data in buttons[chat_id]:
            continue
        done += 1
        await _refused(whole, under[chat_id], data, chat_id)
    assert await whole.writes() == writes
    assert await whole.rows() == before
    assert len(whole.telegram.messages) == shown, "something was shown for them"


async def _refused(whole: WholeChat, under: Shown, data: str, chat_id: int) -> None:
    answers = await whole.presses(under, data, AWA if chat_id == GROUP else chat_id)
    assert len(answers) == 1, (data, "is not answered once")
    assert "out of date" in answers[0], (data, answers)


async def test_a_thousand_forged_presses_change_nothing_and_are_answered(whole: WholeChat) -> None:
    await pressed(whole, 1_000)


@pytest.mark.heavy
async def test_ten_thousand_forged_presses_change_nothing_and_are_answered(whole: WholeChat) -> None:
    await pressed(whole, 10_000)


async def test_what_was_not_forged_does_change_something(whole: WholeChat) -> None:
    """So that the tests above can see."""
    (discreet,) = [data for data in (await genuine(whole))[AWA] if data.startswith(f"2:{Verb.DISCREET}:")]
    writes = await whole.writes()
    await whole.presses(whole.telegram.in_chat(AWA)[-1], discreet, AWA)
    assert await whole.writes() > writes
