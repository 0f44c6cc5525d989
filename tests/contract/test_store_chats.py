from dataclasses import replace
from datetime import date, time
from functools import partial
from zoneinfo import ZoneInfo

from builders import BAMAKO, BKO, FRANCE, GAO, MALI, NIGER, at, chat, watch
from contract.outbox_builders import LEASE, alert, sent, waiting

from bot.model.alert import Delivery
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import ChatKind, ChatState, Disc, Ears, QuietHours, WatchKind
from bot.services.ports import Store


def spot(lat: float, lon: float) -> Disc:
    return Disc(point=Point(lat, lon), km=10)


async def heard(store: Store, *keys: str, places: tuple[Disc, ...] = (), **fields: object) -> set[str]:
    """Return the labels of the watches that have one of the keys, or hear one of the places at an extreme event."""
    ears = replace(Ears(severity=Severity.EXTREME, keys=keys, places=places), **fields)  # type: ignore[arg-type]
    return {one.watch.label for one in await store.watched(ears)}


async def test_a_chat_comes_back_as_it_was_saved_last(store: Store) -> None:
    group = chat(
        -1001234567890, kind=ChatKind.SUPERGROUP, language="fr", timezone="Africa/Bamako", thread_id=7,
        quiet=QuietHours(time(22, 30), time(6)),
    )  # fmt: skip
    assert await store.chat(group.id) is None

    await store.save_chat(replace(group, language="en"))
    await store.save_chat(group)

    assert await store.chat(group.id) == group


async def test_a_watch_comes_back_with_its_number_and_all_its_wishes(store: Store) -> None:
    await store.save_chat(chat())
    wish = watch(
        BAMAKO, radius_km=80, min_severity=Severity.MINOR, hazards=frozenset({Hazard.AIRPORT, Hazard.COUP}),
        active_from=date(2024, 9, 20), active_until=date(2024, 10, 1), trip_id="trip", muted_until=at(4),
        created_at=at(0), label="Bamako, l'hôtel",
    )  # fmt: skip

    kept = await store.add_watch(replace(wish, id=0))

    assert kept.id > 0
    assert await store.watches_of(1) == (kept,)
    assert replace(kept, id=wish.id) == wish


async def test_an_equal_watch_is_changed_and_keeps_its_number_and_age(store: Store) -> None:
    await store.save_chat(chat())
    first = await store.add_watch(watch(BAMAKO, created_at=at(0)))
    other = await store.add_watch(watch(GAO, created_at=at(1)))

    again = await store.add_watch(watch(BAMAKO, number=0, radius_km=20, created_at=at(5)))

    assert (again.id, again.radius_km, again.created_at) == (first.id, 20, at(0))
    assert await store.watches_of(1) == (again, other)


async def test_one_place_can_be_watched_by_several_chats_and_in_several_ways(store: Store) -> None:
    await store.save_chat(chat(1))
    await store.save_chat(chat(2))
    pin = watch(BAMAKO, kind=WatchKind.PIN)
    route = watch(BAMAKO, kind=WatchKind.ROUTE, area=(BAMAKO, GAO))
    for wish in (watch(BAMAKO), pin, route, replace(route, area=(GAO, BAMAKO)), watch(BAMAKO, chat_id=2)):
        await store.add_watch(wish)

    assert len(await store.watches_of(1)) == 4
    assert len(await store.watches_of(2)) == 1


async def test_a_watch_is_removed_by_its_own_chat_only(store: Store) -> None:
    await store.save_chat(chat(1))
    await store.save_chat(chat(2))
    kept = await store.add_watch(watch(MALI))

    assert not await store.remove_watch(2, kept.id)
    assert await store.remove_watch(1, kept.id)
    assert not await store.remove_watch(1, kept.id)
    assert await heard(store, "in ML") == set()


async def test_watches_are_heard_by_country_and_by_nearness(store: Store) -> None:
    await store.save_chat(chat())
    for place in (MALI, BAMAKO, BKO, NIGER, FRANCE):
        await store.add_watch(watch(place))

    assert await heard(store, "in ML") == {"Mali"}
    assert await heard(store, "all ML", f"of {BKO.id}") == {"Bamako", BKO.name}
    assert await heard(store, places=(spot(12.7, -8.1),)) == {"Bamako", BKO.name}
    assert await heard(store) == set()


async def test_a_watch_hears_as_far_as_the_severity_carries(store: Store) -> None:
    await store.save_chat(chat())
    await store.add_watch(watch(BAMAKO))
    far = (spot(12.61 + 2, -7.98),)  # 222 km

    assert await heard(store, places=far) == {"Bamako"}
    assert await heard(store, places=far, severity=Severity.SEVERE) == set()
    assert await heard(store, places=(spot(12.61 + 0.8, -7.98),), severity=Severity.SEVERE) == {"Bamako"}
    assert await heard(store, places=(spot(12.61 + 0.8, -7.98),), severity=Severity.MODERATE) == set()


async def test_what_does_not_listen_is_not_found(store: Store) -> None:
    await store.save_chat(chat())
    await store.add_watch(watch(BAMAKO, min_severity=Severity.EXTREME, label="extreme"))
    await store.add_watch(watch(GAO, hazards=frozenset({Hazard.COUP, Hazard.FLOOD}), label="coup"))
    await store.add_watch(watch(MALI, active_from=at(0).date(), active_until=at(0).date(), label="today"))
    await store.add_watch(watch(NIGER, muted_until=at(4), label="muted"))
    found = partial(heard, store, f"of {BAMAKO.id}", f"of {GAO.id}", "in ML", "in NE")

    assert await found() == {"extreme", "coup", "today", "muted"}
    assert await found(severity=Severity.SEVERE, now=at(5)) == {"coup", "today", "muted"}
    assert await found(now=at(3)) == {"extreme", "coup", "today"}
    assert await found(now=at(3), wakes=True) == {"extreme", "coup", "today", "muted"}
    assert await found(now=at(72)) == {"extreme", "coup", "muted"}
    assert await found(hazards=frozenset({Hazard.STORM})) == {"extreme", "today", "muted"}
    assert await found(hazards=frozenset({Hazard.STORM, Hazard.FLOOD})) == {"extreme", "coup", "today", "muted"}


async def test_a_watch_that_reaches_over_the_date_line_is_heard_on_both_sides(store: Store) -> None:
    await store.save_chat(chat())
    taveuni = Place(id="gn:2198148", name="Taveuni", kind=PlaceKind.CITY, country="FJ", point=Point(-16.85, 179.97))
    await store.add_watch(watch(taveuni, radius_km=100))

    for lon in (179.3, 179.97, -179.9, -179.5, 180, -180):
        assert await heard(store, places=(spot(-16.85, lon),)) == {"Taveuni"}
    assert await heard(store, places=(spot(-16.85, 170),)) == set()


async def test_a_narrower_radius_is_no_longer_heard_where_it_was(store: Store) -> None:
    await store.save_chat(chat())
    await store.add_watch(watch(BAMAKO, radius_km=300))
    far = (spot(12.61 + 2, -7.98),)
    assert await heard(store, places=far) == {"Bamako"}

    await store.add_watch(watch(BAMAKO, radius_km=20))

    assert await heard(store, places=far) == set()


async def test_watches_of_chats_that_stopped_are_kept_but_not_heard(store: Store) -> None:
    for number, state in enumerate(ChatState):
        await store.save_chat(chat(number, state=state))
        await store.add_watch(watch(MALI, chat_id=number, label=state))
    assert await heard(store, "in ML") == {ChatState.ACTIVE}

    await store.save_chat(chat(1, timezone=ZoneInfo("Africa/Bamako").key))

    assert await heard(store, "in ML") == {ChatState.ACTIVE, ChatState.STOPPED}


async def test_the_chat_comes_with_the_watch(store: Store) -> None:
    french = chat(5, language="fr")
    await store.save_chat(french)
    kept = await store.add_watch(watch(MALI, chat_id=5))

    (one,) = await store.watched(Ears(severity=Severity.MODERATE, keys=("in ML",)))

    assert (one.watch, one.chat) == (kept, french)


async def test_a_moved_group_keeps_its_settings_its_watches_and_what_it_was_told(store: Store) -> None:
    await store.save_chat(chat(-7, kind=ChatKind.GROUP, language="fr"))
    kept = await store.add_watch(watch(MALI, chat_id=-7))
    await waiting(store, alert(chat_id=-7))
    (claimed,) = await store.claim("me", at(0), 1, LEASE)
    await store.settle(claimed, sent(55), at(0))
    await waiting(store, alert("update-toll", chat_id=-7))

    await store.move_chat(-7, -1007)

    assert await store.chat(-7) is None
    assert await store.chat(-1007) == chat(-1007, kind=ChatKind.SUPERGROUP, language="fr")
    assert await store.watches_of(-1007) == (replace(kept, chat_id=-1007),)
    assert await store.watches_of(-7) == ()
    told = (await store.told(["event-1"]))[-1007, "event-1"]
    assert told.keys == {"-1007:event-1:first", "-1007:event-1:update-toll"}
    assert told.first is Delivery.SENT
    assert told.message_id is None, "a message of the old group cannot be answered in the new one"
    assert await store.commit([]) == 0
    (update,) = await store.claim("me", at(1), 8, LEASE)
    assert (update.chat.id, update.alert.chat_id, update.alert.match.watch.chat_id) == (-1007, -1007, -1007)


async def test_a_group_that_moves_while_it_is_being_told_is_settled_all_the_same(store: Store) -> None:
    await store.save_chat(chat(-7, kind=ChatKind.GROUP))
    await waiting(store, alert(chat_id=-7))
    (claimed,) = await store.claim("me", at(0), 1, LEASE)

    await store.move_chat(-7, -1007)

    assert await store.settle(claimed, sent(), at(0))
    assert (await store.told(["event-1"]))[-1007, "event-1"].first is Delivery.SENT


async def test_a_group_that_moves_onto_a_chat_with_the_same_wishes_has_each_once(store: Store) -> None:
    for number in (-7, -1007):
        await store.save_chat(chat(number, kind=ChatKind.GROUP))
        await store.add_watch(watch(MALI, chat_id=number))
        await waiting(store, alert(chat_id=number))
    await store.add_watch(watch(NIGER, chat_id=-7))

    await store.move_chat(-7, -1007)

    assert {one.label for one in await store.watches_of(-1007)} == {"Mali", "Niger"}
    assert len(await store.claim("me", at(0), 8, LEASE)) == 1


async def test_a_chat_that_is_not_known_cannot_move(store: Store) -> None:
    await store.move_chat(-7, -1007)

    assert await store.chat(-1007) is None


async def test_a_watch_is_found_when_its_time_has_come_and_not_before(store: Store) -> None:
    await store.save_chat(chat(1, state=ChatState.STOPPED))
    late = await store.add_watch(watch(MALI, due_at=at(5)))
    soon = await store.add_watch(watch(BAMAKO, due_at=at(2)))
    await store.add_watch(watch(GAO))
    assert await store.due_watches(at(1), 10) == ()
    assert [one.watch for one in await store.due_watches(at(5), 10)] == [soon, late]
    assert [one.watch for one in await store.due_watches(at(5), 1)] == [soon]
    await store.add_watch(replace(soon, due_at=None))
    assert [one.watch for one in await store.due_watches(at(9), 10)] == [late]


async def test_a_trip_to_a_watched_place_is_a_watch_of_its_own(store: Store) -> None:
    await store.save_chat(chat(1))
    home = await store.add_watch(watch(BAMAKO))
    first = await store.add_watch(watch(BAMAKO, trip_id="a"))
    second = await store.add_watch(watch(BAMAKO, trip_id="b"))
    assert await store.watches_of(1) == (home, first, second)
