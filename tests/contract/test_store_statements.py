"""What items said of events, kept for when an older item comes in late."""

from dataclasses import replace

from builders import BAMAKO, GAO, NIGER, assessment, at, event, item, report
from contract.outbox_builders import changed, opened, prune

from bot.model.event import ChangeKind, Event, EventState, Neighbourhood, Statement
from bot.model.item import Item
from bot.model.place import Place
from bot.services.ports import Decision, Store

IN_MALI = Neighbourhood(countries=("ML",), points=(), km=0, since=at(-72))


def said(title: str, place: Place = BAMAKO, hours: float = 0) -> Statement:
    told = item(title, hours=hours)
    return Statement(item=told, assessments=(assessment(place),), at=at(hours))


def of(event_id: str, *statements: Statement) -> Event:
    reports = tuple(replace(report(), item_id=one.item.id, published_at=one.at) for one in statements)
    return event(id=event_id, reports=reports)


async def commit(store: Store, statement: Statement, *changes: object, heard: Item | None = None) -> None:
    await store.commit(
        [Decision(item=heard or statement.item, changes=changes, alerts=(), at=at(0), said=statement)]  # type: ignore[arg-type]
    )


async def test_what_was_said_of_an_event_comes_back_as_it_was_in_its_order(store: Store) -> None:
    first, second = said("Gunfire in Bamako"), said("Bamako airport shut", hours=1)
    one = of("one", first)
    await commit(store, first, opened(one))
    await commit(store, second, changed(one, reports=of("one", first, second).reports))

    assert await store.statements(IN_MALI, ["one"], at(5)) == (first, second)
    assert await store.statements(IN_MALI, [], at(5)) == ()


async def test_what_belongs_to_no_event_is_found_by_its_country_and_time(store: Store) -> None:
    early, late, abroad = said("Calm returns", hours=-3), said("Airport open", hours=2), said("Calm", NIGER, hours=2)
    for one in (early, late, abroad):
        await commit(store, one)

    assert await store.statements(IN_MALI, [], at(0)) == (late,)
    assert await store.statements(IN_MALI, [], at(-3)) == (early, late)
    assert await store.statements(replace(IN_MALI, countries=()), [], at(-3)) == ()


async def test_what_finds_its_event_later_belongs_to_it_from_then_on(store: Store) -> None:
    clear, attack = said("Airport open again", hours=2), said("Gunfire in Bamako")
    await commit(store, clear)
    await commit(store, attack, opened(of("one", attack, clear)))

    assert await store.statements(IN_MALI, [], at(0)) == ()
    assert await store.statements(IN_MALI, ["one"], at(0)) == (attack, clear)


async def test_the_statements_of_a_merged_event_belong_to_the_other(store: Store) -> None:
    attack, shut = said("Gunfire in Bamako"), said("Bamako airport shut")
    cause, closure = of("cause", attack), of("closure", shut)
    await commit(store, attack, opened(cause))
    await commit(store, shut, opened(closure))
    both = of("cause", attack, shut).reports
    gone = changed(closure, ChangeKind.MERGED, state=EventState.MERGED, merged_into="cause")
    await commit(store, said("Gunmen hold the airport", GAO), changed(cause, reports=both), gone)

    assert {one.item.id for one in await store.statements(replace(IN_MALI, countries=()), ["cause"], at(0))} == {
        attack.item.id, shut.item.id,
    }  # fmt: skip


async def test_a_second_wording_of_an_item_testifies_beside_the_first(store: Store) -> None:
    first = said("Gunfire in Bamako")
    again = replace(first, item=replace(first.item, content_key="reworded", fetched_at=at(1)))
    one = of("one", first)
    await commit(store, first, opened(one))
    await commit(store, again, replace(changed(one), cause=again.item.id))

    assert await store.statements(IN_MALI, ["one"], at(0)) == (first, again)


async def test_what_belongs_to_no_event_goes_in_time(store: Store) -> None:
    await commit(store, said("Calm returns", hours=-3))
    await prune(store, at(-4))
    assert await store.statements(IN_MALI, [], at(-3))
    await prune(store, at(-2))
    assert await store.statements(IN_MALI, [], at(-3)) == ()
