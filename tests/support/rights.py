"""The table of rights: every command and every press, and who may do what with it. Whatever is missing here fails."""

from dataclasses import dataclass
from enum import Enum, auto

from builders import BAMAKO, GAO, MORNING, NIGER
from support.whole_chat import ASKING, DRAFT, EVENT, INVITATION

from bot.chat.callbacks import Press, Verb


class Right(Enum):
    """What a command or press does, and for whom."""

    ASKS = auto()  # for everybody; changes nothing
    SAYS = auto()  # for everybody: what one says for oneself is kept
    SEES = auto()  # for those who may change the chat, though it changes nothing
    CHANGES = auto()  # for those who may change the chat
    OPERATES = auto()  # the same, and in the operator's chat alone


FOR_EVERYBODY = {Right.ASKS, Right.SAYS}


@dataclass(frozen=True)
class Seeded:
    """What the presses of a chat may name of it."""

    watch: int
    trip: str
    call: str
    asked_by: int


LINES: dict[str, Right] = {
    "/help": Right.ASKS,
    "/watches": Right.ASKS,
    "/trips": Right.ASKS,
    "/settings": Right.ASKS,
    "/risk Bamako": Right.ASKS,
    "/airport BKO": Right.ASKS,
    "/latest": Right.ASKS,
    "/why": Right.ASKS,
    "/missed": Right.ASKS,
    "/status": Right.ASKS,
    "/privacy": Right.ASKS,
    "/start w_ML": Right.ASKS,
    "/unwatch": Right.ASKS,
    "/quiet": Right.ASKS,
    "/snooze": Right.ASKS,
    "/brief": Right.ASKS,
    "/channel": Right.ASKS,
    "/start": Right.SEES,  # to a chat that is active already
    "/manage": Right.SEES,
    "/contact": Right.SEES,
    "/log": Right.SEES,
    "/export": Right.SEES,
    "/forget": Right.SEES,
    "/rollcall export": Right.SEES,
    "/watch Niger": Right.CHANGES,
    "/unwatch Mali": Right.CHANGES,
    "/route Bamako Gao": Right.CHANGES,
    "/trip Paris 12-18 Nov": Right.CHANGES,
    "/quiet 22:30-6:45": Right.CHANGES,
    "/snooze 3h": Right.CHANGES,
    "/snooze off": Right.CHANGES,
    "/brief daily 08:00": Right.CHANGES,
    "/stop": Right.CHANGES,
    "/rollcall Is everybody at the hotel?": Right.CHANGES,
    "/drill": Right.CHANGES,
    f"/retract {EVENT} a film was being shot": Right.OPERATES,
    f"/merge {EVENT} event-2": Right.OPERATES,
    f"/split {EVENT}": Right.OPERATES,
    "/invite 2 7": Right.OPERATES,
    "/notice On Sunday we move house": Right.OPERATES,
}
SEES_OF_OPERATES = {"merge", "split"}
"""Here they find nothing to do, and say so."""


def presses_of(seeded: Seeded) -> list[tuple[Press, Right]]:
    """Return presses of every verb with the chat's own things."""
    asks = [
        Press(Verb.CLOSE), Press(Verb.WATCHES), Press(Verb.DROPS), Press(Verb.OPEN, seeded.watch),
        Press(Verb.HAZARDS, seeded.watch), Press(Verb.RADIUS, seeded.watch), Press(Verb.DATES, seeded.watch),
        Press(Verb.MUTE, seeded.watch), Press(Verb.TRIPS), Press(Verb.EVENT_MAP, 0, EVENT),
        Press(Verb.EVENT_WHY, 0, EVENT), Press(Verb.EVENT, 0, EVENT), Press(Verb.LATEST),
        Press(Verb.RISK, 0, BAMAKO.id), Press(Verb.AIRPORT, 0, "ap:BKO"), Press(Verb.OWN),
        Press(Verb.EVENT_SHOW, 0, EVENT), Press(Verb.EVENT_WRONG, 0, EVENT),
        Press(Verb.SETTINGS), Press(Verb.LANGUAGES), Press(Verb.ZONES),
    ]  # fmt: skip
    says = [
        Press(Verb.EVENT_READ, 0, EVENT), Press(Verb.EVENT_SAID, 0, EVENT), Press(Verb.CALL_SAFE, 0, seeded.call),
        Press(Verb.CALL_HELP, 0, seeded.call), Press(Verb.CALL_AWAY, 0, seeded.call),
    ]  # fmt: skip
    changes = [
        Press(Verb.START_LANGUAGE, 0, "fr"), Press(Verb.WATCH, 0, NIGER.id), Press(Verb.UNWATCH, seeded.watch),
        Press(Verb.ROUTE, 0, f"{BAMAKO.id}+{GAO.id}"), Press(Verb.LEAST, seeded.watch),
        Press(Verb.HAZARDS, seeded.watch, "security"), Press(Verb.RADIUS, seeded.watch + 1, "100"),
        Press(Verb.DATES, seeded.watch, "7"), Press(Verb.MUTE, seeded.watch, "24"),
        Press(Verb.TRIP, (MORNING.toordinal() + 30) * 1000 + 4, BAMAKO.id),
        Press(Verb.TRIP_DROP, 0, seeded.trip), Press(Verb.CALL, 0, EVENT),
        Press(Verb.CALL_CLOSE, 0, seeded.call), Press(Verb.CONTACT_AFTER), Press(Verb.CONTACT_INVITE),
        Press(Verb.CONTACT_DISMISS), Press(Verb.CONTACT_AGREE, INVITATION, str(ASKING)),
        Press(Verb.CONTACT_WITHDRAW, 0, str(seeded.asked_by)), Press(Verb.EVENT_MUTE, 0, EVENT),
        Press(Verb.LANGUAGE, 0, "fr"), Press(Verb.ZONE, 0, "Africa/Bamako"), Press(Verb.QUIET),
        Press(Verb.SEVERITY), Press(Verb.WAKE), Press(Verb.BRIEF), Press(Verb.DISCREET), Press(Verb.PICTURES),
        Press(Verb.FORGET),
    ]  # fmt: skip
    return [
        *((one, Right.ASKS) for one in asks), *((one, Right.SAYS) for one in says),
        *((one, Right.CHANGES) for one in changes), (Press(Verb.EVENT_HEAR, 0, EVENT), Right.SEES),
        (Press(Verb.CONTACT), Right.SEES), (Press(Verb.NOTICE, 0, DRAFT), Right.OPERATES),
    ]  # fmt: skip
