"""Why an alert was told: the words, the score, the voices, the watch, and what was not believed."""

from collections.abc import AsyncIterator

import pytest
from builders import BAMAKO, event
from support.asked import Asked, asked_stage, witnessed
from support.telegram_emulator import Shown, TelegramEmulator

from bot.alerts.facts import tag
from bot.alerts.markup import units
from bot.model.assessment import Severity
from bot.wording import LANGUAGES

AWA, BEN = 42, 43


@pytest.fixture
async def asked(telegram: TelegramEmulator) -> AsyncIterator[Asked]:
    async with asked_stage(telegram) as stage:
        yield stage


async def alerted(asked: Asked, **fields: object) -> Shown:
    await asked.ask(AWA, "/watch Bamako")
    await asked.happens(event(BAMAKO, **witnessed(BAMAKO, **fields)))
    return await asked.telegram.next_message(AWA)


async def test_the_button_under_an_alert_tells_why_as_a_reply_to_it(asked: Asked) -> None:
    alert = await alerted(asked)
    assert alert.labels[:2] == ["Map", "Why?"]
    why = await asked.press(AWA, alert, "Why")
    assert why.reply_to == alert.message_id
    assert why.text.splitlines() == [
        f"Why this alert · {tag(event())}",
        "Place: Bamako, Mali – “Bamako”",
        "Hazard: armed attack – “Gunfire”",
        "Severity: SEVERE, 64 of 100 – “Gunfire”: 58, in the capital: 6",
        "Sources: Unconfirmed: one source (Sahel Wire)",
        "In Bamako, which you watch",
        "Rule: 50 km, severe 100 km, extreme 350 km, from MODERATE up",
        "Not believed: “under control”: no all-clear · “coup”: earlier · France: only named",
    ]


async def test_a_reply_a_tag_and_nothing_at_all_mean_the_same_alert(asked: Asked) -> None:
    alert = await alerted(asked)
    quoted = {"message_id": alert.message_id, "date": 1_726_556_400, "chat": {"id": AWA, "type": "private"}}
    asked.telegram.say(AWA, "/why", reply_to_message=quoted)
    by_reply = await asked.telegram.next_message(AWA)
    by_tag = await asked.ask(AWA, f"/why {tag(event())}")
    alone = await asked.ask(AWA, "/why")
    assert by_reply.text == by_tag.text == alone.text
    assert by_reply.text.startswith("Why this alert")


async def test_without_an_alert_how_to_ask_is_told(asked: Asked) -> None:
    for asking in ("/why", "/why XX-01JAN-ZZ", "/why <b>"):
        assert "Reply /why to one of my alerts" in (await asked.ask(AWA, asking)).text


async def test_a_reply_to_something_else_is_no_alert(asked: Asked) -> None:
    await alerted(asked)
    quoted = {"message_id": 999_999, "date": 1_726_556_400, "chat": {"id": AWA, "type": "private"}}
    asked.telegram.say(AWA, "/why", reply_to_message=quoted)
    assert "Reply /why to one of my alerts" in (await asked.telegram.next_message(AWA)).text


async def test_another_chat_learns_of_the_event_and_nothing_of_who_watches(asked: Asked) -> None:
    await alerted(asked)
    told = await asked.ask(BEN, f"/why {tag(event())}")
    assert "Place: Bamako, Mali" in told.text
    assert "watch" not in told.text


async def test_what_is_unconfirmed_and_extreme_is_said_to_be_shown_as_severe(asked: Asked) -> None:
    alert = await alerted(asked, severity=Severity.EXTREME)
    assert "Shown as SEVERE until a second source confirms it" in (await asked.press(AWA, alert, "Why")).text


async def test_an_event_whose_items_are_no_longer_kept_is_told_without_its_words(asked: Asked) -> None:
    await asked.ask(AWA, "/watch Bamako")
    await asked.happens(event(BAMAKO))
    alert = await asked.telegram.next_message(AWA)
    assert "The words that decided are no longer kept." in (await asked.press(AWA, alert, "Why")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_each_language_the_answer_is_short_and_names_the_tag(asked: Asked, language: str) -> None:
    await asked.ask(AWA, "/watch Bamako", language=language)
    await asked.happens(event(BAMAKO, **witnessed(BAMAKO)))
    await asked.telegram.next_message(AWA)
    why = await asked.ask(AWA, "/why", language=language)
    assert tag(event()) in why.text
    assert "“Gunfire”" in why.text
    assert units(why.text) <= 1_500
