"""One watch and its wishes: least severity, hazards, radius, dates, mute; each a button that shows its state."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import Screen, Titles, button
from bot.chat.screens.watches import reach, watch_title
from bot.model.alert import Button
from bot.model.hazard import Hazard
from bot.model.watch import Chat, Watch, WatchKind
from bot.wording import Words, marked, words_for
from bot.wording.local import day, day_and_time, listed, number, zone_of
from bot.wording.nouns import severity_name

RADII_KM = (10, 25, 50, 100, 200, 350)
DAYS = (7, 14, 30, 90)
MUTE_HOURS = (1, 8, 24, 168)
WITH_RADIUS = frozenset({WatchKind.PLACE, WatchKind.AIRPORT, WatchKind.PIN, WatchKind.LIVE, WatchKind.ROUTE})

HAZARD_GROUPS: dict[str, tuple[str, frozenset[Hazard]]] = {
    "security": (
        marked("conflict, unrest and crime"),
        frozenset({
            Hazard.ARMED_ATTACK, Hazard.ARMED_CONFLICT, Hazard.KIDNAPPING, Hazard.COUP, Hazard.UNREST, Hazard.CRIME,
        }),
    ),
    "nature": (
        marked("natural hazards"),
        frozenset({
            Hazard.EARTHQUAKE, Hazard.TSUNAMI, Hazard.VOLCANO, Hazard.STORM, Hazard.FLOOD, Hazard.WILDFIRE,
            Hazard.LANDSLIDE, Hazard.EXTREME_WEATHER,
        }),
    ),
    "transport": (marked("airports and transport"), frozenset({Hazard.AIRPORT, Hazard.TRANSPORT})),
    "health": (marked("health"), frozenset({Hazard.HEALTH})),
    "services": (marked("outages and industrial accidents"), frozenset({Hazard.INFRASTRUCTURE, Hazard.INDUSTRIAL})),
    "official": (marked("official measures"), frozenset({Hazard.ADVISORY})),
}  # fmt: skip
"""Hazards as people switch them on and off; every hazard is in exactly one group."""


def watch_screen(watch: Watch, chat: Chat, page: int, now: datetime, titles: Titles) -> Screen:
    """Show one watch; `page` is where the list shows it."""
    words, zone = words_for(chat.language), zone_of(chat.timezone)
    least = words.say("Least severity: {value}", value=severity_name(watch.min_severity, words))
    hazards = words.say("Hazards: {value}", value=_hazards(watch, words))
    dates = words.say("Dates: {value}", value=_dates(watch, words))
    mute = words.say("Muted: {value}", value=_mute(watch, zone, now, words))
    rows: list[tuple[Button, ...]] = [
        (button(least, Verb.LEAST, watch.id),),
        (button(hazards, Verb.HAZARDS, watch.id),),
    ]
    if watch.kind in WITH_RADIUS:
        rows.append((button(words.say("Radius: {value}", value=_radius(watch, words)), Verb.RADIUS, watch.id),))
    if watch.kind is not WatchKind.LIVE and watch.trip_id is None:
        rows.append((button(dates, Verb.DATES, watch.id),))
    rows += [
        (button(mute, Verb.MUTE, watch.id),),
        (button(words.say("Stop watching"), Verb.UNWATCH, watch.id), button(words.say("Back"), Verb.WATCHES, page)),
    ]
    lines = [watch_title(watch, words, titles), reach(watch, words), "", least, hazards, dates, mute]
    if watch.ends_at:
        ends = day_and_time(watch.ends_at, zone, words)
        lines.append(words.say("It ends {time}; then I forget where you were.", time=ends))
    return Screen("\n".join(lines), tuple(rows))


def hazards_screen(watch: Watch, words: Words) -> Screen:
    """Offer the groups of hazards, each with whether it is heard."""
    rows = []
    for key, (name, group) in HAZARD_GROUPS.items():
        heard = watch.hazards is None or bool(group & watch.hazards)
        rows.append((button(f"{'✅' if heard else '▫️'} {words.say(name)}", Verb.HAZARDS, watch.id, key),))
    return Screen(words.say("Which hazards shall I tell you of here?"), (*rows, _back(watch, words)))


def radius_screen(watch: Watch, words: Words) -> Screen:
    """Offer radii."""
    usual = button(words.say("by severity"), Verb.RADIUS, watch.id, "0")
    far = [
        button(words.say("{number} km", number=number(km, words)), Verb.RADIUS, watch.id, str(km)) for km in RADII_KM
    ]
    text = words.say("How far off shall I look? By severity means 50 km, severe 100 km, extreme 350 km.")
    return Screen(text, ((usual,), tuple(far[:3]), tuple(far[3:]), _back(watch, words)))


def dates_screen(watch: Watch, words: Words) -> Screen:
    """Offer how long to watch."""
    always = button(words.say("always"), Verb.DATES, watch.id, "0")
    days = [
        button(words.plural("{count} day", "{count} days", count, count=count), Verb.DATES, watch.id, str(count))
        for count in DAYS
    ]
    text = words.say("How long shall I watch? For the dates of a journey there is /trip.")
    return Screen(text, ((always,), tuple(days[:2]), tuple(days[2:]), _back(watch, words)))


def mute_screen(watch: Watch, words: Words) -> Screen:
    """Offer how long to be silent."""
    off = button(words.say("off"), Verb.MUTE, watch.id, "0")
    hours = [
        button(words.plural("{count} hour", "{count} hours", count, count=count), Verb.MUTE, watch.id, str(count))
        for count in MUTE_HOURS
    ]
    text = words.say("For how long shall I be silent about this? What escalates to EXTREME comes through all the same.")
    return Screen(text, ((off,), tuple(hours[:2]), tuple(hours[2:]), _back(watch, words)))


def toggled(watch: Watch, key: str) -> frozenset[Hazard] | None:
    """Return the hazards that are heard once a group is switched; None for all. The last group stays on."""
    group, everything = HAZARD_GROUPS[key][1], frozenset(Hazard)
    heard = everything if watch.hazards is None else watch.hazards
    turned = heard - group if group & heard else heard | group
    return None if turned == everything else turned or heard


def _back(watch: Watch, words: Words) -> tuple[Button, ...]:
    return (button(words.say("Back"), Verb.OPEN, watch.id),)


def _hazards(watch: Watch, words: Words) -> str:
    if watch.hazards is None:
        return words.say("all")
    return listed([words.say(name) for name, group in HAZARD_GROUPS.values() if group & watch.hazards], words)


def _radius(watch: Watch, words: Words) -> str:
    if watch.radius_km is not None:
        return words.say("{number} km", number=number(watch.radius_km, words))
    if watch.kind in {WatchKind.AIRPORT, WatchKind.ROUTE}:
        return words.say("as usual")
    return words.say("by severity")


def _dates(watch: Watch, words: Words) -> str:
    first, last = watch.active_from, watch.active_until
    if first and last:
        return words.say("{first} to {last}", first=_day(first, words), last=_day(last, words))
    return words.say("until {last}", last=_day(last, words)) if last else words.say("always")


def _day(one: date, words: Words) -> str:
    return day(datetime(one.year, one.month, one.day, 12, tzinfo=ZoneInfo("UTC")), words)


def _mute(watch: Watch, zone: ZoneInfo, now: datetime, words: Words) -> str:
    if watch.muted_until is None or watch.muted_until <= now:
        return words.say("off")
    return words.say("until {last}", last=day_and_time(watch.muted_until, zone, words))
