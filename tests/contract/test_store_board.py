from dataclasses import replace

from builders import BKO, MALI, at, event
from contract.outbox_builders import changed, decision, opened

from bot.model.assessment import TargetState
from bot.model.event import ChangeKind, Event, EventState
from bot.model.hazard import Target
from bot.model.reading import Cue
from bot.services.ports import Store


def with_way(target: Target, **fields: object) -> Event:
    closed = TargetState(target=target, cue=Cue.CLOSED, place=BKO, since=at(-1))
    return event(id=f"event of {target}", targets=(closed,), **fields)


async def test_the_board_is_given_events_that_tell_of_airports_air_spaces_and_borders(store: Store) -> None:
    told = [with_way(target) for target in (Target.AIRPORT, Target.AIRSPACE, Target.BORDER, Target.FLIGHTS)]
    others = [with_way(Target.ROAD), event(MALI, id="no way", headline="Airport expansion is debated")]
    await store.commit([decision(*map(opened, [*told, *others]))])

    found = await store.events_with_ways(at(-1))

    assert found == tuple(sorted(told, key=lambda one: one.id))
    assert {one.targets[0].since for one in found} == {at(-1)}, "equal states may have different times"


async def test_what_is_old_withdrawn_or_merged_is_not_on_the_board(store: Store) -> None:
    shut = with_way(Target.AIRPORT)
    withdrawn = changed(shut, ChangeKind.RETRACTED, state=EventState.RETRACTED)
    old = replace(with_way(Target.BORDER), last_seen_at=at(-50))
    await store.commit([decision(opened(shut), opened(old))])
    assert await store.events_with_ways(at(-1)) == (shut,)
    await store.commit([decision(withdrawn)])
    assert await store.events_with_ways(at(-1)) == ()
