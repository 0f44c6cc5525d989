"""The life of an event: every legal move in one table.

Two rules keep it honest. What is not in the table cannot happen: an illegal move is an error and changes nothing. And
the table knows kinds of change alone; whether an event stands on enough voices to be `open` is asked for beside it,
so that no chain of moves makes a confirmed event of one voice.
"""

from datetime import timedelta

from bot.model.event import ChangeKind, Event, EventState

GRACE = timedelta(hours=24)
"""How long after its end a fresh report still continues an event instead of opening another."""

_UNCONFIRMED, _OPEN, _EASING = EventState.UNCONFIRMED, EventState.OPEN, EventState.EASING
_CLOSING = {
    ChangeKind.ENDED: EventState.ENDED,
    ChangeKind.RETRACTED: EventState.RETRACTED,
    ChangeKind.MERGED: EventState.MERGED,
}
_GOING_ON = {
    ChangeKind.CONFIRMED: _OPEN,
    ChangeKind.ESCALATED: _OPEN,
    ChangeKind.WIDENED: _OPEN,
    ChangeKind.UPDATED: _OPEN,
    ChangeKind.CORRECTED: _OPEN,
    ChangeKind.EASED: _EASING,
    ChangeKind.EXPIRED: EventState.EXPIRED,
    ChangeKind.NOTHING_NEW: _OPEN,
    **_CLOSING,
}
MOVES: dict[EventState, dict[ChangeKind, EventState]] = {
    _UNCONFIRMED: _GOING_ON,
    _OPEN: _GOING_ON,
    _EASING: {
        **_GOING_ON,
        ChangeKind.CONFIRMED: _EASING,
        ChangeKind.UPDATED: _EASING,
        ChangeKind.CORRECTED: _EASING,
        ChangeKind.NOTHING_NEW: _EASING,
    },
    EventState.EXPIRED: {  # silence was no end: whoever reports on it revives it, whoever looks back on it does not
        ChangeKind.CONFIRMED: _OPEN,
        ChangeKind.ESCALATED: _OPEN,
        ChangeKind.WIDENED: _OPEN,
        ChangeKind.UPDATED: _OPEN,
        ChangeKind.CORRECTED: _OPEN,
        ChangeKind.EASED: _EASING,
        ChangeKind.NOTHING_NEW: EventState.EXPIRED,
        **_CLOSING,
    },
    EventState.ENDED: {  # within the grace time; a correction may still come
        ChangeKind.ESCALATED: _OPEN,
        ChangeKind.CORRECTED: EventState.ENDED,
        ChangeKind.RETRACTED: EventState.RETRACTED,
        ChangeKind.NOTHING_NEW: EventState.ENDED,
    },
    EventState.RETRACTED: {  # an authority may say that it happened after all
        ChangeKind.ESCALATED: _OPEN,
        ChangeKind.NOTHING_NEW: EventState.RETRACTED,
    },
    EventState.MERGED: {},
}


class IllegalMoveError(ValueError):
    """A change of that kind cannot happen to an event in that state."""


def corroborated(event: Event) -> bool:
    """Tell whether an authority or two independent voices report it."""
    return event.official or len(event.voices) > 1


def first_state(event: Event) -> EventState:
    """Return the state that an event begins in."""
    return _OPEN if corroborated(event) else _UNCONFIRMED


def moved(event: Event, kind: ChangeKind) -> EventState:
    """Return the state after a change of that kind, for an event that already holds the new report.

    Raises:
        IllegalMoveError: the table has no such move.
    """
    try:
        state = MOVES[event.state][kind]
    except KeyError:
        raise IllegalMoveError(f"{event.id}: no {kind} from {event.state}") from None
    return first_state(event) if state is _OPEN else state


def allowed(state: EventState, kind: ChangeKind) -> bool:
    """Tell whether the table has such a move."""
    return kind in MOVES[state]
