"""Inline mode: what is known of a place as an article for any chat, with nothing of a chat in it."""

from collections.abc import AsyncIterator

import pytest
from builders import BAMAKO, event
from support.asked import Asked, asked_stage, witnessed
from support.telegram_emulator import TelegramEmulator

AWA = 42


@pytest.fixture
async def asked(telegram: TelegramEmulator) -> AsyncIterator[Asked]:
    async with asked_stage(telegram) as stage:
        yield stage


async def test_a_place_is_answered_with_an_article_that_can_be_posted(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    await asked.happens(event(BAMAKO, **witnessed(BAMAKO)))
    asked.telegram.ask_inline(AWA, "bamako")
    answer = await asked.telegram.next_inline()
    (article,) = answer["results"]
    assert (article["type"], article["title"], article["description"]) == ("article", "Bamako, Mali", "1 event goes on")
    assert "armed attack – Bamako, Mali" in article["text"]
    assert "watch" not in article["text"].lower()
    assert "reply_markup" not in article
    assert answer["cache_time"] == 60


async def test_it_speaks_the_language_of_the_person_and_is_kept_for_that_person_alone(asked: Asked) -> None:
    asked.telegram.ask_inline(AWA, "Bamako", language="fr")
    answer = await asked.telegram.next_inline()
    assert "Le silence ne veut pas dire que tout va bien" in answer["results"][0]["text"]
    assert answer["is_personal"] is True


async def test_several_bearers_of_a_name_are_several_articles(asked: Asked) -> None:
    asked.telegram.ask_inline(AWA, "Tripoli")
    titles = [article["title"] for article in (await asked.telegram.next_inline())["results"]]
    assert titles == ["Tripoli, Libya", "Tripoli, Lebanon"]


@pytest.mark.parametrize("typed", ["", " ", "x", "xqzzy <b>&", "x" * 300])
async def test_what_means_no_place_is_answered_with_nothing(asked: Asked, typed: str) -> None:
    asked.telegram.ask_inline(AWA, typed)
    assert (await asked.telegram.next_inline())["results"] == []


async def test_asking_inline_starts_no_chat(asked: Asked) -> None:
    asked.telegram.ask_inline(AWA, "Bamako")
    await asked.telegram.next_inline()
    assert await asked.store.chat(AWA) is None
