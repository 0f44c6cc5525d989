"""Second contacts agree first; groups and channels are their administrators' to see to; every command has a rule."""

from support.crew_stage import BOSS, GROUP, CrewStage
from telegram.ext import CommandHandler

from bot.chat.references import INVITATION, MANAGE, Reference, References
from bot.model.watch import ChatKind

FRIEND, CHANNEL, BOT = 42, -1_009_876_543_210, 1_000_001
EVERYBODY = {
    "help", "watches", "trips", "settings", "risk", "airport", "latest", "why", "missed", "status", "privacy", "start",
    "quiet", "snooze", "brief", "unwatch",
}  # fmt: skip
ADMINISTRATORS = {
    "watch", "route", "trip", "stop", "export", "forget", "contact", "rollcall", "drill", "log", "manage", "channel",
}  # fmt: skip


def link_of(text: str) -> str:
    return text.rpartition("?start=")[2].strip()


async def test_a_second_contact_is_one_only_after_agreeing_in_its_own_chat(crewed: CrewStage) -> None:
    shown = await crewed.say(GROUP, "/contact")
    crewed.telegram.press(GROUP, shown, "Invite", user_id=BOSS)
    link = link_of((await crewed.telegram.next_message(GROUP)).text)
    assert await crewed.crew.acknowledge.contact_of(FRIEND) == ()
    asked = await crewed.say(FRIEND, f"/start {link}", user_id=FRIEND)
    assert await crewed.crew.acknowledge.contact_of(FRIEND) == ()
    crewed.telegram.press(FRIEND, asked, "I agree", user_id=FRIEND)
    assert "Agreed" in (await crewed.telegram.next_message(FRIEND)).text
    assert await crewed.crew.acknowledge.contact_of(FRIEND) == (GROUP,)
    assert "good no more" in (await crewed.say(43, f"/start {link}", user_id=43)).text


async def test_a_forged_link_names_no_chat(crewed: CrewStage) -> None:
    forged = References("another bot").close(MANAGE, Reference(GROUP))
    assert "out of date" in (await crewed.say(BOSS, f"/start {forged}", user_id=BOSS)).text
    assert References("a").open(INVITATION, References("a").close(MANAGE, Reference(1))) is None


async def test_a_group_is_seen_to_in_private_by_its_administrator_alone(crewed: CrewStage) -> None:
    await crewed.say(GROUP, "/watch Mali")
    link = References(crewed.application.bot.token).close(MANAGE, Reference(GROUP))
    assert "Only administrators" in (await crewed.say(FRIEND, f"/start {link}", user_id=FRIEND)).text
    assert "For the chat" in (await crewed.say(BOSS, f"/start {link}", user_id=BOSS)).text
    assert "Niger" in (await crewed.say(BOSS, "/watch Niger", user_id=BOSS)).text
    assert len(await crewed.store.watches_of(GROUP)) == 2
    assert await crewed.store.watches_of(BOSS) == ()
    crewed.telegram.standing(GROUP, BOSS, "member")
    assert "Only administrators" in (await crewed.say(BOSS, "/watch Gao", user_id=BOSS)).text
    assert len(await crewed.store.watches_of(GROUP)) == 2


async def test_a_channel_is_linked_by_its_administrator_where_the_bot_may_post(crewed: CrewStage) -> None:
    crewed.telegram.channels.add(CHANNEL)
    crewed.telegram.names["@desk"] = CHANNEL
    crewed.telegram.statuses[CHANNEL, BOSS] = "creator"
    assert "forward me" in (await crewed.say(BOSS, "/channel @desk", user_id=BOSS)).text
    crewed.telegram.statuses[CHANNEL, BOT] = "administrator"
    assert "Only administrators" in (await crewed.say(FRIEND, "/channel @desk", user_id=FRIEND)).text
    assert "For the chat" in (await crewed.say(BOSS, "/channel @desk", user_id=BOSS)).text
    await crewed.say(BOSS, "/watch Mali", user_id=BOSS)
    kept = await crewed.store.chat(CHANNEL)
    assert kept is not None
    assert kept.kind is ChatKind.CHANNEL
    assert len(await crewed.store.watches_of(CHANNEL)) == 1


async def test_what_administrators_alone_may_is_refused_to_a_member(crewed: CrewStage) -> None:
    handlers = [one for group in crewed.application.handlers.values() for one in group]
    names = {name for one in handlers if isinstance(one, CommandHandler) for name in one.commands}
    assert names - EVERYBODY - ADMINISTRATORS == set(), "a command without a rule"
    for name in sorted(names & (ADMINISTRATORS - {"channel"})):
        crewed.telegram.say(GROUP, f"/{name} Mali", user_id=8)
        assert "Only administrators" in (await crewed.telegram.next_message(GROUP)).text, name
    assert await crewed.store.watches_of(GROUP) == ()
