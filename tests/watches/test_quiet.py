from datetime import UTC, datetime, time

from builders import chat
from hypothesis import given
from hypothesis import strategies as st

from bot.model.watch import QuietHours
from bot.watches.quiet import quiet_until


def utc(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=UTC)


NIGHT = QuietHours(time(22), time(7))
NOON = QuietHours(time(12), time(14))


def test_over_night_they_end_in_the_morning_of_the_chats_own_zone() -> None:
    paris = chat(timezone="Europe/Paris", quiet=NIGHT)
    assert quiet_until(paris, utc(17, 21)) == utc(18, 5)
    assert quiet_until(paris, utc(18, 3)) == utc(18, 5)
    assert quiet_until(paris, utc(18, 5)) is None
    assert quiet_until(paris, utc(17, 19, 59)) is None


def test_within_a_day_they_begin_with_their_start_and_end_before_their_end() -> None:
    bamako = chat(timezone="Africa/Bamako", quiet=NOON)
    assert quiet_until(bamako, utc(17, 12)) == utc(17, 14)
    assert quiet_until(bamako, utc(17, 14)) is None
    assert quiet_until(bamako, utc(17, 11, 59)) is None


def test_equal_times_mean_off() -> None:
    always = chat(quiet=QuietHours(time(7), time(7)))
    assert all(quiet_until(always, utc(17, hour)) is None for hour in range(24))


def test_no_quiet_hours_are_none() -> None:
    assert quiet_until(chat(), utc(17, 3)) is None


def test_a_date_line_zone_counts_its_own_days() -> None:
    kiritimati = chat(timezone="Pacific/Kiritimati", quiet=NIGHT)  # UTC+14
    assert quiet_until(kiritimati, utc(17, 10)) == utc(17, 17)


def test_the_night_of_the_clock_change_ends_at_seven_by_the_new_time() -> None:
    paris = chat(timezone="Europe/Paris", quiet=NIGHT)
    assert quiet_until(paris, utc(26, 22, month=10)) == utc(27, 6, month=10)


def test_an_end_that_the_clock_jumps_over_still_comes() -> None:
    paris = chat(timezone="Europe/Paris", quiet=QuietHours(time(22), time(2, 30)))
    assert quiet_until(paris, datetime(2024, 3, 31, 0, 30, tzinfo=UTC)) == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)


def test_a_zone_that_is_none_counts_as_utc() -> None:
    assert quiet_until(chat(timezone="Mars/Olympus", quiet=NIGHT), utc(17, 23)) == utc(18, 7)


@given(st.times(), st.times(), st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - made aware
       st.sampled_from(["UTC", "Europe/Paris", "America/St_Johns", "Pacific/Chatham", "Asia/Kathmandu"]))  # fmt: skip
def test_they_end_within_a_day_and_are_over_then(start: time, end: time, now: datetime, zone: str) -> None:
    quiet = chat(timezone=zone, quiet=QuietHours(start, end))
    moment = now.replace(tzinfo=UTC)
    until = quiet_until(quiet, moment)
    if until is not None:
        assert 0 < (until - moment).total_seconds() <= 25 * 3600
