"""Write docs/conversations.md: whole conversations with the real bot, from feeds over HTTP to a Bot API emulator.

    python scripts/conversations.py            write the page anew
    python scripts/conversations.py --check    change nothing; exit 1 if the page is not what the bot says today

A conversation is a function below, with its title and what it shows, in `CONVERSATIONS`. It speaks through a `Scribe`,
which waits for the bot's answers and writes both down.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
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
AWA, GROUP = 42, -1_001_234_567_890


@dataclass
class Scribe:
    """Speaks for the people of one chat, and writes down what is said on both sides.

    `name` is who speaks where no other `by` is given; `people` are the ids of those who do in a group.
    """

    stage: Lived
    chat_id: int
    name: str
    language: str = "en"
    people: Mapping[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    _seen: dict[int, int] = field(default_factory=dict)

    def tell(self, what: str) -> None:
        """Write down what happens around the chat, and when."""
        self.lines += [f"*{self.stage.clock.now():%d %b, %H:%M} UTC. {what}*", ""]

    async def say(self, text: str, *, answers: int = 1) -> Shown:
        """Let the person write, and wait for so many answers; return the last."""
        self.lines += [f"**{self.name}:** {text}", ""]
        self.stage.telegram.say(self.chat_id, text, user_id=self.people.get(self.name), language=self.language)
        return await self.hear(answers)

    async def press(self, message: Shown, label: str, *, answers: int = 1, by: str = "") -> Shown:
        """Let a person press a button; write down what pops up, and wait for what turns or comes."""
        telegram, who = self.stage.telegram, by or self.name
        self.lines += [f"**{who}** presses [{label}]", ""]
        telegram.press(self.chat_id, message, label, user_id=self.people.get(who))
        popped = (await telegram.next_answer())["text"]
        self.lines += [f"*Pops up: {popped}*", ""] if popped else []
        return await self.hear(answers)

    async def send(self, name: str, content: bytes) -> Shown:
        """Let the person send a file."""
        self.lines += [f"**{self.name}** sends {name}", ""]
        self.stage.telegram.send_file(self.chat_id, name, content)
        return await self.hear(1)

    async def news(self, outlet: str, title: str, text: str, *, alerts: int) -> Shown | None:
        """Let an outlet publish; write down so many messages of the bot that follow."""
        self.tell(f"{outlet}: “{f'{title}. {text}'.removesuffix('. ')}”")
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

    async def rest(self) -> None:
        """Write down all that came and was not heard yet."""
        there = self.stage.telegram.in_chat(self.chat_id)
        if unheard := sum(self._seen.get(one.message_id) != one.number for one in there):
            await self.hear(unheard)

    def _write(self, shown: Shown, *, edited: bool) -> None:
        marks = ", ".join([*(["edited"] if edited else []), *(["no sound"] if shown.silent else [])])
        who = f"**Outrider** ({marks}):" if marks else "**Outrider**:"
        self.lines += [who, "", "```text", *shown.text.splitlines()]
        for row in (*shown.keyboard, *shown.reply_keyboard):
            self.lines.append(" ".join(f"[{one['text']}]" for one in row))
        self.lines += [f"[file {shown.file_name}]", *_beginning(shown)] if shown.document else []
        self.lines += ["```", ""]


def _beginning(shown: Shown) -> list[str]:
    """Return what a file holds: the lines of a table, the names and lengths of what JSON has at the top."""
    text = shown.document.decode("utf-8-sig")
    if not shown.file_name.endswith(".json"):
        return text.splitlines()
    return [f"  {key}: {len(held) if isinstance(held, list) else '...'}" for key, held in json.loads(text).items()]


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


async def quiet_night(stage: Lived) -> Scribe:
    """In quiet hours a moderate alert waits and an extreme one passes; on waking comes what waited, as it is then."""
    ben = Scribe(stage, AWA, "Ben")
    await ben.press(await ben.say("/start"), "English", answers=2)
    await ben.say("/watch Mali")
    await ben.say("/quiet 22:00-6:00")
    await stage.until(at(16))
    await ben.news(
        "Niger Courier",
        "Two injured in clashes between protesters and police in Kayes, Mali",
        "Police fired tear gas at protesters who blocked a road in Kayes, western Mali, on Tuesday evening. Two people "
        "were injured.",
        alerts=0,
    )
    await stage.until(at(17))
    await ben.news(
        "Ministry of Transport",
        "Flights suspended at Sikasso airport",
        "All flights at Sikasso airport in Mali are suspended until further notice because the runway is damaged.",
        alerts=0,
    )
    await stage.until(at(19))
    await ben.news(
        "Sahel Wire",
        "Gunmen kill at least 60 people in Mopti, Mali",
        "Gunmen killed at least 60 people in an attack on a market in Mopti, central Mali, on Wednesday night, "
        "officials said. The attack is still going on.",
        alerts=0,
    )
    await ben.news(
        "Niger Courier",
        "At least 60 dead in attack on market in Mopti, Mali",
        "Armed men attacked a market in Mopti in central Mali and killed at least 60 people, the governor told us.",
        alerts=1,
    )
    await stage.until(at(21))
    await ben.news(
        "Ministry of Transport",
        "Flights resume at Sikasso airport",
        "Flights at Sikasso airport in Mali have resumed. Operations are back to normal.",
        alerts=0,
    )
    await stage.until(at(23.01))
    ben.tell("The quiet hours are over")
    await ben.rest()
    await ben.say("/latest")
    return ben


async def forgotten(stage: Lived) -> Scribe:
    """What is kept of a chat is told, handed out and forgotten; then the bot knows nobody."""
    awa = Scribe(stage, AWA, "Awa")
    await awa.press(await awa.say("/start"), "English", answers=2)
    await awa.say("Bamako")
    await awa.news("Sahel Wire", "Gunmen attack police school in Bamako, Mali, killing 14", "", alerts=1)
    await awa.say("/privacy")
    await awa.say("/export")
    await awa.press(await awa.say("/forget"), "Forget")
    await awa.news("Niger Courier", "Explosion at market in Bamako, Mali, kills 20", "", alerts=0)
    await awa.rest()
    awa.tell("No alert comes")
    await awa.say("/start")
    return awa


async def roll_call(stage: Lived) -> Scribe:
    """Under a severe alert in a group three people say how they are, and one needs help."""
    people = {"Ben": 7, "Awa": 11, "Moussa": 12, "Fanta": 13}
    stage.telegram.first_names = {number: name for name, number in people.items()}
    stage.telegram.statuses[GROUP, people["Ben"]] = "creator"
    stage.telegram.counts[GROUP] = 1 + len(people)
    group = Scribe(stage, GROUP, "Ben", people=people)
    await group.say("/watch Mali")
    alert = await group.news("Sahel Wire", "Gunmen attack hotel in Bamako, Mali, killing 14", "", alerts=1)
    assert alert is not None
    asked = await group.press(alert, "Roll call")

    async def answer(by: str, label: str, *, answers: int = 1) -> None:
        stage.clock.turn(seconds=20)
        await group.press(asked, label, answers=answers, by=by)
        await stage.house.crew.roll_calls.settled()  # the pause after an edit turns the clock

    await answer("Awa", "I am safe")
    await answer("Moussa", "I need help", answers=2)
    await answer("Fanta", "I am not there")
    stage.clock.turn(minutes=11)
    group.tell("Eleven minutes later")
    await stage.house.crew.look()
    await group.hear(1)
    await answer("Moussa", "I am safe")
    await answer("Ben", "Close the roll call")
    await group.say("/rollcall export")
    return group


CONVERSATIONS: tuple[tuple[str, Callable[[Lived], Awaitable[Scribe]]], ...] = (
    ("A newcomer, in French", newcomer),
    ("A trip from a calendar file", trip),
    ("A roll call in a group", roll_call),
    ("A quiet night with an extreme event", quiet_night),
    ("Forget me", forgotten),
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
