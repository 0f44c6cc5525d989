from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import BAMAKO, MALI, NIGER, assessment, at, chat, event, item, watch
from service_fakes import HandClock, ListDecoder, ScriptedFetcher, ToldUnderstander

from bot.feeds.rhythm import Rhythm
from bot.model.alert import AlertReason, Delivery
from bot.model.assessment import Assessment, MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, EventChange, EventState, Neighbourhood
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Item, Source, SourceKind
from bot.model.place import Point
from bot.model.reading import Cue, ImpactKind
from bot.services.ingest import AT_ONCE, Ingest, alerts_for
from bot.services.ports import Decision, Fetched, FetchFailed, Moved, NotModified, Settlement, SourceState, Validators
from bot.storage.store import SqlStore

WIRE = Source(id="sahel-wire", name="Sahel Wire", url="https://wire.example/rss")
HEARD = SourceState(source_id=WIRE.id, last_success_at=at(-1))
ATTACK = item("Gunmen attack Bamako")
IN_MALI = Neighbourhood(countries=("ML",), points=(), km=0, since=at(-72))


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as opened:
        for number, place in ((1, MALI), (2, BAMAKO), (3, NIGER)):
            await opened.save_chat(chat(number))
            await opened.add_watch(watch(place, chat_id=number))
        yield opened


def attack_in_bamako(_: Item) -> Assessment:
    return assessment(BAMAKO)


def ingest(store: SqlStore, *items: Item, **parts: object) -> Ingest:
    given = {
        "fetcher": ScriptedFetcher(), "decoder": ListDecoder(*items),
        "understander": ToldUnderstander(attack_in_bamako), "clock": HandClock(),
    } | parts  # fmt: skip
    return Ingest(store=store, first_poll_window=timedelta(hours=6), **given)  # type: ignore[arg-type]


async def waiting(store: SqlStore) -> int:
    return (await store.outbox_counts()).get(Delivery.NEW, 0)


async def test_an_item_alerts_exactly_the_chats_that_watch_its_place(store: SqlStore) -> None:
    polled, _ = await ingest(store, ATTACK).poll(WIRE, HEARD)
    assert (polled.new_items, polled.changes, polled.alerts) == (1, 1, 2)
    claimed = await store.claim("test", at(0), 10, timedelta(seconds=30))
    assert {one.chat.id for one in claimed} == {1, 2}


async def test_the_same_feed_polled_again_tells_nothing_again(store: SqlStore) -> None:
    intake = ingest(store, ATTACK)
    await intake.poll(WIRE, HEARD)
    polled, _ = await intake.poll(WIRE, HEARD)
    assert (polled.new_items, polled.alerts) == (0, 0)
    assert await waiting(store) == 2


async def test_a_failing_source_keeps_its_reason_and_ends_nothing(store: SqlStore) -> None:
    await ingest(store, ATTACK).poll(WIRE, HEARD)
    down = ScriptedFetcher(FetchFailed(why="HTTP 503"))
    polled, state = await ingest(store, fetcher=down).poll(WIRE, HEARD)
    assert polled.failing == state.failing == "HTTP 503"
    assert len(await store.live_events()) == 1
    assert (await store.source_states())[WIRE.id] == state


async def test_bytes_that_are_no_feed_make_the_source_failing(store: SqlStore) -> None:
    page = ListDecoder(failing="an HTML page instead of a feed")
    _, state = await ingest(store, decoder=page).poll(WIRE, HEARD)
    assert state.failing == "an HTML page instead of a feed"


async def test_validators_are_kept_and_a_304_changes_nothing_else(store: SqlStore) -> None:
    fetcher = ScriptedFetcher(
        Fetched(body=b"", content_type="", validators=Validators(etag='"1"'), url=""),
        NotModified(validators=Validators(etag='"1"')),
    )
    intake = ingest(store, ATTACK, fetcher=fetcher)
    _, state = await intake.poll(WIRE, HEARD)
    polled, _ = await intake.poll(WIRE, state)
    assert fetcher.asked_with == [Validators(), Validators(etag='"1"')]
    assert polled.new_items == 0


async def test_the_first_poll_of_a_source_tells_fresh_news_and_learns_older_news_in_silence(store: SqlStore) -> None:
    older = item("Gunmen attack Bamako", hours=-7)
    polled, _ = await ingest(store, older).poll(WIRE, SourceState(source_id=WIRE.id))
    assert (polled.changes, polled.alerts) == (1, 0)
    fresh = item("Gunmen attack Bamako again", hours=-1)
    polled, _ = await ingest(store, older, fresh).poll(Source(id="x", name="X", url="u"), SourceState(source_id="x"))
    assert polled.new_items == 1


async def test_news_older_than_three_days_opens_no_event(store: SqlStore) -> None:
    polled, _ = await ingest(store, item("Gunmen attack Bamako", hours=-73)).poll(WIRE, HEARD)
    assert (polled.new_items, polled.changes) == (1, 0)


async def test_an_item_that_cannot_be_read_costs_only_itself(store: SqlStore) -> None:
    bad = item("A text that never ends")
    understander = ToldUnderstander(attack_in_bamako, unreadable=[bad.title])
    intake = ingest(store, bad, ATTACK, understander=understander)
    polled, _ = await intake.poll(WIRE, HEARD)
    assert (polled.unreadable, polled.alerts) == (1, 2)
    await intake.poll(WIRE, HEARD)
    assert understander.understood.count(bad.title) == 1


async def test_an_item_is_judged_again_when_its_event_changed_meanwhile(store: SqlStore) -> None:
    class Meddling:
        """Lets another writer commit the same event first, once."""

        def __init__(self) -> None:
            self.met = 0

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        async def commit(self, decisions: list[Decision]) -> int:
            self.met += 1
            if self.met == 1:
                await ingest(store, item("Shots in Bamako", outlet="Other Wire")).poll(WIRE, HEARD)
            return await store.commit(decisions)

    await ingest(store, ATTACK).poll(WIRE, HEARD)
    meddling = Meddling()
    third = item("Explosions in Bamako", outlet="Third Wire")
    await ingest(meddling, third).poll(WIRE, HEARD)  # type: ignore[arg-type]
    assert meddling.met == 2
    (event,) = await store.live_events()
    assert len(event.reports) == 3


async def test_a_store_that_breaks_leaves_the_item_unseen_so_that_it_is_read_again(store: SqlStore) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        async def commit(self, _: list[Decision]) -> int:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await ingest(Broken(), ATTACK).poll(WIRE, HEARD)  # type: ignore[arg-type]
    polled, _ = await ingest(store, ATTACK).poll(WIRE, HEARD)
    assert polled.alerts == 2


async def test_a_source_that_opens_more_than_three_events_an_hour_is_heard_but_not_told(store: SqlStore) -> None:
    towns = [replace(BAMAKO, id=f"x:{n}", point=Point(BAMAKO.point.lat + n, BAMAKO.point.lon)) for n in range(6)]
    items = [item(f"Alarm {n}", hours=n / 10) for n in range(5)] + [item("Alarm 5", hours=3)]
    intake = ingest(
        store, *items, clock=HandClock(at(3)),
        understander=ToldUnderstander(lambda one: assessment(towns[int(one.title[-1])])),
    )  # fmt: skip
    polled, _ = await intake.poll(WIRE, HEARD)
    assert (polled.changes, polled.held_back) == (6, 2)
    assert len(await store.live_events()) == 6
    told = {event_id for _, event_id in await store.told([event.id for event in await store.live_events()])}
    assert len(told) == 4

    second = ingest(store, item("Alarm 4", outlet="Le Fleuve", hours=3), clock=HandClock(at(3)),
                    understander=ToldUnderstander(lambda _: assessment(towns[4])))  # fmt: skip
    polled, _ = await second.poll(WIRE, HEARD)
    assert polled.alerts == 1, "a second voice confirms it"


@pytest.mark.parametrize(("muted", "reached"), [(None, 2), (24, 1)])
async def test_who_was_told_of_a_whole_country_hears_the_end_though_it_was_in_a_far_town(
    store: SqlStore, muted: float | None, reached: int
) -> None:
    far = replace(BAMAKO, id="x:far", point=Point(BAMAKO.point.lat + 6, BAMAKO.point.lon), capital=False)
    (bamako,) = await store.watches_of(2)
    order = MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=MALI)
    everywhere = assessment(MALI, Hazard.UNREST, measures=(order,))
    clearer = event(far, Hazard.UNREST, id="e", version=2)
    intake = ingest(store, item("Curfew"), understander=ToldUnderstander(lambda _: everywhere))
    await intake.poll(WIRE, HEARD)
    (before,) = await store.live_events()
    for claimed in await store.claim("test", at(0), 10, timedelta(seconds=30)):
        await store.settle(claimed, Settlement(state=Delivery.SENT, message_id=7), at(0))
    moved = replace(clearer, id=before.id, version=before.version + 1)
    ended = replace(moved, version=moved.version + 1, state=EventState.ENDED, severity=Severity.MINOR)
    change = EventChange(kind=ChangeKind.ENDED, before=moved, after=ended, cause=None, at=at(2))
    if muted:
        await store.add_watch(replace(bamako, muted_until=at(muted)))
    alerts = await alerts_for((change,), store, at(2))
    assert {alert.chat_id for alert in alerts} == set(range(1, 1 + reached))
    assert {alert.reason for alert in alerts} == {AlertReason.ALL_CLEAR}


async def test_an_all_clear_from_a_quick_source_ends_the_attack_that_a_slow_one_reports_later(store: SqlStore) -> None:
    clear = item("Bamako: the attack is over", outlet="Ministry", official=True, hours=2)
    over = assessment(
        BAMAKO, status=Status.ENDED, severity=Severity.MINOR,
        targets=(TargetState(target=Target.HAZARD, cue=Cue.ALL_CLEAR, place=BAMAKO),),
    )  # fmt: skip
    told = ToldUnderstander(lambda one: over if one.id == clear.id else assessment(BAMAKO))
    intake = ingest(store, understander=told, clock=HandClock(at(3)))
    await intake.take("ministry", [clear])
    polled = await intake.take(WIRE.id, [ATTACK])
    (event_,) = await store.known_events(IN_MALI)

    assert event_.state is EventState.ENDED
    assert [report.item_id for report in event_.reports] == [ATTACK.id, clear.id]
    assert polled.alerts == 0
    assert await waiting(store) == 0


async def test_an_older_report_takes_nothing_back_and_rings_nobody_twice(store: SqlStore) -> None:
    graver = item("Seventeen killed in Bamako", outlet="Radio Sud", hours=2)
    seventeen = (Toll(kind=ImpactKind.KILLED, low=17, high=17),)
    told = ToldUnderstander(
        lambda one: assessment(BAMAKO, impacts=seventeen) if one.id == graver.id else assessment(BAMAKO)
    )
    intake = ingest(store, understander=told, clock=HandClock(at(3)))
    await intake.take("radio-sud", [graver])
    before = await waiting(store)
    await intake.take(WIRE.id, [ATTACK])
    (event_,) = await store.known_events(IN_MALI)

    assert event_.impacts == seventeen
    assert event_.first_seen_at == at(0)
    assert await waiting(store) == before


async def test_after_a_downtime_what_came_meanwhile_is_told_and_nothing_that_is_older(store: SqlStore) -> None:
    before, meanwhile = item("Shooting in Niger", hours=-60), item("Gunmen attack Bamako", hours=-30)
    by_title = ToldUnderstander(lambda one: assessment(NIGER if "Niger" in one.title else BAMAKO))
    down = SourceState(source_id=WIRE.id, last_success_at=at(-40))

    polled, _ = await ingest(store, before, meanwhile, understander=by_title).poll(WIRE, down)

    assert (polled.new_items, polled.changes) == (2, 2)
    claimed = await store.claim("test", at(0), 10, timedelta(seconds=30))
    assert {one.chat.id for one in claimed} == {1, 2}, "3 watches Niger"


async def test_a_source_that_publishes_late_is_heard_while_the_service_runs(store: SqlStore) -> None:
    decoder = ListDecoder()
    running = ingest(store, decoder=decoder)
    _, state = await running.poll(WIRE, HEARD)
    decoder.items = (item("Gunmen attack Bamako", hours=-20),)

    polled, _ = await running.poll(WIRE, state)

    assert polled.alerts == 2


async def test_a_source_that_had_nothing_new_after_the_downtime_may_publish_late_too(store: SqlStore) -> None:
    same, changed = (
        NotModified(validators=Validators()),
        Fetched(body=b"", content_type="", validators=Validators(), url=""),
    )
    running = ingest(store, item("Gunmen attack Bamako", hours=-20), fetcher=ScriptedFetcher(same, changed))
    _, state = await running.poll(WIRE, HEARD)

    polled, _ = await running.poll(WIRE, state)

    assert polled.alerts == 2


async def test_of_a_flood_the_newest_items_are_judged_first(store: SqlStore) -> None:
    flood = [item(f"Notice {number}", hours=number / 100) for number in range(2 * AT_ONCE + 5)]
    understander = ToldUnderstander(attack_in_bamako)
    await ingest(store, understander=understander, clock=HandClock(at(3))).take(WIRE.id, flood)
    order = [int(title.split()[1]) for title in understander.understood]
    assert order == [*range(AT_ONCE + 5, 2 * AT_ONCE + 5), *range(5, AT_ONCE + 5), *range(5)]


@pytest.mark.parametrize("kind", [SourceKind.NEWS, SourceKind.OFFICIAL])
async def test_a_newsrooms_feed_that_is_suddenly_empty_is_a_fault_and_an_authoritys_is_not(
    store: SqlStore, kind: SourceKind
) -> None:
    before = replace(HEARD, last_item_at=at(-1), validators=Validators(etag='"full"'))
    _, state = await ingest(store).poll(replace(WIRE, kind=kind), before)
    if kind is SourceKind.OFFICIAL:
        assert state.failing is None
    else:
        assert state.failing == "an empty feed, though it was not empty before"
        assert state.validators == before.validators


async def test_a_source_that_moved_for_good_is_asked_where_it_moved(store: SqlStore) -> None:
    class Listening(ScriptedFetcher):
        asked: str = ""

        async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
            self.asked = url
            return await super().fetch(url, validators)

    fetcher = Listening()
    moved = Moved(to="https://new.example/rss", since=at(-30), seen=3, kept=True)
    await ingest(store, ATTACK, fetcher=fetcher).poll(WIRE, replace(HEARD, moved=moved))
    assert fetcher.asked == "https://new.example/rss"


async def test_a_poll_that_brings_news_turns_the_content_clock_and_one_without_does_not(store: SqlStore) -> None:
    clock = HandClock(at(1))
    intake = ingest(store, ATTACK, clock=clock)
    _, state = await intake.poll(WIRE, HEARD)
    assert (state.stirred_at, state.last_success_at) == (at(1), at(1))
    clock.turn(hours=1)
    _, state = await intake.poll(WIRE, state)
    assert (state.stirred_at, state.last_success_at) == (at(1), at(2))


async def test_the_rhythm_that_a_feed_asks_for_is_kept(store: SqlStore) -> None:
    feed = Fetched(
        body=b"<rss><channel><ttl>30</ttl></channel></rss>", content_type="", validators=Validators(), url=""
    )
    _, state = await ingest(store, ATTACK, fetcher=ScriptedFetcher(feed)).poll(WIRE, HEARD)
    assert state.rhythm == Rhythm(ttl=timedelta(minutes=30))


async def test_items_that_change_nothing_share_a_transaction_and_none_is_lost(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups: list[int] = []
    commit = store.commit

    async def counted(decisions: Sequence[Decision]) -> int:
        groups.append(len(decisions))
        return await commit(decisions)

    def nothing(_: Item) -> Assessment:
        return assessment(None, alertable=False, hazard=None)

    monkeypatch.setattr(store, "commit", counted)
    titles = ("Council meets", "Choir sings", "Shares rise")
    calm = [item(title, hours=0.1 * number) for number, title in enumerate(titles)]
    intake = ingest(store, *calm, understander=ToldUnderstander(nothing))
    polled, _ = await intake.poll(WIRE, HEARD)
    assert (polled.new_items, groups) == (3, [3])
    assert await store.unseen(calm) == ()
