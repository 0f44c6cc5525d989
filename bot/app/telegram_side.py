"""The bot's side towards Telegram: one token, one pace, a sender, and the chat that people talk to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

from bot.app.build import House
from bot.app.config import Tuning
from bot.app.logs import Log
from bot.app.settings import Settings
from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.operator import Operator
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import PAID_PER_SECOND, Pacer
from bot.chat.people import TelegramPeople
from bot.chat.sender import TelegramSender
from bot.chat.showing import TelegramPictures
from bot.chat.transport import make_bot
from bot.gazetteer import Gazetteer
from bot.maps import Painter
from bot.services.inquiries import Inquiries
from bot.services.pictures import Pictures
from bot.services.ports import Clock
from bot.wording import words_for
from bot.wording.local import country_name

ASKED_AGAIN_AFTER, LONGEST_ANSWER = 60.0, 5.0  # seconds


class TelegramSide:
    """Sender and chat of one bot token. Every call of both goes through one pacer."""

    def __init__(
        self, settings: Settings, tuning: Tuning, clock: Clock, log: Log, *, per_second: float | None = None
    ) -> None:
        """`per_second` is this process's share of the bot's rate, where that is not the whole."""
        assert settings.telegram_token is not None
        self._clock, self._log = clock, log
        self._operator_chat = settings.operator_chat
        self._asked: float | None = None
        self._trouble = ""
        delivery = tuning.delivery
        self._pace = PacedStart(
            Pacer(
                per_second=per_second or delivery.sends_per_second,
                paid_per_second=PAID_PER_SECOND if delivery.paid_broadcast else None,
            )
        )
        self._bot = make_bot(
            settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            pace=self._pace,
            on_fatal=self._fatal,
        )
        self.sender = TelegramSender(self._bot, clock.now, self._pace.everyone_held, paid=delivery.paid_broadcast)
        self.people = TelegramPeople(self._bot)
        self.resting = self._pace.resting
        self.pictures = self._draughtsmanship() if delivery.pictures else None

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Open the bot's connections alone, without the chat."""
        await self._bot.initialize()
        try:
            yield
        finally:
            await self._bot.shutdown()

    async def reconnect(self) -> None:
        """Open the bot's connections, whenever there is a network."""
        while not self.closed:
            try:
                await self._bot.initialize()
            except Exception as error:  # noqa: BLE001 - no text of it: it may hold the token
                self._log.warning("Telegram cannot be reached, trying again", why=type(error).__name__)
                await asyncio.sleep(LONGEST_ANSWER)
            else:
                return

    async def disconnect(self) -> None:
        """Close the bot's connections."""
        await self._bot.shutdown()

    @asynccontextmanager
    async def chatting(self, house: House) -> AsyncIterator[None]:
        """Talk with people while the context lasts. Where there is no network the chat opens when there is one."""
        self._pace.closed = ""  # another process polled; it does so no more
        operator = Operator(self._operator_chat, house.operate, house.broadcast) if self._operator_chat else None
        inquiries = Inquiries(
            house.records, sources=house.sources, understander=house.understander, now=self._clock.now,
            pictures=self.pictures,
        )  # fmt: skip
        application = build_application(
            self._bot,
            house.subscriptions,
            self._clock.now,
            operator,
            inquiries,
            offer=house.offer,
            crew=house.crew,
        )
        opening = asyncio.create_task(open_chat(application, self._fatal), name="open the chat")
        try:
            yield
        finally:
            opening.cancel()
            with suppress(asyncio.CancelledError):
                await opening
            await close_chat(application)

    @asynccontextmanager
    async def showing(self) -> AsyncIterator[None]:
        """Send maps after their alerts while the context lasts."""
        if self.pictures is None:
            yield
            return
        showing = asyncio.create_task(self.pictures.run(), name="send maps")
        try:
            yield
        finally:
            showing.cancel()
            with suppress(asyncio.CancelledError):
                await showing

    def _draughtsmanship(self) -> Pictures:
        painter = Painter(lambda code, language: country_name(code, words_for(language)), Gazetteer.open())
        return Pictures(
            draughtsman=painter,
            sender=TelegramPictures(self._bot),
            on_trouble=self._no_map,
        )

    def _no_map(self, error: Exception) -> None:
        self._log.error("a map could not be drawn", exc_info=error)

    @property
    def closed(self) -> str:
        """Why Telegram takes no call of this bot until the operator has mended it; empty while it does."""
        return self._pace.closed

    async def trouble(self) -> str:
        """Say why Telegram cannot be reached, nothing while it can. It is asked at most once a minute."""
        if self.closed:
            return self.closed
        now = monotonic()
        if self._asked is None or now - self._asked >= ASKED_AGAIN_AFTER:
            self._asked = now
            try:
                async with asyncio.timeout(LONGEST_ANSWER):
                    await self._bot.get_me()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding; no text of it: it may hold the token
                self._trouble = f"does not answer: {type(error).__name__}"
            else:
                self._trouble = ""
        return self.closed or self._trouble

    def _fatal(self, why: str) -> None:
        """Say once, clearly, what only the operator can mend. Sender and chat are stopped; the intake goes on."""
        self._log.error("Telegram is closed to this bot", why=why)
