"""What a subject is: some commands, and the presses of the buttons that its screens show."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Protocol

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context
from bot.model.watch import Chat

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
"""Answers a command or another message; it asks for the person's rights itself, for part of it may be for all."""

Act = Callable[[Update, Chat, Press], Awaitable[str]]
"""Does what a press asks, whose rights were checked, turns the screen, and returns what to say in passing."""


class Subject(Protocol):
    """One subject of conversation."""

    @property
    def commands(self) -> Mapping[str, Handler]:
        """The commands, by name without the slash."""
        ...

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """What its buttons do."""
        ...

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing, and so is for everybody."""
        ...
