"""What is said of watches whose time has come: a trip's brief before it begins, and the end of a watch."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.alerts.heads import standing
from bot.alerts.markup import Line, Run, Style, html, plain
from bot.alerts.reader import Names, Reader
from bot.model.advice import Advice
from bot.model.alert import Message
from bot.model.event import Event
from bot.model.place import Place
from bot.model.watch import Chat, Watch, WatchKind
from bot.wording.local import country_name, day

_MOST_EVENTS, _MOST_ADVICE = 6, 6


def days(first: date, last: date, reader: Reader) -> str:
    """Return the days of a journey: "12 Nov – 18 Nov"."""
    told = [day(datetime(one.year, one.month, one.day, 12, tzinfo=UTC), reader.words) for one in (first, last)]
    return " – ".join(dict.fromkeys(told))


def brief_message(
    places: Sequence[Place], span: tuple[date, date], events: Sequence[Event], advice: Sequence[Advice], reader: Reader
) -> Message:
    """Return the brief before a trip: what goes on at its places now, and what governments advise; it never rings."""
    words = reader.words
    where = words.joined(reader.place(place) for place in places)
    head = words.say("Before your trip: {where}, {days}", where=where, days=days(*span, reader))
    lines: list[Line] = [(Run(head, Style.BOLD),)]
    if events:
        lines.append((Run(words.say("What goes on there now:")),))
        lines += [(Run(standing(event, reader)),) for event in events[:_MOST_EVENTS]]
        more = len(events) - _MOST_EVENTS
        lines += [(Run(words.say("and {count} more", count=more)),)] if more > 0 else []
    else:
        lines.append((Run(words.say("I know of nothing that goes on there now. That is no promise.")),))
    if advice:
        lines.append((Run(words.say("What governments advise:")),))
        lines += [advice_row(one, reader) for one in advice[:_MOST_ADVICE]]
    lines.append((Run(words.say("I tell you what happens there until a day after your return. /trips")),))
    return Message(html=html(lines), plain=plain(lines), silent=True)


def over_message(chat: Chat, watches: Sequence[Watch], names: Names) -> Message:
    """Return that these are watched no more, because their time is over; it never rings."""
    reader = Reader.of(chat, names)
    words = reader.words
    if watches[0].kind is WatchKind.LIVE:
        said = words.say("Your live location has ended. I watch it no more and have forgotten where you were.")
    else:
        where = words.joined(" – ".join(reader.place(place) for place in watch.area) for watch in watches)
        said = (
            words.say("Your trip is over: I no longer watch {where}. I hope that all went well.", where=where)
            if watches[0].trip_id
            else words.say("The time for which I watched is over: {where}.", where=where)
        )
    lines: list[Line] = [(Run(said),)]
    return Message(html=html(lines), plain=plain(lines), silent=True)


def advice_row(one: Advice, reader: Reader) -> Line:
    """Return what one government advises about a country, in its own words, with its link."""
    words = reader.words
    said = words.say(
        "{government} about {country}: {level}",
        government=country_name(one.level.government, words), country=country_name(one.country, words),
        level=one.level.own_word or one.level.words,
    )  # fmt: skip
    return (Run(said, url=one.link) if one.link.startswith("https://") else Run(said),)
