"""The duty log, as files."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.files import send_file
from bot.chat.subjects.subject import Act, Handler
from bot.services.duty_log import LONGEST_DAYS, DutyLog
from bot.wording import words_for

_DAYS = 30


class DutyLogTalk:
    """Who was told what and when."""

    presses: Mapping[Verb, Act] = {}

    def __init__(self, exchange: Exchange, duty_log: DutyLog) -> None:
        self._exchange, self._duty_log = exchange, duty_log

    @property
    def commands(self) -> Mapping[str, Handler]:
        """The one command."""
        return {"log": self.log}

    def reads(self, _press: Press) -> bool:
        """There is nothing to press."""
        return False

    async def log(self, update: Update, context: Context) -> None:
        """Send the log of so many days, 30 if none are named."""
        if not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update)
        words, asked = words_for(chat.language), (context.args or [""])[0]
        days = min(int(asked), LONGEST_DAYS) if asked.isascii() and asked.isdigit() and len(asked) < 6 else _DAYS  # noqa: PLR2004
        log = await self._duty_log.export(chat, days)
        said = words.plural("{count} line.", "{count} lines.", log.lines, count=log.lines)
        last = words.say("The last hash is {hash}. Keep this message: it shows that the files are as they were.",
                         hash=log.last_hash)  # fmt: skip
        await send_file(update, "duty-log.csv", log.csv, f"{said} {last}")
        await send_file(update, "duty-log.jsonl", log.json)
