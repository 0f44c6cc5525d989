"""What a button carries: compact, versioned, at most 64 bytes, and never words of a person.

Any client can forge it and press old buttons: it names an action and a thing, and whoever acts on it asks again
whether that person may, and whether the thing is theirs.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

VERSION = "1"
MOST_BYTES = 64

_FORM = re.compile(r"(?P<version>\d+):(?P<verb>[a-z]):(?P<number>\d{1,15}):(?P<value>[A-Za-z0-9:._/+-]*)", re.ASCII)


class Verb(StrEnum):
    """What a press asks for; the values are what travels."""

    START_LANGUAGE = "a"
    WATCH = "w"
    UNWATCH = "u"
    WATCHES = "l"
    SETTINGS = "s"
    LANGUAGES = "j"
    LANGUAGE = "g"
    ZONES = "y"
    ZONE = "z"
    QUIET = "q"
    SEVERITY = "v"
    CLOSE = "x"


@dataclass(frozen=True, slots=True)
class Press:
    """A press: the verb, a number (a watch's id, a page, a radius; 0 for none) and a value (a place's id, a zone)."""

    verb: Verb
    number: int = 0
    value: str = ""


def encode(press: Press) -> str:
    """Return the press as callback data; ValueError if it does not fit."""
    data = f"{VERSION}:{press.verb}:{press.number}:{press.value}"
    if len(data.encode()) > MOST_BYTES or not _FORM.fullmatch(data):
        raise ValueError(f"callback data does not fit: {data!r}")
    return data


def decode(data: str) -> Press | None:
    """Return the press that the data mean; None for what we never sent, or no longer send."""
    found = _FORM.fullmatch(data) if len(data.encode(errors="replace")) <= MOST_BYTES else None
    if not found or found["version"] != VERSION or found["verb"] not in set(Verb):
        return None
    return Press(Verb(found["verb"]), int(found["number"]), found["value"])
