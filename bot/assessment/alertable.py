"""Whether the item is alerted: RUBRIC.md section 1 and the decided cases of section 5, each answer with its reason.

Words for a hazard speak for it: the more certain the phrase and the nearer to the head of the text, the more. Words
that show another sort of writing (a court, an anniversary, sport, a drill) speak against it. What is needed stands in
the scoring table; the reason names what decided, with its words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from bot.assessment.experience import Traits
from bot.assessment.facts import HARM, Facts
from bot.assessment.matter import Matter
from bot.assessment.traits import traits_of
from bot.model.hazard import Hazard
from bot.model.place import PlaceKind
from bot.model.reading import Genre, GenreMention, HazardMention, ImpactKind, StatusMention
from bot.model.text import Field, Span

FOLLOW_UPS = frozenset(
    {Genre.COURT, Genre.ANALYSIS, Genre.POLITICS, Genre.APPEAL, Genre.STATISTICS, Genre.CULTURE, Genre.BUSINESS}
)
"""Sorts of writing that are about an event without telling it anew: they join it as nothing new."""

PLAIN = 2
"""The strength of words that name a sort of writing, but do not settle it."""

CLAUSE_END = re.compile(r"[,;] ")

CRIME_WAVE = 3
"""People harmed from which a crime is no single ordinary one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The code of what decided, the words that did, whether it is alerted, or only joins a known event."""

    code: str
    spans: tuple[Span, ...] = ()
    alertable: bool = False
    follow_up: bool = False


def verdict(facts: Facts, found: Sequence[Matter]) -> Verdict:
    """Return whether the item is alerted, and why or why not; `found` has the main hazard first."""
    if not found:
        return _nothing(facts)
    if answer := _exercise(facts, found[0]):
        return answer
    for rule in (_denied, _small_accident, _single_crime):
        if answer := rule(facts, found[0]):
            return _second_opinion(facts, found, answer)
    return _second_opinion(facts, found, _weighed(facts, found))


def _words(mentions: Iterable[HazardMention | StatusMention | GenreMention]) -> tuple[Span, ...]:
    return tuple(mention.span for mention in mentions)


def _nothing(facts: Facts) -> Verdict:
    """Name why no hazard is reported, the nearest cause first."""
    if facts.denied:
        return Verdict("denied", _words(facts.denied))
    if facts.background:
        return Verdict("background", _words(facts.background))
    if facts.reading.genres:
        return Verdict(facts.reading.genres[0].genre.value, _words(facts.reading.genres))
    return Verdict("no-hazard")


def _exercise(facts: Facts, _main: Matter) -> Verdict | None:
    """A CAP message that is not `Actual` is an exercise, a test or a draft."""
    cap = facts.item.cap
    return Verdict("cap-exercise") if cap is not None and cap.status != "Actual" else None


def _denied(facts: Facts, main: Matter) -> Verdict | None:
    """A denial in the title stands against what the body only repeats ("no tsunami threat after the quake")."""
    said = tuple(span for span in _words(facts.denied) if facts.in_top(span))
    told = any(facts.in_top(span) for span in main.spans)
    return Verdict("denied", said) if said and not told else None


def _small_accident(facts: Facts, main: Matter) -> Verdict | None:
    """A crash or collapse with few dead and hurt touches nobody else, unless a way is shut or people must leave."""
    row = facts.scoring.hazards[main.hazard]
    if not row.needs_killed or facts.opening or facts.ending or facts.goes_on:
        return None
    toll = facts.largest(ImpactKind.KILLED)
    if row.needs_of and not (toll and toll.high and row.needs_of.issuperset(m.phrase for m in main.mentions)):
        return None
    at_airport = any(place.kind is PlaceKind.AIRPORT for place in facts.places)
    hurt = facts.largest(ImpactKind.INJURED)
    many = facts.lost >= row.needs_killed or bool(hurt and row.needs_injured and hurt.low >= row.needs_injured)
    if many or at_airport or facts.largest(ImpactKind.EVACUATED):
        return None
    if any(facts.scoring.phrase_points(m.phrase) is not None for m in main.mentions):
        return None
    return Verdict("small-accident", main.spans)


def _single_crime(facts: Facts, main: Matter) -> Verdict | None:
    """A single ordinary crime is no news for a traveller."""
    if main.hazard is not Hazard.CRIME or main.opening or main.ending:
        return None
    harmed = any(m.kind in HARM and m.low >= CRIME_WAVE for m in facts.impacts)
    wave = any(m.strength > 1 for m in main.mentions)
    return None if harmed or wave else Verdict("single-crime", main.spans)


def second_traits(facts: Facts, found: Sequence[Matter]) -> Traits:
    """Return the traits that the second opinion is formed by; `found` has the main hazard first."""
    net = _for(facts, found) - sum(weight for weight, _, _ in _genres(facts)) - facts.scoring.evidence.needed
    return traits_of(facts, net)


def _second_opinion(facts: Facts, found: Sequence[Matter], answer: Verdict) -> Verdict:
    """Take back an alert that reads like talk about an event; let through what the rules stopped but reads like news.

    What an authority sends is no newspaper's prose, and stands.
    """
    known, language = facts.scoring.experience, facts.reading.language
    if facts.item.official or facts.item.cap is not None or not known.knows(language):
        return answer
    traits = second_traits(facts, found)
    leaning = known.leaning(language, traits)
    if answer.alertable and leaning < known.keep:
        return Verdict("reads-as-talk", known.words(language, traits, against=True), follow_up=True)
    if not answer.alertable and leaning > known.raises:
        return Verdict("reads-as-news", found[0].spans, alertable=True)
    return answer


def _weighed(facts: Facts, found: Sequence[Matter]) -> Verdict:
    """Weigh what speaks for the main hazard against what speaks against any news at all."""
    needed, main = facts.scoring.evidence.needed, found[0]
    against = _genres(facts)
    earlier = _earlier(facts, main)
    points = _for(facts, found) - (facts.scoring.evidence.background_title if earlier else 0)
    if points - sum(weight for weight, _, _ in against) >= needed:
        return Verdict("ended" if main.over else "event", main.spans, alertable=True)
    if points >= needed:
        _, genre, spans = against[0]
        return Verdict(genre.value, spans, follow_up=genre in FOLLOW_UPS)
    if earlier:
        return Verdict("background", earlier, follow_up=True)
    return Verdict("thin", main.spans)


def _for(facts: Facts, found: Sequence[Matter]) -> int:
    """Return the points of the main hazard and of what stands beside it: other hazards, a toll, an authority.

    A toll behind words of a follow-up tells of which event it is one ("Inquiry opens into the fire that killed 12").
    """
    table = facts.scoring.evidence
    counted = facts.harm_told and (_toll_leads(facts) or not any(_follows(facts, m) for m in facts.reading.genres))
    others = sum(table.again for other in found[1:3] if other.evidence >= table.needed)
    return (
        found[0].evidence
        + others
        + (table.toll if counted else 0)
        + (table.official if facts.item.official else 0)
        - (0 if facts.places else table.no_place)
        - (table.title_silent if _title_is_silent(facts, found) else 0)
    )


def _title_is_silent(facts: Facts, found: Sequence[Matter]) -> bool:
    """Tell whether there is a title without a word of what is plainly told: then the text only touches on it."""
    plain = [matter for matter in found if matter is found[0] or matter.evidence >= facts.scoring.evidence.needed]
    told = [span for matter in plain for span in matter.spans] + [m.span for m in facts.impacts if m.kind in HARM]
    told += [mention.span for mention in facts.reading.statuses]
    return facts.titled and not any(span.field is Field.TITLE for span in told)


def _follows(facts: Facts, mention: GenreMention) -> bool:
    """Tell whether words of the top are more than in passing those of a follow-up."""
    return mention.genre in FOLLOW_UPS and mention.strength >= PLAIN and facts.in_top(mention.span)


def _first_toll(facts: Facts) -> float:
    """Return where in the top the harmed are first counted."""
    return min(
        (m.span.start for m in facts.impacts if m.kind in HARM and m.high > 0 and facts.in_top(m.span)), default=inf
    )


def _toll_leads(facts: Facts) -> bool:
    """Tell whether the top counts the harmed before any words of a follow-up: then the toll is the news."""
    return _first_toll(facts) < min((m.span.start for m in facts.reading.genres if _follows(facts, m)), default=inf)


def _news_told(facts: Facts) -> float:
    """Return where the top has told its news: at its first toll, or behind the clause of its first certain hazard."""
    text = facts.item.title if facts.titled else facts.item.text
    certain = min((m.span.end for m in facts.hazards if m.strength > PLAIN and facts.in_top(m.span)), default=None)
    clause = CLAUSE_END.search(text, certain) if certain is not None else None
    return min(_first_toll(facts), clause.start() if clause else inf)


def _earlier(facts: Facts, main: Matter) -> tuple[Span, ...]:
    """Return the title's words about an earlier day, if it has none about now."""
    earlier = tuple(span for span in _words(facts.background) if facts.in_top(span))
    return () if any(facts.in_top(span) for span in main.spans) else earlier


def _genres(facts: Facts) -> list[tuple[int, Genre, tuple[Span, ...]]]:
    """Return what each sort of writing takes away, the heaviest first.

    A word of the top takes its full weight, one below a third; several words of the head add up to the full weight.
    Words of a follow-up that are not certain yield to what is told before them: a toll ("Three shot dead in Reno;
    motive unclear"), or the event in a clause of its own.
    """
    ranked = []
    told = _news_told(facts)
    for genre in dict.fromkeys(mention.genre for mention in facts.reading.genres):
        said = [mention for mention in facts.reading.genres if mention.genre is genre]
        yields = PLAIN if genre in FOLLOW_UPS or genre is Genre.SPORT else 0
        step = facts.scoring.evidence.genres[genre]
        full = step * max(mention.strength for mention in said)
        decides = [m for m in said if facts.in_top(m.span) and (m.strength > yields or m.span.start < told)]
        top = max((step * m.strength for m in decides), default=0)
        head = sum(step * m.strength // 3 for m in said if facts.in_head(m.span) and not facts.in_top(m.span))
        weight = max(top, min(full, head), full // 3)
        if weight:
            ranked.append((weight, genre, _words(said)))
    return sorted(ranked, key=lambda row: -row[0])
