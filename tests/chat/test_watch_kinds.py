"""Every kind of watch as people ask for it: groups of countries, ways, live locations, links; and what they adjust."""

import logging
from datetime import date

import pytest
from builders import at
from support.chat_stage import Stage, ask, press

from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.watch import Watch, WatchKind

AWA, GROUP, BOSS, GUEST = 42, -1_001_234_567_890, 7, 8


def only(stage: Stage) -> Watch:
    (watch,) = stage.store.kept.values()
    return watch


@pytest.mark.parametrize("typed", ["Sahel", "sahel countries", "Сахель", "دول الساحل"])
async def test_a_group_of_countries_is_watched_by_its_name_in_any_language(stage: Stage, typed: str) -> None:
    assert "Watching Sahel." in (await ask(stage, AWA, f"/watch {typed}")).text
    assert (only(stage).kind, only(stage).area[0].countries) == (WatchKind.GROUP, ("BF", "ML", "NE"))


async def test_a_group_of_countries_is_offered_for_a_slip(stage: Stage) -> None:
    asked = await ask(stage, AWA, "/watch Sahell")
    assert asked.labels[0] == "Sahel"
    assert "Watching Sahel." in (await press(stage, AWA, asked, "Sahel")).text


@pytest.mark.parametrize(
    "typed", ["Bamako Ségou", "bamako - segou", "Bamako → Ségou", "Bamako / Ségou", "Bamako, Ségou"]
)
async def test_the_way_between_two_places_is_watched(stage: Stage, typed: str) -> None:
    watching = await ask(stage, AWA, f"/route {typed}")
    assert "Watching Bamako, Mali – Ségou, Mali." in watching.text
    assert "within 50 km of the way" in watching.text
    assert (only(stage).kind, [end.name for end in only(stage).area]) == (WatchKind.ROUTE, ["Bamako", "Ségou"])


async def test_an_end_of_a_way_that_may_be_two_towns_is_asked_for(stage: Stage) -> None:
    asked = await ask(stage, AWA, "/route Tripoli - Tripoli")
    assert asked.labels == ["Tripoli, Libya", "Tripoli, Lebanon"]
    again = await press(stage, AWA, asked, "Libya")
    assert again.labels == ["Tripoli, Libya", "Tripoli, Lebanon"]
    assert not stage.store.kept
    assert "Tripoli, Libya – Tripoli, Lebanon" in (await press(stage, AWA, again, "Lebanon")).text


async def test_a_way_that_cannot_be_understood_is_said_so(stage: Stage) -> None:
    assert "Which two places?" in (await ask(stage, AWA, "/route")).text
    assert "Which two places?" in (await ask(stage, AWA, "/route Bamako")).text
    assert "same place" in (await ask(stage, AWA, "/route Bamako - Bamako")).text
    unknown = await ask(stage, AWA, "/route Bamako - Atlantis")
    assert "I do not know a place “Atlantis”" in unknown.text
    assert "Atlanta, United States" in unknown.text
    assert not stage.store.kept


async def test_a_live_location_is_followed_without_a_word_and_forgotten_at_its_end(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    number = stage.telegram.share_live(AWA, 12.639_234, -8.002_889, period=3600)
    watching = await stage.telegram.next_message(AWA)
    assert "Watching your live location." in watching.text
    assert (only(stage).kind, only(stage).ends_at) == (WatchKind.LIVE, at(1))

    stage.telegram.move_live(AWA, number, 13.43, -6.26, period=3600)
    listed = await ask(stage, AWA, "/watches")
    assert "your live location" in listed.text
    assert (only(stage).area[0].point.lat, only(stage).area[0].country) == (13.43, "ML")
    assert len(stage.telegram.in_chat(AWA)) == 2

    stage.telegram.move_live(AWA, number, 13.44, -6.27)
    assert "have forgotten where you were" in (await stage.telegram.next_message(AWA)).text
    assert not stage.store.kept
    assert not [line for line in caplog.messages if "12.6" in line or "13.4" in line or "-6.2" in line]


async def test_small_steps_are_not_written_and_a_location_that_nobody_watches_is_let_pass(stage: Stage) -> None:
    number = stage.telegram.share_live(AWA, 12.639, -8.003, period=3600)
    await stage.telegram.next_message(AWA)
    writes = stage.store.writes
    stage.telegram.move_live(AWA, number, 12.640, -8.003, period=3600)
    stage.telegram.move_live(AWA, number + 5_000, 14.0, -8.0, period=3600)
    await ask(stage, AWA, "/watches")
    assert stage.store.writes == writes


async def test_a_location_shared_without_end_is_kept_a_day_from_its_last_step(stage: Stage) -> None:
    number = stage.telegram.share_live(AWA, 12.639, -8.003, period=0x7FFFFFFF)
    await stage.telegram.next_message(AWA)
    assert only(stage).ends_at == at(24)
    stage.clock.turn(hours=5)
    stage.telegram.move_live(AWA, number, 13.43, -6.26, period=0x7FFFFFFF)
    await ask(stage, AWA, "/watches")
    assert only(stage).ends_at == at(29)


@pytest.mark.parametrize(
    ("link", "name"), [("w_ML", "Mali"), ("w_BKO", "Modibo"), ("w_2460596", "Bamako"), ("w_sahel", "Sahel")]
)
async def test_a_link_proposes_a_watch_and_changes_nothing_without_a_press(stage: Stage, link: str, name: str) -> None:
    asked = await ask(stage, AWA, f"/start {link}")
    assert f"Shall I watch {name}" in asked.text
    assert (stage.store.writes, stage.store.chats) == (0, {})
    assert f"Watching {name}" in (await press(stage, AWA, asked, "Watch")).text
    assert only(stage).area[0].name.startswith(name)


@pytest.mark.parametrize("link", ["w_", "w_ZZ", "w_404", "x_ML", "w_../../etc", "w_ML extra"])
async def test_a_link_that_means_nothing_is_a_plain_start(stage: Stage, link: str) -> None:
    assert "Choose your language." in (await ask(stage, AWA, f"/start {link}")).text


async def test_a_member_of_a_group_may_follow_a_link_but_not_press(stage: Stage) -> None:
    asked = await ask(stage, GROUP, "/start w_ML", user_id=GUEST)
    stage.telegram.press(GROUP, asked, "Watch", user_id=GUEST)
    assert "Only administrators" in (await stage.telegram.next_answer())["text"]
    assert not stage.store.kept


async def test_each_key_of_the_welcome_is_answered_in_the_chats_language(stage: Stage) -> None:
    languages = await ask(stage, AWA, "/start")
    await press(stage, AWA, languages, "Русский")
    welcome = await stage.telegram.next_message(AWA)
    place, trip = (key["text"] for key in welcome.reply_keyboard[1])
    assert "/route" in (await ask(stage, AWA, place)).text
    assert "/trip" in (await ask(stage, AWA, trip)).text


async def test_every_wish_of_one_watch_is_adjusted_in_one_message(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Bamako")
    listed = await ask(stage, AWA, "/watches")
    opened = await press(stage, AWA, listed, "⚙ Bamako")
    assert "Least severity: MODERATE" in opened.text

    assert "Least severity: SEVERE" in (await press(stage, AWA, opened, "Least severity")).text
    await press(stage, AWA, opened, "Radius")
    assert "Radius: 100 km" in " ".join((await press(stage, AWA, opened, "100 km")).labels)
    await press(stage, AWA, opened, "Dates")
    assert "Dates: until 24 Sep" in (await press(stage, AWA, opened, "7 days")).text
    await press(stage, AWA, opened, "Muted")
    assert "Muted: until 17 Sep, 15:00 UTC" in (await press(stage, AWA, opened, "8 hours")).text
    await press(stage, AWA, opened, "Hazards")
    off = await press(stage, AWA, opened, "natural hazards")
    assert "▫️ natural hazards" in off.labels
    shown = await press(stage, AWA, opened, "Back")
    assert "Hazards: conflict, unrest and crime, airports and transport" in shown.text
    assert shown.message_id == listed.message_id

    watch = only(stage)
    assert (watch.min_severity, watch.radius_km, watch.active_until) == (Severity.SEVERE, 100, date(2024, 9, 24))
    assert (watch.muted_until, watch.due_at) == (at(8), at(24 * 7 + 17))
    assert watch.hazards == frozenset(Hazard) - {
        Hazard.EARTHQUAKE, Hazard.TSUNAMI, Hazard.VOLCANO, Hazard.STORM, Hazard.FLOOD, Hazard.WILDFIRE,
        Hazard.LANDSLIDE, Hazard.EXTREME_WEATHER,
    }  # fmt: skip


async def test_the_last_group_of_hazards_stays_on(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    opened = await press(stage, AWA, await ask(stage, AWA, "/watches"), "⚙ Mali")
    groups = await press(stage, AWA, opened, "Hazards")
    for label in [label.removeprefix("✅ ") for label in groups.labels if label.startswith("✅")]:
        stage.telegram.press(AWA, groups, label)
        await stage.telegram.next_answer()
    assert only(stage).hazards == frozenset({Hazard.ADVISORY})


async def test_a_country_has_no_radius_to_choose(stage: Stage) -> None:
    await ask(stage, AWA, "/watch Mali")
    opened = await press(stage, AWA, await ask(stage, AWA, "/watches"), "⚙ Mali")
    assert not [label for label in opened.labels if "Radius" in label]
    stage.press_action(AWA, opened, f"2:or:{only(stage).id}:25")
    await stage.telegram.next_answer()
    assert only(stage).radius_km is None


async def test_members_of_a_group_may_look_at_a_watch_and_only_administrators_adjust_it(stage: Stage) -> None:
    stage.telegram.statuses[GROUP, BOSS] = "administrator"
    await ask(stage, GROUP, "/watch Bamako", user_id=BOSS)
    listed = await ask(stage, GROUP, "/watches", user_id=GUEST)
    stage.telegram.press(GROUP, listed, "⚙ Bamako", user_id=GUEST)
    opened = await stage.telegram.next_message(GROUP)
    await stage.telegram.next_answer()
    stage.telegram.press(GROUP, opened, "Least severity", user_id=GUEST)
    assert "Only administrators" in (await stage.telegram.next_answer())["text"]
    stage.telegram.press(GROUP, opened, "Least severity", user_id=BOSS)
    assert "Least severity: SEVERE" in (await stage.telegram.next_message(GROUP)).text


async def test_nobody_opens_or_adjusts_the_watch_of_another_chat(stage: Stage) -> None:
    await ask(stage, 43, "/watch Niger")
    theirs = only(stage)
    shown = await ask(stage, AWA, "/watches")
    for verb in ("o", "ol", "or", "od", "om", "oh"):
        stage.press_action(AWA, shown, f"2:{verb}:{theirs.id}:")
        assert "already" in (await stage.telegram.next_answer())["text"]
    assert only(stage) == theirs
