"""In groups only administrators change things, at a command and at each press; a doubt means no."""

import pytest
from support.chat_stage import Stage, ask

GROUP = -1_001_234_567_890
BOSS, GUEST = 7, 8
CHANGES = ["/start", "/stop", "/watch Mali", "/unwatch Mali"]


@pytest.mark.parametrize("command", CHANGES)
async def test_a_member_cannot_change_a_group_by_a_command(stage: Stage, command: str) -> None:
    answer = await ask(stage, GROUP, command, user_id=GUEST)
    assert "Only administrators" in answer.text
    assert not stage.store.kept


@pytest.mark.parametrize("status", ["creator", "administrator"])
async def test_an_administrator_can(stage: Stage, status: str) -> None:
    stage.telegram.statuses[GROUP, BOSS] = status
    answer = await ask(stage, GROUP, "/watch Mali", user_id=BOSS)
    assert "Watching Mali" in answer.text
    assert [watch.chat_id for watch in stage.store.kept.values()] == [GROUP]


async def test_an_anonymous_administrator_speaks_as_the_group(stage: Stage) -> None:
    stage.telegram.say(GROUP, "/watch Mali", user_id=1_087_968_824, sender_chat={"id": GROUP, "type": "supergroup"})
    assert "Watching Mali" in (await stage.telegram.next_message(GROUP)).text


async def test_who_speaks_as_another_channel_is_no_administrator(stage: Stage) -> None:
    stage.telegram.say(GROUP, "/watch Mali", user_id=136_817_688, sender_chat={"id": -1_009, "type": "channel"})
    assert "Only administrators" in (await stage.telegram.next_message(GROUP)).text


async def test_everybody_may_look(stage: Stage) -> None:
    assert "I watch no place" in (await ask(stage, GROUP, "/watches", user_id=GUEST)).text
    assert "Language" in (await ask(stage, GROUP, "/settings", user_id=GUEST)).text


async def test_a_members_press_is_refused_by_a_pop_up_and_changes_nothing(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "administrator"
    await ask(stage, GROUP, "/watch Mali", user_id=BOSS)
    listed = await ask(stage, GROUP, "/unwatch", user_id=GUEST)
    stage.telegram.press(GROUP, listed, "✖ Mali", user_id=GUEST)
    answer = await stage.telegram.next_answer()
    assert "Only administrators" in answer["text"]
    assert answer["show_alert"] is True
    assert len(stage.store.kept) == 1


async def test_when_telegram_does_not_say_who_is_an_administrator_nobody_is(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "creator"
    stage.telegram.fault("getChatMember", "error", value=500)
    assert "Only administrators" in (await ask(stage, GROUP, "/watch Mali", user_id=BOSS)).text


async def test_a_failed_question_is_not_remembered(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "creator"
    stage.telegram.fault("getChatMember", "error", value=500)
    await ask(stage, GROUP, "/watch Mali", user_id=BOSS)
    assert "Watching Mali" in (await ask(stage, GROUP, "/watch Mali", user_id=BOSS)).text


async def test_talk_and_foreign_commands_in_a_group_are_not_answered(stage: Stage) -> None:
    stage.telegram.say(GROUP, "Bamako")
    stage.telegram.say(GROUP, "/weather Bamako")
    stage.telegram.say(GROUP, "/help@another_bot")
    assert "/watch" in (await ask(stage, GROUP, "/help@outrider_test_bot")).text
    assert len(stage.telegram.in_chat(GROUP)) == 1


async def test_the_topic_in_which_it_was_started_is_kept(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "creator"
    stage.telegram.topics.add((GROUP, 5))
    stage.telegram.say(GROUP, "/start", user_id=BOSS, message_thread_id=5, is_topic_message=True)
    shown = await stage.telegram.next_message(GROUP)
    assert shown.thread_id == 5
    assert stage.store.chats[GROUP].thread_id == 5


async def test_the_number_that_replies_in_general_carry_is_no_topic(stage: Stage) -> None:
    stage.telegram.say(GROUP, "/help", message_thread_id=77)
    assert (await stage.telegram.next_message(GROUP)).thread_id is None


async def test_a_group_that_becomes_a_supergroup_keeps_its_watches(stage: Stage) -> None:
    stage.telegram.statuses[-55, BOSS] = "creator"
    await ask(stage, -55, "/watch Mali", user_id=BOSS)
    stage.telegram.send_update(-55, migrate_to_chat_id=GROUP)
    stage.telegram.send_update(GROUP, migrate_from_chat_id=-55)
    assert "• Mali" in (await ask(stage, GROUP, "/watches")).text


async def test_a_group_is_welcomed_without_a_location_button(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "creator"
    languages = await ask(stage, GROUP, "/start", user_id=BOSS)
    stage.telegram.press(GROUP, languages, "English", user_id=BOSS)
    await stage.telegram.next_message(GROUP)
    welcome = await stage.telegram.next_message(GROUP)
    assert "/watch Bamako" in welcome.text
    assert not welcome.reply_keyboard


async def test_the_settings_of_a_group_turn_for_its_administrator(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "creator"
    shown = await ask(stage, GROUP, "/settings", user_id=GUEST)
    stage.telegram.press(GROUP, shown, "Language", user_id=BOSS)
    languages = await stage.telegram.next_message(GROUP)
    stage.telegram.press(GROUP, languages, "Français", user_id=BOSS)
    assert "Langue : Français" in (await stage.telegram.next_message(GROUP)).text
