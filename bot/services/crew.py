"""What a chat does together: roll calls, drills, reading, second contacts, the duty log; and what time asks of them."""

from dataclasses import dataclass
from typing import Protocol

from bot.alerts.reader import Names
from bot.services.acknowledge import Acknowledge, Contacts
from bot.services.duty_log import DutyLog, Records
from bot.services.notices import NoticeBox, Notices
from bot.services.ports import Clock, Sender, Store
from bot.services.rollcall import Calls, People, RollCalls


class CrewStore(Store, Records, Protocol):
    """A store that keeps these too."""

    @property
    def roll_calls(self) -> Calls:
        """Where roll calls are kept."""
        ...

    @property
    def contacts(self) -> Contacts:
        """Where second contacts are kept."""
        ...

    @property
    def notices(self) -> NoticeBox:
        """Where messages of no event wait."""
        ...


class Nobody(People):
    """A messenger that says nothing of its chats: the terminal."""

    async def count(self, chat_id: int) -> int | None:
        """Return that it is not known."""
        del chat_id
        return None

    async def title(self, chat_id: int) -> str:
        """Return nothing."""
        del chat_id
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The verbs of a chat's people."""

    roll_calls: RollCalls
    acknowledge: Acknowledge
    notices: Notices
    duty_log: DutyLog

    @classmethod
    def of(
        cls, store: CrewStore, *, sender: Sender, people: People, clock: Clock, names: Names, secret: str
    ) -> "Crew":  # fmt: skip
        """Return them over a store; `secret` is the bot's token."""
        contacts, box = store.contacts, store.notices
        return cls(
            roll_calls=RollCalls(
                calls=store.roll_calls, box=box, contacts=contacts, store=store, sender=sender, people=people,
                clock=clock, names=names, secret=secret,
            ),
            acknowledge=Acknowledge(
                contacts=contacts, box=box, store=store, titles=people, clock=clock, names=names
            ),
            notices=Notices(box, sender, clock),
            duty_log=DutyLog(store, clock, names),
        )  # fmt: skip

    async def look(self) -> None:
        """Do what is due now."""
        await self.roll_calls.look()
        await self.acknowledge.look()
        await self.notices.look()
