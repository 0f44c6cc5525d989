"""A chat for people without a token: alerts on the terminal, as Telegram would show them."""

import re
import shutil
import sys
import textwrap
from html import unescape
from typing import TextIO

from bot.model.alert import Message, Outcome, Sent
from bot.model.watch import Chat

_BOLD, _DIM, _CYAN, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


class TerminalSender:
    """Writes each message in a frame: who gets it, whether it rings, and what it answers or replaces."""

    def __init__(
        self, out: TextIO = sys.stdout, *, labels: dict[int, str] | None = None, brief: frozenset[int] = frozenset()
    ) -> None:
        """`labels` names the chats, by their ids; of the `brief` ones only the first line of a message is shown."""
        self._out = out
        self._labels = labels or {}
        self._brief = brief
        self._last_id = 0
        self._colour = out.isatty()

    async def send(self, chat: Chat, message: Message) -> Outcome:
        """Write the message; a terminal takes everything."""
        if message.edit is None:
            self._last_id += 1
        number = message.edit or self._last_id
        self._out.write(self._frame(chat, message, number))
        self._out.flush()
        return Sent(number)

    def _frame(self, chat: Chat, message: Message, number: int) -> str:
        head = f"#{number}"
        if message.edit is not None:
            head = f"#{number} edited, silently"
        elif message.reply_to is not None:
            head += f" in reply to #{message.reply_to}"
        sound = "" if message.edit is not None else " · silent" if message.silent else " · rings"
        label = self._labels.get(chat.id, "terminal")
        width = min(shutil.get_terminal_size((100, 24)).columns, 100)
        lines = self._shown(message).splitlines()
        if chat.id in self._brief:
            lines = [f"{lines[0]} …"]
        body = [piece for line in lines for piece in self._wrapped(line, width - 2)]
        rule = self._paint(f"┌ {label} · {head}{sound}", _CYAN)
        return "\n".join([rule, *(f"{self._paint('│', _CYAN)} {line}" for line in body), self._paint("└", _CYAN), ""])

    def _shown(self, message: Message) -> str:
        if not self._colour:
            return message.plain
        html = re.sub(r"</?b>", lambda tag: _RESET if "/" in tag[0] else _BOLD, message.html)
        html = re.sub(r"</?i>", lambda tag: _RESET if "/" in tag[0] else _DIM, html)
        html = _LINK.sub(lambda link: f"\x1b]8;;{unescape(link[1])}\x1b\\{link[2]}\x1b]8;;\x1b\\", html)
        return unescape(re.sub(r"<[^>]+>", "", html))

    def _wrapped(self, line: str, width: int) -> list[str]:
        if self._colour:  # escape codes have no width: leave the wrapping to the terminal
            return [line]
        return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]

    def _paint(self, text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if self._colour else text
