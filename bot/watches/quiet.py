"""When a chat sleeps: its quiet hours, in its own zone, and its snooze; and when that ends."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.model.watch import Chat


def quiet_until(chat: Chat, now: datetime) -> datetime | None:
    """Return when the chat can be told again, in UTC; None where it can now. A snooze may lead into quiet hours."""
    until = now
    while (later := _asleep_until(chat, until)) is not None:
        until = later
    return until if until > now else None


def _asleep_until(chat: Chat, now: datetime) -> datetime | None:
    if chat.snoozed_until is not None and now < chat.snoozed_until:
        return chat.snoozed_until
    return _quiet_hours_until(chat, now)


def _quiet_hours_until(chat: Chat, now: datetime) -> datetime | None:
    """Return when the chat's quiet hours end, in UTC; None when it is not in them.

    They run from `start` to before `end` and may cross midnight; equal times mean off. On a day when the clock jumps
    over `end`, they end at the time that the zone gives in its place.
    """
    quiet = chat.quiet
    if quiet is None or quiet.start == quiet.end:
        return None
    here = now.astimezone(zone(chat.timezone))
    for day in (here.date() - timedelta(days=1), here.date()):
        start = datetime.combine(day, quiet.start, here.tzinfo)
        over_night = quiet.end < quiet.start
        end = datetime.combine(day + timedelta(days=1) if over_night else day, quiet.end, here.tzinfo)
        if start.astimezone(UTC) <= now < end.astimezone(UTC):
            return end.astimezone(UTC)
    return None


@lru_cache(maxsize=512)
def zone(name: str) -> tzinfo:
    """Return the zone of that IANA name; UTC for a name that is none, so that one bad row holds back nobody."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
