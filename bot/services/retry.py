"""What becomes of an outbox row after a try to send it. Pure.

Only what is certainly not sent is tried again without limit (until it expires). Of what may have arrived, severe and
extreme alerts are repeated at most twice and lower ones once, marked as repeats; then the row ends as `unknown` and
is counted. A repeat rather than a loss, bounded, and every possible repeat marked.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from bot.model.alert import Delivery, Never, Outcome, Sent, TryLater, Unknown
from bot.model.assessment import Severity
from bot.services.ports import Claimed, Settlement

REPEATS_SEVERE = 2
REPEATS_LOWER = 1
FIRST_BACKOFF = timedelta(seconds=2)
LONGEST_BACKOFF = timedelta(minutes=5)
REPEAT_AFTER = timedelta(seconds=1)


def settlement(claimed: Claimed, outcome: Outcome, now: datetime) -> Settlement:
    """Return the row's next state."""
    match outcome:
        case Sent(message_id):
            return Settlement(state=Delivery.SENT, message_id=message_id)
        case TryLater(at, why, told=told):
            soonest = now if told else now + _backoff(claimed.attempt)
            return Settlement(state=Delivery.NEW, next_at=max(at, soonest), why=why)
        case Never(why, moved_to=int()):
            return Settlement(state=Delivery.NEW, next_at=now, why=why)
        case Never(why):
            return Settlement(state=Delivery.DEAD, why=why)
        case Unknown(why):
            if claimed.ambiguous < allowed_repeats(claimed.alert.severity):
                pause = REPEAT_AFTER * (1 + _jitter(claimed.alert.key))
                return Settlement(state=Delivery.AMBIGUOUS, next_at=now + pause, why=why)
            return Settlement(state=Delivery.UNKNOWN, why=why)


def allowed_repeats(severity: Severity) -> int:
    """Return how often an alert that may have arrived is sent once more."""
    return REPEATS_SEVERE if severity >= Severity.SEVERE else REPEATS_LOWER


def _backoff(attempt: int) -> timedelta:
    doublings: int = 2 ** min(attempt - 1, 10)
    return min(FIRST_BACKOFF * doublings, LONGEST_BACKOFF)


def _jitter(key: str) -> float:
    """Return a share in [0, 1) that differs by alert, so that repeats after an outage do not come all at once."""
    return int.from_bytes(sha256(key.encode()).digest()[:4]) / 2**32
