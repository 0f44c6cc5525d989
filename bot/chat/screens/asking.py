"""Answers about the chat's own watches: the newest events, what was held back, what the bot can see."""

from datetime import datetime

from bot.alerts.account import account
from bot.alerts.facts import tag
from bot.alerts.heads import standing
from bot.alerts.markup import Line, Run, Style
from bot.alerts.reader import Reader
from bot.chat.callbacks import Verb
from bot.chat.screens.outlook import INDENT, sight_line, since_line
from bot.chat.screens.screen import Screen, Titles, button, page_of, screen_of, turning
from bot.chat.screens.watches import watch_title
from bot.model.alert import Button
from bot.model.event import Event
from bot.model.place import Place
from bot.services.inquiries import Condition
from bot.services.outlook import Sighting
from bot.services.recent import MISSED_BACK, Missed
from bot.wording import Words, marked
from bot.wording.local import day_and_time, distance, number
from bot.wording.nouns import severity_name

LATEST_PAGE = 5
_MOST_MISSED, _MOST_SIGHTS = 10, 12

_WHY: dict[str, str] = {
    "muted": marked("{watch} is muted"),
    "not-now": marked("{watch} is watched at other dates only"),
    "minor": marked("below the least severity of {watch}: {severity}"),
    "other-hazards": marked("{watch} hears of other hazards only"),
    "far": marked("too far off: {distance} from {watch}"),
    "before": marked("it was known before you watched {watch}; you hear of its next change"),
    "waits": marked("it waits for the end of your quiet hours, {time}"),
    "too-late": marked("Telegram could not be reached until it was of no use any more"),
    "refused": marked("Telegram did not take the message"),
    "unsure": marked("it may not have arrived: Telegram gave no answer"),
    "withdrawn": marked("it was withdrawn before you were told"),
}


def choice_rows(places: list[Place], verb: Verb, titles: Titles) -> tuple[tuple[Button, ...], ...]:
    """Return a row a place; a press asks about it."""
    once = {titles(place): place for place in reversed(places)}
    return tuple((button(title, verb, value=place.id),) for title, place in reversed(once.items()))


def latest_screen(found: tuple[Sighting, ...], page: int, reader: Reader, *, watches: bool) -> Screen:
    """List the newest events, a page at a time; a number opens one."""
    words = reader.words
    if not watches:
        return Screen(words.say("I watch no place for you yet. Write the name of a place, or share a location."))
    if not found:
        return Screen(words.say("Nothing was reported where you watch in the last 14 days. Silence is no all-clear."))
    shown, page, pages = page_of(found, page, LATEST_PAGE)
    lines: list[Line] = [(Run(words.say("The latest where you watch"), Style.BOLD),)]
    for at, one in enumerate(shown, start=page * LATEST_PAGE + 1):
        lines.append((Run(f"{number(at, words)}. {standing(one.event, reader)}"),))
        lines.append((Run(INDENT + since_line(one, reader)),))
    if pages > 1:
        lines.append((Run(words.say("Page {page} of {pages}", page=page + 1, pages=pages)),))
    opening = tuple(
        button(number(at, words), Verb.EVENT, page, one.event.id)
        for at, one in enumerate(shown, start=page * LATEST_PAGE + 1)
    )
    last = (*turning(Verb.LATEST, page, pages), button(words.say("Close"), Verb.CLOSE))
    return screen_of(lines, (opening, last))


def event_screen(event: Event, page: int, reader: Reader) -> Screen:
    """Show one event as anybody may read it; `page` is where the list shows it."""
    words, told = reader.words, account(event, reader)
    lines: list[Line] = [(Run(told.title, Style.BOLD),), *(((Run(line),)) for line in told.body.splitlines())]
    if told.advice:
        lines.append((Run(f"➡️ {told.advice}", Style.BOLD),))
    why = button(words.say("Why?"), Verb.EVENT_WHY, value=event.id)
    return screen_of(lines, ((why, button(words.say("Back"), Verb.LATEST, page)),))


def missed_screen(found: tuple[Missed, ...], reader: Reader, titles: Titles) -> Screen:
    """List what the chat was not told, each with why."""
    words, days = reader.words, MISSED_BACK.days
    if not found:
        return Screen(words.say("Nothing was held back in the last {days} days.", days=number(days, words)))
    head = words.say("Not told to you in the last {days} days", days=number(days, words))
    lines: list[Line] = [(Run(head, Style.BOLD),)]
    for one in found[:_MOST_MISSED]:
        why = words.isolated(tag(one.event)) + " · " + _why(one, reader, titles)
        lines += [(Run(standing(one.event, reader)),), (Run(INDENT + why),)]
    if len(found) > _MOST_MISSED:
        lines.append((Run(words.say("and {count} more", count=len(found) - _MOST_MISSED)),))
    lines.append((Run(words.say("Change what you hear: /watches /settings")),))
    return screen_of(lines)


def _why(one: Missed, reader: Reader, titles: Titles) -> str:
    words, watch = reader.words, one.watch
    return words.say(
        _WHY[one.why],
        watch=watch_title(watch, words, titles) if watch else "",
        severity=severity_name(watch.min_severity, words) if watch else "",
        distance=distance(one.km or 0.0, words),
        time=day_and_time(one.until, reader.zone, words) if one.until else "",
    )


def status_screen(now: datetime, seen: Condition, reader: Reader) -> Screen:
    """Say what can be seen of what the chat watches, what not, and how the chat is reached."""
    words = reader.words
    lines: list[Line] = [(Run(words.say("What I can see now"), Style.BOLD),)]
    every = words.say("{working} of {all} sources work", working=number(seen.working, words),
                      all=number(seen.sources, words))  # fmt: skip
    if seen.last_item_at:
        newest = day_and_time(min(seen.last_item_at, now), reader.zone, words)
        every = words.joined([every, words.say("newest item {time}", time=newest)])
    lines.append((Run(every),))
    if seen.sights:
        lines.append((Run(words.say("Where you watch"), Style.BOLD),))
        worst = sorted(seen.sights, key=lambda one: (one.blind_since is None, bool(one.fresh), -one.failing))
        lines += [(Run(sight_line(one, now, reader)),) for one in worst[:_MOST_SIGHTS]]
        if len(worst) > _MOST_SIGHTS:
            lines.append((Run(words.say("and {count} more", count=len(worst) - _MOST_SIGHTS)),))
    lines.append((Run(words.say("How I reach you"), Style.BOLD),))
    lines += [(Run(said),) for said in _reached(seen, reader, words)]
    lines.append((Run(words.say("Silence is no all-clear.")),))
    return screen_of(lines)


def _reached(seen: Condition, reader: Reader, words: Words) -> list[str]:
    said = [words.plural("{count} message in the last 14 days", "{count} messages in the last 14 days", seen.told,
                         count=seen.told)]  # fmt: skip
    if seen.last_told_at:
        said[0] += words.say(", the last {time}", time=day_and_time(seen.last_told_at, reader.zone, words))
    if seen.waiting:
        said.append(words.plural("{count} waits to be told", "{count} wait to be told", seen.waiting,
                                 count=seen.waiting))  # fmt: skip
    if seen.lost:
        said.append(words.plural("{count} never came: /missed", "{count} never came: /missed", seen.lost,
                                 count=seen.lost))  # fmt: skip
    return said
