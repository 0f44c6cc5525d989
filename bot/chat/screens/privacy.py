"""What is kept of a chat, and the question before it is forgotten."""

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import Screen, button
from bot.wording import Words


def privacy_screen(deliveries_days: float, backups_days: float, words: Words) -> Screen:
    """Say what is kept and how long, and what is not."""
    lines = [
        words.say(
            "I keep this about a chat: its number and kind, language, time zone, settings, the places that it watches "
            "(shared points rounded to about 100 m), what I told it and when, what was pressed under an alert, "
            "and the answers to its roll calls without names."
        ),
        words.say("I keep no names of people, no phone numbers and no messages; a live location is forgotten when it "
                  "ends."),
        words.say(
            "What I told you: for {days} days after the event is over. The rest: until you remove it. Backups: "
            "{backups} days at most; what you had me forget stays in them until then, and nowhere else.",
            days=f"{deliveries_days:g}", backups=f"{backups_days:g}",
        ),
        words.say("Logs have a code in place of the chat's number."),
        words.say("/export gives you all of it as a file. /forget deletes all of it."),
    ]  # fmt: skip
    return Screen("\n\n".join(lines))


def forget_screen(backups_days: float, words: Words) -> Screen:
    """Ask before everything is dropped."""
    text = words.say(
        "Shall I forget everything about this chat: places, trips, settings, and what I told you? I will no longer "
        "warn you. It cannot be undone. It is gone from the backups after {backups} days.",
        backups=f"{backups_days:g}",
    )
    rows = ((button(words.say("Forget everything"), Verb.FORGET),), (button(words.say("Keep it"), Verb.CLOSE),))
    return Screen(text, rows)
