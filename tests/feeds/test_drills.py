"""Tests, exercises and messages of the system itself are no items, in whatever way each office marks them."""

from copy import deepcopy
from typing import Any

import pytest
from support.official import collection, feature, official
from support.payloads import PAYLOADS

from bot.feeds.drills import is_a_test
from bot.model.item import Format

POINT = {"type": "Point", "coordinates": [10.0, 20.0]}
CAP = """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>s</sender>
<sent>2024-09-17T08:00:00+00:00</sent><status>{}</status><msgType>Alert</msgType><info><event>Flood</event>
<headline>{}</headline><severity>Severe</severity><area><areaDesc>Kalo</areaDesc></area></info></alert>"""
TSUNAMI = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>b1</id><title>Kalo Sea</title>
<updated>2024-09-17T08:00:00Z</updated><summary>{} Category: Warning Magnitude: 7.9</summary></entry></feed>"""
JAPAN = """<opendata><mail><keyCd>1</keyCd><infoName>スポット情報</infoName><leaveDate>2024/09/17 19:30:00</leaveDate>
<title>{}</title><country cd="0223" name="マリ"/></mail></opendata>"""
GDACS = """<rss xmlns:gdacs="http://www.gdacs.org"><channel><item><gdacs:eventtype>EQ</gdacs:eventtype>
<gdacs:eventid>1</gdacs:eventid><gdacs:alertlevel>Red</gdacs:alertlevel><gdacs:country>{}</gdacs:country>
<pubDate>Tue, 17 Sep 2024 08:00:00 GMT</pubDate></item></channel></rss>"""


def changed(form: Format, *way: str | int, to: object) -> Any:  # noqa: ANN401 - JSON is of any shape
    """Return the format's payload with another value at the end of the way."""
    payload: Any = deepcopy(PAYLOADS[form])
    inner = payload
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = to
    return payload


def sigmet(status: str) -> dict[str, object]:
    words = f"KALO SIGMET 1 VALID 170800/171400 KALO- KALO KALO FIR {status} VA ERUPTION MT KALO PSN N0100 E00200"
    return collection(feature({"firId": "KALO", "hazard": "VA", "rawSigmet": words, "validTimeFrom": 1}, POINT))


def storm(number: str) -> object:
    return changed(Format.NHC, "activeStorms", 0, "id", to=number)


PAIRS = [
    (Format.CAP, CAP.format("Actual", "Flood"), CAP.format("Exercise", "Flood")),
    (Format.CAP, CAP.format("Actual", "Flood"), CAP.format("Actual", "This is only a test")),
    (Format.NWS, PAYLOADS[Format.NWS], changed(Format.NWS, "features", 0, "properties", "status", to="Test")),
    (Format.METEOALARM, PAYLOADS[Format.METEOALARM],
     changed(Format.METEOALARM, "warnings", 0, "alert", "status", to="System")),
    (Format.WMO, PAYLOADS[Format.WMO],
     changed(Format.WMO, "features", 0, "properties", "event", to="Test message only")),
    (Format.NINA, PAYLOADS[Format.NINA], changed(Format.NINA, 0, "payload", "data", "headline", to="Probewarnung")),
    (Format.METNO, PAYLOADS[Format.METNO],
     changed(Format.METNO, "features", 0, "properties", "status", to="Exercise")),
    (Format.ECCC, PAYLOADS[Format.ECCC],
     changed(Format.ECCC, "features", 0, "properties", "alert_name_en", to="test message")),
    (Format.DWD, PAYLOADS[Format.DWD], changed(Format.DWD, "alerts", 0, "status", to="test")),
    (Format.MET_EIREANN, PAYLOADS[Format.MET_EIREANN],
     changed(Format.MET_EIREANN, "warnings", "marine", 0, "headline", to="This is a test")),
    (Format.CMA, PAYLOADS[Format.CMA],
     changed(Format.CMA, "data", "page", "list", 0, "title", to="北京市气象台发布大雾红色预警信号测试")),
    (Format.TSUNAMI, TSUNAMI.format("Move inland."), TSUNAMI.format("TEST...This is a tsunami communications test.")),
    (Format.SIGMET, sigmet(""), sigmet("TEST")),
    (Format.SIGMET, sigmet(""), sigmet("EXER")),
    (Format.NHC, storm("al052024"), storm("al802024")),
    (Format.MOFA_JAPAN, JAPAN.format("地震の発生"), JAPAN.format("地震を想定した安否確認訓練の実施")),
    (Format.OREF, PAYLOADS[Format.OREF], changed(Format.OREF, 0, "category", to=101)),
    (Format.GDACS, GDACS.format("Mali"), GDACS.format("This is only a test")),
    (Format.JMA_QUAKE, PAYLOADS[Format.JMA_QUAKE], changed(Format.JMA_QUAKE, 0, "anm", to="これは訓練です")),
    (Format.WHO_DON, PAYLOADS[Format.WHO_DON],
     changed(Format.WHO_DON, "value", 0, "Title", to="Exercise only: fever - Mali")),
    (Format.USGS, PAYLOADS[Format.USGS],
     changed(Format.USGS, "features", 0, "properties", "place", to="This is only a test")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "real", "test"), PAIRS, ids=[f"{form.value}-{number}" for number, (form, _, _) in enumerate(PAIRS)]
)
def test_the_real_thing_is_an_item_and_its_test_is_none(form: Format, real: Any, test: Any) -> None:  # noqa: ANN401
    assert official(real, form)
    assert official(test, form) == ()


@pytest.mark.parametrize(
    "words",
    ["North Korea tests a missile", "Nuclear test detected", "Test match postponed after flood", "軍事訓練に関する注意",
     "Water tested after spill", "Military exercise closes airspace"],
)  # fmt: skip
def test_what_is_only_about_a_test_or_an_exercise_is_none(words: str) -> None:
    assert not is_a_test(words)


@pytest.mark.parametrize(
    "words", ["TEST...TEST...TEST", "THIS_MESSAGE_IS_FOR_TEST_PURPOSES_ONLY", "Bundesweiter Warntag", "Simulacro"]
)
def test_these_say_that_they_are_tests(words: str) -> None:
    assert is_a_test(words)
