"""What a process does: all of it, or a part where several share one PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.app.settings import Settings
from bot.services.leading import Lead

CHAT_SHARE = 4.0
"""Calls a second that answers to people may take of a bot's rate, where chat and sender are processes of their own."""


class Role(StrEnum):
    """A part of the work. Each may run any number of times; of senders and of chats one leads, the others stand by."""

    ALL = "all"
    WORKER = "worker"
    SENDER = "sender"
    CHAT = "chat"

    @property
    def takes_in(self) -> bool:
        """Whether it polls, judges and keeps house."""
        return self in {Role.ALL, Role.WORKER}

    @property
    def sends(self) -> bool:
        """Whether it sends what waits in the outbox."""
        return self in {Role.ALL, Role.SENDER}

    @property
    def talks(self) -> bool:
        """Whether it answers people."""
        return self in {Role.ALL, Role.CHAT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """What one process does at a time: one bot's sending and talking, and keeping the house (with its streams)."""

    bot: Lead
    house: Lead


def duties(role: Role, settings: Settings) -> Sequence[str]:
    """Return the leases of the role's part of the bot: each token has a pace and a poller of its own."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else "terminal"
    bot = sha256(token.encode()).hexdigest()[:16]
    return [*[f"send:{bot}"] * role.sends, *[f"chat:{bot}"] * role.talks]


def calls_per_second(role: Role, whole: float) -> float:
    """Return the role's share of the rate at which one bot may call."""
    share = min(CHAT_SHARE, whole / 4)
    return {Role.SENDER: whole - share, Role.CHAT: share}.get(role, whole)
