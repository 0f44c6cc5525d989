"""What the chat shows: each screen a text and its rows of buttons. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.alerts.markup import shorten
from bot.chat.callbacks import Press, Verb, encode
from bot.model.alert import Button
from bot.model.assessment import Severity
from bot.model.place import Place, PlaceKind
from bot.model.watch import Chat, QuietHours, Watch, WatchKind
from bot.wording import LANGUAGES, Words, marked, words_for
from bot.wording.local import city_of, clock_time, country_name, number, zone_of
from bot.wording.nouns import severity_name

Titles = Callable[[Place], str]
"""A place's name in the chat's language, with what tells it from others of that name."""

PAGE = 8
_LONGEST_LABEL = 60
_MOST_OTHERS = 3
QUIET_CHOICES: tuple[QuietHours | None, ...] = (
    None,
    QuietHours(time(22), time(7)),
    QuietHours(time(23), time(7)),
    QuietHours(time(21), time(6)),
    QuietHours(time(0), time(8)),
)
SEVERITY_CHOICES = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)
ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago",
    "America/New_York", "America/Bogota", "America/Caracas", "America/Sao_Paulo", "America/Argentina/Buenos_Aires",
    "Atlantic/Azores", "UTC", "Africa/Abidjan", "Africa/Bamako", "Africa/Dakar", "Europe/London", "Europe/Lisbon",
    "Africa/Lagos", "Africa/Algiers", "Africa/Niamey", "Africa/Kinshasa", "Europe/Paris", "Europe/Berlin",
    "Europe/Madrid", "Europe/Rome", "Africa/Cairo", "Africa/Johannesburg", "Europe/Athens", "Europe/Kyiv",
    "Asia/Jerusalem", "Asia/Beirut", "Africa/Nairobi", "Africa/Addis_Ababa", "Europe/Istanbul", "Europe/Moscow",
    "Asia/Riyadh", "Asia/Baghdad", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Manila",
    "Australia/Perth", "Asia/Tokyo", "Asia/Seoul", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
    "Pacific/Apia",
)  # fmt: skip
"""Zones offered by button, from west to east; several names of one hour where people look for their own city."""

COMMANDS: dict[str, str] = {
    "watch": marked("Watch a place"),
    "watches": marked("What I watch for you"),
    "unwatch": marked("Stop watching a place"),
    "settings": marked("Language, time zone, quiet hours, least severity"),
    "help": marked("What I can do"),
    "stop": marked("Tell me nothing more"),
    "start": marked("Begin, or begin again"),
}
READING_COMMANDS = frozenset({"watches", "settings", "help"})
"""Those that show, and change nothing."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A text without marks, its buttons, and whether to offer the button that shares a location."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    ask_location: str = ""


def button(label: str, verb: Verb, number: int = 0, value: str = "") -> Button:
    """Return a button that asks for this."""
    return Button(label=shorten(label, _LONGEST_LABEL), action=encode(Press(verb, number, value)))


def languages_screen(back: Words | None = None) -> Screen:
    """Ask for the language, in every language: at the start, or from the settings, to which `back` leads."""
    prompts = "\n".join(words_for(code).say("Choose your language.") for code in LANGUAGES)
    verb = Verb.LANGUAGE if back else Verb.START_LANGUAGE
    rows = tuple((button(name, verb, value=code),) for code, name in LANGUAGES.items())
    return Screen(prompts, (*rows, (button(back.say("Back"), Verb.SETTINGS),)) if back else rows)


def welcome_screen(words: Words, *, private: bool, watches: int) -> Screen:
    """Say what this is, and how to come to the first watch."""
    lines = [words.say("I am Outrider. Tell me where you are or where you go, and I warn you when something happens.")]
    if watches:
        lines.append(
            words.plural("You watch {count} place: /watches", "You watch {count} places: /watches", watches,
                         count=watches)
        )  # fmt: skip
    if private:
        lines.append(words.say("Share your location with the button below, or write the name of a place: Bamako"))
    else:
        lines.append(words.say("An administrator adds a place like this: /watch Bamako"))
    lines.append(disclaimer(words))
    return Screen("\n\n".join(lines), ask_location=words.say("📍 Share my location") if private else "")


def help_screen(words: Words) -> Screen:
    """List the commands."""
    commands = "\n".join(
        words.say("{command} – {what}", command=f"/{name}", what=words.say(phrase)) for name, phrase in COMMANDS.items()
    )
    examples = words.say("Examples: /watch Mali · /watch Bamako 80 km · /watch BKO · or share a location.")
    return Screen(f"{commands}\n\n{examples}\n\n{disclaimer(words)}")


def disclaimer(words: Words) -> str:
    """Say what the bot is not."""
    return words.say(
        "I read news and official warnings by machine: I can be late or wrong. Heed local authorities first."
    )


def watching_screen(watch: Watch, others: Sequence[Place], words: Words, titles: Titles) -> Screen:
    """Say what is watched now, and offer the way back."""
    lines = [words.say("Watching {place}.", place=watch_title(watch, words, titles)), reach(watch, words)]
    rows: list[tuple[Button, ...]] = [
        (
            button(words.say("Stop watching"), Verb.UNWATCH, watch.id),
            button(words.say("My watches"), Verb.WATCHES),
        )
    ]
    if others:
        lines.append(words.say("Not that one? Choose another:"))
        rows += place_rows(others[:_MOST_OTHERS], watch.radius_km, titles)
    return Screen("\n".join(lines), tuple(rows))


def reach(watch: Watch, words: Words) -> str:
    """Say how far a watch reaches, and from which severity up."""
    least = severity_name(watch.min_severity, words)
    if watch.kind in {WatchKind.COUNTRY, WatchKind.REGION}:
        return words.say("You hear of what happens anywhere in it, from {severity} up.", severity=least)
    if watch.radius_km is not None:
        far = number(watch.radius_km, words)
        return words.say("You hear of what happens within {km} km, from {severity} up.", km=far, severity=least)
    if watch.kind is WatchKind.AIRPORT:
        return words.say("You hear of its closing and reopening, and of what happens near it, from {severity} up.",
                         severity=least)  # fmt: skip
    return words.say(
        "You hear of what happens within 50 km (severe: 100 km, extreme: 350 km), from {severity} up.", severity=least
    )


def choice_screen(query: str, places: Sequence[Place], radius_km: float | None, words: Words, titles: Titles) -> Screen:
    """Ask which place is meant."""
    text = words.say("I do not know which “{query}” you mean. Choose:", query=query)
    return Screen(text, tuple(place_rows(places, radius_km, titles)))


def unknown_screen(
    query: str, nearest: Sequence[Place], radius_km: float | None, words: Words, titles: Titles
) -> Screen:
    """Say that no such place is known, and offer the nearest names."""
    text = words.say("I do not know a place “{query}”.", query=query)
    if not nearest:
        hint = words.say("Write it in another way, or share a location.")
        return Screen(f"{text} {hint}")
    hint = words.say("The nearest names that I know:")
    return Screen(f"{text} {hint}", tuple(place_rows(nearest, radius_km, titles)))


def place_rows(places: Sequence[Place], radius_km: float | None, titles: Titles) -> list[tuple[Button, ...]]:
    """Return a row a place; a press watches it."""
    radius = round(radius_km or 0)
    once = {titles(place): place for place in reversed(places)}
    return [(button(title, Verb.WATCH, radius, place.id),) for title, place in reversed(once.items())]


def watches_screen(watches: Sequence[Watch], page: int, words: Words, titles: Titles) -> Screen:
    """List what is watched, a page at a time, with a button a watch to stop it."""
    if not watches:
        return Screen(words.say("I watch no place for you yet. Write the name of a place, or share a location."))
    pages = (len(watches) - 1) // PAGE + 1
    page = min(page, pages - 1)
    shown = watches[page * PAGE : (page + 1) * PAGE]
    names = [watch_title(watch, words, titles) for watch in shown]
    lines = [words.say("I watch for you:"), *(words.say("• {place}", place=name) for name in names)]
    if pages > 1:
        lines.append(words.say("Page {page} of {pages}", page=page + 1, pages=pages))
    rows = [
        (button(words.say("✖ {place}", place=name), Verb.UNWATCH, watch.id, str(page)),)
        for name, watch in zip(names, shown, strict=True)
    ]
    turning = [button("◀", Verb.WATCHES, page - 1)] if page else []
    turning += [button("▶", Verb.WATCHES, page + 1)] if page + 1 < pages else []
    return Screen("\n".join(lines), (*rows, (*turning, button(words.say("Close"), Verb.CLOSE))))


def watch_title(watch: Watch, words: Words, titles: Titles) -> str:
    """Return a watch's name: its place, with its radius where the person set one."""
    name = words.say("your pin at {point}", point=watch.label) if watch.kind is WatchKind.PIN else titles(watch.area[0])
    if watch.radius_km is None:
        return name
    return words.say("{place} ({km} km)", place=name, km=number(watch.radius_km, words))


def settings_screen(chat: Chat, least: Severity, now: datetime, words: Words) -> Screen:
    """Show the settings; each button shows its state and turns it on."""
    language = words.say("Language: {value}", value=LANGUAGES.get(chat.language, chat.language))
    here = (city_of(chat.timezone, words), _now_in(chat.timezone, now, words))
    zone = words.say("Time zone: {value}", value=words.joined(here))
    quiet = words.say("Quiet hours: {value}", value=_hours(chat.quiet, words))
    severity = words.say("Least severity: {value}", value=severity_name(least, words))
    hint = words.say("In quiet hours only EXTREME alerts come through; the rest waits for the morning.")
    rows = (
        (button(language, Verb.LANGUAGES),),
        (button(zone, Verb.ZONES, _zone_page(chat.timezone)),),
        (button(quiet, Verb.QUIET),),
        (button(severity, Verb.SEVERITY),),
        (button(words.say("Close"), Verb.CLOSE),),
    )
    return Screen(f"{language}\n{zone}\n{quiet}\n{severity}\n\n{hint}", rows)


def zones_screen(page: int, now: datetime, words: Words) -> Screen:
    """Offer time zones with the time that it is there now."""
    pages = (len(ZONES) - 1) // PAGE + 1
    page = min(page, pages - 1)
    shown = ZONES[page * PAGE : (page + 1) * PAGE]
    rows = [(button(f"{city_of(name, words)} {_now_in(name, now, words)}", Verb.ZONE, page, name),) for name in shown]
    turning = [button("◀", Verb.ZONES, page - 1)] if page else []
    turning += [button("▶", Verb.ZONES, page + 1)] if page + 1 < pages else []
    back = button(words.say("Back"), Verb.SETTINGS)
    return Screen(words.say("Choose the place whose clock is yours:"), (*rows, (*turning, back)))


def title_of(place: Place, region: Place | None, name: str, words: Words) -> str:
    """Return a place's name with what tells it from others: "Tripoli, Libya"; "Paris, Texas, United States"."""
    if place.kind is PlaceKind.COUNTRY and place.country:
        return country_name(place.country, words)
    around = [region.name] if region and region.name != name else []
    around += [country_name(place.country, words)] if place.country else []
    code = f" ({place.iata})" if place.iata else ""
    return words.joined([f"{name}{code}", *around])


def _hours(quiet: QuietHours | None, words: Words) -> str:
    if quiet is None or quiet.start == quiet.end:
        return words.say("off")
    return f"{quiet.start:%H:%M}–{quiet.end:%H:%M}"


def _now_in(zone: str, now: datetime, words: Words) -> str:
    known: ZoneInfo = zone_of(zone)
    return clock_time(now, known, words).partition(" ")[0]


def _zone_page(zone: str) -> int:
    return ZONES.index(zone) // PAGE if zone in ZONES else ZONES.index("UTC") // PAGE
