"""Roll calls: the people of a chat are asked how they are, and answer by pressing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """What a person answers."""

    SAFE = "safe"
    HELP = "help"
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """One roll call of a chat. `drill`: an exercise, of which nobody outside the chat is told.

    `words` are what its message says beside the question; they are forgotten when it is closed. `members` is how many
    people are asked, None where the messenger does not say. `rung` is the most calls for help that others were told
    of, `look_at` when time does the next thing to it (a reminder, its end).
    """

    id: int
    chat_id: int
    drill: bool
    words: str
    opened_at: datetime
    closes_at: datetime
    event_id: str | None = None
    message_id: int | None = None
    members: int | None = None
    reminded: bool = False
    rung: int = 0
    look_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One person's answer. `person` is a keyed hash of their id within that roll call; `first_at` their first press."""

    person: str
    answer: Answer
    first_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How a roll call stands: its answers, in the order of the first presses. `stale_at`: since when none shows it."""

    call: RollCall
    given: tuple[Given, ...] = ()
    stale_at: datetime | None = None

    def count(self, answer: Answer) -> int:
        """Return how many gave that answer last."""
        return sum(one.answer is answer for one in self.given)

    @property
    def silent(self) -> int | None:
        """How many have not answered; None where it is not known how many were asked."""
        return None if self.call.members is None else max(0, self.call.members - len(self.given))
