from datetime import timedelta

from bot.feeds.rhythm import Rhythm, rhythm_of

HEAD = b"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>%s%s</channel></rss>"
ITEM = b"<item><title>Ferry late</title><ttl>999</ttl></item>"


def test_ttl_is_minutes() -> None:
    assert rhythm_of(HEAD % (b"<ttl> 45 </ttl>", ITEM)).ttl == timedelta(minutes=45)


def test_skipped_hours_and_days_are_read_where_they_stand_in_their_lists() -> None:
    said = b"<skipHours><hour>0</hour><hour> 13</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
    assert rhythm_of(HEAD % (said, ITEM)) == Rhythm(skip_hours=(0, 13), skip_days=(6,))


def test_an_items_own_words_are_no_rhythm_of_the_feed() -> None:
    assert rhythm_of(HEAD % (b"", ITEM)) == Rhythm()


def test_nonsense_and_other_formats_say_nothing() -> None:
    odd = b"<ttl>soon</ttl><ttl>-5</ttl><skipHours><hour>77</hour></skipHours><skipDays><day>Someday</day></skipDays>"
    assert rhythm_of(HEAD % (odd, b"")) == Rhythm()
    assert rhythm_of(b'{"ttl": 60}') == rhythm_of(b"") == Rhythm()


def test_a_head_without_end_costs_nothing() -> None:
    assert rhythm_of(b"<skipHours>" * 500_000) == Rhythm()
