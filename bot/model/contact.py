"""The second contact of a chat: another chat, which agreed to be told when nobody in the first one answers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondContact:
    """What a chat wishes. `after_minutes`: so long may a grave alert stay unread; 0 asks nobody to read.

    `contact_id` is the chat that agreed, since `agreed_at`; `invitation` the number of the link by which one may agree
    now, None where there is none.
    """

    chat_id: int
    after_minutes: int = 0
    contact_id: int | None = None
    agreed_at: datetime | None = None
    invitation: int | None = None
