"""The second contact: after how long without a reader it is told, and how a chat agrees to be one."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.references import INVITATION, Reference, References
from bot.chat.screens.screen import Screen, button
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.services.acknowledge import MINUTES, Acknowledge
from bot.services.rollcall import People
from bot.wording import words_for

_MINE = 5  # chats whose contact one is that are shown


class ContactTalk:
    """Second contacts."""

    def __init__(self, exchange: Exchange, acknowledge: Acknowledge, people: People, references: References) -> None:
        self._exchange, self._acknowledge = exchange, acknowledge
        self._people, self._references = people, references

    @property
    def commands(self) -> Mapping[str, Handler]:
        """The one command."""
        return {"contact": self.contact}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """The minutes, the invitation, and both ways out."""
        return {
            Verb.CONTACT: self._show, Verb.CONTACT_AFTER: self._after, Verb.CONTACT_INVITE: self._invite,
            Verb.CONTACT_DISMISS: self._dismiss, Verb.CONTACT_AGREE: self._agree,
            Verb.CONTACT_WITHDRAW: self._withdraw, Verb.EVENT_READ: self._read,
        }  # fmt: skip

    def reads(self, press: Press) -> bool:
        """Whoever reads an alert may say so. The screen names other chats: it is for administrators alone."""
        return press.verb is Verb.EVENT_READ

    async def contact(self, update: Update, context: Context) -> None:
        """Show who is told when nobody answers. Administrators alone: it names other chats."""
        if await self._exchange.allowed(update, context):
            await self._exchange.show(update, await self._screen(await self._exchange.chat(update)))

    async def linked(self, update: Update, context: Context) -> None:
        """Ask whether this chat wants to be the second contact of the one that the link names."""
        found = self._references.open(INVITATION, context.args[0] if context.args else "")
        chat = await self._exchange.known(update)
        words = words_for(chat.language)
        if found is None or (await self._acknowledge.contact(found.chat_id)).invitation != found.number:
            said = words.say("This invitation is good no more. Ask for a new one.")
            await self._exchange.show(update, Screen(said))
            return
        title = await self._people.title(found.chat_id)
        asked = words.say(
            "{chat} asks you to be its second contact: you are told here when nobody there reads a grave alert in "
            "time, and when somebody answers a roll call with a call for help. You can end that with /contact.",
            chat=words.isolated(title),
        )
        agree = button(words.say("I agree"), Verb.CONTACT_AGREE, found.number, str(found.chat_id))
        await self._exchange.show(update, Screen(asked, ((agree,), (button(words.say("Close"), Verb.CLOSE),))))

    async def _screen(self, chat: Chat, link: str = "") -> Screen:
        words = words_for(chat.language)
        wish = await self._acknowledge.contact(chat.id)
        minutes = words.say("{count} min", count=wish.after_minutes) if wish.after_minutes else words.say("off")
        after = words.say("To be read within: {value}", value=minutes)
        title = await self._people.title(wish.contact_id) if wish.contact_id is not None else ""
        who = words.isolated(title) if wish.contact_id is not None else words.say("nobody")
        lines = [
            words.say("Grave alerts ask for a reader. If nobody confirms in time, the second contact is told, once."),
            after,
            words.say("Second contact: {value}", value=who),
        ]
        if link:
            lines.append(
                words.say("Send this link to the person or group that shall agree. It is good once: {link}", link=link)
            )
        rows = [
            (button(after, Verb.CONTACT_AFTER),),
            (button(words.say("Invite a second contact"), Verb.CONTACT_INVITE),),
        ]
        if wish.contact_id is not None:
            rows.append((button(words.say("Have no second contact"), Verb.CONTACT_DISMISS),))
        for other in (await self._acknowledge.contact_of(chat.id))[:_MINE]:
            label = words.say("Be no second contact of {chat}", chat=await self._people.title(other))
            rows.append((button(label, Verb.CONTACT_WITHDRAW, value=str(other)),))
        return Screen("\n".join(lines), (*rows, (button(words.say("Close"), Verb.CLOSE),)))

    async def _show(self, update: Update, chat: Chat, _press: Press) -> str:
        await self._exchange.turn(update, await self._screen(chat))
        return ""

    async def _read(self, _update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        read = await self._acknowledge.read(chat.id, press.value)
        return words.say("Noted: this was read.") if read else words.say("There is no alert of this here.")

    async def _after(self, update: Update, chat: Chat, press: Press) -> str:
        now = (await self._acknowledge.contact(chat.id)).after_minutes
        at = MINUTES.index(now) if now in MINUTES else 0
        await self._acknowledge.set_minutes(chat, MINUTES[(at + 1) % len(MINUTES)])
        return await self._show(update, chat, press)

    async def _invite(self, update: Update, chat: Chat, _press: Press) -> str:
        wish = await self._acknowledge.invite(chat.id)
        payload = self._references.close(INVITATION, Reference(chat.id, wish.invitation or 0))
        link = f"https://t.me/{update.get_bot().username}?start={payload}"
        await self._exchange.turn(update, await self._screen(chat, link))
        return ""

    async def _dismiss(self, update: Update, chat: Chat, press: Press) -> str:
        await self._acknowledge.dismiss(chat.id)
        return await self._show(update, chat, press)

    async def _agree(self, update: Update, chat: Chat, press: Press) -> str:
        words, other = words_for(chat.language), _chat_id(press.value)
        if other is None or not await self._acknowledge.agree(other, press.number, chat.id):
            return words.say("This invitation is good no more. Ask for a new one.")
        await self._exchange.turn(
            update, Screen(words.say("Agreed: you are its second contact now. /contact ends it."))
        )
        return ""

    async def _withdraw(self, update: Update, chat: Chat, press: Press) -> str:
        other = _chat_id(press.value)
        if other is not None:
            await self._acknowledge.withdraw(chat.id, other)
        return await self._show(update, chat, press)


def _chat_id(value: str) -> int | None:
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() else None
