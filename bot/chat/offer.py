"""What a chat is offered beside watches; each needs more of the store than the watches do."""

from dataclasses import dataclass

from bot.services.invitations import Admission
from bot.services.privacy import Privacy
from bot.services.reactions import Reactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The services behind some subjects; a subject whose service is missing is not there."""

    privacy: Privacy | None = None
    reactions: Reactions | None = None
    admission: Admission | None = None
