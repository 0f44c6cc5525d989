"""The entrance: the language, the welcome, the help, and the list of commands."""

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import Screen, button
from bot.wording import LANGUAGES, Words, marked, words_for

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
