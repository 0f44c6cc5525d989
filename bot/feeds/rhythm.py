"""What a feed itself says of how often it wants to be read: ttl, skipHours and skipDays of RSS.

Only the head of the feed is looked at, before its first item. `sy:updatePeriod` is left aside: common blog software
writes "hourly" into every feed, whatever its author does.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.feeds.guard import HEAD

_ITEM = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_SKIPPED = re.compile(rb"<skip(?:Hours|Days)>.*?</skip(?:Hours|Days)>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w{6,9})\s*</day>", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MIDNIGHT = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How long an answer holds, and in which hours (0..23, UTC) and on which days (0 is Monday) nothing comes."""

    ttl: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()

    def rests(self, at: datetime) -> bool:
        """Tell whether nothing comes at that time, by the feed's own word. A feed that never works said nonsense."""
        hours, days = self.skip_hours, self.skip_days
        return (at.hour in hours and len(hours) < _MIDNIGHT) or (at.weekday() in days and len(days) < len(_DAYS))


def rhythm_of(body: bytes) -> Rhythm:
    """Return what the head of a feed says; nothing for what is no RSS."""
    head = body[:HEAD]
    first = _ITEM.search(head)
    head = head[: first.start()] if first else head
    ttl = _TTL.search(head)
    skipped = b" ".join(_SKIPPED.findall(head))
    hours = {int(hour) % _MIDNIGHT for hour in _HOUR.findall(skipped) if int(hour) <= _MIDNIGHT}
    days = {_DAYS.index(name) for day in _DAY.findall(skipped) if (name := day.decode("latin-1").lower()) in _DAYS}
    return Rhythm(
        ttl=timedelta(minutes=int(ttl[1])) if ttl else None,
        skip_hours=tuple(sorted(hours)),
        skip_days=tuple(sorted(days)),
    )
