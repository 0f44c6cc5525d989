"""Whatever comes in, items or a DecodeError come out."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from support.feed_builders import NOW, OFFICE, rss, source

from bot.feeds import decode
from bot.model.errors import DecodeError
from bot.model.item import Item

ALERT = (
    b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sent>2024-09-17T07:00:00Z</sent>'
    b"<status>Actual</status><msgType>Alert</msgType><info><headline>Flood</headline><area><areaDesc>Beira</areaDesc>"
    b"<circle>-19.8,34.8 20</circle></area></info></alert>"
)
SEEDS = [
    ALERT,
    rss("<guid>1</guid><title>Flood &amp; mud in Beira</title><pubDate>Tue, 17 Sep 2024 07:00:00 GMT</pubDate>"),
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:lang="fr"><id>1</id><title>Crue</title></entry></feed>',
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Flood in Beira"}]}',
]
SHARDS = [b"<", b">", b"</item>", b"<item>", b"<![CDATA[", b"]]>", b"&#x0;", b"&bad;", b"\xff\xfe", b"\0", b'"',
          b"<!--", b"<html>", b"\xed\xa0\x80", b"<?xml", b"<title>", b"xmlns:a='b'",
          b"1e999", b"null", b"[", b"}"]  # fmt: skip


def read(body: bytes) -> tuple[Item, ...]:
    items: tuple[Item, ...] = ()
    for one in (source(), OFFICE):
        try:
            items = decode(one, body, "text/xml; charset=x", NOW)
        except DecodeError as error:
            if not 5 < len(str(error)) < 200:
                raise
    return items


def mangled(seed: int) -> bytes:
    dice = random.Random(seed)
    body = bytearray(dice.choice(SEEDS))
    for _ in range(dice.randint(1, 8)):
        place = dice.randrange(len(body) + 1)
        match dice.randrange(3):
            case 0:
                body[place:place] = dice.choice(SHARDS)
            case 1:
                del body[place : place + dice.randint(1, 30)]
            case _:
                body[place : place + 1] = bytes([dice.randrange(256)])
    return bytes(body)


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 10_000_000))
def test_mangled_feeds_are_items_or_a_plain_refusal(seed: int) -> None:
    for item in read(mangled(seed)):
        assert item.title or item.text
        assert item.published_at is None or item.published_at <= NOW
        assert item.url == "" or item.url.startswith("http")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_a_plain_refusal(body: bytes) -> None:
    assert read(body) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_goes_through_a_feed(title: str, text: str) -> None:
    wrapped = "".join(f"<{name}><![CDATA[{part.replace(']]>', '')}]]></{name}>" for name, part in
                      (("title", title), ("description", text)))  # fmt: skip
    feed = f'<rss version="2.0"><channel><item>{wrapped}</item></channel></rss>'
    assert len(read(feed.encode("utf-8", "surrogatepass"))) <= 1
