"""Trips: what is watched for one, and the list of them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import Screen, Titles, button, page_of, turning
from bot.model.place import Place
from bot.services.trips import Trip
from bot.wording import Words
from bot.wording.local import day
from bot.wording.typed_dates import Span


def trip_screen(trip: Trip, words: Words, titles: Titles) -> Screen:
    """Say what is watched for a trip, and when."""
    text = words.say(
        "Your trip: {trip}. I watch from a day before to a day after, and write you a brief before you leave.",
        trip=trip_title(trip, words, titles),
    )
    drop = button(words.say("Cancel this trip"), Verb.TRIP_DROP, value=trip.id)
    return Screen(text, ((drop,), (button(words.say("Your trips"), Verb.TRIPS),)))


def trips_screen(trips: Sequence[Trip], page: int, words: Words, titles: Titles) -> Screen:
    """List the trips, with a button each to cancel it."""
    if not trips:
        return Screen(words.say("I know of no trip of yours. Tell me of one: /trip Bamako 12-18 Nov via CDG"))
    shown, page, pages = page_of(trips, page)
    names = [trip_title(trip, words, titles) for trip in shown]
    lines = [words.say("Your trips:"), *(words.say("• {place}", place=name) for name in names)]
    rows = [
        (button(f"✖ {name}", Verb.TRIP_DROP, page, trip.id),) for name, trip in zip(names, shown, strict=True)
    ]  # fmt: skip
    close = button(words.say("Close"), Verb.CLOSE)
    return Screen("\n".join(lines), (*rows, (*turning(Verb.TRIPS, page, pages), close)))


def trip_choice_screen(options: Sequence[tuple[Place, str]], days: int, words: Words, titles: Titles) -> Screen:
    """Ask which place is meant; each comes with the ids that its button carries, `days` with the days."""
    once = {titles(place): ids for place, ids in reversed(options)}
    rows = tuple((button(title, Verb.TRIP, days, ids),) for title, ids in reversed(once.items()))
    return Screen(words.say("Which one do you mean?"), rows)


def trip_title(trip: Trip, words: Words, titles: Titles) -> str:
    """Return the trip's places and days: "Bamako, Mali; Paris (CDG) (12 Nov – 18 Nov)"."""
    places = words.joined(titles(watch.area[0]) for watch in trip.watches)
    return words.say("{place} ({days})", place=places, days=span_title(trip.span, words))


def span_title(span: Span, words: Words) -> str:
    """Return the days: "12 Nov – 18 Nov"."""
    noons = (datetime(one.year, one.month, one.day, 12, tzinfo=UTC) for one in (span.first, span.last))
    return " – ".join(dict.fromkeys(day(noon, words) for noon in noons))
