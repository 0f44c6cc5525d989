"""What of a reading counts: the words of now, the counts of now, the states of ways and measures, and where they stand.

Newspapers put what is new into the title and the first sentence (the head); what follows explains it. So words in the
head weigh fully, words in the body less, and words about earlier days (background) only tell that there was a past.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from bot.assessment.scoring import Scoring
from bot.model.assessment import MeasureState, TargetState, Toll
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Item
from bot.model.place import Place, PlaceKind
from bot.model.reading import (
    Cue,
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

OPENING = frozenset(
    {
        Cue.SUSPENDED, Cue.CLOSED, Cue.CANCELLED, Cue.DIVERTED, Cue.DISRUPTED, Cue.BLOCKED, Cue.STRIKE, Cue.TO_RESTORE,
        Cue.IMPOSED, Cue.ADVISED,
    }
)  # fmt: skip
"""Cues that tell of a state that touches people. What is only to reopen is still shut."""

ENDING = frozenset({Cue.RESTORED, Cue.PARTLY_RESTORED, Cue.LIFTED, Cue.EASED, Cue.ALL_CLEAR})
"""Cues that end such a state. Reassurance is none of them (RUBRIC.md section 3)."""

HARM = frozenset({ImpactKind.KILLED, ImpactKind.INJURED, ImpactKind.MISSING, ImpactKind.EVACUATED})
"""Counts of people who were harmed or had to leave: what turns words into news. Hostages are not among them: they are
counted for as long as they are held, and the words that count them are those that hint at the hazard."""

LINK_WORDS = 2
"""The words between two names of a list, at most: "airport and"."""

HAZARD_OF_TARGET: dict[Target, Hazard] = {
    Target.AIRPORT: Hazard.AIRPORT,
    Target.AIRSPACE: Hazard.AIRPORT,
    Target.FLIGHTS: Hazard.AIRPORT,
    Target.BORDER: Hazard.TRANSPORT,
    Target.PORT: Hazard.TRANSPORT,
    Target.ROAD: Hazard.TRANSPORT,
    Target.RAIL: Hazard.TRANSPORT,
    Target.FERRY: Hazard.TRANSPORT,
    Target.SCHOOLS: Hazard.ADVISORY,
    Target.INTERNET: Hazard.INFRASTRUCTURE,
    Target.POWER: Hazard.INFRASTRUCTURE,
    Target.WATER: Hazard.INFRASTRUCTURE,
}
"""Which kind a closure belongs to by itself; a hazard's own all-clear belongs to that hazard."""


def hazard_of(target: Target | Measure) -> Hazard | None:
    """Return the kind that a way's state or a measure is by itself."""
    if isinstance(target, Measure):
        return Hazard.ADVISORY
    return HAZARD_OF_TARGET.get(target)


@dataclass(frozen=True)
class Facts:
    """An item's reading, seen by the judgement, with the scoring table that it is judged by."""

    item: Item
    reading: Reading
    scoring: Scoring

    @cached_property
    def titled(self) -> bool:
        """Whether the item has a title."""
        return any(sentence.field is Field.TITLE for sentence in self.reading.sentences)

    @cached_property
    def head_end(self) -> int:
        """Where the head ends in the text: after its first sentence, or its second where there is no title."""
        starts = sorted(s for s in self.reading.sentences if s.field is Field.TEXT)
        heads = starts[: 1 if self.titled else 2]
        return heads[-1].end if heads else 0

    def in_head(self, span: Span) -> bool:
        """Tell whether the words stand in the title or the first sentence."""
        return span.field is Field.TITLE or span.start < self.head_end

    def in_top(self, span: Span) -> bool:
        """Tell whether the words stand in the title, or in the first sentence where there is no title."""
        if span.field is Field.TITLE:
            return True
        return not self.titled and span.start < self.first_end

    @cached_property
    def first_end(self) -> int:
        """Where the first sentence of the item ends, in its own field."""
        return min(self.reading.sentences).end if self.reading.sentences else 0

    @cached_property
    def hazards(self) -> tuple[HazardMention, ...]:
        """Hazards that are, or are to come, and are not denied."""
        told = [
            m
            for m in self.reading.hazards
            if m.time_frame is not TimeFrame.BACKGROUND and m.polarity is not Polarity.NEGATED
        ]
        plain = any(m.strength > 1 for m in told)
        return tuple(m for m in told if not plain or m.phrase not in self.scoring.last_resort)

    @cached_property
    def denied(self) -> tuple[HazardMention | StatusMention, ...]:
        """Hazards and states that the text says are not so."""
        said = [m for m in self.reading.hazards if m.polarity is Polarity.NEGATED]
        return (*said, *(m for m in self.reading.statuses if m.polarity is Polarity.NEGATED or m.cue is Cue.DENIED))

    @cached_property
    def _denied_at(self) -> frozenset[tuple[Field, int]]:
        return _characters(m.span for m in self.denied)

    @cached_property
    def background(self) -> tuple[HazardMention, ...]:
        """Hazards of earlier days."""
        return tuple(m for m in self.reading.hazards if m.time_frame is TimeFrame.BACKGROUND)

    @cached_property
    def opening(self) -> tuple[StatusMention, ...]:
        """States and measures in force or announced; an order that is to be lifted is in force until then."""
        to_be_lifted = (
            replace(m, cue=Cue.TO_RESTORE)
            for m in self._statuses(ENDING)
            if m.time_frame is TimeFrame.FORECAST and isinstance(m.target, Measure) and m.target is not Measure.WARNING
        )
        return (*to_be_lifted, *self._statuses(OPENING))

    @cached_property
    def ending(self) -> tuple[StatusMention, ...]:
        """States and measures that end."""
        return tuple(m for m in self._statuses(ENDING) if m.time_frame is TimeFrame.CURRENT)

    def _statuses(self, cues: Iterable[Cue]) -> tuple[StatusMention, ...]:
        return tuple(
            m
            for m in self.reading.statuses
            if m.cue in cues
            and m.time_frame is not TimeFrame.BACKGROUND
            and m.polarity is not Polarity.NEGATED
            and self._denied_at.isdisjoint(_characters([m.span]))
        )

    @cached_property
    def impacts(self) -> tuple[Impact, ...]:
        """Counts and measures of now."""
        return tuple(m for m in self.reading.impacts if m.time_frame is not TimeFrame.BACKGROUND)

    def largest(self, kind: ImpactKind) -> Impact | None:
        """Return the largest count of that kind."""
        return max((m for m in self.impacts if m.kind is kind), key=lambda m: (m.low, m.high), default=None)

    @cached_property
    def goes_on(self) -> tuple[StatusMention, ...]:
        """Words of the head that it is not over: attackers at large, people still trapped, a fire that burns on."""
        return tuple(m for m in self._statuses({Cue.ONGOING}) if self.in_head(m.span))

    @cached_property
    def end_led(self) -> bool:
        """Whether the news is an end: it leads, and no new toll nor anything newly shut stands beside it.

        What of the same kind was shut, told after its end, is what ends: "reopens after drones halt flights".
        """
        fresh = any(m.kind is ImpactKind.KILLED and self.in_top(m.span) for m in self.impacts)
        lifted = _characters(m.span for m in self.ending)
        leads = [m for m in self.ending if self.in_top(m.span)]
        told = [m for m in self.opening if self.in_top(m.span) and lifted.isdisjoint(_characters([m.span]))]
        ended = {hazard_of(m.target): m.span for m in sorted(leads, key=lambda m: m.span, reverse=True) if _is_way(m)}
        shut = any(not (_is_way(m) and ended.get(hazard_of(m.target), m.span) < m.span) for m in told)
        return bool(leads) and not fresh and not shut

    @cached_property
    def harm_told(self) -> bool:
        """Whether the head of the text counts people who were harmed or had to leave."""
        return any(m.kind in HARM and m.high > 0 and self.in_head(m.span) for m in self.impacts)

    @cached_property
    def lost(self) -> float:
        """How many are dead or missing, at least."""
        counts = (self.largest(ImpactKind.KILLED), self.largest(ImpactKind.MISSING))
        return sum(impact.low for impact in counts if impact)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Event places, the primary one first; without those that only hold another of them.

        Primary is the most precise place within the country that is named first: a city before an airport, which
        names one building, then region and country.
        """
        found = self.reading.event_places
        holders = {parent for place in found for parent in place.parents}
        precise = [place for place in found if place.id not in holders] or list(found)
        if not precise:
            return ()
        order = (PlaceKind.CITY, PlaceKind.AIRPORT, PlaceKind.REGION, PlaceKind.AREA, PlaceKind.COUNTRY)
        home = found[0].country
        first = min(precise, key=lambda place: (place.country != home, order.index(place.kind)))
        city = next((place for place in found if first.kind is PlaceKind.AIRPORT and place.id in first.parents), None)
        if city is not None and city.kind is PlaceKind.CITY:
            first = city
        return tuple(dict.fromkeys((first, *precise)))

    @cached_property
    def reassurance(self) -> tuple[Span, ...]:
        """Words of officials that all is well; they lower nothing and end nothing (RUBRIC.md section 3)."""
        return tuple(m.span for m in self.reading.statuses if m.cue is Cue.REASSURANCE)

    @property
    def place(self) -> Place | None:
        """The primary event place."""
        return self.places[0] if self.places else None

    def airport_near(self, span: Span) -> Place | None:
        """Return the airport that the state told by these words concerns.

        The nearest one of the same sentence, whatever its role was taken for; else the first event place.
        """
        airports = (m for m in self._beside(span) if m.place is not None and m.place.kind is PlaceKind.AIRPORT)
        return _nearest(span, airports) or self._airport

    def airports_listed(self, span: Span) -> tuple[Place, ...]:
        """Return all airports that the state told by these words concerns: the nearest, and those listed with it.

        "Goma, Bukavu and Kalemie airports reopened": names of a list are parted by commas, the last by a word.
        """
        nearest = self.airport_near(span)
        named = sorted((m for m in self._beside(span) if _is_airport(m.place)), key=lambda m: m.span)
        listed: list[PlaceMention] = []
        for mention in named:
            gap = self._between(listed[-1].span, mention.span).split() if listed else []
            listed = [*listed, mention] if len(gap) <= LINK_WORDS else [mention]
            places = tuple(each.place for each in listed if each.place is not None)
            if nearest in places and any(word.isalpha() for word in gap):
                return places
        return (nearest,) if nearest else ()

    def _between(self, before: Span, after: Span) -> str:
        text = self.item.title if before.field is Field.TITLE else self.item.text
        return text[before.end : after.start]

    @cached_property
    def _airport(self) -> Place | None:
        return next((place for place in self.reading.event_places if place.kind is PlaceKind.AIRPORT), None)

    def area_near(self, span: Span) -> Place | None:
        """Return where a measure told by these words is in force: the nearest event place of its sentence.

        So "Mali shuts its borders" holds for Mali, though the attack that caused it was in Bamako.
        """
        return _nearest(span, (m for m in self._beside(span) if m.role is Role.EVENT)) or self.place

    def _beside(self, span: Span) -> list[PlaceMention]:
        """Return the place mentions of the sentence that holds the span."""
        return self._places_by_sentence.get(self._sentence_at(span), [])

    def _sentence_at(self, span: Span) -> int:
        """Return the number of the last sentence that begins at or before the span."""
        return bisect_right(self._starts, (span.field.value, span.start))

    @cached_property
    def _starts(self) -> list[tuple[str, int]]:
        return sorted((sentence.field.value, sentence.start) for sentence in self.reading.sentences)

    @cached_property
    def _places_by_sentence(self) -> dict[int, list[PlaceMention]]:
        grouped: dict[int, list[PlaceMention]] = {}
        for mention in self.reading.places:
            grouped.setdefault(self._sentence_at(mention.span), []).append(mention)
        return grouped

    def tolls(self) -> tuple[Toll, ...]:
        """Return one range for each kind of count: the largest that is told, with who tells it."""
        kinds = dict.fromkeys(m.kind for m in self.impacts)
        largest = [found for kind in kinds if (found := self.largest(kind))]
        return tuple(Toll(kind=m.kind, low=m.low, high=m.high, speaker=m.speaker) for m in largest)

    def target_states(self) -> tuple[TargetState, ...]:
        """Return the newest state of each way or service: the last one told of each target and place."""
        states: dict[tuple[Target, str], TargetState] = {}
        for mention in (*self.opening, *self.ending):
            if isinstance(mention.target, Target):
                airborne = hazard_of(mention.target) is Hazard.AIRPORT
                airports = self.airports_listed(mention.span) if airborne else ()
                for place in airports or (self.area_near(mention.span),):
                    key = (mention.target, place.id if place else "")
                    states[key] = TargetState(target=mention.target, cue=mention.cue, place=place)
        return tuple(states.values())

    def measure_states(self) -> tuple[MeasureState, ...]:
        """Return the newest state of each official measure."""
        states = {
            m.target: MeasureState(measure=m.target, cue=m.cue, place=self.area_near(m.span))
            for m in (*self.opening, *self.ending)
            if isinstance(m.target, Measure)
        }
        return tuple(states.values())


def _is_way(mention: StatusMention) -> bool:
    return isinstance(mention.target, Target)


def _is_airport(place: Place | None) -> bool:
    return place is not None and place.kind is PlaceKind.AIRPORT


def _characters(spans: Iterable[Span]) -> frozenset[tuple[Field, int]]:
    """Return the characters of the spans; that two overlap is seen in one look, however many there are."""
    return frozenset((span.field, at) for span in spans for at in range(span.start, span.end))


def _nearest(span: Span, mentions: Iterable[PlaceMention]) -> Place | None:
    known = (m for m in mentions if m.place is not None)
    nearest = min(known, key=lambda m: _distance(m, span), default=None)
    return nearest.place if nearest else None


def _distance(mention: PlaceMention, span: Span) -> tuple[bool, int]:
    return mention.span.field is not span.field, abs(mention.span.start - span.start)
