"""The buttons under an alert: at most two rows, labels of a word or two, the same order everywhere."""

from bot.alerts.reader import Reader
from bot.model.alert import Alert, Button, Deed
from bot.model.event import Event
from bot.wording import marked

_LABELS: dict[Deed, str] = {
    Deed.MAP: marked("Map"),
    Deed.WHY: marked("Why?"),
}
_ROWS: tuple[tuple[Deed, ...], ...] = ((Deed.MAP, Deed.WHY),)
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


def _fits(deed: Deed, alert: Alert, event: Event) -> bool:  # noqa: ARG001 - a deed of one sort of alert asks for it
    """Tell whether the deed makes sense under this alert."""
    match deed:
        case Deed.MAP | Deed.WHY:
            return True
