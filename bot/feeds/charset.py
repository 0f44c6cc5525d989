"""Bytes to text, whatever their server says of them."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
_PROLOG = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SEVEN_BIT = ("iso2022",)
_LATIN = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What calls itself Latin-1 is in truth Windows' own; browsers read it so (WHATWG Encoding, section 4.2)."""


def text_of(body: bytes, content_type: str) -> str:
    """Return the body as text.

    A byte order mark decides. Else what is valid UTF-8 is UTF-8: servers that announce ISO-8859-1 by habit are
    many, texts in ISO-8859-1 that happen to be valid UTF-8 are not to be found. Else the XML declaration speaks,
    then the header; bytes that fit neither become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for start, encoding in _UNMARKED:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    declared = _declared(body, content_type)
    if not any(_plain(encoding).startswith(_SEVEN_BIT) for encoding in declared):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return body.decode(declared[0] if declared else "utf-8", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the declared encodings that exist, that of the document before that of the header."""
    prolog, header = _PROLOG.search(body[:1024]), _HEADER.search(content_type)
    names = ([prolog[1].decode("ascii")] if prolog else []) + ([header[1]] if header else [])
    return [known for known in map(_known, names) if known is not None]


def _known(name: str) -> str | None:
    try:
        codec = codecs.lookup(name)
        "<".encode(codec.name)  # refuses codecs that are no text encodings, such as "hex"
    except (LookupError, UnicodeError):
        return None
    return None if codec.name == "utf-7" else _LATIN.get(codec.name, codec.name)


def _plain(encoding: str) -> str:
    return encoding.replace("_", "").replace("-", "")
