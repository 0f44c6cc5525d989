"""Roll calls: open one, count who is how, remind the silent once, tell others who needs help, and close.

The answers are in the store when a press is answered. The message that shows them is edited at most once in two
seconds, however many press; what a crash left unshown or unrung is made good by `look`. No name is stored: who asks
for help is named in the chat from the memory of the process that heard the press.
"""

import asyncio
import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from bot.alerts.reader import Names
from bot.alerts.roll_call import LONGEST_WORDS, cry, cry_to_contact, reminder, roll_call_message
from bot.model.alert import Message, Never, Sent
from bot.model.event import Event
from bot.model.roll_call import Answer, RollCall, Tally
from bot.model.watch import Chat
from bot.services.acknowledge import Contacts
from bot.services.notices import Notice, NoticeBox
from bot.services.ports import Clock, Sender, Store

REMIND_AFTER, LASTS = timedelta(minutes=10), timedelta(hours=12)
KEPT = timedelta(days=30)
EDIT_GAP = 2.0
LEFT_BEHIND = timedelta(seconds=15)
_CRY_GAP = timedelta(seconds=30)
_PERSON_LETTERS = 32


class Calls(Protocol):
    """Where roll calls are kept (bot/storage/roll_calls.py says what each does)."""

    async def open_call(self, call: RollCall) -> RollCall: ...  # noqa: D102
    async def current(self, chat_id: int) -> RollCall | None: ...  # noqa: D102
    async def tally(self, call_id: int) -> Tally | None: ...  # noqa: D102
    async def tallies(self, chat_id: int) -> tuple[Tally, ...]: ...  # noqa: D102
    async def sent(self, call_id: int, message_id: int, members: int | None) -> None: ...  # noqa: D102
    async def drop(self, call_id: int) -> None: ...  # noqa: D102
    async def answer(self, call_id: int, person: str, answer: Answer, now: datetime) -> Answer | bool | None: ...  # noqa: D102
    async def shown(self, tally: Tally) -> None: ...  # noqa: D102
    async def ring(self, call_id: int, count: int) -> bool: ...  # noqa: D102
    async def remind(self, call_id: int) -> bool: ...  # noqa: D102
    async def close(self, call_id: int, now: datetime) -> bool: ...  # noqa: D102
    async def due(self, now: datetime, stale_before: datetime) -> tuple[RollCall, ...]: ...  # noqa: D102
    async def forget(self, before: datetime) -> int: ...  # noqa: D102


class People(Protocol):
    """What the messenger says of a chat, asked when it is needed and never stored."""

    async def count(self, chat_id: int) -> int | None:
        """Return how many people are in the chat, without the bot; None where that is not said."""
        ...

    async def title(self, chat_id: int) -> str:
        """Return how the chat is called; empty where that is not said."""
        ...


@dataclass(frozen=True, slots=True)
class Running:
    """There is one already, which must be closed first."""

    call: RollCall


@dataclass(slots=True)
class _Turning:
    """The work on one roll call's message: its task, who cried for help since, and when that was last told."""

    task: asyncio.Task[None] | None = None
    again: bool = False
    who: dict[int, str] = field(default_factory=dict)
    cried_at: datetime | None = None
    shown: Message | None = None


class RollCalls:
    """The roll calls of all chats."""

    def __init__(
        self, *, calls: Calls, box: NoticeBox, contacts: Contacts, store: Store, sender: Sender, people: People,
        clock: Clock, names: Names, secret: str,
    ) -> None:  # fmt: skip
        """`secret` is the bot's token: from it comes the key by which people are known within one roll call."""
        self._calls, self._box, self._contacts, self._store = calls, box, contacts, store
        self._sender, self._people, self._clock, self._names = sender, people, clock, names
        self._key = hmac.digest(secret.encode(), b"outrider: roll call", sha256)
        self._turning: dict[int, _Turning] = {}

    async def open(
        self, chat: Chat, *, words: str = "", event_id: str | None = None, drill: bool = False
    ) -> RollCall | Running | None:
        """Ask the people of the chat; None where the message could not be sent, and nothing is kept."""
        running = await self._calls.current(chat.id)
        if running is not None:
            return Running(running)
        now = self._clock.now()
        call = await self._calls.open_call(
            RollCall(
                id=0, chat_id=chat.id, drill=drill, words=words[:LONGEST_WORDS], opened_at=now, closes_at=now + LASTS,
                event_id=event_id, look_at=now + REMIND_AFTER,
            )
        )  # fmt: skip
        call = replace(call, members=await self._people.count(chat.id))
        outcome = await self._sender.send(chat, await self._message(Tally(call=call), chat))
        if not isinstance(outcome, Sent):
            await self._calls.drop(call.id)
            return None
        await self._calls.sent(call.id, outcome.message_id, call.members)
        return replace(call, message_id=outcome.message_id)

    async def answer(self, chat_id: int, call_id: int, user: tuple[int, str], answer: Answer) -> Answer | bool | None:
        """Count what a person (id, name) answers.

        Returns True for their first answer, else their former one; None where the roll call is closed.
        """
        tally = await self._calls.tally(call_id)
        if tally is None or tally.call.chat_id != chat_id:
            return None
        former = await self._calls.answer(call_id, self.person(call_id, user[0]), answer, self._clock.now())
        if former is None or former is answer:
            return former
        turning = self._turning.setdefault(call_id, _Turning())
        turning.who.pop(user[0], None)
        if answer is Answer.HELP:
            turning.who[user[0]] = user[1]
        self._stir(call_id)
        return former

    def person(self, call_id: int, user_id: int) -> str:
        """Return by what a person is known within a roll call."""
        return hmac.new(self._key, f"{call_id}:{user_id}".encode(), sha256).hexdigest()[:_PERSON_LETTERS]

    async def close(self, chat_id: int, call_id: int) -> bool:
        """Close the chat's roll call; False where it has none of that id that is open."""
        tally = await self._calls.tally(call_id)
        if tally is None or tally.call.chat_id != chat_id or not await self._calls.close(call_id, self._clock.now()):
            return False
        self._stir(call_id)
        return True

    async def current(self, chat_id: int) -> RollCall | None:
        """Return the chat's roll call that is open now."""
        return await self._calls.current(chat_id)

    async def tallies(self, chat_id: int) -> tuple[Tally, ...]:
        """Return the chat's roll calls that are still kept, oldest first."""
        return await self._calls.tallies(chat_id)

    async def look(self) -> None:
        """Do what time asks for: remind, close, forget, and make good what a process that ended left undone."""
        now = self._clock.now()
        for call in await self._calls.due(now, now - LEFT_BEHIND):
            if call.look_at is not None and call.closes_at <= now:
                await self._calls.close(call.id, now)
            elif call.look_at is not None and call.look_at <= now:
                await self._remind(call)
            if call.id not in self._turning:
                await self._turn(call.id, _Turning())
        await self._calls.forget(now - KEPT)
        await self._box.forget(now - KEPT)
        await self._contacts.forget(now - KEPT)

    async def settled(self) -> None:
        """Wait until every message shows its answers: for tests, and before the end."""
        while tasks := [one.task for one in self._turning.values() if one.task is not None]:
            await asyncio.gather(*tasks)

    def _stir(self, call_id: int) -> None:
        """Let the message be edited soon: at once, or when two seconds have passed since the last time."""
        turning = self._turning.setdefault(call_id, _Turning())
        turning.again = True
        if turning.task is None:
            turning.task = asyncio.create_task(self._keep_turning(call_id, turning), name="show a roll call")

    async def _keep_turning(self, call_id: int, turning: _Turning) -> None:
        try:
            while turning.again:
                turning.again = False
                await self._turn(call_id, turning)
                await self._clock.sleep(EDIT_GAP)
        finally:
            self._turning.pop(call_id, None)

    async def _turn(self, call_id: int, turning: _Turning) -> None:
        """Show how the roll call stands, and tell of those who need help."""
        tally = await self._calls.tally(call_id)
        chat = await self._store.chat(tally.call.chat_id) if tally else None
        if tally is None or chat is None:
            return
        if tally.call.message_id is not None and tally.stale_at is not None:
            message = replace(await self._message(tally, chat), edit=tally.call.message_id)
            if message != turning.shown and isinstance(await self._sender.send(chat, message), Sent | Never):
                turning.shown = message
        told = await self._cry(tally, chat, turning)
        if told and tally.stale_at is not None:
            await self._calls.shown(tally)

    async def _cry(self, tally: Tally, chat: Chat, turning: _Turning) -> bool:
        """Ring for those who newly need help: in the chat with their names, at the second contact by their number.

        False where it rang less than half a minute ago: then it waits.
        """
        count, now = tally.count(Answer.HELP), self._clock.now()
        if tally.call.drill or count <= tally.call.rung:
            turning.who.clear()
            return True
        if turning.cried_at is not None and now - turning.cried_at < _CRY_GAP:
            turning.again = True
            return False
        turning.cried_at = now
        await self._tell_contact(tally)
        who, turning.who = tuple(turning.who.items()), {}
        await self._sender.send(chat, replace(cry(tally, chat, who), thread_id=chat.thread_id))
        await self._calls.ring(tally.call.id, count)
        return True

    async def _tell_contact(self, tally: Tally) -> None:
        wish = await self._contacts.contact(tally.call.chat_id)
        contact = await self._store.chat(wish.contact_id) if wish.contact_id is not None else None
        if contact is None:
            return
        message = cry_to_contact(tally, contact, await self._people.title(tally.call.chat_id))
        key = f"help:{tally.call.id}:{tally.count(Answer.HELP)}"
        await self._box.put(Notice(key=key, chat_id=contact.id, message=message), self._clock.now())

    async def _remind(self, call: RollCall) -> None:
        tally, chat = await self._calls.tally(call.id), await self._store.chat(call.chat_id)
        if tally is None or chat is None:
            return
        if tally.silent != 0:
            notice = Notice(key=f"remind:{call.id}", chat_id=chat.id, message=reminder(tally, chat))
            await self._box.put(notice, self._clock.now())
        await self._calls.remind(call.id)

    async def _message(self, tally: Tally, chat: Chat) -> Message:
        event: Event | None = await self._store.event(tally.call.event_id) if tally.call.event_id else None
        return replace(roll_call_message(tally, chat, event, self._names), thread_id=chat.thread_id)
