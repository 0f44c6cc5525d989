from datetime import UTC, datetime, timedelta

import pytest
from support.official import facts, official

from bot.feeds.baseline import Compared, compare
from bot.model.advice import Advice, Level
from bot.model.assessment import Severity
from bot.model.item import Format, Item

NONE, MINOR, MODERATE, SEVERE, _ = Severity
MONDAY = datetime(2024, 9, 16, 8, tzinfo=UTC)
HEARD = MONDAY + timedelta(hours=20)
TUESDAY = MONDAY + timedelta(days=1)
WORDS = {1: "Exercise Normal Precautions", 2: "Exercise Increased Caution", 3: "Reconsider Travel", 4: "Do Not Travel"}


def state(level: int, when: datetime = MONDAY, summary: str = "There is risk.") -> tuple[Item, ...]:
    return official(
        [{"Title": f"Mali - Level {level}: {WORDS[level]}", "Summary": summary, "Updated": when.isoformat()}],
        Format.US_STATE,
    )


def canada(level: int, *, parts: bool = False, when: datetime = MONDAY) -> tuple[Item, ...]:
    row = {"country-iso": "ML", "advisory-state": level, "has-regional-advisory": int(parts),
           "date-published": {"timestamp": when.timestamp()}, "eng": {"name": "Mali", "url-slug": "mali"}}  # fmt: skip
    return official({"data": {"ML": row}}, Format.CANADA)


def britain(*states: str, note: str = "", when: datetime = MONDAY) -> tuple[Item, ...]:
    document = {"document_type": "travel_advice", "title": "Mali travel advice", "public_updated_at": when.isoformat(),
                "details": {"alert_status": list(states), "change_description": note,
                            "country": {"name": "Mali", "slug": "mali"}}}  # fmt: skip
    return official(document, Format.FCDO)


def germany(**flags: bool) -> tuple[Item, ...]:
    row = {"lastModified": MONDAY.timestamp(), "countryCode": "ML", "countryName": "Mali", "warning": False}
    return official({"response": {"208": row | flags}}, Format.AUSWAERTIGES_AMT)


def kept(items: tuple[Item, ...]) -> dict[str, Advice]:
    return {one.subject: one for one in compare({}, items, MONDAY, None).learnt}


def after(first: tuple[Item, ...], then: tuple[Item, ...], now: datetime = TUESDAY) -> Compared:
    return compare(kept(first), then, now, HEARD)


def test_what_is_met_for_the_first_time_is_learnt_in_silence() -> None:
    found = compare({}, state(4), TUESDAY, None)
    assert [facts(item).standing for item in found.items] == [True]
    (mali,) = found.learnt
    assert (mali.country, mali.level.whole, mali.level.own_word, mali.since) == ("ML", SEVERE, "Level 4", MONDAY)
    assert (mali.turn, mali.before) == (0, None)


def test_a_rise_is_told_in_words_with_the_level_before_and_kept_with_since_when() -> None:
    found = after(state(3), state(4, TUESDAY))
    (item,) = found.items
    assert item.title == (
        "The United States raises its travel advice for Mali: level 4, do not travel "
        "(before: level 3, reconsider travel)"
    )  # fmt: skip
    assert (facts(item).standing, facts(item).ended, facts(item).severity) == (False, False, SEVERE)
    (mali,) = found.learnt
    assert (mali.since, mali.turn) == (TUESDAY, 1)
    assert mali.before is not None
    assert mali.before.whole is MODERATE


@pytest.mark.parametrize("words", ["There is risk.", "Reissued with obsolete links removed.", "Risk, in other words."])
def test_an_issue_that_changes_no_level_is_the_same_item(words: str) -> None:
    first = compare({}, state(4), MONDAY, None)
    again = compare({one.subject: one for one in first.learnt}, state(4, TUESDAY, words), TUESDAY, HEARD)
    assert [item.content_key for item in again.items] == [item.content_key for item in first.items]
    assert [facts(item).standing for item in again.items] == [True]
    (mali,) = again.learnt
    assert (mali.since, mali.issued_at) == (MONDAY, TUESDAY)


def test_a_fall_is_an_end_in_its_own_words() -> None:
    found = after(state(4), state(2, TUESDAY))
    (item,) = found.items
    assert item.title.startswith("The United States eases travel advice for Mali: level 2, exercise increased caution")
    assert facts(item).ended
    assert found.learnt[0].turn == 1


def test_what_goes_up_again_is_another_item_though_its_level_was_met_before() -> None:
    first = compare({}, state(4), MONDAY, None)
    fallen = compare({one.subject: one for one in first.learnt}, state(3), TUESDAY, HEARD)
    risen = compare({one.subject: one for one in fallen.learnt}, state(4), TUESDAY, HEARD)
    assert len({one.items[0].content_key for one in (first, fallen, risen)}) == 3


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (canada(1), canada(1, parts=True)),
        (britain(), britain("avoid_all_but_essential_travel_to_parts")),
        (britain("avoid_all_but_essential_travel_to_whole_country"),
         britain("avoid_all_but_essential_travel_to_whole_country", "avoid_all_travel_to_parts")),
        (germany(partialWarning=True), germany(warning=True)),
        (germany(), germany(situationPartWarning=True)),
    ],
)  # fmt: skip
def test_a_new_warning_for_a_part_of_a_country_is_a_rise(first: tuple[Item, ...], then: tuple[Item, ...]) -> None:
    (item,) = after(first, then).items
    assert (facts(item).standing, facts(item).ended) == (False, False)
    assert "raises its travel advice" in item.title


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (britain("avoid_all_travel_to_whole_country"),
         britain("avoid_all_but_essential_travel_to_whole_country", "avoid_all_travel_to_parts")),
        (germany(warning=True), germany(partialWarning=True)),
        (canada(2, parts=True), canada(2)),
    ],
)  # fmt: skip
def test_a_warning_that_stays_for_a_part_alone_is_a_fall(first: tuple[Item, ...], then: tuple[Item, ...]) -> None:
    (item,) = after(first, then).items
    assert facts(item).ended


def test_a_district_that_a_note_newly_warns_of_is_told_once_though_the_level_stays() -> None:
    parts = "avoid_all_travel_to_parts"
    note = "FCDO now advises against all travel to the Kalo district. Minor edits."
    found = after(britain(parts), britain(parts, note=note, when=TUESDAY))
    (item,) = found.items
    assert item.title == (
        "United Kingdom travel advice for Mali: FCDO now advises against all travel to the Kalo district."
    )
    assert not facts(item).standing
    later = compare({"mali": found.learnt[0]}, britain(parts, note=note, when=TUESDAY), TUESDAY, HEARD)
    assert facts(later.items[0]).standing
    assert later.items[0].content_key == item.content_key
    assert later.learnt == ()


def test_advice_that_a_note_removes_is_no_rise() -> None:
    parts = "avoid_all_travel_to_parts"
    note = "FCDO no longer advises against all travel to the Kalo district."
    (item,) = after(britain(parts), britain(parts, note=note, when=TUESDAY)).items
    assert facts(item).standing


def test_a_country_that_a_list_lacks_keeps_its_level() -> None:
    assert compare(kept(state(4)), (), TUESDAY, HEARD) == Compared(items=())


def test_an_older_issue_from_another_list_of_the_same_government_says_nothing() -> None:
    known = kept(state(4, TUESDAY))
    (one,) = known.values()
    behind = state(3, MONDAY)
    (item,) = compare({one.subject: one}, behind, TUESDAY, HEARD).items
    assert facts(item).ended, "the same list may take back what it said"
    feed = tuple(official("""<rss><channel><item><title>Mali - Level 3: Reconsider Travel</title>
    <pubDate>Mon, 16 Sep 2024 00:00:00 GMT</pubDate></item></channel></rss>""", Format.US_STATE))  # fmt: skip
    other = compare({one.subject: Advice(
        subject=one.subject, country="ML", level=one.level, since=TUESDAY, issued_at=TUESDAY, source_id="json",
    )}, feed, TUESDAY, HEARD)  # fmt: skip
    assert facts(other.items[0]).standing
    assert other.learnt == ()


def test_a_rise_is_dated_by_its_issue_or_now_where_that_is_older_than_the_poll_before() -> None:
    assert after(state(3), state(4, TUESDAY)).items[0].published_at == TUESDAY
    now = TUESDAY + timedelta(hours=2)
    assert after(state(3), state(4, MONDAY), now).items[0].published_at == now


@pytest.mark.parametrize(
    ("items", "whole", "parts"),
    [
        (state(1), NONE, NONE),
        (state(4), SEVERE, NONE),
        (canada(0, parts=True), NONE, MODERATE),
        (canada(2, parts=True), MODERATE, SEVERE),
        (britain("avoid_all_but_essential_travel_to_whole_country", "avoid_all_travel_to_parts"), MODERATE, SEVERE),
        (germany(partialWarning=True), NONE, SEVERE),
        (germany(warning=True), SEVERE, NONE),
        (germany(), NONE, NONE),
    ],
)
def test_each_governments_words_stand_on_one_scale(items: tuple[Item, ...], whole: Severity, parts: Severity) -> None:
    level = facts(items[0]).level
    assert level is not None
    assert (level.whole, level.parts) == (whole, parts)


def test_a_level_knows_what_rises_and_what_falls() -> None:
    before = Level(government="US", whole=MODERATE, parts=SEVERE)
    assert Level(government="US", whole=SEVERE).rises_from(before)
    assert not Level(government="US", whole=SEVERE).falls_from(before)
    assert Level(government="US", whole=MINOR, parts=SEVERE, warning="now advises against").falls_from(before)
    assert not Level(government="US", whole=MINOR, parts=SEVERE, warning="now advises against").rises_from(before)
