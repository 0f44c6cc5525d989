"""Maps after alerts: for grave ones that arrived, drawn and uploaded once, and never in the way of anything."""

import asyncio
from dataclasses import replace

from builders import BAMAKO, MALI, at, chat, event, watch

from bot.model.alert import Alert, AlertReason, Outcome, Sent, Unknown
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.sketch import Sketch
from bot.model.watch import Chat, ChatKind, Match
from bot.services.pictures import Pictures
from bot.services.ports import Claimed


class Draughtsman:
    """Draws a line of words; keeps what it drew."""

    def __init__(self) -> None:
        self.drawn: list[Sketch] = []

    def sketch(self, event: Event, match: Match, language: str) -> Sketch:
        return Sketch(
            centre=match.place.point, half_km=90, severity=event.severity, countries=event.countries, language=language
        )

    def draw(self, shown: Sketch, /) -> bytes:
        self.drawn.append(shown)
        return f"map for {shown.language}".encode()


class Album:
    """Keeps what each chat was shown; refuses as often as it is told, forgets uploads when told."""

    def __init__(self, *, refusals: int = 0) -> None:
        self.shown: list[tuple[int, bytes | str, int | None]] = []
        self.refusals = refusals
        self.forgotten: set[str] = set()

    async def show(self, chat: Chat, picture: bytes | str, caption: str, reply_to: int | None) -> str | None:
        assert caption.startswith("ML-")
        if self.refusals or picture in self.forgotten:
            self.refusals = max(0, self.refusals - 1)
            return None
        self.shown.append((chat.id, picture, reply_to))
        return picture if isinstance(picture, str) else f"upload-{len(self.shown)}"


def claimed(number: int = 1, *, severity: Severity = Severity.SEVERE, **fields: object) -> Claimed:
    told = event(severity=severity)
    match = Match(watch=watch(MALI, chat_id=number), why="in-country", place=BAMAKO)
    reason = fields.pop("reason", AlertReason.FIRST)
    alert = Alert(
        key=f"{number}:event-1:first", chat_id=number, event_id=told.id, event_version=1, reason=reason,  # type: ignore[arg-type]
        severity=severity, silent=False, match=match, created_at=at(0), expires_at=at(24),
    )  # fmt: skip
    return Claimed(alert=alert, chat=chat(number, **fields), event=told, attempt=1, ambiguous=0)


async def told(pictures: Pictures, *tries: tuple[Claimed, Outcome]) -> None:
    for one, outcome in tries:
        pictures.told(one, outcome)
    running = asyncio.create_task(pictures.run())
    for _ in range(200):
        await asyncio.sleep(0.001)
        if pictures._waiting.empty():
            break
    await asyncio.sleep(0.05)
    running.cancel()


async def test_a_grave_alert_that_arrived_is_followed_by_its_map_as_a_reply() -> None:
    album = Album()
    await told(Pictures(draughtsman=Draughtsman(), sender=album), (claimed(), Sent(77)))
    assert album.shown == [(1, b"map for en", 77)]


async def test_minor_news_updates_and_what_may_not_have_arrived_get_no_map() -> None:
    album = Album()
    await told(
        Pictures(draughtsman=Draughtsman(), sender=album),
        (claimed(severity=Severity.MODERATE), Sent(1)),
        (claimed(reason=AlertReason.UPDATE), Sent(2)),
        (claimed(), Unknown("no answer")),
        (claimed(kind=ChatKind.TERMINAL), Sent(3)),
    )
    assert album.shown == []


async def test_the_same_map_is_drawn_and_uploaded_once_for_all_its_readers() -> None:
    album, draughtsman = Album(), Draughtsman()
    chats = [(claimed(number), Sent(number)) for number in range(1, 6)]
    await told(Pictures(draughtsman=draughtsman, sender=album), *chats, (claimed(9, language="fr"), Sent(9)))
    assert len(draughtsman.drawn) == 2
    assert [picture for _, picture, _ in album.shown] == [b"map for en", *["upload-1"] * 4, b"map for fr"]


async def test_an_upload_that_the_messenger_has_forgotten_is_made_again() -> None:
    album = Album()
    pictures = Pictures(draughtsman=Draughtsman(), sender=album)
    await told(pictures, (claimed(1), Sent(1)))
    album.forgotten.add("upload-1")
    await told(pictures, (claimed(2), Sent(2)))
    assert album.shown[-1] == (2, b"map for en", 2)


async def test_a_map_that_is_refused_stops_no_other() -> None:
    album = Album(refusals=1)
    await told(Pictures(draughtsman=Draughtsman(), sender=album), (claimed(1), Sent(1)), (claimed(2), Sent(2)))
    assert [number for number, _, _ in album.shown] == [2]


async def test_a_map_that_cannot_be_drawn_is_reported_and_stops_no_other() -> None:
    troubles: list[Exception] = []
    draughtsman, album = Draughtsman(), Album()
    pictures = Pictures(draughtsman=draughtsman, sender=album, on_trouble=troubles.append)
    broken = claimed(1)
    nowhere = replace(broken, alert=replace(broken.alert, match=replace(broken.alert.match, place=None)))  # type: ignore[arg-type]
    await told(pictures, (nowhere, Sent(1)), (claimed(2), Sent(2)))
    assert [type(error) for error in troubles] == [AttributeError]
    assert [number for number, _, _ in album.shown] == [2]
