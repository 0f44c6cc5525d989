"""When a watch must be looked at next, in its chat's own zone."""

from datetime import UTC, date, datetime, time, timedelta

from bot.model.watch import Chat
from bot.watches.quiet import zone


def end_of(last: date, chat: Chat) -> datetime:
    """Return the end of the day where the chat is, in UTC."""
    return datetime.combine(last + timedelta(days=1), time(0), zone(chat.timezone)).astimezone(UTC)
