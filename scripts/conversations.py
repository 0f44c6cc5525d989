"""Write docs/conversations.md: whole conversations with the real bot, from feeds over HTTP to a Bot API emulator.

    python scripts/conversations.py            write the page anew
    python scripts/conversations.py --check    change nothing; exit 1 if the page is not what the bot says today

A conversation is a function below, with its title and what it shows, in `CONVERSATIONS`. It speaks through a `Scribe`,
which waits for the bot's answers and writes both down.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from builders import at  # noqa: E402 - the stage is the tests'
from support.lived import Lived, lived  # noqa: E402
from support.telegram_emulator import Shown  # noqa: E402

PAGE = ROOT / "docs" / "conversations.md"
HEAD = """# Conversations

Whole conversations, written down by `python scripts/conversations.py` from the real bot: its application, its reading
of news, its store and its delivery, between a feed server and an emulator of Telegram, on a clock turned by hand. The
outlets and their news are invented. A test fails when the bot says anything else than stands here. Buttons are in
square brackets; "edited" is a message that was changed in place.
"""
AWA = 42


@dataclass
class Scribe:
    """Speaks for one person in one chat, and writes down what is said on both sides."""

    stage: Lived
    chat_id: int
    name: str
    language: str = "en"
    lines: list[str] = field(default_factory=list)
    _seen: dict[int, int] = field(default_factory=dict)

    def tell(self, what: str) -> None:
        """Write down what happens around the chat, and when."""
        self.lines += [f"*{self.stage.clock.now():%d %b, %H:%M} UTC. {what}*", ""]

    async def say(self, text: str, *, answers: int = 1) -> Shown:
        """Let the person write, and wait for so many answers; return the last."""
        self.lines += [f"**{self.name}:** {text}", ""]
        self.stage.telegram.say(self.chat_id, text, language=self.language)
        return await self.hear(answers)

    async def press(self, message: Shown, label: str, *, answers: int = 1) -> Shown:
        """Let the person press a button, and wait for what turns or comes."""
        self.lines += [f"**{self.name}** presses [{label}]", ""]
        self.stage.telegram.press(self.chat_id, message, label)
        return await self.hear(answers)

    async def send(self, name: str, content: bytes) -> Shown:
        """Let the person send a file."""
        self.lines += [f"**{self.name}** sends {name}", ""]
        self.stage.telegram.send_file(self.chat_id, name, content)
        return await self.hear(1)

    async def news(self, outlet: str, title: str, text: str, *, alerts: int) -> Shown | None:
        """Let an outlet publish; write down so many messages of the bot that follow."""
        self.tell(f"{outlet}: “{title}. {text}”")
        await self.stage.news(outlet, title, text, language=self.language)
        return await self.hear(alerts) if alerts else None

    async def hear(self, count: int) -> Shown:
        """Wait for the chat's next messages or edits, write them down, and return the last."""
        shown = None
        for _ in range(count):
            shown = await self.stage.telegram.next_message(self.chat_id, within=30)
            edited = shown.message_id in self._seen
            self._seen[shown.message_id] = shown.number
            self._write(shown, edited=edited)
        assert shown is not None
        return shown

    def _write(self, shown: Shown, *, edited: bool) -> None:
        marks = ", ".join([*(["edited"] if edited else []), *(["no sound"] if shown.silent else [])])
        who = f"**Outrider** ({marks}):" if marks else "**Outrider**:"
        self.lines += [who, "", "```text", *shown.text.splitlines()]
        for row in (*shown.keyboard, *shown.reply_keyboard):
            self.lines.append(" ".join(f"[{one['text']}]" for one in row))
        self.lines += ["```", ""]


async def newcomer(stage: Lived) -> Scribe:
    """From the first word to an attack, why it was told, and its end, in French."""
    awa = Scribe(stage, AWA, "Awa", "fr")
    languages = await awa.say("/start")
    await awa.press(languages, "Français", answers=2)
    await awa.say("Bamako")
    await awa.say("/risk Bamako")
    alert = await awa.news(
        "Sahel Wire",
        "Tirs nourris à Bamako, l'aéroport fermé",
        "Des hommes armés ont attaqué une école de gendarmerie à Bamako, la capitale du Mali, mardi matin. Au moins 14 "
        "personnes ont été tuées. L'aéroport international Modibo Keïta a suspendu toutes ses opérations. La situation "
        "est sous contrôle, selon l'armée. La France a rappelé le coup d'État de 2020.",
        alerts=1,
    )
    assert alert is not None
    await awa.press(alert, "Pourquoi ?")
    await awa.say("/airport BKO")
    await awa.say("/missed")
    await awa.say("/status")
    return awa


_BOOKING = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Example Travel//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART:20240918T093000Z\r
DTEND:20240918T151500Z\r
SUMMARY:Flight EX 520 CDG to BKO\r
LOCATION:Charles de Gaulle Airport (CDG)\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20240918\r
DTEND;VALUE=DATE:20240921\r
SUMMARY:Hotel\r
LOCATION:Bamako\\, Mali\r
END:VEVENT\r
END:VCALENDAR\r
"""


async def trip(stage: Lived) -> Scribe:
    """A booking's calendar file becomes dated watches, a brief before departure, an alert, and an end."""
    ben = Scribe(stage, AWA, "Ben")
    languages = await ben.say("/start")
    await ben.press(languages, "English", answers=2)
    await ben.send("booking.ics", _BOOKING)
    await stage.until(at(2))
    ben.tell("The day before departure, at nine")
    await stage.house.tend.look()
    await ben.hear(1)
    await ben.news(
        "Ministry of Transport",
        "Flights suspended at Bamako airport",
        "All flights at Modibo Keita International Airport in Bamako, Mali, are suspended until further notice because "
        "of a strike of air traffic controllers.",
        alerts=1,
    )
    await ben.say("/latest")
    await stage.until(at(6 * 24))
    ben.tell("Two days after the return")
    await stage.house.tend.look()
    await ben.hear(1)
    return ben


CONVERSATIONS: tuple[tuple[str, Callable[[Lived], Awaitable[Scribe]]], ...] = (
    ("A newcomer, in French", newcomer),
    ("A trip from a calendar file", trip),
)


async def written() -> str:
    """Return the page as the bot says it today."""
    parts = [HEAD]
    for title, conversation in CONVERSATIONS:
        with tempfile.TemporaryDirectory() as folder:
            async with lived(Path(folder)) as stage:
                scribe = await conversation(stage)
        parts.append("\n".join([f"## {title}", "", conversation.__doc__ or "", "", *scribe.lines]).rstrip() + "\n")
    return "\n".join(parts)


def main(*, check: bool) -> int:
    """Write the page, or tell that it is not what the bot says; return the exit status."""
    page = asyncio.run(written())
    if check:
        known = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if page != known:
            print(f"{PAGE.relative_to(ROOT)} is not what the bot says today: python scripts/conversations.py")
        return int(page != known)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
