"""Hours of one's own: quiet hours, snooze, briefs, how alerts look; driven through the real application."""

from datetime import UTC, datetime, time, timedelta

from support.chat_stage import Stage, ask, press

from bot.model.watch import Brief, QuietHours

AWA, GROUP, MEMBER, ADMIN = 42, -1_001_234_567_890, 7, 8


def turned_to(stage: Stage, moment: datetime) -> None:
    stage.clock.turn(seconds=(moment - stage.clock.now()).total_seconds())


async def test_quiet_hours_are_typed_freely_and_what_waits_is_told_when_they_end(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    turned_to(stage, datetime(2026, 9, 17, 23, 0, tzinfo=UTC))
    answer = await ask(stage, AWA, "/quiet 22:30-6:45")
    assert "22:30–06:45" in answer.text
    assert stage.store.chats[AWA].quiet == QuietHours(time(22, 30), time(6, 45))
    assert stage.store.calm[AWA][0] == datetime(2026, 9, 18, 6, 45, tzinfo=UTC)

    off = await ask(stage, AWA, "/quiet off")
    assert "Quiet hours: off" in off.text
    assert stage.store.chats[AWA].quiet is None
    assert stage.store.calm[AWA][0] == stage.clock.now()


async def test_equal_hours_mean_off(stage: Stage) -> None:
    answer = await ask(stage, AWA, "/quiet 7-7")
    assert answer.text == "Quiet hours: off"
    assert stage.store.calm[AWA][0] == stage.clock.now()


async def test_hours_that_are_none_change_nothing_and_are_explained(stage: Stage) -> None:
    await ask(stage, AWA, "/quiet 22-7")
    answer = await ask(stage, AWA, "/quiet tonight <b>")
    assert "22:00–07:00" in answer.text
    assert "/quiet 22:30-6:45" in answer.text
    assert stage.store.chats[AWA].quiet == QuietHours(time(22), time(7))


async def test_a_snooze_is_said_in_the_settings_and_ended_there(stage: Stage) -> None:
    turned_to(stage, datetime(2026, 9, 17, 10, 0, tzinfo=UTC))
    answer = await ask(stage, AWA, "/snooze 2h")
    assert "only EXTREME" in answer.text
    assert stage.store.chats[AWA].snoozed_until == stage.clock.now() + timedelta(hours=2)
    assert stage.store.calm[AWA][0] == stage.clock.now() + timedelta(hours=2)

    settings = await ask(stage, AWA, "/settings")
    assert "Snoozed until" in settings.text
    turned = await press(stage, AWA, settings, "Snoozed until")
    assert "Snoozed" not in turned.text
    assert stage.store.chats[AWA].snoozed_until is None

    await ask(stage, AWA, "/snooze 1h")
    stage.clock.turn(hours=1)
    assert "Snoozed" not in (await ask(stage, AWA, "/settings")).text


async def test_a_snooze_has_a_length_of_two_weeks_at_most(stage: Stage) -> None:
    for typed in ("/snooze", "/snooze 15d", "/snooze 0", "/snooze for ever"):
        assert "two weeks at most" in (await ask(stage, AWA, typed)).text
    assert stage.store.chats[AWA].snoozed_until is None


async def test_a_brief_is_asked_for_by_day_or_week_in_ones_own_language(stage: Stage) -> None:
    turned_to(stage, datetime(2026, 9, 17, 10, 0, tzinfo=UTC))  # a Thursday
    await ask(stage, AWA, "/brief daily 08:00")
    assert stage.store.chats[AWA].brief == Brief(time(8))
    assert stage.store.calm[AWA][1] == datetime(2026, 9, 18, 8, 0, tzinfo=UTC)

    monday = await ask(stage, AWA, "/brief lundi 07:30 news", language="fr")
    assert "weekly, Monday 07:30, only with news" in monday.text
    assert stage.store.chats[AWA].brief == Brief(time(7, 30), 0, only_news=True)
    assert stage.store.calm[AWA][1] == datetime(2026, 9, 21, 7, 30, tzinfo=UTC)

    assert "Brief: none" in (await ask(stage, AWA, "/brief off")).text
    assert stage.store.calm[AWA][1] is None
    assert "/brief daily 08:00" in (await ask(stage, AWA, "/brief whenever")).text


async def test_discreet_mode_maps_and_briefs_are_turned_by_buttons(stage: Stage) -> None:
    settings = await ask(stage, AWA, "/settings")
    settings = await press(stage, AWA, settings, "Discreet")
    assert "Discreet: yes" in settings.text
    settings = await press(stage, AWA, settings, "Maps")
    assert "Maps with alerts: no" in settings.text
    settings = await press(stage, AWA, settings, "Brief")
    assert "Brief: daily 08:00" in settings.text
    chat = stage.store.chats[AWA]
    assert (chat.discreet, chat.pictures, chat.brief) == (True, False, Brief(time(8)))


async def test_in_a_group_only_administrators_change_its_hours(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, ADMIN] = "administrator"
    for command in ("/quiet 22-7", "/snooze 2h", "/brief daily 8"):
        answer = await ask(stage, GROUP, command, user_id=MEMBER)
        assert "Only administrators" in answer.text
    chat = stage.store.chats[GROUP]
    assert (chat.quiet, chat.snoozed_until, chat.brief) == (None, None, None)
    await ask(stage, GROUP, "/quiet 22-7", user_id=ADMIN)
    assert stage.store.chats[GROUP].quiet == QuietHours(time(22), time(7))
