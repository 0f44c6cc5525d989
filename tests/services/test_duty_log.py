"""The duty log's chain: whole as exported, and the first line that was touched is named."""

import pytest
from builders import at, event, report

from bot.alerts.render import own_name
from bot.model.watch import Chat, ChatKind
from bot.services.duty_log import DutyLog, Log, Record, fault_of
from bot.services.ports import Clock
from bot.services.rollcall import KEPT

CHAT = Chat(id=1, kind=ChatKind.PRIVATE)


class Told:
    async def told_since(self, chat_id: int, since: object) -> tuple[Record, ...]:
        del chat_id, since
        told = event(reports=(report("Sahel Wire"),), headline='=HYPERLINK("x"), two\nlines')
        one = Record(at=at(1), what="alert: first", outcome="sent", event=told, severity="severe", said=told.headline)
        return (one, Record(at=at(2), what="alert: read", outcome="done", event=told))


class Now(Clock):
    def now(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        return at(3)

    async def sleep(self, seconds: float) -> None:
        del seconds


async def exported() -> Log:
    return await DutyLog(Told(), Now(), own_name).export(CHAT, 30)


async def test_a_log_is_whole_as_it_was_exported_in_both_forms() -> None:
    log = await exported()
    assert (fault_of(log.csv), fault_of(log.json)) == ("", "")
    assert log.lines == 2
    assert log.last_hash in log.csv.decode()
    assert "Sahel Wire" in log.json.decode()


async def test_no_value_is_a_formula() -> None:
    assert "'=HYPERLINK" in (await exported()).csv.decode()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [("severe", "minor", "line 1: it was changed"), ("alert: read", "alert: seen", "line 2: it was changed")],
)
async def test_the_first_changed_line_is_named(old: str, new: str, fault: str) -> None:
    log = await exported()
    assert fault_of(log.csv.replace(old.encode(), new.encode(), 1)) == fault
    assert fault_of(log.json.replace(old.encode(), new.encode(), 1)) == fault


async def test_a_line_that_was_taken_out_is_missed_the_last_too() -> None:
    lines = (await exported()).json.splitlines(keepends=True)
    assert fault_of(b"".join(lines[1:])).startswith("line 1")
    assert fault_of(b"".join(lines[:-1])) == "line 3: the end of the log is missing"
    assert fault_of(b"") != ""
    assert fault_of(b"\xff\xfe").startswith("it is no duty log")


def test_answers_are_kept_for_thirty_days() -> None:
    assert KEPT.days == 30
