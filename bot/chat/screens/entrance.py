"""The entrance: the language, the welcome, the help, and the list of commands."""

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import Screen, button
from bot.wording import LANGUAGES, Words, marked, words_for

COMMANDS: dict[str, str] = {
    "watch": marked("Watch a place"),
    "route": marked("Watch the way between two places"),
    "trip": marked("Tell me of a trip"),
    "watches": marked("What I watch for you"),
    "trips": marked("Your trips"),
    "unwatch": marked("Stop watching a place"),
    "latest": marked("The latest where you watch"),
    "risk": marked("What is known of a place now"),
    "airport": marked("How an airport stands"),
    "why": marked("Why I told you of something"),
    "missed": marked("What I held back, and why"),
    "status": marked("What I can see now"),
    "settings": marked("Language, time zone, quiet hours, least severity"),
    "quiet": marked("Quiet hours of your own"),
    "snooze": marked("Hear extreme alerts alone for a while"),
    "brief": marked("A summary each day or week"),
    "privacy": marked("What I keep of you, and how long"),
    "export": marked("A file of all that I keep of you"),
    "forget": marked("Forget everything about this chat"),
    "contact": marked("Who is told when nobody answers"),
    "rollcall": marked("Ask everybody here how they are"),
    "drill": marked("Practise a roll call"),
    "log": marked("What I told here and when, as files"),
    "manage": marked("See to a group in private chat"),
    "channel": marked("See to a channel"),
    "help": marked("What I can do"),
    "stop": marked("Tell me nothing more"),
    "start": marked("Begin, or begin again"),
}
KEYS = (marked("📍 Where I am"), marked("🏙 A place"), marked("🧳 A trip"))
"""The three ways to a first watch; the first shares the location."""

READING_COMMANDS = frozenset({
    "watches", "trips", "latest", "risk", "airport", "why", "missed", "status", "settings", "help", "privacy",
})  # fmt: skip
"""Those that show, and change nothing."""


def languages_screen(back: Words | None = None) -> Screen:
    """Ask for the language, in every language: at the start, or from the settings, to which `back` leads."""
    prompts = "\n".join(words_for(code).say("Choose your language.") for code in LANGUAGES)
    verb = Verb.LANGUAGE if back else Verb.START_LANGUAGE
    rows = tuple((button(name, verb, value=code),) for code, name in LANGUAGES.items())
    return Screen(prompts, (*rows, (button(back.say("Back"), Verb.SETTINGS),)) if back else rows)


def welcome_screen(words: Words, *, private: bool, watches: int) -> Screen:
    """Say what this is, and how to come to the first watch."""
    lines = [
        words.say(
            "I am Outrider. Tell me where you are or where you are going, and I will warn you when something "
            "happens there."
        )
    ]
    if watches:
        lines.append(
            words.plural("You watch {count} place: /watches", "You watch {count} places: /watches", watches,
                         count=watches)
        )  # fmt: skip
    if private:
        lines.append(words.say("What shall I watch? Press a button below, or write the name of a place: Bamako"))
    else:
        lines.append(words.say("An administrator adds a place like this: /watch Bamako"))
    lines.append(disclaimer(words))
    return Screen("\n\n".join(lines), keys=tuple(words.say(key) for key in KEYS) if private else ())


def key_texts(key: str) -> frozenset[str]:
    """Return what a key says in each language: a pressed key comes as a message of its words."""
    return frozenset(words_for(code).say(key) for code in LANGUAGES)


def place_prompt(words: Words) -> Screen:
    """Say how to name a place."""
    return Screen(
        words.say(
            "Write the name of a country, a group of countries (Sahel), a region, a city (Bamako 80 km) or an airport "
            "(BKO). For the way between two places: /route Bamako Ségou"
        )
    )


def trip_prompt(words: Words) -> Screen:
    """Say how to tell of a trip."""
    return Screen(
        words.say(
            "Write it like this: /trip Bamako 12-18 Nov via CDG. Or send me the calendar file (.ics) of your booking."
        )
    )


def help_screen(words: Words) -> Screen:
    """List the commands."""
    commands = "\n".join(
        words.say("{command} – {what}", command=f"/{name}", what=words.say(phrase)) for name, phrase in COMMANDS.items()
    )
    examples = words.say(
        "Examples: /watch Mali · /watch Sahel · /watch Bamako 80 km · /watch BKO · /route Bamako Ségou"
    )
    return Screen(f"{commands}\n\n{examples}\n\n{disclaimer(words)}")


def disclaimer(words: Words) -> str:
    """Say what the bot is not."""
    return words.say(
        "I read news and official warnings by machine: I can be late or wrong. Heed local authorities first."
    )
