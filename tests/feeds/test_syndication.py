import json
from datetime import UTC, datetime, timedelta

import pytest
from support.feed_builders import NOW, decoded, only, rss

from bot.model.item import SourceKind, content_key, item_id
from bot.model.place import Point

TITLE = "Ferry service to Gorée suspended after storm damage"
DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
ATOM = "http://www.w3.org/2005/Atom"


def test_an_item_carries_who_says_it_where_and_when() -> None:
    body = rss(
        f"<guid>w-17</guid><title>{TITLE}</title><link>https://wire.example/goree</link>"
        "<pubDate>Tue, 17 Sep 2024 09:30:00 +0200</pubDate><description>No boats until further notice.</description>"
    )
    item = only(body, kind=SourceKind.OFFICIAL, regions=("SN",), owner_group="wire-group")
    assert (item.title, item.text) == (TITLE, "No boats until further notice.")
    assert (item.outlet, item.voice, item.source_id) == ("Sahel Wire", "wire-group", "wire")
    assert item.official
    assert item.regions == ("SN",)
    assert (item.id, item.guid, item.url) == (item_id("wire", "w-17"), "w-17", "https://wire.example/goree")
    assert item.content_key == content_key(item.title, item.text)
    assert item.published_at == datetime(2024, 9, 17, 7, 30, tzinfo=UTC)
    assert item.fetched_at == NOW


def test_the_voice_of_a_source_without_owner_is_its_own() -> None:
    assert only(rss(f"<title>{TITLE}</title>")).voice == "wire"


ATOM_1 = f"""<feed xmlns="{ATOM}" xml:lang="fr"><title>t</title>
<entry><id>tag:wire.example,2024:1</id><title>Le bac de Gorée à l'arrêt</title>
<link rel="self" href="https://wire.example/api/1"/><link href="https://wire.example/1"/>
<summary>Court.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Plus aucun bateau <b>jusqu'à</b> nouvel ordre.</p>
</div></content><published>2024-09-17T07:30:00Z</published><updated>2024-09-17T09:00:00Z</updated></entry></feed>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>t</title><entry><title>Old but in use</title>
<link rel="alternate" href="https://wire.example/old"/><id>o-1</id><issued>2024-09-17T07:30:00Z</issued></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://wire.example/"><title>t</title></channel>
<item rdf:about="https://wire.example/r"><title>Road to Kidal closed</title><link>https://wire.example/r</link>
<dc:date>2024-09-17T09:30:00+02:00</dc:date></item></rdf:RDF>"""
RSS_091 = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>t</title>
<item><title>Bridge at Ségou shut to lorries</title><link>https://wire.example/b</link></item></channel></rss>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "t", "language": "es",
        "items": [
            {"id": 7, "url": "https://wire.example/7", "title": "Aeropuerto cerrado",
             "content_html": "<p>Cerrado hasta nuevo aviso.</p>", "date_published": "2024-09-17T07:30:00Z"},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("body", "title", "url", "dated"),
    [
        (ATOM_1, "Le bac de Gorée à l'arrêt", "https://wire.example/1", True),
        (ATOM_03, "Old but in use", "https://wire.example/old", True),
        (RDF, "Road to Kidal closed", "https://wire.example/r", True),
        (RSS_091, "Bridge at Ségou shut to lorries", "https://wire.example/b", False),
        (JSON_FEED, "Aeropuerto cerrado", "https://wire.example/7", True),
    ],
)
def test_every_family_of_feeds_is_read(body: str, title: str, url: str, *, dated: bool) -> None:
    item = only(body.encode())
    assert (item.title, item.url) == (title, url)
    assert item.published_at == (datetime(2024, 9, 17, 7, 30, tzinfo=UTC) if dated else None)


def test_the_longer_of_summary_and_content_is_the_text() -> None:
    assert only(ATOM_1.encode()).text == "Plus aucun bateau jusqu'à nouvel ordre."
    long = "Lorries queue for nine kilometres on both sides of the crossing."
    assert only(rss(f"<title>{TITLE}</title><description>{long}</description>")).text == long
    body = rss(
        f"<title>{TITLE}</title><description>{long}</description><content:encoded>Short.</content:encoded>",
        namespaces=CONTENT,
    )
    assert only(body).text == long


@pytest.mark.parametrize(
    ("head", "languages", "expected"),
    [
        ("<language>fr-FR</language>", (), "fr"),
        ("<language>PT_br</language>", (), "pt"),
        ("", ("ar",), "ar"),
        ("", ("ar", "fr"), None),
        ("", (), None),
        ("<language>en-US</language>", ("fr",), "fr"),  # the software's default, on a French site
        ("<language>en-US</language>", ("fr", "ar"), None),
        ("<language>fr</language>", ("fr", "ar"), "fr"),
    ],
)
def test_the_language_is_the_declared_one_unless_the_catalogue_contradicts(
    head: str, languages: tuple[str, ...], expected: str | None
) -> None:
    assert only(rss(f"<title>{TITLE}</title>", head=head), languages=languages).language == expected


def test_an_atom_feed_declares_its_language_on_its_root() -> None:
    assert only(ATOM_1.encode()).language == "fr"
    assert only(JSON_FEED.encode()).language == "es"


def test_an_item_may_speak_another_language_than_its_feed() -> None:
    french = "<title>Pont fermé</title><guid>1</guid><dc:language>fr</dc:language>"
    body = rss(french, f"<title>{TITLE}</title><guid>2</guid>", head="<language>en</language>", namespaces=DUBLIN_CORE)
    assert [item.language for item in decoded(body)] == ["fr", "en"]
    atom = f"""<feed xmlns="{ATOM}" xml:lang="en"><entry xml:lang="pt-BR"><id>1</id><title>Ponte fechada</title></entry>
    </feed>"""
    assert only(atom.encode()).language == "pt"


def test_a_date_to_come_is_now_and_a_skewed_clock_is_let_be() -> None:
    ahead = [NOW + timedelta(days=400), NOW + timedelta(minutes=9)]
    body = rss(
        *(f"<title>{TITLE} {n}</title><pubDate>{date:%d %b %Y %H:%M:%S} GMT</pubDate>" for n, date in enumerate(ahead))
    )
    assert [item.published_at for item in decoded(body)] == [NOW, NOW + timedelta(minutes=9)]


def test_french_dates_are_read_where_the_fast_parser_finds_none() -> None:
    body = rss(f"<title>{TITLE}</title><guid>a</guid><pubDate>mar., 17 sept. 2024 09:30:00 +0200</pubDate>")
    assert only(body).published_at == datetime(2024, 9, 17, 7, 30, tzinfo=UTC)


def test_points_of_georss_and_of_the_w3c_are_kept() -> None:
    names = 'xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"'
    body = rss(
        "<title>Tremor felt in Apia</title><guid>1</guid><georss:point>-13.83 -171.76</georss:point>",
        "<title>Tremor felt in Quito</title><guid>2</guid><geo:lat>-0.22</geo:lat><geo:long>-78.51</geo:long>",
        "<title>Tremor felt nowhere</title><guid>3</guid><geo:lat>-222</geo:lat><geo:long>x</geo:long>",
        namespaces=names,
    )
    assert [item.points for item in decoded(body)] == [(Point(-13.83, -171.76),), (Point(-0.22, -78.51),), ()]


def test_without_guid_the_address_is_the_identity_whatever_its_tracking_says() -> None:
    first, second = (
        only(rss(f"<title>{TITLE}</title><link>https://Wire.example/goree?id=4&amp;{junk}#top</link>"))
        for junk in ("utm_source=rss&amp;utm_medium=feed", "fbclid=abc&amp;at_medium=RSS")
    )
    assert first.id == second.id
    assert first.url == "https://wire.example/goree?id=4"


def test_without_guid_and_address_the_words_are_the_identity() -> None:
    items = decoded(rss(f"<title>{TITLE}</title>", "<title>Port of Dakar open again</title>"))
    assert len({item.id for item in items}) == 2
    assert items[0].id == only(rss(f"<title>{TITLE}</title>")).id


def test_a_guid_that_all_items_share_identifies_none_of_them() -> None:
    body = rss(*(f"<guid>feed</guid><title>Item {n}</title><link>https://wire.example/{n}</link>" for n in range(3)))
    assert len({item.id for item in decoded(body)}) == 3


def test_a_revision_mark_behind_the_guid_makes_no_new_item() -> None:
    first, second = (only(rss(f"<title>{TITLE}</title><guid>https://wire.example/a#{n}</guid>")) for n in range(2))
    assert first.id == second.id
    blog = rss(*(f"<title>Minute {n}</title><guid>https://wire.example/live#{n}</guid>" for n in range(3)))
    assert len({item.id for item in decoded(blog)}) == 3


@pytest.mark.parametrize("link", ["javascript:alert(1)", "tg://resolve?domain=x", "data:text/html,x", "http://[bad"])
def test_only_addresses_of_the_web_are_kept(link: str) -> None:
    assert only(rss(f"<title>{TITLE}</title><guid>1</guid><link>{link}</link>")).url == ""


def test_an_address_is_taken_relative_to_the_feed_and_a_user_name_is_dropped() -> None:
    assert only(rss(f"<title>{TITLE}</title><guid>1</guid><link>/a/1</link>")).url == "https://wire.example/a/1"
    body = rss(f"<title>{TITLE}</title><guid>1</guid><link>https://bbc.com@evil.example/x</link>")
    assert only(body).url == "https://evil.example/x"


def test_a_guid_that_is_an_address_stands_in_for_a_missing_link() -> None:
    assert only(rss(f"<title>{TITLE}</title><guid>https://wire.example/9</guid>")).url == "https://wire.example/9"
    assert only(rss(f"<title>{TITLE}</title><guid isPermaLink='false'>post-9</guid>")).url == ""


def test_an_item_without_words_is_left_out() -> None:
    assert decoded(rss("<guid>1</guid><link>https://wire.example/1</link>", "<title> </title>")) == ()


def test_an_empty_feed_is_readable() -> None:
    assert decoded(rss()) == ()
    assert decoded(f'<feed xmlns="{ATOM}"><title>t</title></feed>'.encode()) == ()
    assert decoded(b'<rss version="2.0"/>') == ()
    assert decoded(b'{"version": "https://jsonfeed.org/version/1", "items": []}') == ()


def test_a_stray_ampersand_and_a_control_character_do_not_cost_the_feed() -> None:
    body = rss("<title>Strikes & blockades in Dakar\x0b</title><guid>1</guid>", f"<title>{TITLE}</title><guid>2</guid>")
    assert [item.title for item in decoded(body)][1] == TITLE


def test_warnings_printed_before_a_feed_do_not_cost_it() -> None:
    body = b"<br />\n<b>Warning</b>: Undefined index in <b>feed.php</b><br />\n" + rss(f"<title>{TITLE}</title>")
    assert only(body).title == TITLE
    assert only(b"\n\n  Notice: cache miss\n" + rss(f"<title>{TITLE}</title>")).title == TITLE


def test_of_a_flood_the_newest_items_are_kept() -> None:
    when = datetime(2024, 9, 10, tzinfo=UTC)
    entries = (
        f"<title>Delay on line {n}</title><guid>{n}</guid>"
        f"<pubDate>{when + timedelta(minutes=n):%d %b %Y %H:%M} GMT</pubDate>"
        for n in range(5_200)
    )
    items = decoded(rss(*entries))
    assert len(items) == 5_000
    assert {item.guid for item in items} == {str(n) for n in range(200, 5_200)}


def test_titles_and_texts_are_capped() -> None:
    item = only(rss(f"<title>{'long ' * 400}</title><description>{'words ' * 9000}</description>"))
    assert 490 < len(item.title) <= 500
    assert 19_900 < len(item.text) <= 20_000


def test_a_link_is_relative_to_its_xml_base() -> None:
    base = 'xmlns:a="urn:a" xml:base="https://wire.example/sahel/"'
    body = rss(f"<title>{TITLE}</title><link>goree/1</link><guid>1</guid>", namespaces=base)
    assert only(body).url == "https://wire.example/sahel/goree/1"


def test_a_sound_file_is_no_page_and_an_atom_item_without_a_link_leads_where_its_id_does() -> None:
    atom = f"""<feed xmlns="{ATOM}"><entry><id>https://wire.example/1</id><title>{TITLE}</title>
    <link rel="enclosure" href="https://wire.example/1.mp3"/></entry>
    <entry><id>HTTPS://wire.example/2</id><title>Another crossing shut</title></entry></feed>"""
    assert [item.url for item in decoded(atom.encode())] == ["https://wire.example/1", "https://wire.example/2"]


def test_an_atom_link_written_as_text_is_a_link() -> None:
    atom = f"""<feed xmlns="{ATOM}"><entry><id>tag:wire.example,2024:9</id><title>{TITLE}</title>
    <link rel="alternate">https://wire.example/9</link></entry></feed>"""
    assert only(atom.encode()).url == "https://wire.example/9"
