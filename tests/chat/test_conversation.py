"""What a person sees in a private chat: the real application, driven through the emulator."""

from datetime import time

from support.chat_stage import Stage, ask, press

from bot.chat.callbacks import Press, Verb, encode
from bot.chat.screens.entrance import READING_COMMANDS
from bot.model.assessment import Severity
from bot.model.watch import ChatState, QuietHours, WatchKind

AWA = 42


async def test_a_newcomer_chooses_a_language_and_comes_to_a_watch_in_three_steps(stage: Stage) -> None:
    languages = await ask(stage, AWA, "/start", language="de")
    assert "Choose your language." in languages.text
    assert "Choisissez votre langue." in languages.text
    assert languages.labels == ["English", "Français", "Español", "Português", "العربية", "Русский"]

    turned = await press(stage, AWA, languages, "Français")
    welcome = await stage.telegram.next_message(AWA)
    assert "français" in turned.text
    assert "Que dois-je surveiller" in welcome.text
    keys = [key for row in welcome.reply_keyboard for key in row]
    assert [key["text"] for key in keys] == ["📍 Là où je suis", "🏙 Un lieu", "🧳 Un voyage"]
    assert keys[0]["request_location"] is True

    watching = await ask(stage, AWA, "Bamako")
    assert "Bamako, Mali" in watching.text
    assert [watch.label for watch in await stage.subscriptions.watches(AWA)] == ["Bamako"]


async def test_start_again_welcomes_back_and_keeps_everything(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    again = await ask(stage, AWA, "/start")
    assert "You watch 1 place" in again.text
    twice = await ask(stage, AWA, "/start")
    assert twice.text == again.text
    assert len(stage.store.kept) == 1


async def test_a_place_can_be_watched_with_a_radius_of_ones_own(stage: Stage) -> None:
    watching = await ask(stage, AWA, "/watch Bamako 80 km")
    assert "within 80 km" in watching.text
    assert [watch.radius_km for watch in stage.store.kept.values()] == [80]


async def test_an_airport_is_found_by_its_code(stage: Stage) -> None:
    watching = await ask(stage, AWA, "/watch BKO")
    assert "Modibo Keita International Airport (BKO)" in watching.text
    assert [watch.kind for watch in stage.store.kept.values()] == [WatchKind.AIRPORT]


async def test_a_name_of_several_places_is_asked_for_with_buttons(stage: Stage) -> None:
    asked = await ask(stage, AWA, "/watch Tripoli 30")
    assert asked.labels == ["Tripoli, Libya", "Tripoli, Lebanon"]
    assert not stage.store.kept

    watching = await press(stage, AWA, asked, "Lebanon")
    assert "Watching Tripoli, Lebanon (30 km)." in watching.text
    assert [watch.area[0].country for watch in stage.store.kept.values()] == ["LB"]


async def test_a_well_known_bearer_of_a_name_is_watched_at_once_and_the_others_are_offered(stage: Stage) -> None:
    watching = await ask(stage, AWA, "Paris")
    assert "Watching Paris, France." in watching.text
    assert "Paris, United States" in watching.labels


async def test_an_unknown_name_is_said_to_be_unknown_and_the_nearest_are_offered(stage: Stage) -> None:
    answer = await ask(stage, AWA, "/watch Atlantis")
    assert "I do not know a place “Atlantis”" in answer.text
    assert answer.labels == ["Atlanta, United States"]
    assert not stage.store.kept

    hopeless = await ask(stage, AWA, "xqzzy <b>&")
    assert "I do not know a place “xqzzy <b>&”" in hopeless.text


async def test_a_shared_location_becomes_a_pin_of_rounded_coordinates(stage: Stage) -> None:
    stage.telegram.share_location(AWA, 12.639_234, -8.002_889)
    watching = await stage.telegram.next_message(AWA)
    assert "your pin at 12.639, -8.003" in watching.text
    (watch,) = stage.store.kept.values()
    assert (watch.kind, watch.area[0].id, watch.area[0].country) == (WatchKind.PIN, "pin:12.639,-8.003", "ML")


async def test_the_list_of_watches_is_edited_in_place_when_one_is_stopped(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    await ask(stage, AWA, "/watch Bamako 80")
    listed = await ask(stage, AWA, "/unwatch")
    assert "Bamako, Mali (80 km)" in listed.text

    after = await press(stage, AWA, listed, "✖ Mali")
    assert after.message_id == listed.message_id
    assert "• Mali" not in after.text
    assert [watch.label for watch in stage.store.kept.values()] == ["Bamako"]


async def test_a_long_list_has_pages_and_a_press_stays_on_its_page(stage: Stage) -> None:
    for index in range(10):
        stage.telegram.share_location(AWA, 12 + index / 10, -8)
        await stage.telegram.next_message(AWA)
    stage.clock.turn(minutes=1)
    first = await ask(stage, AWA, "/unwatch")
    assert "Page 1 of 2" in first.text
    second = await press(stage, AWA, first, "▶")
    assert "Page 2 of 2" in second.text
    after = await press(stage, AWA, second, "✖")
    assert "Page 2 of 2" in after.text
    assert len(stage.store.kept) == 9


async def test_unwatch_takes_a_name_or_shows_the_list(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    assert "I watch for you" in (await ask(stage, AWA, "/unwatch")).text
    assert "I watch no “Niger” for you" in (await ask(stage, AWA, "/unwatch Niger")).text
    assert "I no longer watch Mali" in (await ask(stage, AWA, "/unwatch mali")).text
    assert not stage.store.kept
    assert "I watch no place for you yet" in (await ask(stage, AWA, "/watches")).text


async def test_settings_turn_by_pressing(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    shown = await ask(stage, AWA, "/settings")
    assert "Language: English" in shown.text
    assert "Quiet hours: off" in shown.text

    await press(stage, AWA, shown, "Quiet hours")
    await press(stage, AWA, shown, "Least severity")
    languages = await press(stage, AWA, shown, "Language")
    assert languages.labels == ["English", "Français", "Español", "Português", "العربية", "Русский", "Back"]
    assert "Choose your language." in languages.text
    assert "اختاروا لغتكم." in languages.text
    french = await press(stage, AWA, languages, "Français")
    assert "Heures calmes : 22:00–07:00" in french.text
    assert "Gravité minimale : GRAVE" in french.text
    assert french.message_id == shown.message_id

    zones = await press(stage, AWA, shown, "Fuseau")
    assert any("07:00" in label for label in zones.labels)  # it is seven o'clock in UTC on the hand-turned clock
    chosen = await press(stage, AWA, zones, "Bamako")
    assert "Fuseau : Bamako" in chosen.text

    chat = stage.store.chats[AWA]
    assert (chat.language, chat.timezone) == ("fr", "Africa/Bamako")
    assert chat.quiet == QuietHours(time(22), time(7))
    assert [watch.min_severity for watch in stage.store.kept.values()] == [Severity.SEVERE]


async def test_every_setting_comes_back_to_where_it_was(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    shown = await ask(stage, AWA, "/settings")
    before = shown.text
    for _ in range(5):
        await press(stage, AWA, shown, "Quiet hours")
    for _ in range(4):
        await press(stage, AWA, shown, "Least severity")
    assert shown.text == before


async def test_stop_is_one_step_and_a_wish_to_hear_brings_the_chat_back(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    assert "/start brings me back" in (await ask(stage, AWA, "/stop")).text
    assert stage.store.chats[AWA].state is ChatState.STOPPED
    await ask(stage, AWA, "/start")
    assert stage.store.chats[AWA].state is ChatState.ACTIVE
    assert len(stage.store.kept) == 1

    await ask(stage, AWA, "/stop")
    await ask(stage, AWA, "/watch Niger")
    assert stage.store.chats[AWA].state is ChatState.ACTIVE


async def test_a_block_makes_the_chat_unreachable_and_its_end_brings_it_back_unless_it_had_stopped(
    stage: Stage,
) -> None:
    await ask(stage, AWA, "/watch Mali")
    stage.telegram.membership(AWA, "kicked")
    stage.telegram.say(7, "/help")
    await stage.telegram.next_message(7)
    assert stage.store.chats[AWA].state is ChatState.UNREACHABLE
    stage.telegram.membership(AWA, "member")
    await ask(stage, AWA, "/stop")
    assert stage.store.chats[AWA].state is ChatState.STOPPED
    stage.telegram.membership(AWA, "kicked")
    stage.telegram.membership(AWA, "member")
    await ask(stage, AWA, "/help")
    assert stage.store.chats[AWA].state is ChatState.STOPPED


async def test_nothing_is_met_with_silence(stage: Stage) -> None:
    assert "/watch" in (await ask(stage, AWA, "/help")).text
    assert "I did not understand" in (await ask(stage, AWA, "/fly")).text
    assert "too long" in (await ask(stage, AWA, "Bamako " * 50)).text
    assert "Which place?" in (await ask(stage, AWA, "/watch")).text
    stage.telegram.send_update(AWA, dice={"emoji": "🎲", "value": 3})
    assert "I did not understand" in (await stage.telegram.next_message(AWA)).text


async def test_a_press_that_is_old_forged_or_double_is_answered_and_changes_nothing(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    listed = await ask(stage, AWA, "/unwatch")
    other = await ask(stage, 43, "/watch Niger")
    sealed, writes = listed.data_of("✖ Mali"), stage.store.writes
    for data in (
        "",
        "nonsense",
        "1:u:1001:",
        sealed[:-1] + "?",
        sealed.rpartition(":")[0],
        other.data_of("Stop"),
        "é" * 40,
    ):
        stage.telegram.press_data(AWA, listed, data)
        assert "out of date" in (await stage.telegram.next_answer())["text"]
    assert stage.store.writes == writes
    theirs = next(watch.id for watch in stage.store.kept.values() if watch.chat_id == 43)
    for action, told in ((f"2:u:{theirs}:", "already"), ("2:w:0:gn:404", "no longer know"), ("2:zz:0:", "out of date")):
        stage.press_action(AWA, listed, action)
        assert told in (await stage.telegram.next_answer())["text"]
    assert len(stage.store.kept) == 2


async def test_more_than_ten_changes_a_minute_are_kindly_put_off(stage: Stage) -> None:
    for _ in range(10):
        assert "Watching Mali" in (await ask(stage, AWA, "/watch Mali")).text
    assert "a lot in one minute" in (await ask(stage, AWA, "/watch Niger")).text
    listed = await ask(stage, AWA, "/unwatch")
    stage.telegram.press(AWA, listed, "✖ Mali")
    assert "a lot in one minute" in (await stage.telegram.next_answer())["text"]
    assert [watch.label for watch in stage.store.kept.values()] == ["Mali"]
    assert "Watching Niger" in (await ask(stage, 43, "/watch Niger")).text
    stage.clock.turn(minutes=1)
    assert "Watching Niger" in (await ask(stage, AWA, "/watch Niger")).text


async def test_a_fault_inside_is_answered_with_an_apology(stage: Stage) -> None:
    async def broken(_chat_id: int) -> None:
        raise OSError("disk full")

    await ask(stage, AWA, "/watch Mali")
    listed = await ask(stage, AWA, "/watches")
    stage.store.watches_of = broken  # type: ignore[assignment,method-assign]
    assert "Something went wrong" in (await ask(stage, AWA, "/watches")).text
    stage.press_action(AWA, listed, encode(Press(Verb.WATCHES)))
    assert "Something went wrong" in (await stage.telegram.next_answer())["text"]


async def test_the_commands_are_listed_in_each_language(stage: Stage) -> None:
    assert stage.telegram.asked_updates == [
        "message", "edited_message", "callback_query", "my_chat_member", "inline_query", "chat_member",
    ]  # fmt: skip
    english = stage.telegram.commands["default", ""]
    french = stage.telegram.commands["all_private_chats", "fr"]
    assert [command["command"] for command in english] == [command["command"] for command in french]
    assert french[0]["description"] == "Suivre un lieu"
    assert stage.telegram.commands["all_private_chats", "ar"][0]["description"] == "متابعة مكان"


async def test_members_of_a_group_are_offered_what_changes_nothing_and_administrators_all(stage: Stage) -> None:
    offered = {
        scope: {command["command"] for command in commands}
        for (scope, language), commands in stage.telegram.commands.items()
        if language == "ru"
    }
    everything = offered["default"]
    assert offered == {
        "default": everything,
        "all_private_chats": everything,
        "all_chat_administrators": everything,
        "all_group_chats": READING_COMMANDS,
    }
    assert {"watch", "unwatch", "stop", "start"} <= everything - READING_COMMANDS
    assert {"watches", "help", "risk", "airport", "latest", "why", "missed", "status"} <= READING_COMMANDS


async def test_the_settings_can_be_had_in_arabic_and_the_list_of_commands_reads_from_the_right(stage: Stage) -> None:
    shown = await ask(stage, AWA, "/settings")
    languages = await press(stage, AWA, shown, "Language")
    arabic = await press(stage, AWA, languages, "العربية")
    assert "اللغة: العربية" in arabic.text
    listed = (await ask(stage, AWA, "/help")).text.splitlines()
    assert all(line.startswith("\u200f") for line in listed if "/watches" in line or "/stop" in line)
