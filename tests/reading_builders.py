"""Short builders of readings, so that a test of the judgement reads as a sentence.

A mention stands in a sentence of the item: `words(item, "opened fire")` is its span, found in the title first.
"""

from bot.model.hazard import CATEGORY, Hazard, Measure, Target
from bot.model.item import Item
from bot.model.place import Place
from bot.model.reading import (
    Cue,
    Genre,
    GenreMention,
    HazardMention,
    Impact,
    ImpactKind,
    PlaceMention,
    Polarity,
    Reading,
    Role,
    StatusMention,
    TimeFrame,
)
from bot.model.text import Field, Span


def words(item: Item, surface: str) -> Span:
    """Return the span of these words in the item, the title first."""
    for field, text in ((Field.TITLE, item.title), (Field.TEXT, item.text)):
        start = text.find(surface)
        if start >= 0:
            return Span(field, start, start + len(surface))
    raise ValueError(f"{surface!r} does not stand in the item")


class ReadingOf:
    """A reading that grows by what a test says: `ReadingOf(item).hazard("bomb", Hazard.ARMED_ATTACK).done()`."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.hazards: list[HazardMention] = []
        self.statuses: list[StatusMention] = []
        self.impacts: list[Impact] = []
        self.genres: list[GenreMention] = []
        self.places: list[PlaceMention] = []

    def hazard(
        self, surface: str, hazard: Hazard, *, strength: int = 2, frame: TimeFrame = TimeFrame.CURRENT,
        polarity: Polarity = Polarity.ASSERTED, phrase: str = "",
    ) -> "ReadingOf":  # fmt: skip
        self.hazards.append(HazardMention(
            hazard=hazard, category=CATEGORY[hazard], span=words(self.item, surface), time_frame=frame,
            polarity=polarity, phrase=phrase or surface.replace(" ", "-"), strength=strength,
        ))  # fmt: skip
        return self

    def state(
        self, surface: str, target: Target | Measure, cue: Cue, *, frame: TimeFrame = TimeFrame.CURRENT,
        polarity: Polarity = Polarity.ASSERTED,
    ) -> "ReadingOf":  # fmt: skip
        self.statuses.append(StatusMention(
            cue=cue, target=target, span=words(self.item, surface), time_frame=frame, polarity=polarity,
            phrase=surface.replace(" ", "-"),
        ))  # fmt: skip
        return self

    def impact(
        self, surface: str, kind: ImpactKind, low: float, high: float | None = None, *,
        frame: TimeFrame = TimeFrame.CURRENT,
    ) -> "ReadingOf":  # fmt: skip
        span = words(self.item, surface)
        self.impacts.append(Impact(kind=kind, low=low, high=low if high is None else high, span=span, time_frame=frame))
        return self

    def killed(self, surface: str, low: float, high: float | None = None) -> "ReadingOf":
        return self.impact(surface, ImpactKind.KILLED, low, high)

    def injured(self, surface: str, low: float, high: float | None = None) -> "ReadingOf":
        return self.impact(surface, ImpactKind.INJURED, low, high)

    def genre(self, surface: str, genre: Genre, *, strength: int = 2) -> "ReadingOf":
        self.genres.append(GenreMention(genre=genre, span=words(self.item, surface), phrase=surface, strength=strength))
        return self

    def at(self, surface: str, place: Place, role: Role = Role.EVENT) -> "ReadingOf":
        self.places.append(PlaceMention(
            span=words(self.item, surface), surface=surface, candidates=(place,), place=place, role=role,
        ))  # fmt: skip
        return self

    def done(self) -> Reading:
        sentences = [Span(Field.TITLE, 0, len(self.item.title))] if self.item.title else []
        start = 0
        for part in self.item.text.split(". "):
            if part:
                sentences.append(Span(Field.TEXT, start, start + len(part)))
            start += len(part) + 2
        return Reading(
            item_id=self.item.id, language="en", sentences=tuple(sentences), places=tuple(self.places),
            hazards=tuple(self.hazards), statuses=tuple(self.statuses), impacts=tuple(self.impacts),
            genres=tuple(self.genres),
        )  # fmt: skip
