"""Travel advice of seven governments: one item for each country; a level listed again is no news."""

from datetime import UTC, datetime

import pytest
from support.official import facts, official, one

from bot.feeds.advice import rises, small
from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format


def state(title: str = "Mali - Level 4: Do Not Travel", summary: str = "<p>Do not travel due to crime.</p>") -> object:
    return [{
        "Title": title, "Link": "https://state.example/mali", "Category": ["XX"], "Summary": summary, "id": "1",
        "Published": "2024-09-16T19:00:00-04:00", "Updated": "2024-09-16T20:00:00-04:00",
    }]  # fmt: skip


def test_a_level_is_kept_in_both_words_and_is_no_news_by_itself() -> None:
    item = one(state(), Format.US_STATE)
    assert item.title == "United States travel advice for Mali: level 4, do not travel"
    native = facts(item)
    assert (native.event_id, native.countries, native.hazard) == ("ML", ("ML",), Hazard.ADVISORY)
    assert (native.severity, native.own_word, native.standing) == (Severity.SEVERE, "Level 4", True)
    assert item.published_at == datetime(2024, 9, 17, 0, tzinfo=UTC)


def test_whether_a_level_rose_is_told_by_the_level_before_and_not_by_the_note() -> None:
    note = "The advisory level was increased to 4 because of armed attacks."
    assert facts(one(state(summary=note), Format.US_STATE)).standing
    assert not facts(one(index("FCDO now advises against all travel to the Kalo district."), Format.FCDO)).standing


def test_the_country_is_read_from_the_title_not_from_the_code_of_the_list() -> None:
    listed = [*state("Niger - Level 3: Reconsider Travel"), *state("Nigeria - Level 3: Reconsider Travel")]  # type: ignore[misc]
    assert [facts(item).countries for item in official(listed, Format.US_STATE)] == [("NE",), ("NG",)]


def test_a_new_issue_is_the_same_item_anew() -> None:
    first, second = one(state(), Format.US_STATE), one(state("Mali - Level 3: Reconsider Travel"), Format.US_STATE)
    assert first.id == second.id
    assert first.content_key != second.content_key


def test_an_empty_list_is_a_fault_and_no_peace_on_earth() -> None:
    with pytest.raises(DecodeError, match="empty list of travel advisories"):
        official([], Format.US_STATE)
    with pytest.raises(DecodeError, match="without a list of advisories"):
        official({"message": "challenge"}, Format.US_STATE)


def test_the_rss_of_the_same_list_is_read_alike() -> None:
    feed = """<rss><channel><item><title>Mali - Level 4: Do Not Travel</title><link>https://state.example/mali</link>
    <pubDate>Mon, 16 Sep 2024</pubDate><description>&lt;p&gt;Reissued.&lt;/p&gt;</description></item></channel></rss>"""
    assert facts(one(feed, Format.US_STATE)).own_word == "Level 4"


def fcdo(note: str, name: str = "Mali", **more: object) -> dict[str, object]:
    return {
        "document_type": "travel_advice", "base_path": f"/foreign-travel-advice/{name.lower()}",
        "public_updated_at": "2024-09-17T09:00:00Z", "title": f"{name} travel advice",
        "details": {"change_description": note, "country": {"name": name, "slug": name.lower()}} | more,
    }  # fmt: skip


def index(*notes: str) -> dict[str, object]:
    return {"document_type": "travel_advice_index", "links": {"children": [fcdo(note) for note in notes]}}


def test_the_british_index_tells_what_changed_and_leaves_new_things_to_the_words() -> None:
    item = one(index("New information about an attack on a hotel in Bamako ('Safety and security' page)."), Format.FCDO)
    assert item.title == "United Kingdom travel advice for Mali: what changed"
    assert item.text.startswith("New information about an attack")
    assert (facts(item).standing, facts(item).hazard, facts(item).countries) == (False, None, ("ML",))


@pytest.mark.parametrize(
    "note",
    [
        "Removal of information about a strike that ended on 3 May.",
        "Removed advice against travel to the Kalo district.",
        "FCDO no longer advises against all but essential travel to Kalo.",
        "Reissued after periodic review with minor edits.", "Obsolete links removed.",
        "Updated information about safety and security.", "New visa requirements ('Entry requirements' page).",
    ],
)  # fmt: skip
def test_a_removal_or_a_review_is_no_rise(note: str) -> None:
    assert small(note)
    assert not rises(note)
    assert facts(one(index(note), Format.FCDO)).standing


@pytest.mark.parametrize(
    "note",
    [
        "FCDO now advises against all travel to the Kalo district.", "Travel Advisory level raised to Level 4.",
        "Raised the advisory to level 3 due to unrest.", "New advice against travel within 20 km of the border.",
        "On 17 September the Department ordered the departure of family members.",
    ],
)  # fmt: skip
def test_these_are_rises(note: str) -> None:
    assert rises(note)
    assert not small(note)


def test_a_countrys_own_document_has_the_level() -> None:
    item = one(fcdo("Review.", alert_status=["avoid_all_travel_to_parts"]), Format.FCDO)
    assert item.title == "United Kingdom travel advice for Mali: avoid all travel to parts of the country"
    assert facts(item).severity is Severity.MODERATE


def test_the_british_feed_of_changes_knows_the_same_countries() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><entry><id>e1</id><title>Mali</title>
    <updated>2024-09-17T09:00:00Z</updated><link href="https://gov.example/foreign-travel-advice/mali"/>
    <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Obsolete links removed.</p></div></summary>
    </entry></feed>"""
    item = one(feed, Format.FCDO)
    assert (facts(item).event_id, facts(item).standing) == ("mali", True)


def test_german_flags_are_graded_and_told_in_english() -> None:
    row = {"lastModified": 1_726_560_000, "countryCode": "ML", "iso3CountryCode": "MLI", "countryName": "Mali",
           "warning": False, "partialWarning": True, "situationWarning": False}  # fmt: skip
    item = one({"response": {"208": row, "contentList": ["208"]}}, Format.AUSWAERTIGES_AMT, languages=("de",))
    assert item.title == "German travel advice for Mali: travel warning for parts of the country"
    assert (item.language, facts(item).severity, facts(item).standing) == ("en", Severity.MODERATE, True)
    assert item.published_at == datetime(2024, 9, 17, 8, tzinfo=UTC)
    milliseconds = {"response": {"208": row | {"lastModified": 1_726_560_000_000}}}
    assert one(milliseconds, Format.AUSWAERTIGES_AMT).published_at == item.published_at


def test_canada_counts_from_nought_to_three() -> None:
    row = {
        "country-iso": "ML", "advisory-state": 3, "has-regional-advisory": 1,
        "date-published": {"timestamp": 1_726_560_000}, "eng": {"name": "Mali", "url-slug": "mali"},
    }  # fmt: skip
    item = one({"metadata": {}, "data": {"ML": row}}, Format.CANADA)
    assert item.title == "Canadian travel advice for Mali: avoid all travel, stricter for some regions"
    assert facts(item).severity is Severity.SEVERE
    calm = row | {"advisory-state": 0}
    assert facts(one({"data": {"ML": calm}}, Format.CANADA)).severity is Severity.MINOR
    with pytest.raises(DecodeError, match="without a list of travel advice"):
        official({"data": {}}, Format.CANADA)


def test_australia_counts_from_one_to_five() -> None:
    feed = """<rss xmlns:ta="https://ta.example"><channel><item><title>Mali</title><ta:level>4/5</ta:level>
    <link>https://au.example/mali</link><pubDate>Tue, 17 Sep 2024 08:00:00 GMT</pubDate>
    <description>We have reviewed our advice.</description></item></channel></rss>"""
    item = one(feed, Format.SMARTRAVELLER)
    assert item.title == "Australian travel advice for Mali: do not travel"
    assert (facts(item).own_word, facts(item).severity) == ("4/5", Severity.SEVERE)


def japan(title: str, kind: str = "スポット情報") -> str:
    return f"""<opendata><mail><keyCd>1001</keyCd><infoType>C40</infoType><infoName>{kind}</infoName>
    <leaveDate>2024/09/17 19:30:00</leaveDate><title>{title}</title><lead>...</lead>
    <area cd="50" name="アフリカ"/><country cd="0223" name="マリ"/></mail></opendata>"""


def test_a_mail_of_a_japanese_embassy_is_located_and_its_hazard_known() -> None:
    item = one(japan("バマコにおけるテロ事件の発生に伴う注意喚起"), Format.MOFA_JAPAN, languages=("ja",))
    assert item.title == "Japan informs its citizens in Mali: a terrorist attack"
    assert (item.language, item.published_at) == ("en", datetime(2024, 9, 17, 10, 30, tzinfo=UTC))
    assert (facts(item).hazard, facts(item).countries) == (Hazard.ARMED_ATTACK, ("ML",))
    assert facts(item).severity is Severity.MODERATE


def test_a_mail_about_papers_has_no_hazard_and_one_about_a_lifting_is_an_end() -> None:
    assert facts(one(japan("領事出張サービスのお知らせ", "在外公館からのお知らせ"), Format.MOFA_JAPAN)).hazard is None
    assert facts(one(japan("夜間外出禁止令の解除"), Format.MOFA_JAPAN)).ended
