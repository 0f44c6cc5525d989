"""The UK's index of travel advice, and the documents of its countries."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from support.feed_builders import NOW
from support.official import facts, official
from support.real_parts import RealDecoder

from bot.feeds.baseline import compare
from bot.model.assessment import Severity
from bot.model.item import Format, Item, Source, SourceKind
from bot.services.cap_links import Followed
from bot.services.country_pages import MOST_PAGES, follow_countries
from bot.services.ports import Fetched, FetchFailed, NotModified, Validators
from bot.storage.store import SqlStore

INDEX = "https://uk.example/api/content/foreign-travel-advice"
EARLIER = NOW - timedelta(hours=5)
BRITAIN = Source(id="uk", name="UK", url=INDEX, format=Format.FCDO, kind=SourceKind.OFFICIAL, languages=("en",))


def document(slug: str, issued: datetime = NOW, *states: str) -> dict[str, object]:
    return {
        "document_type": "travel_advice", "title": f"{slug} travel advice", "base_path": f"/x/{slug}",
        "public_updated_at": issued.isoformat(),
        "details": {"alert_status": list(states), "country": {"name": slug.title(), "slug": slug}},
    }  # fmt: skip


def index(issued: dict[str, datetime]) -> tuple[Item, ...]:
    rows = [document(slug, when) for slug, when in issued.items()]
    for row in rows:
        row["details"] = {
            "change_description": "Minor edits.",
            "country": {"name": row["title"], "slug": row["base_path"][3:]},
        }  # type: ignore[index]
    return official({"links": {"children": rows}}, Format.FCDO)


class Web:
    """The documents that there are; the others are a 503."""

    def __init__(self, **documents: dict[str, object]) -> None:
        self.documents, self.asked = documents, []

    async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        del validators
        slug = url.removeprefix(f"{INDEX}/")
        self.asked.append(slug)
        if slug not in self.documents:
            return FetchFailed(why="HTTP 503", status=503)
        body = json.dumps(self.documents[slug]).encode()
        return Fetched(body=body, content_type="application/json", validators=Validators(), url=url)


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as opened:
        yield opened


async def followed(store: SqlStore, web: Web, issued: dict[str, datetime]) -> Followed:
    found = await follow_countries(
        BRITAIN, Followed(items=index(issued)), NOW, store=store, fetcher=web, decoder=RealDecoder()
    )
    await store.keep_advice(compare(await store.advice_of("GB"), found.items, NOW, None).learnt)
    return found


async def test_each_countrys_level_is_fetched_once_and_again_when_it_is_issued_anew(store: SqlStore) -> None:
    web = Web(mali=document("mali", NOW, "avoid_all_travel_to_whole_country"), niger=document("niger", EARLIER))
    first = await followed(store, web, {"mali": NOW, "niger": EARLIER})
    levels = {facts(item).event_id: facts(item).level for item in first.items}
    assert levels["mali"] is not None
    assert (levels["mali"].whole, first.missing) == (Severity.SEVERE, 0)

    again = await followed(store, web, {"mali": NOW, "niger": EARLIER})
    assert (again.items, sorted(web.asked)) == ((), ["mali", "niger"])

    web.documents["niger"] = document("niger", NOW, "avoid_all_travel_to_parts")
    (item,) = (await followed(store, web, {"mali": NOW, "niger": NOW})).items
    assert facts(item).level is not None
    assert web.asked[2:] == ["niger"]


async def test_an_entry_whose_document_fails_stays_and_is_tried_again(store: SqlStore) -> None:
    found = await followed(store, Web(), {"mali": NOW})
    assert ([facts(item).level for item in found.items], found.missing) == ([None], 1)
    found = await followed(store, Web(mali=document("mali")), {"mali": NOW})
    assert found.missing == 0


async def test_of_very_many_the_newest_come_first_and_the_others_at_the_next_poll(store: SqlStore) -> None:
    slugs = {f"land{number}": NOW - timedelta(hours=number) for number in range(MOST_PAGES + 5)}
    web = Web(**{slug: document(slug, when) for slug, when in slugs.items()})
    assert (await followed(store, web, slugs)).missing == 5
    assert web.asked == list(slugs)[:MOST_PAGES]
    assert (await followed(store, web, slugs)).missing == 0
    assert sorted(web.asked) == sorted(slugs)


async def test_the_feed_of_changes_is_left_as_it_is(store: SqlStore) -> None:
    atom = Source(id="a", name="A", url="https://uk.example/foreign-travel-advice.atom", format=Format.FCDO)
    found = Followed(items=index({"mali": NOW}))
    assert await follow_countries(atom, found, NOW, store=store, fetcher=Web(), decoder=RealDecoder()) == found
