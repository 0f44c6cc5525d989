"""`outrider send-test CHAT`: a marked test message, to see that token, network and chat work."""

import asyncio
import sys

from bot.app.check import load_checked
from bot.app.clock import SystemClock
from bot.app.logs import configure_logs
from bot.app.telegram_side import TelegramSide
from bot.app.terminal import TerminalSender
from bot.model.alert import Message, Never, Outcome, Sent
from bot.model.watch import Chat, ChatKind
from bot.services.ports import Sender

_TEXT = "TEST. This is only a test of Outrider. Nothing has happened, and there is nothing to do."


def send_test(chat_id: int) -> int:
    """Send the test; print what came of it; return 0 only if it stands in the chat."""
    settings, tuning, _ = load_checked()
    log = configure_logs(level=settings.log_level, as_json=settings.log_json)

    async def try_it() -> Outcome:
        chat = Chat(id=chat_id, kind=ChatKind.PRIVATE if chat_id > 0 else ChatKind.GROUP)
        message = Message(html=f"<b>{_TEXT}</b>", plain=_TEXT, silent=True)
        if settings.telegram_token is None:
            sender: Sender = TerminalSender()
            return await sender.send(chat, message)
        telegram = TelegramSide(settings, tuning, SystemClock(), log)
        async with telegram.connected():
            return await telegram.sender.send(chat, message)

    outcome = asyncio.run(try_it())
    if isinstance(outcome, Sent):
        print(f"Sent to chat {chat_id} as message {outcome.message_id}.")
        return 0
    print(
        f"Not sent to chat {chat_id}{' and never will be' if isinstance(outcome, Never) else ''}: {outcome.why}",
        file=sys.stderr,
    )
    return 1
