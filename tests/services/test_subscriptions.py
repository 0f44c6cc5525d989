"""Finding places and keeping watches, over the fake store and the real one."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from builders import BAMAKO, BKO, GAO, MALI, at
from fakes import ATLANTA, PARIS, PARIS_TEXAS, TRIPOLI_LEBANON, TRIPOLI_LIBYA, FakeAtlas, FakeStore
from service_fakes import HandClock

from bot.model.assessment import Severity
from bot.model.place import Point
from bot.model.watch import ChatKind, ChatState, Watch, WatchKind
from bot.services.atlas import Exact, Several, TooLong, Unknown
from bot.services.subscriptions import MOST_WATCHES, Full, Subscriptions
from bot.storage.store import SqlStore


@pytest.fixture(params=["fake", "real"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[FakeStore | SqlStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as real:
        yield real


@pytest.fixture
async def subscriptions(store: FakeStore | SqlStore) -> Subscriptions:
    """The services, with two chats that have started."""
    made = Subscriptions(store, FakeAtlas(), HandClock())  # type: ignore[arg-type]
    for chat_id in (1, 2):
        await made.start(chat_id, ChatKind.PRIVATE)
    return made


async def test_a_name_means_one_place_several_or_none(subscriptions: Subscriptions) -> None:
    assert await subscriptions.finding.find("  mali ") == Exact(MALI)
    assert await subscriptions.finding.find("BKO") == Exact(BKO)
    assert await subscriptions.finding.find("Paris") == Exact(PARIS, (PARIS_TEXAS,))
    assert await subscriptions.finding.find("tripoli") == Several((TRIPOLI_LIBYA, TRIPOLI_LEBANON))
    assert await subscriptions.finding.find("Atlantis") == Unknown((ATLANTA,))
    assert await subscriptions.finding.find(" ") == Unknown(())
    assert await subscriptions.finding.find("x" * 257) == TooLong()


async def test_the_kind_of_watch_follows_the_place(subscriptions: Subscriptions) -> None:
    kept = [await subscriptions.watch(1, place, 80) for place in (MALI, BAMAKO, BKO)]
    assert all(isinstance(watch, Watch) for watch in kept)
    assert [(watch.kind, watch.radius_km) for watch in kept if isinstance(watch, Watch)] == [
        (WatchKind.COUNTRY, None),
        (WatchKind.PLACE, 80),
        (WatchKind.AIRPORT, 80),
    ]


async def test_watching_the_same_place_again_changes_its_radius_and_doubles_nothing(
    subscriptions: Subscriptions,
) -> None:
    await subscriptions.watch(1, BAMAKO)
    again = await subscriptions.watch(1, BAMAKO, 30)
    assert isinstance(again, Watch)
    assert again.radius_km == 30
    assert await subscriptions.watches(1) == (again,)
    assert again.created_at == at(0)


async def test_a_radius_is_brought_within_reason(subscriptions: Subscriptions) -> None:
    small, large = await subscriptions.watch(1, BAMAKO, 0), await subscriptions.watch(1, GAO, 9999)
    assert isinstance(small, Watch)
    assert isinstance(large, Watch)
    assert (small.radius_km, large.radius_km) == (1, 2000)


async def test_a_chat_has_at_most_fifty_watches_but_may_change_those_it_has(subscriptions: Subscriptions) -> None:
    for index in range(MOST_WATCHES):
        assert isinstance(await subscriptions.pin(1, Point(10 + index / 100, -8)), Watch)
    assert await subscriptions.watch(1, MALI) == Full()
    assert isinstance(await subscriptions.pin(1, Point(10, -8), 20), Watch)
    assert isinstance(await subscriptions.watch(2, MALI), Watch)


async def test_a_pin_keeps_three_decimals_and_its_country(subscriptions: Subscriptions) -> None:
    pin = await subscriptions.pin(1, Point(12.639_234, -8.002_889))
    at_sea = await subscriptions.pin(1, Point(0.0001, -0.0001))
    assert isinstance(pin, Watch)
    assert isinstance(at_sea, Watch)
    assert (pin.area[0].id, pin.area[0].country, pin.area[0].point) == (
        "pin:12.639,-8.003",
        "ML",
        Point(12.639, -8.003),
    )
    assert at_sea.area[0].country is None


async def test_nobody_drops_the_watch_of_another_chat(subscriptions: Subscriptions) -> None:
    mine = await subscriptions.watch(1, MALI)
    assert isinstance(mine, Watch)
    assert await subscriptions.unwatch(2, mine.id) is False
    assert await subscriptions.unwatch(1, mine.id) is True
    assert await subscriptions.unwatch(1, mine.id) is False


async def test_start_is_idempotent_and_keeps_what_was_set() -> None:
    store = FakeStore()
    subscriptions = Subscriptions(store, FakeAtlas(), HandClock())  # type: ignore[arg-type]
    first = await subscriptions.start(1, ChatKind.PRIVATE, language="fr")
    await subscriptions.set_timezone(first.chat, "Africa/Bamako")
    await subscriptions.stop(1)
    writes = store.writes
    second = await subscriptions.start(1, ChatKind.PRIVATE, language="en")
    await subscriptions.start(1, ChatKind.PRIVATE, language="en")
    assert (first.known, second.known) == (False, True)
    assert (second.chat.language, second.chat.timezone, second.chat.state) == (
        "fr", "Africa/Bamako", ChatState.ACTIVE,
    )  # fmt: skip
    assert store.writes == writes + 1


async def test_an_unknown_zone_changes_nothing(subscriptions: Subscriptions) -> None:
    chat = await subscriptions.chat(1)
    assert chat is not None
    assert (await subscriptions.set_timezone(chat, "Mars/Olympus")).timezone == "UTC"
    assert (await subscriptions.set_timezone(chat, "../../etc/passwd")).timezone == "UTC"


async def test_the_least_severity_holds_for_all_watches_and_for_new_ones(subscriptions: Subscriptions) -> None:
    await subscriptions.watch(1, MALI)
    await subscriptions.watch(1, BAMAKO)
    await subscriptions.set_least_severity(1, Severity.EXTREME)
    await subscriptions.watch(1, GAO)
    assert {watch.min_severity for watch in await subscriptions.watches(1)} == {Severity.EXTREME}
    assert await subscriptions.least_severity(2) is Severity.MODERATE


async def test_what_is_not_known_can_be_stopped_lost_and_moved_without_harm(subscriptions: Subscriptions) -> None:
    await subscriptions.stop(9)
    await subscriptions.lost(9)
    await subscriptions.found_again(9)
    await subscriptions.moved(9, 10)
    assert await subscriptions.chat(9) is None
    assert await subscriptions.chat(10) is None


async def test_the_name_of_small_places_alone_brings_the_nearest_names_too() -> None:
    atlas = FakeAtlas()
    small = [replace(PARIS_TEXAS, id=f"gn:{index}", name="Atlantis", population=2_106 * index) for index in (2, 1)]
    atlas.places += small
    found = await Subscriptions(FakeStore(), atlas, HandClock()).finding.find("Atlantis")  # type: ignore[arg-type]
    assert found == Several((*small, ATLANTA))


async def test_the_watches_of_a_group_move_with_it(subscriptions: Subscriptions) -> None:
    await subscriptions.start(-5, ChatKind.GROUP)
    await subscriptions.watch(-5, MALI)
    await subscriptions.moved(-5, -1_005)
    assert [watch.label for watch in await subscriptions.watches(-1_005)] == ["Mali"]
    assert await subscriptions.watches(-5) == ()
