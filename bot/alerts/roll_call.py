"""What is said of roll calls, and to second contacts: as Telegram's HTML and as plain text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median

from bot.alerts.heads import standing
from bot.alerts.lines import repeat_line
from bot.alerts.markup import Line, Run, Style, fitting, html, plain, quoted
from bot.alerts.reader import Names, Reader
from bot.model.alert import Button, Deed, Lane, Message
from bot.model.event import Event
from bot.model.place import Place
from bot.model.roll_call import Answer, Tally
from bot.model.watch import Chat
from bot.wording import Words, marked

LABELS: dict[Answer, str] = {
    Answer.SAFE: marked("✅ I am safe"),
    Answer.HELP: marked("🆘 I need help"),
    Answer.AWAY: marked("🚪 I am not there"),
}
_DEEDS = {Answer.SAFE: Deed.SAFE, Answer.HELP: Deed.HELP, Answer.AWAY: Deed.AWAY}
LONGEST_WORDS = 256
_LONGEST_NAME = 48
_MOST_NAMES = 20


def roll_call_message(tally: Tally, chat: Chat, event: Event | None, names: Names) -> Message:
    """Return a roll call as it stands: the question and its buttons, or how it ended."""
    reader = Reader.of(chat, names)
    words, call = reader.words, tally.call
    asks = words.say("Roll call: how are you?")
    head = words.say("EXERCISE, nothing has happened. {what}", what=asks) if call.drill else asks
    lines: list[Line] = [(Run(head, Style.BOLD),)]
    lines += [(Run(standing(event, reader)),)] if event else []
    lines += [(Run(quoted(call.words, LONGEST_WORDS)),)] if call.words else []
    lines += [
        (Run(words.say("{label}: {count}", label=words.say(label), count=tally.count(answer))),)
        for answer, label in LABELS.items()
    ]
    if tally.silent is not None:
        lines.append((Run(words.say("No answer: {count} of {all}", count=tally.silent, all=call.members)),))
    if call.drill and tally.given:
        lines.append((Run(_times(tally, words)),))
    if call.closed_at is not None:
        lines.append((Run(words.say("Closed."), Style.BOLD),))
    shown = fitting(lines)
    buttons = () if call.closed_at is not None else _buttons(call.id, words)
    return Message(html=html(shown), plain=plain(shown), lane=Lane.REPLY, buttons=buttons)


def reminder(tally: Tally, chat: Chat) -> Message:
    """Return the one reminder of those who have not answered, by their number alone."""
    words = Reader.of(chat, _own).words
    silent = tally.silent
    if silent:
        said = words.plural(
            "{count} person has not answered the roll call yet: please press a button.",
            "{count} people have not answered the roll call yet: please press a button.", silent, count=silent,
        )  # fmt: skip
    else:
        said = words.say("Some have not answered the roll call yet: please press a button.")
    return replace(_message([(Run(_exercise(said, words, drill=tally.call.drill)),)]), reply_to=tally.call.message_id)


def cry(tally: Tally, chat: Chat, who: Sequence[tuple[int, str]]) -> Message:
    """Return the call for help in the chat itself: who asks for it, (id, name) each, where that is known."""
    words = Reader.of(chat, _own).words
    count = tally.count(Answer.HELP)
    said = words.plural("🆘 {count} person needs help.", "🆘 {count} people need help.", count, count=count)
    lines: list[Line] = [(Run(said, Style.BOLD),)]
    lines += [(Run(quoted(name, _LONGEST_NAME), url=f"tg://user?id={number}"),) for number, name in who[:_MOST_NAMES]]
    return replace(_message(lines), reply_to=tally.call.message_id)


def cry_to_contact(tally: Tally, contact: Chat, title: str) -> Message:
    """Return what the second contact is told when people of the other chat need help."""
    words = Reader.of(contact, _own).words
    count = tally.count(Answer.HELP)
    said = words.plural(
        "🆘 {count} person needs help: so they answered a roll call.",
        "🆘 {count} people need help: so they answered a roll call.", count, count=count,
    )  # fmt: skip
    return _message([(Run(said, Style.BOLD),), (Run(_named(title, words)),)])


def unread_message(event: Event, minutes: int, contact: Chat, title: str, names: Names) -> Message:
    """Return what the second contact is told when nobody has read a grave alert."""
    reader = Reader.of(contact, names)
    said = reader.words.plural(
        "For {count} minute nobody has confirmed to have read this alert:",
        "For {count} minutes nobody has confirmed to have read this alert:", minutes, count=minutes,
    )  # fmt: skip
    return _message([
        (Run(said, Style.BOLD),), (Run(standing(event, reader)),), (Run(_named(title, reader.words)),)
    ])  # fmt: skip


def marked_as_repeat(message: Message, chat: Chat) -> Message:
    """Return the message with the mark of one that may have arrived before."""
    lines = [repeat_line(Reader.of(chat, _own))]
    return replace(message, html=f"{html(lines)}\n{message.html}", plain=f"{plain(lines)}\n{message.plain}")


def clocked(lasted: timedelta) -> str:
    """Return a length of time in minutes and seconds: "2:05"."""
    minutes, seconds = divmod(int(lasted.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def _times(tally: Tally, words: Words) -> str:
    """Return how long people took to answer."""
    opened: datetime = tally.call.opened_at
    waits = sorted(one.first_at - opened for one in tally.given)
    half = timedelta(seconds=median(wait.total_seconds() for wait in waits))
    return words.say("Minutes to the first answer: {first}, to half of them: {half}, to the last: {last}",
                     first=clocked(waits[0]), half=clocked(half), last=clocked(waits[-1]))  # fmt: skip


def _buttons(call_id: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    about = str(call_id)
    answers = tuple((Button(label=words.say(LABELS[one]), deed=deed, about=about),) for one, deed in _DEEDS.items())
    return (*answers, (Button(label=words.say("Close the roll call"), deed=Deed.CLOSE_CALL, about=about),))


def _exercise(said: str, words: Words, *, drill: bool) -> str:
    return words.say("EXERCISE, nothing has happened. {what}", what=said) if drill else said


def _named(title: str, words: Words) -> str:
    return words.say("This comes from the chat whose second contact you are: {chat}", chat=quoted(title, _LONGEST_NAME))


def _message(lines: list[Line]) -> Message:
    return Message(html=html(lines), plain=plain(lines), lane=Lane.SEVERE)


def _own(place: Place, _language: str) -> str:
    return place.name
