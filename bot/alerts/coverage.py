"""What is said when no source about a country works any more, and when one works again."""

from datetime import datetime

from bot.alerts.markup import Run, Style, html, plain
from bot.model.alert import Message
from bot.model.watch import Chat
from bot.wording import words_for
from bot.wording.local import country_name, day_and_time, zone_of


def coverage_message(country: str, since: datetime, chat: Chat, *, back: bool) -> Message:
    """Return the message for a chat that watches a country (ISO 3166); it never rings.

    `since` is when the last source about the country fell out; `back` where one works again.
    """
    words = words_for(chat.language)
    name, time = country_name(country, words), day_and_time(since, zone_of(chat.timezone), words)
    if back:
        head = words.say("Sources for {place} work again.", place=name)
        rest = words.say("There was none since {time}. What was missed is caught up.", time=time)
    else:
        head = words.say("No working source for {place} since {time}.", place=name, time=time)
        rest = words.say("Alerts may come late or not at all. Silence does not mean that all is well.")
    lines = [(Run(head, Style.BOLD),), (Run(rest),)]
    return Message(html=html(lines), plain=plain(lines), silent=True)
