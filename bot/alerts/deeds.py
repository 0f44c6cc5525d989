"""The buttons under an alert: at most two rows, labels of a word or two, the same order everywhere."""

from bot.alerts.reader import Reader
from bot.model.alert import Alert, Button, Deed
from bot.model.event import Event
from bot.wording import marked

_LABELS: dict[Deed, str] = {
    Deed.MAP: marked("Map"),
    Deed.WHY: marked("Why?"),
    Deed.MUTE: marked("Mute this"),
    Deed.HEAR: marked("Hear of it again"),
    Deed.WRONG: marked("Something wrong?"),
    Deed.SHOW: marked("Show"),
}
_ROWS: tuple[tuple[Deed, ...], ...] = ((Deed.MAP, Deed.WHY), (Deed.MUTE, Deed.HEAR, Deed.WRONG))
"""First what tells more, then what answers to it."""


def buttons(alert: Alert, event: Event, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under this alert; a row of which nothing fits is left out."""
    rows = (
        tuple(
            Button(label=reader.words.say(_LABELS[deed]), deed=deed, about=event.id)
            for deed in row
            if _fits(deed, alert, event)
        )
        for row in _ROWS
    )  # fmt: skip
    return tuple(row for row in rows if row)


def _fits(deed: Deed, alert: Alert, event: Event) -> bool:
    """Tell whether the deed makes sense under this alert."""
    match deed:
        case Deed.MAP | Deed.WHY | Deed.WRONG:
            return True
        case Deed.MUTE:
            return not alert.asks and event.live
        case Deed.HEAR:
            return alert.asks
        case Deed.SHOW:
            return False


def show_button(event: Event, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Return the one button under an alert that names nothing until it is pressed."""
    return ((Button(label=reader.words.say(_LABELS[Deed.SHOW]), deed=Deed.SHOW, about=event.id),),)
