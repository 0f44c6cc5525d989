"""In which order the alerts of one change stand in the line: the most endangered first, and nobody always last."""

from collections.abc import Iterable
from hashlib import sha256

from bot.model.alert import Alert

_RING_KM = 10.0
"""As near as makes no difference: within one ring around the event the order turns from event to event."""


def in_order(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Return the alerts, nearest watches first, those that watch a whole region or country last.

    Among equally near chats the order is drawn anew for each event, from ids alone, so that it is the same whenever it
    is asked for.
    """
    return tuple(sorted(alerts, key=lambda alert: (_ring(alert), _draw(alert))))


def _ring(alert: Alert) -> float:
    distance = alert.match.distance_km
    return float("inf") if distance is None else distance // _RING_KM


def _draw(alert: Alert) -> bytes:
    return sha256(f"{alert.event_id}:{alert.chat_id}".encode()).digest()[:8]
