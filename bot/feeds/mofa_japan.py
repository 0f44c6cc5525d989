"""Japan's Foreign Ministry (ezairyu.mofa.go.jp/opendata): the newest mails of its embassies, each about a country.

The mails are in Japanese, which no lexicon of ours reads; the country is named in a field, and the title's commonest
words tell the hazard. Spot information ("スポット情報") and danger information ("危険情報") are the Ministry's own.
"""

import re
from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.countries import country_named, name_of
from bot.feeds.dates import parse_date
from bot.feeds.fields import child, parse_xml
from bot.feeds.itemise import Raw, itemise
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_HAZARDS = (
    (Hazard.ARMED_ATTACK, "a terrorist attack", ("テロ", "爆弾", "爆発", "銃撃", "襲撃")),
    (Hazard.COUP, "a coup", ("クーデター", "政変")),
    (Hazard.ARMED_CONFLICT, "fighting", ("ミサイル", "戦闘", "空爆", "武力", "砲撃")),
    (Hazard.KIDNAPPING, "a kidnapping", ("誘拐", "拉致")),
    (Hazard.UNREST, "protests", ("デモ", "抗議", "暴動", "ストライキ")),
    (Hazard.TSUNAMI, "a tsunami", ("津波",)),
    (Hazard.EARTHQUAKE, "an earthquake", ("地震",)),
    (Hazard.VOLCANO, "a volcanic eruption", ("噴火", "火山")),
    (Hazard.STORM, "a storm", ("台風", "ハリケーン", "サイクロン", "暴風")),
    (Hazard.FLOOD, "floods", ("洪水", "豪雨", "大雨")),
    (Hazard.WILDFIRE, "wildfires", ("森林火災", "山火事")),
    (Hazard.AIRPORT, "flights", ("空港", "領空", "フライト", "運航停止")),
    (Hazard.HEALTH, "an outbreak", ("感染症", "デング", "コレラ", "エボラ", "はしか", "麻疹", "流行")),
    (Hazard.ADVISORY, "a curfew or state of emergency", ("夜間外出禁止", "非常事態", "戒厳", "退避")),
)  # fmt: skip
_LIFTED = ("解除", "終了")
_PLAIN_TIME = re.compile(r"\d{4}[/-]\d{2}[/-]\d{2} \d{2}:\d{2}(?::\d{2})?")


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each mail."""
    root = parse_xml(text)
    if root.tag.rpartition("}")[2] != "opendata":
        raise DecodeError("XML that is not the Japanese ministry's open data")
    return itemise(source, [raw for mail in root.iter("{*}mail") if (raw := _raw(mail)) is not None], now)


def _raw(mail: Any) -> Raw | None:  # noqa: ANN401 - lxml brings no types
    key, title, kind = child(mail, "keyCd"), child(mail, "title"), child(mail, "infoName")
    if not key or not title:
        return None
    names = [country.get("name") or child(country, "name") for country in mail.iter("{*}country")]
    countries = tuple(dict.fromkeys(code for name in names if (code := country_named(name, "ja"))))
    hazard, about = next(
        ((one, told) for one, told, words in _HAZARDS if any(word in title for word in words)), (None, "")
    )
    over = any(word in title for word in _LIFTED)
    where = ", ".join(map(name_of, countries)) or "abroad"
    word = "spot" if "スポット" in kind else "danger" if "危険" in kind else "mail"
    subject = f": {about}" if about else ""
    ends = ", lifted or over" if over else ""
    return Raw(
        guid=key,
        link=child(mail, "infoUrl"),
        title=f"Japan informs its citizens in {where}{subject}{ends}",
        texts=(f"In Japanese: {title}",),
        published=_japan_time(child(mail, "leaveDate")),
        language="en",
        native=Native(
            event_id=key,
            revision=child(mail, "leaveDate"),
            hazard=hazard,
            severity=scales.of(scales.MOFA_MAIL, word),
            own_word=kind or child(mail, "infoType"),
            ended=over,
            countries=countries,
        ),
    )


def _japan_time(text: str) -> datetime | None:
    """Read "2024/09/17 12:34:00", which is Japan's time."""
    return parse_date(f"{text.replace('/', '-')}+09:00") if _PLAIN_TIME.fullmatch(text) else parse_date(text)
