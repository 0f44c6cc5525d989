import gzip
import time
from contextlib import suppress

import pytest
from support.feed_builders import decoded, only, rss

from bot.feeds.guard import MAX_BYTES, MAX_START_TAG
from bot.model.errors import DecodeError

TITLE = "Curfew in N'Djaména from 18:00"
ITEM = f"<guid>1</guid><title>{TITLE}</title>"
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'
)
OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>'
)
CONSENT = "<!DOCTYPE html><html lang=fr><head><title>Vos choix</title></head><body><p>Accepter</p></body></html>"
ATTRIBUTES = "".join(f' a{n}="&gt;"' for n in range(9_000))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "an empty answer"),
        (" \n\t ", "an empty answer"),
        (CONSENT, "an HTML page instead of a feed"),
        (CONSENT.lower().removeprefix("<!doctype html>"), "an HTML page instead of a feed"),
        (f"<!-- cached -->\n<?xml version='1.0'?>\n{CONSENT}", "an HTML page instead of a feed"),
        ("<script>location='/login'</script>", "an HTML page instead of a feed"),
        ("Service temporarily unavailable", "text that is no feed"),
        ('{"error": {"code": 429, "message": "slow down"}}', "JSON that is no feed"),
        ('[{"title": "a list"}]', "JSON that is no feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"id"', "JSON that is malformed or cut short"),
        ("[" * 100_000, "JSON that is malformed or cut short"),
        ("<urlset><url/></urlset>", "XML that is no feed (its root is <urlset>)"),
        ("<Error><Code>AccessDenied</Code></Error>", "XML that is no feed (its root is <Error>)"),
        (BOMB, "an entity declaration, which a feed never needs"),
        (OUTSIDE, "an entity declaration, which a feed never needs"),
        (f"<rss version='2.0'{ATTRIBUTES}><channel/></rss>", "a start tag of more than 64 KB"),
        (f"<rss version='2.0'><channel><item><a{' b' * MAX_START_TAG}</rss>", "a start tag of more than 64 KB"),
        (rss(ITEM, ITEM).decode()[:-60], "XML that is cut short"),
        (rss(ITEM).decode().partition("</item>")[0], "XML that is cut short"),
        (gzip.compress(rss(ITEM)), "compressed data instead of a feed"),
        (b" " * (MAX_BYTES + 1), "a body of 5.0 MB, more than 5 MB"),
    ],
)
def test_what_is_no_feed_is_refused_in_plain_words(body: str | bytes, why: str) -> None:
    with pytest.raises(DecodeError) as refused:
        decoded(body.encode() if isinstance(body, str) else body, "application/rss+xml")
    assert str(refused.value) == why


def test_a_bare_doctype_is_no_offence() -> None:
    body = b'<!DOCTYPE rss SYSTEM "rss-0.91.dtd" [\n]>' + rss(ITEM).partition(b"?>")[2]
    assert only(body).title == TITLE


def test_a_long_text_is_no_long_tag() -> None:
    text = "It's 5 &gt; 3. " * 6_000
    assert only(rss(f"{ITEM}<description>{text}</description>")).text.startswith("It's 5 > 3.")
    assert only(rss(f"{ITEM}<description><![CDATA[<p class='x'>{text}</p>]]></description>")).title == TITLE


@pytest.mark.parametrize(
    "body",
    [
        b"<a" * 1_600_000,
        b"<!--" * 1_000_000,
        b"<!DOCTYPE " + b"[" * 4_000_000,
        b"<rss>" + b"<a b='" * 700_000 + b"</rss>",
        b"<?" * 2_000_000,
        b"<rss " + b"'\"" * 2_000_000,
    ],
)  # fmt: skip
def test_no_body_holds_the_guard_up(body: bytes) -> None:
    began = time.perf_counter()
    with suppress(DecodeError):
        decoded(body)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "iso-8859-1", "application/xml; charset=iso-8859-1"),
        ("utf-8-sig", "utf-8", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-16-be", "utf-8", ""),
        ("utf-32", "utf-32", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "windows-1252", "text/xml; charset=utf-8"),
        ("latin-1", "no-such-encoding", "text/xml; charset=iso-8859-1"),
        ("iso-8859-15", "iso-8859-15", ""),
    ],
)
def test_letters_survive_what_servers_say_of_their_encoding(encoding: str, declared: str, content_type: str) -> None:
    feed = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item>{ITEM}</item></channel></rss>'
    assert only(feed.encode(encoding), content_type).title == TITLE


def test_arabic_and_japanese_of_old_servers_are_read() -> None:
    head = (
        '<?xml version="1.0" encoding="{}"?><rss version="2.0"><channel><item><title>{}</title></item></channel></rss>'
    )
    for encoding, title in (
        ("windows-1256", "إغلاق مطار بنينا"),
        ("iso-2022-jp", "空港閉鎖"),
        ("shift_jis", "津波警報"),
    ):
        assert only(head.format(encoding, title).encode(encoding)).title == title


def test_bytes_that_fit_no_encoding_cost_only_themselves() -> None:
    body = rss(ITEM, "<guid>2</guid><title>Port shut</title>").replace(b"Curfew", b"Cur\xff\xfefew")
    assert decoded(body)[1].title == "Port shut"


def test_tags_nested_without_end_are_refused_and_a_deep_but_honest_feed_is_not() -> None:
    deep = f'<rss version="2.0"><channel>{"<a>" * 300}{"</a>" * 300}</channel></rss>'
    with pytest.raises(DecodeError, match="nested more than 256 deep"):
        decoded(deep.encode())
    honest = rss(f"{ITEM}<description><![CDATA[{'<p>one<br>two' * 300}]]></description>")
    assert only(honest).title == TITLE
