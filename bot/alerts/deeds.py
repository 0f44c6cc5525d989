"""The buttons under an alert: at most three rows, labels of a word or two, the same order everywhere."""

from bot.alerts.reader import Reader
from bot.model.alert import Alert, Button, Deed
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.watch import Chat, ChatKind
from bot.wording import marked

_OF_MANY = frozenset({ChatKind.GROUP, ChatKind.SUPERGROUP})
_LABELS: dict[Deed, str] = {
    Deed.MAP: marked("Map"),
    Deed.WHY: marked("Why?"),
    Deed.MUTE: marked("Mute this"),
    Deed.HEAR: marked("Hear of it again"),
    Deed.WRONG: marked("Something wrong?"),
    Deed.SHOW: marked("Show"),
    Deed.READ: marked("I have read it"),
    Deed.ROLL_CALL: marked("Roll call"),
}
_ROWS: tuple[tuple[Deed, ...], ...] = (
    (Deed.READ, Deed.ROLL_CALL), (Deed.MAP, Deed.WHY), (Deed.MUTE, Deed.HEAR, Deed.WRONG),
)  # fmt: skip
"""First what tells more, then what answers to it."""


def buttons(alert: Alert, event: Event, chat: Chat, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under this alert; a row of which nothing fits is left out."""
    rows = (
        tuple(
            Button(label=reader.words.say(_LABELS[deed]), deed=deed, about=event.id)
            for deed in row
            if _fits(deed, alert, event, chat)
        )
        for row in _ROWS
    )  # fmt: skip
    return tuple(row for row in rows if row)


def _fits(deed: Deed, alert: Alert, event: Event, chat: Chat) -> bool:
    """Tell whether the deed makes sense under this alert: a grave one is to be read, and asks how people are."""
    match deed:
        case Deed.MAP | Deed.WHY | Deed.WRONG:
            return True
        case Deed.MUTE:
            return not alert.asks and event.live
        case Deed.HEAR:
            return alert.asks
        case Deed.READ:
            return alert.severity >= Severity.SEVERE and chat.asks_reader
        case Deed.ROLL_CALL:
            return alert.severity >= Severity.SEVERE and chat.kind in _OF_MANY
        case _:  # of an alert that names nothing, and of a roll call's own message
            return False


def show_button(event: Event, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Return the one button under an alert that names nothing until it is pressed."""
    return ((Button(label=reader.words.say(_LABELS[Deed.SHOW]), deed=Deed.SHOW, about=event.id),),)
