"""What is watched: one watch, and the list of them."""

from collections.abc import Sequence

from bot.chat.callbacks import Verb
from bot.chat.screens.places import place_rows
from bot.chat.screens.screen import Screen, Titles, button, page_of, turning
from bot.model.alert import Button
from bot.model.place import Place
from bot.model.watch import Watch, WatchKind
from bot.services.subscriptions import Full
from bot.wording import Words
from bot.wording.local import number
from bot.wording.nouns import severity_name

_MOST_OTHERS = 3


def watching_screen(watch: Watch, others: Sequence[Place], words: Words, titles: Titles) -> Screen:
    """Say what is watched now, and offer the way back."""
    lines = [words.say("Watching {place}.", place=watch_title(watch, words, titles)), reach(watch, words)]
    rows: list[tuple[Button, ...]] = [
        (
            button(words.say("Adjust"), Verb.OPEN, watch.id),
            button(words.say("Stop watching"), Verb.UNWATCH, watch.id),
        )
    ]
    rows.append((button(words.say("My watches"), Verb.WATCHES),))
    if others:
        lines.append(words.say("Not that one? Choose another:"))
        rows += place_rows(others[:_MOST_OTHERS], watch.radius_km, titles)
    return Screen("\n".join(lines), tuple(rows))


def kept_screen(kept: Watch | Full, others: Sequence[Place], words: Words, titles: Titles) -> Screen:
    """Return the screen for a watch that was kept, or for one too many."""
    if isinstance(kept, Full):
        return Screen(words.say("I watch {count} places for you already, and no more. /watches", count=kept.most))
    return watching_screen(kept, others, words, titles)


def reach(watch: Watch, words: Words) -> str:
    """Say how far a watch reaches, and from which severity up."""
    least = severity_name(watch.min_severity, words)
    if watch.kind in {WatchKind.COUNTRY, WatchKind.REGION, WatchKind.GROUP}:
        return words.say("You hear of what happens anywhere in it, from {severity} up.", severity=least)
    if watch.radius_km is not None:
        far = number(watch.radius_km, words)
        return words.say("You hear of what happens within {km} km, from {severity} up.", km=far, severity=least)
    if watch.kind is WatchKind.AIRPORT:
        return words.say("You hear of its closing and reopening, and of what happens near it, from {severity} up.",
                         severity=least)  # fmt: skip
    if watch.kind is WatchKind.ROUTE:
        return words.say(
            "You hear of what happens within 50 km of the way and at the airports of both ends, from {severity} up.",
            severity=least,
        )
    return words.say(
        "You hear of what happens within 50 km (severe: 100 km, extreme: 350 km), from {severity} up.", severity=least
    )


def proposal_screen(place: Place, words: Words, titles: Titles) -> Screen:
    """Ask whether the place of a link is to be watched: nothing is, until a button is pressed."""
    yes = button(words.say("Watch {place}", place=titles(place)), Verb.WATCH, value=place.id)
    no = button(words.say("Not now"), Verb.CLOSE)
    return Screen(words.say("Shall I watch {place} for you?", place=titles(place)), ((yes,), (no,)))


def watches_screen(watches: Sequence[Watch], page: int, words: Words, titles: Titles, *, drop: bool = False) -> Screen:
    """List what is watched, a page at a time; a button a watch opens it, or with `drop` stops it."""
    if not watches:
        return Screen(words.say("I watch no place for you yet. Write the name of a place, or share a location."))
    shown, page, pages = page_of(watches, page)
    names = [watch_title(watch, words, titles) for watch in shown]
    lines = [words.say("I watch for you:"), *(words.say("• {place}", place=name) for name in names)]
    if pages > 1:
        lines.append(words.say("Page {page} of {pages}", page=page + 1, pages=pages))
    sign, verb = ("✖", Verb.UNWATCH) if drop else ("⚙", Verb.OPEN)
    rows = [(button(f"{sign} {name}", verb, watch.id),) for name, watch in zip(names, shown, strict=True)]
    lists = Verb.DROPS if drop else Verb.WATCHES
    return Screen("\n".join(lines), (*rows, (*turning(lists, page, pages), button(words.say("Close"), Verb.CLOSE))))


def watch_title(watch: Watch, words: Words, titles: Titles) -> str:
    """Return a watch's name: its place or places, with its radius where the person set one."""
    match watch.kind:
        case WatchKind.PIN:
            name = words.say("your pin at {point}", point=watch.label)
        case WatchKind.LIVE:
            name = words.say("your live location")
        case WatchKind.ROUTE:
            name = " – ".join(words.isolated(titles(end)) for end in watch.area)
        case _:
            name = titles(watch.area[0])
    if watch.radius_km is None:
        return name
    return words.say("{place} ({km} km)", place=name, km=number(watch.radius_km, words))
