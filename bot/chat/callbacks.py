"""What a button carries: compact, versioned, sealed for its chat, at most 64 bytes, and never words of a person.

Any client can forge it and press old buttons. The seal shows that we made it, and for this chat; whoever acts on it
still asks again whether that person may, and whether the thing is theirs.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.model.alert import Button, Deed

VERSION = "2"
MOST_BYTES = 64
SEAL_LETTERS = 8  # 48 bits: one guess in 280 billion
_MOST_OPEN = MOST_BYTES - SEAL_LETTERS - 1

_FORM = re.compile(
    r"(?P<version>\d+):(?P<verb>[a-z]{1,2}):(?P<number>\d{1,15}):(?P<value>[A-Za-z0-9:._/+-]*)", re.ASCII
)


class Verb(StrEnum):
    """What a press asks for, by subject; the values are what travels."""

    START_LANGUAGE = "a"
    CLOSE = "x"

    WATCH = "w"
    UNWATCH = "u"
    WATCHES = "l"
    DROPS = "k"
    ROUTE = "r"

    OPEN = "o"
    LEAST = "ol"
    HAZARDS = "oh"
    RADIUS = "or"
    DATES = "od"
    MUTE = "om"

    TRIP = "tp"
    TRIPS = "t"
    TRIP_DROP = "td"

    EVENT_MAP = "em"
    EVENT_WHY = "ew"
    EVENT = "e"
    LATEST = "n"
    RISK = "p"
    AIRPORT = "b"
    EVENT_READ = "er"

    CALL = "rc"
    CALL_SAFE = "rs"
    CALL_HELP = "rh"
    CALL_AWAY = "ra"
    CALL_CLOSE = "rx"

    CONTACT = "c"
    CONTACT_AFTER = "ca"
    CONTACT_INVITE = "ci"
    CONTACT_DISMISS = "cd"
    CONTACT_AGREE = "cy"
    CONTACT_WITHDRAW = "cw"

    OWN = "h"

    EVENT_SHOW = "es"
    EVENT_MUTE = "eq"
    EVENT_HEAR = "eh"
    EVENT_WRONG = "ef"
    EVENT_SAID = "ei"

    SETTINGS = "s"
    LANGUAGES = "j"
    LANGUAGE = "g"
    ZONES = "y"
    ZONE = "z"
    QUIET = "q"
    SEVERITY = "v"
    WAKE = "sw"
    BRIEF = "sb"
    DISCREET = "sd"
    PICTURES = "sp"

    FORGET = "fg"
    NOTICE = "nb"


_DEEDS: dict[Deed, Verb] = {
    Deed.READ: Verb.EVENT_READ, Deed.ROLL_CALL: Verb.CALL, Deed.SAFE: Verb.CALL_SAFE, Deed.HELP: Verb.CALL_HELP,
    Deed.AWAY: Verb.CALL_AWAY, Deed.CLOSE_CALL: Verb.CALL_CLOSE,
    Deed.MAP: Verb.EVENT_MAP, Deed.WHY: Verb.EVENT_WHY, Deed.SHOW: Verb.EVENT_SHOW, Deed.MUTE: Verb.EVENT_MUTE,
    Deed.HEAR: Verb.EVENT_HEAR, Deed.WRONG: Verb.EVENT_WRONG,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Press:
    """A press: the verb, a number (a watch's id, a page, a radius; 0 for none) and a value (a place's id, a zone)."""

    verb: Verb
    number: int = 0
    value: str = ""


def encode(press: Press) -> str:
    """Return the press as it stands in a button that is not sealed yet; ValueError if it does not fit."""
    data = f"{VERSION}:{press.verb}:{press.number}:{press.value}"
    if len(data.encode()) > _MOST_OPEN or not _FORM.fullmatch(data):
        raise ValueError(f"callback data does not fit: {data!r}")
    return data


def decode(data: str) -> Press | None:
    """Return the press that the data without their seal mean; None for what we never sent, or no longer send."""
    found = _FORM.fullmatch(data) if len(data.encode(errors="replace")) <= _MOST_OPEN else None
    if not found or found["version"] != VERSION or found["verb"] not in set(Verb):
        return None
    return Press(Verb(found["verb"]), int(found["number"]), found["value"])


def action_of(button: Button) -> str:
    """Return the action of a button that is no link: its own, or that of its deed."""
    return button.action if button.deed is None else encode(Press(_DEEDS[button.deed], value=button.about))


class Seal:
    """Seals what buttons carry with a key that is derived from a secret: the bot's token.

    So every process of one bot knows it, it outlives a restart, and it stands in no file of its own.
    """

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"outrider: callback data", sha256)

    def close(self, chat_id: int, action: str) -> str:
        """Return the action with its seal for that chat: what the button carries."""
        return f"{action}:{self._letters(chat_id, action)}"

    def open(self, chat_id: int, data: str) -> Press | None:
        """Return the press; None for what we did not seal for that chat, or no longer understand."""
        action, _, letters = data.rpartition(":")
        if not hmac.compare_digest(letters.encode(errors="replace"), self._letters(chat_id, action).encode()):
            return None
        return decode(action)

    def _letters(self, chat_id: int, action: str) -> str:
        digest = hmac.digest(self._key, f"{chat_id}:{action}".encode(errors="replace"), sha256)
        return urlsafe_b64encode(digest)[:SEAL_LETTERS].decode()
