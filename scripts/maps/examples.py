"""Draws the pictures of docs/maps.md: `python scripts/maps/examples.py`. The events are made up."""

from datetime import UTC, datetime
from pathlib import Path

from bot.gazetteer import Gazetteer
from bot.maps import Painter
from bot.model.assessment import Certainty, Severity, Status, TargetState, Urgency
from bot.model.event import Event, EventState, Report
from bot.model.hazard import Hazard, Target
from bot.model.place import Place
from bot.model.reading import Cue
from bot.model.watch import Match, Watch, WatchKind
from bot.wording import words_for
from bot.wording.local import country_name

OUT = Path(__file__).parents[2] / "docs" / "maps"
NOW = datetime(2024, 9, 17, 9, tzinfo=UTC)
ATLAS = Gazetteer.open()


def place(name: str) -> Place:
    """Return the place that the name means first."""
    return ATLAS.search(name, limit=1)[0]


def event(hazard: Hazard, severity: Severity, *names: str, shut: str = "") -> Event:
    """Return an event that two voices report, there."""
    area = tuple(place(name) for name in names)
    airport = ATLAS.airport(shut) if shut else None
    targets = (TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=airport, since=NOW),) if airport else ()
    voices = tuple(
        Report(
            item_id=voice, source_id=voice, outlet=voice, voice=voice, official=False, title="", url="",
            published_at=NOW, severity=severity, status=Status.ONGOING,
        )
        for voice in ("one", "other")
    )  # fmt: skip
    return Event(
        id="example", version=1, state=EventState.OPEN, hazard=hazard, place=area[0], area=area, severity=severity,
        urgency=Urgency.IMMEDIATE, certainty=Certainty.OBSERVED, status=Status.ONGOING, headline="", targets=targets,
        first_seen_at=NOW, last_seen_at=NOW, reports=voices,
    )  # fmt: skip


def watching(told: Event, kind: WatchKind, *names: str, radius_km: float | None = None) -> Match:
    """Return the match of a watch on those places."""
    area = tuple(place(name) for name in names)
    watch = Watch(id=1, chat_id=1, kind=kind, area=area, label="", radius_km=radius_km)
    return Match(watch=watch, why="near", place=told.place)


def main() -> None:
    """Draw them all and say how large they are."""
    painter = Painter(lambda code, language: country_name(code, words_for(language)), ATLAS)
    attack = event(Hazard.ARMED_ATTACK, Severity.EXTREME, "Bamako", shut="BKO")
    cyclone = event(Hazard.STORM, Severity.SEVERE, "Labasa", "Suva")
    strike = event(Hazard.ARMED_CONFLICT, Severity.EXTREME, "Beirut", shut="BEY")
    flood = event(Hazard.FLOOD, Severity.SEVERE, "Valencia, Spain")
    OUT.mkdir(exist_ok=True)
    for name, told, match, language in (
        ("bamako-en", attack, watching(attack, WatchKind.PLACE, "Ségou", radius_km=80), "en"),
        ("fiji-fr", cyclone, watching(cyclone, WatchKind.COUNTRY, "Fiji"), "fr"),
        ("beirut-ar", strike, watching(strike, WatchKind.PLACE, "Beirut", radius_km=40), "ar"),
        ("valencia-ru", flood, watching(flood, WatchKind.ROUTE, "Madrid", "Valencia, Spain"), "ru"),
    ):
        picture = painter.draw(painter.sketch(told, match, language))
        (OUT / f"{name}.png").write_bytes(picture)
        print(f"{name}: {len(picture):,} bytes")


if __name__ == "__main__":
    main()
