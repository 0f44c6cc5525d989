"""China, Japan, Hong Kong: codes and colours, worded by us in English."""

from datetime import UTC, datetime

import pytest
from support.official import facts, official, one

from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Format


def china(title: str, alert: str = "440100416000_20240917100000") -> dict[str, object]:
    row = {"alertid": alert, "issuetime": "2024/09/17 18:00", "title": title, "url": "/publish/alarm/1.html"}
    return {"msg": "success", "data": {"page": {"list": [row]}}}


def test_a_chinese_title_becomes_a_sentence_with_the_province_of_its_code() -> None:
    item = one(china("广东省某市气象台发布台风橙色预警信号"), Format.CMA, languages=("zh",))
    assert item.title == "Orange typhoon warning in Guangdong, China"
    assert (facts(item).hazard, facts(item).severity) == (Hazard.STORM, Severity.MODERATE)
    assert (item.published_at, item.language) == (datetime(2024, 9, 17, 10, tzinfo=UTC), "en")


def test_a_stronger_colour_is_the_same_warning_anew_and_its_lifting_is_its_end() -> None:
    orange = one(china("广东省某市气象台发布台风橙色预警信号"), Format.CMA)
    red = one(china("广东省某市气象台更新台风红色预警信号"), Format.CMA)
    lifted = one(china("广东省某市气象台解除台风红色预警信号"), Format.CMA)
    assert orange.id == red.id == lifted.id
    assert len({orange.content_key, red.content_key, lifted.content_key}) == 3
    assert facts(lifted).ended


def test_an_unknown_chinese_title_is_left_out() -> None:
    assert official(china("天气预报"), Format.CMA) == ()


def japan(*warnings: dict[str, str]) -> dict[str, object]:
    area = {"code": "460100", "name": "鹿児島県", "warnings": list(warnings)}
    return {"reportDatetime": "2024-09-17T19:00:00+09:00", "areaTypes": [{"areas": [area]}]}


def test_japans_codes_are_warnings_advisories_and_emergencies() -> None:
    items = official(
        japan(*({"code": code, "status": "発表"} for code in ("05", "14", "35"))), Format.JMA_WARNING, languages=("ja",)
    )
    assert [item.title for item in items] == [
        "Storm warning for Kagoshima, Japan", "Weather advisory for Kagoshima, Japan",
        "Emergency storm warning for Kagoshima, Japan",
    ]  # fmt: skip
    assert [facts(item).severity for item in items] == [Severity.MODERATE, Severity.MINOR, Severity.EXTREME]


def test_a_warning_that_japan_lifts_is_over() -> None:
    item = one(japan({"code": "05", "status": "解除"}), Format.JMA_WARNING)
    assert facts(item).ended
    assert item.title == "Storm warning lifted for Kagoshima, Japan"


def hong_kong(**said: str) -> dict[str, object]:
    return {"WTCSGNL": {
        "name": "Tropical Cyclone Warning Signal", "code": "TC8NE", "actionCode": "ISSUE",
        "issueTime": "2024-09-17T18:00:00+08:00", "updateTime": "2024-09-17T18:05:00+08:00",
    } | said}  # fmt: skip


def test_signal_eight_closes_the_airport_in_practice() -> None:
    item = one(hong_kong(), Format.HKO)
    assert item.title == "Hong Kong: Tropical Cyclone Warning Signal, signal 8NE"
    assert (facts(item).severity, facts(item).hazard, facts(item).countries) == (Severity.SEVERE, Hazard.STORM, ("HK",))


def test_a_cancelled_signal_is_over_and_no_signal_is_no_item() -> None:
    assert facts(one(hong_kong(actionCode="CANCEL"), Format.HKO)).ended
    assert official({}, Format.HKO) == ()
    with pytest.raises(DecodeError, match="no summary"):
        official({"message": "error"}, Format.HKO)
