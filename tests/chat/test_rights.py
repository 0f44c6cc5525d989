"""Who may do what: every command and every press of the application, by every role, in every kind of chat."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from support.rights import FOR_EVERYBODY, LINES, SEES_OF_OPERATES, Right, Seeded, presses_of
from support.telegram_emulator import Shown, TelegramEmulator
from support.whole_chat import Rows, WholeChat, whole_chat

from bot.chat.callbacks import Press, Verb
from bot.model.watch import ChatKind

PRIVATE, GROUP, SUPERGROUP, CHANNEL = 101, -5_001, -1_001_234_567_890, -1_009_876_543_210
KINDS = {
    PRIVATE: ChatKind.PRIVATE, GROUP: ChatKind.GROUP, SUPERGROUP: ChatKind.SUPERGROUP, CHANNEL: ChatKind.CHANNEL,
}  # fmt: skip
TOPIC_ID = 9
TOPIC = {"message_thread_id": TOPIC_ID, "is_topic_message": True}
REFUSED = "Only administrators"
BY_KIND = pytest.mark.parametrize("chat_id", [GROUP, SUPERGROUP, CHANNEL], ids=["group", "topic", "channel"])


@dataclass(frozen=True)
class Role:
    """Somebody, and how they stand in the groups and the channel."""

    user_id: int
    status: str
    may: bool
    anonymous: bool = False

    def more(self, chat_id: int) -> dict[str, Any]:
        """Return what else a message of theirs in a group bears."""
        topic = TOPIC if chat_id == SUPERGROUP else {}
        sender = {"sender_chat": {"id": chat_id, "type": KINDS[chat_id], "title": "A group"}} if self.anonymous else {}
        return {**topic, **sender}


ROLES = {
    "owner": Role(101, "creator", may=True),
    "administrator": Role(102, "administrator", may=True),
    "anonymous administrator": Role(103, "administrator", may=True, anonymous=True),
    "member": Role(104, "member", may=False),
    "restricted": Role(105, "restricted", may=False),
    "left": Role(106, "left", may=False),
    "banned": Role(107, "kicked", may=False),
}
IN_HEAVY = {"administrator", "restricted", "banned"}
"""Their cells are those of an owner and of a member again, unless rights are read wrongly: not in each run."""
BY_ROLE = pytest.mark.parametrize("role", [
    pytest.param(role, id=name, marks=[pytest.mark.heavy] if name in IN_HEAVY else [])
    for name, role in ROLES.items()
])  # fmt: skip


@dataclass
class Matrix:
    """The chats as they were seeded: without a roll call, and with one in each."""

    whole: WholeChat
    plain: Rows
    called: Rows
    seeded: dict[int, Seeded]
    shown: dict[int, Shown]
    now: Rows
    writes: int = -1

    async def fresh(self, *, called: bool = False) -> None:
        """Put the chats back as they were seeded, unless nothing has happened to them."""
        self.whole.forgetful()
        wanted = self.called if called else self.plain
        if self.now is not wanted:
            await self.whole.put_back(wanted)
            self.now = wanted
        self.writes = await self.whole.writes()

    async def changed(self) -> set[str]:
        """Return the tables that are not as they were before."""
        if await self.whole.writes() == self.writes:
            return set()
        before, self.now = self.now, await self.whole.rows()
        return {name for name, rows in self.now.items() if rows != before[name]}


@pytest.fixture
async def matrix(telegram: TelegramEmulator) -> AsyncIterator[Matrix]:
    telegram.channels.add(CHANNEL)
    telegram.topics.add((SUPERGROUP, TOPIC_ID))
    for chat_id in (GROUP, SUPERGROUP, CHANNEL):
        telegram.statuses.update({(chat_id, role.user_id): role.status for role in ROLES.values()})
    async with whole_chat(telegram, SUPERGROUP) as whole:
        trips = {
            chat_id: (await whole.lived_in(chat_id, kind, 900 + number, TOPIC_ID if chat_id == SUPERGROUP else None)).id
            for number, (chat_id, kind) in enumerate(KINDS.items())
        }
        await whole.told()
        plain, shown = await whole.rows(), {chat_id: telegram.in_chat(chat_id)[-1] for chat_id in KINDS}
        calls: dict[int, str] = {}
        for chat_id in KINDS:
            kept = await whole.store.chat(chat_id)
            assert kept is not None
            await whole.crew.roll_calls.open(kept)
            call = await whole.crew.roll_calls.current(chat_id)
            assert call is not None
            calls[chat_id] = str(call.id)
        called = await whole.rows()
        seeded = {
            chat_id: Seeded((await whole.store.watches_of(chat_id))[0].id, trips[chat_id], calls[chat_id], 900 + number)
            for number, chat_id in enumerate(KINDS)
        }
        yield Matrix(whole, plain, called, seeded, shown, called)


def _calls(press: Press) -> bool:
    return press.verb in {Verb.CALL_SAFE, Verb.CALL_HELP, Verb.CALL_AWAY, Verb.CALL_CLOSE}


def _names(line: str) -> str:
    return line.split(maxsplit=1)[0].removeprefix("/")


async def test_every_command_and_every_press_has_a_rule(matrix: Matrix) -> None:
    assert {_names(line) for line in LINES} == matrix.whole.commands
    assert {press.verb for press, _ in presses_of(matrix.seeded[GROUP])} == set(Verb)


@BY_ROLE
@pytest.mark.parametrize("chat_id", [GROUP, SUPERGROUP], ids=["group", "topic"])
async def test_a_command_in_a_group_changes_what_its_rule_allows_and_is_answered(
    matrix: Matrix, role: Role, chat_id: int
) -> None:
    for line, right in LINES.items():
        if right is Right.OPERATES and chat_id != SUPERGROUP:
            continue
        await matrix.fresh()
        answers = await matrix.whole.says(chat_id, line, role.user_id, **role.more(chat_id))
        texts, changed = [one.text for one in answers if one.chat_id == chat_id], await matrix.changed()
        assert texts, (line, "is not answered")
        refused = any(REFUSED in text for text in texts)
        assert refused == (not role.may and right not in FOR_EVERYBODY), (line, texts)
        if refused:
            assert len(answers) == 1, (line, "says more than the refusal")
        _check(line, right, changed, may=role.may, effective=_names(line) not in SEES_OF_OPERATES)


@BY_ROLE
@BY_KIND
async def test_a_press_in_a_group_or_channel_changes_what_its_rule_allows_and_is_answered(
    matrix: Matrix, role: Role, chat_id: int
) -> None:
    for press, right in presses_of(matrix.seeded[chat_id]):
        await matrix.fresh(called=_calls(press))
        answers = await matrix.whole.presses(matrix.shown[chat_id], press, role.user_id)
        assert len(answers) == 1, (press, "is not answered once")
        assert (REFUSED in answers[0]) == (not role.may and right not in FOR_EVERYBODY), (press, answers)
        heard = right is not Right.OPERATES or chat_id == SUPERGROUP
        _check(press, right, await matrix.changed(), may=role.may, effective=heard)


async def test_in_private_chat_everybody_may_all_of_their_own(matrix: Matrix) -> None:
    for line, right in LINES.items():
        await matrix.fresh()
        answers = await matrix.whole.says(PRIVATE, line, PRIVATE)
        assert any(one.chat_id == PRIVATE for one in answers), (line, "is not answered")
        known = right is not Right.OPERATES
        effective = known and _names(line) != "rollcall"
        _check(line, right if known else Right.ASKS, await matrix.changed(), may=True, effective=effective)
    for press, right in presses_of(matrix.seeded[PRIVATE]):
        await matrix.fresh(called=_calls(press))
        answered = await matrix.whole.presses(matrix.shown[PRIVATE], press, PRIVATE)
        assert len(answered) == 1, (press, "is not answered once")
        _check(press, right, await matrix.changed(), may=True, effective=press.verb not in {Verb.CALL, Verb.NOTICE})


@BY_ROLE
async def test_from_private_chat_a_channel_is_changed_by_its_administrators_alone(matrix: Matrix, role: Role) -> None:
    """Whoever has lost their rights while they see to it is told so at the next thing that they do."""
    own, under = role.user_id, replace(matrix.shown[PRIVATE], chat_id=role.user_id)
    for line, right in LINES.items():
        await matrix.fresh()
        matrix.whole.exchange.behalf.begin(own, CHANNEL, "The desk")
        answers = await matrix.whole.says(own, line, own)
        changed, known = await matrix.changed(), right is not Right.OPERATES
        assert answers, (line, "is not answered")
        assert any(REFUSED in one.text for one in answers) == (not role.may), (line, [one.text for one in answers])
        _check(line, right if known else Right.ASKS, changed, may=role.may)
    for press, right in presses_of(matrix.seeded[CHANNEL]):
        await matrix.fresh(called=_calls(press))
        matrix.whole.exchange.behalf.begin(own, CHANNEL, "The desk")
        answered = await matrix.whole.presses(under, press, own, sealed_for=CHANNEL)
        assert len(answered) == 1, (press, "is not answered once")
        assert (REFUSED in answered[0]) == (not role.may), (press, answered)
        heard = right is not Right.OPERATES
        _check(press, right if role.may else Right.CHANGES, await matrix.changed(), may=role.may, effective=heard)


def _check(what: object, right: Right, changed: set[str], *, may: bool, effective: bool = True) -> None:
    """What the rule does not allow changes nothing; what it allows changes something, so that the cell proves it."""
    does = right is Right.SAYS or (may and right in {Right.CHANGES, Right.OPERATES})
    if not does or not effective:
        assert not changed, (what, "changes", changed)
    else:
        assert changed, (what, "changes nothing")
