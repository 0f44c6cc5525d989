"""The recorded day as data."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

from bot.model.item import Source, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySource:
    """One of the day's sources."""

    id: str
    name: str
    language: str
    kind: str = "news"

    def at(self, base_url: str) -> Source:
        """Return it as a source that is polled from that address."""
        return Source(
            id=self.id,
            name=self.name,
            url=f"{base_url}/{self.id}.xml",
            kind=SourceKind(self.kind),
            languages=(self.language,),
            owner_group=self.id,
            every=timedelta(minutes=1),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayItem:
    """One of the day's items, with the time of its publication."""

    at: datetime
    source: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """The sources, and the items in the order of their times."""

    sources: tuple[DaySource, ...]
    items: tuple[DayItem, ...]


def load_day() -> Day:
    """Read the day that came with Outrider."""
    data = tomllib.loads(files(__package__).joinpath("day.toml").read_text(encoding="utf-8"))
    items = sorted((DayItem(**item) for item in data["item"]), key=lambda item: item.at)
    return Day(tuple(DaySource(**source) for source in data["source"]), tuple(items))
