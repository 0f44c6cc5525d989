"""The alert key: what a chat is told. It is unique in the outbox: "never twice" is a constraint of the database.

A key names the matter, not the item that told us. What can truly happen again (an airport that reopens twice) is
counted by turns: an easing's key counts the worsenings that the chat was told before it, and the other way round. So
the same is told again only when its opposite was told in between. An all-clear counts the easings too: whoever was told
that it eases hears the end of that.
"""

from bot.model.alert import AlertReason, Told
from bot.model.event import ChangeKind, Event, EventChange, News
from bot.model.reading import Cue

_WORSE = (AlertReason.FIRST, AlertReason.ESCALATION, AlertReason.WIDENING, AlertReason.UPDATE)
_SHUT = (Cue.CLOSED, Cue.SUSPENDED, Cue.CANCELLED, Cue.BLOCKED, Cue.IMPOSED, Cue.STRIKE, Cue.DIVERTED, Cue.DISRUPTED,
         Cue.ADVISED, Cue.TO_RESTORE)  # fmt: skip
_BETTER = (AlertReason.EASING, AlertReason.ALL_CLEAR)


def key(chat_id: int, change: EventChange, reason: AlertReason, told: Told | None) -> str:
    """Return the key "<chat>:<event>:<what>[:<turn>]" of this message or edit."""
    event = change.after
    turns = told.keys if told else frozenset()
    worse, better = _count(turns, _WORSE) + _mixed(turns), _count(turns, _BETTER)
    match reason:
        case AlertReason.FIRST:
            what = "first" if told is None else f"first:{event.version}"
        case AlertReason.ESCALATION:
            what = f"escalation:{event.severity}{_turn(better)}"
        case AlertReason.WIDENING:
            what = f"widening:{_new_places(change)}{_turn(better)}"
        case AlertReason.UPDATE:
            what = f"update:{_matter(change)}{_turn(better)}"
        case AlertReason.EASING:
            what = f"easing:{_matter(change)}:{worse}"
        case AlertReason.ALL_CLEAR:
            what = f"all-clear:{worse}{_turn(_count(turns, (AlertReason.EASING,)))}"
        case AlertReason.CORRECTION:
            what = f"correction:{event.place.id}{_turn(_count(turns, (AlertReason.CORRECTION,)))}"
        case AlertReason.RETRACTION:
            what = f"retraction:{worse}"
        case AlertReason.EDIT:
            what = f"edit:{event.version}"
    return f"{chat_id}:{event.id}:{what}"


def key_of_graver(chat_id: int, event: Event) -> str:
    """Return the key of a first alert that takes the place of one that waits: the event became graver meanwhile."""
    return f"{chat_id}:{event.id}:first:{event.severity}"


def key_of_moved(chat_id: int, event: Event) -> str:
    """Return the key of a first alert that takes the place of one that waits to tell of the wrong place."""
    return f"{chat_id}:{event.id}:first:{event.version}"


def _turn(number: int) -> str:
    return f":{number}" if number else ""


def _count(keys: frozenset[str], reasons: tuple[AlertReason, ...]) -> int:
    """Return how many of the keys tell of such a matter."""
    return sum(key.split(":", 2)[2].split(":")[0] in reasons for key in keys)


def _mixed(keys: frozenset[str]) -> int:
    """Return how many easings brought a worsening with them: an airport opens on the day that a curfew begins."""
    easings = (key.split(":", 2)[2] for key in keys if key.split(":", 2)[2].startswith(AlertReason.EASING))
    return sum(any(f"={cue}@" in easing for cue in _SHUT) for easing in easings)


def _new_places(change: EventChange) -> str:
    """Return the ids of the places that the event did not have before, or its own place where it has none new."""
    known = {place.id for place in change.before.area} if change.before else set()
    return ",".join(sorted(place.id for place in change.after.area if place.id not in known)) or change.after.place.id


def _matter(change: EventChange) -> str:
    """Return what is new about ways and measures, or else the named news."""
    before = _states(change.before) if change.before else frozenset()
    news = ",".join(change.news)
    if change.kind is ChangeKind.EASED or {News.NEW_MEASURE, News.NEW_CLOSURE} & set(change.news):
        return ",".join(filter(None, (news, *sorted(_states(change.after) - before))))
    return news


def _states(event: Event) -> frozenset[str]:
    """Return the states of an event's ways and measures, each with its place."""
    ways = [(str(state.target), state.cue, state.place) for state in event.targets]
    ways += [(str(state.measure), state.cue, state.place) for state in event.measures]
    return frozenset(f"{what}={cue}@{place.id if place else ''}" for what, cue, place in ways)
