"""When a watch must be looked at next, and when a chat's next brief is due, in the chat's own zone."""

from datetime import UTC, date, datetime, time, timedelta

from bot.model.watch import Chat
from bot.watches.quiet import zone


def end_of(last: date, chat: Chat) -> datetime:
    """Return the end of the day where the chat is, in UTC."""
    return datetime.combine(last + timedelta(days=1), time(0), zone(chat.timezone)).astimezone(UTC)


def next_brief(chat: Chat, after: datetime) -> datetime | None:
    """Return when the chat's first brief after that time is due, in UTC; None where it wants none.

    One for each day of its own clock: on a day whose clock shows the hour twice the first counts, on one that leaps
    over it the hour that the zone gives in its place.
    """
    brief, here = chat.brief, zone(chat.timezone)
    if brief is None:
        return None
    today = after.astimezone(here).date()
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        due = datetime.combine(day, brief.at, here).astimezone(UTC)
        if due > after and brief.weekday in {None, day.weekday()}:
            return due
    return None
