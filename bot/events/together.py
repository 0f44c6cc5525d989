"""Two events as one, and one as two, as an operator decides it: what is known of each once that is decided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.events.change import named, standing
from bot.events.correction import put_right
from bot.events.lifecycle import corroborated
from bot.events.likeness import is_copy
from bot.events.merge import join
from bot.events.opening import may_open, opened, shown
from bot.events.tolls import counted
from bot.events.touching import LOCAL, any_touch, covers, without_holders
from bot.events.turn import judge_time
from bot.events.ways import taken_in
from bot.model.assessment import Assessment, Certainty
from bot.model.event import Event, Report, Statement


def together(kept: Event, gone: Event) -> Event:
    """Return the kept event with all that was known of the other: facts alone, its state is decided by who asks.

    The newer word counts where only one can be true; a text that both took over from one wire is one voice.
    """
    older, newer = sorted((kept, gone), key=lambda event: (event.last_seen_at, event.id))
    inside = kept.place.kind not in LOCAL and covers(kept.place, gone.place)
    place = gone.place if inside else kept.place
    area = (place, *without_holders((place, *kept.area, *gone.area)))
    hazards = (*kept.also, gone.hazard, *gone.also)
    terms = [term for term in (kept.expires_at, gone.expires_at) if term is not None]
    after = replace(
        kept,
        place=place,
        area=tuple({one.id: one for one in area}.values()),
        also=tuple(dict.fromkeys(one for one in hazards if one is not kept.hazard)),
        urgency=max(kept.urgency, gone.urgency),
        certainty=max(kept.certainty, gone.certainty),
        status=newer.status,
        headline=gone.headline if gone.severity > kept.severity else kept.headline,
        impacts=counted(older.impacts, newer.impacts, official=newer.official, late=False),
        targets=taken_in(older.targets, newer.targets, place).entries,
        measures=taken_in(older.measures, newer.measures, place).entries,
        reports=_reports(kept, gone),
        reassured=kept.reassured or gone.reassured,
        first_seen_at=min(kept.first_seen_at, gone.first_seen_at),
        last_seen_at=newer.last_seen_at,
        occurred_at=kept.occurred_at or gone.occurred_at,
        expires_at=max(terms, default=None),
        mistaken=tuple({one.id: one for one in (*kept.mistaken, *gone.mistaken)}.values()),
    )
    certainty = Certainty.OBSERVED if corroborated(after) else after.certainty
    return replace(after, certainty=certainty, severity=shown(after, max(standing(kept), standing(gone))))


def _reports(kept: Event, gone: Event) -> tuple[Report, ...]:
    """Return the reports of both in the order of time, each of the voice that it copies."""
    others = (replace(one, voice=_voice(one, kept)) for one in gone.reports)
    every = {one.item_id: one for one in (*others, *kept.reports)}
    return tuple(sorted(every.values(), key=lambda one: (one.published_at, one.item_id)))


def _voice(report: Report, event: Event) -> str:
    return next((one.voice for one in event.reports if is_copy(one.runs, report.runs)), report.voice)


def told_together(said: Sequence[Statement], now: datetime) -> Event | None:
    """Return the one event that these statements make, whatever each would be judged to be about.

    None where none of them tells of something that happens, and could begin an event.
    """
    ordered = sorted(said, key=lambda one: one.order)
    first = next((one for one in ordered if any(map(may_open, one.assessments))), None)
    if first is None:
        return None
    assessment = next(one for one in first.assessments if may_open(one))
    event = opened(first.item, assessment, first.at, first.at).after
    for one in ordered:
        if one is not first and one.assessments:
            event = _joined(event, one)
    return _aged(event, now)


def _joined(event: Event, said: Statement) -> Event:
    event = _aged(event, said.at)
    there = [one for one in said.assessments if any_touch(one.places, event.area)]
    assessment: Assessment = (there or said.assessments)[0]
    return named(put_right(join(event, said.item, assessment, said.at)), said.at, ()).after


def _aged(event: Event, now: datetime) -> Event:
    change = judge_time(event, now)
    return change.after if change else event
