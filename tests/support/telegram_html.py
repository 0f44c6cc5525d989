"""Telegram's HTML parse mode, read strictly: what it refuses is refused with its own words."""

import re

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler"}
_PART = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z-]*)(?P<attributes>[^<>]*)>|&(?P<entity>[^;&<>\s]{1,8});|(?P<bare>[<&>])"
)
_ATTRIBUTE = re.compile(r'\s+([a-z-]+)(?:="([^"]*)")?')
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class BadHtml(Exception):  # noqa: N818 - names what is met
    """The text is not what Telegram takes; the message is what it answers."""


def parse(html: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return the text without tags, and (tag, inner text, link) of each tag in the order of closing."""
    text, opened, found = "", [], []
    position = 0
    for part in _PART.finditer(html):
        text += html[position : part.start()]
        position = part.end()
        if part["entity"] is not None:
            text += _character(part["entity"])
        elif part["bare"] is not None:
            if part["bare"] == "<":
                raise BadHtml(f"can't parse entities: Unexpected end tag at byte offset {part.start()}")
            text += part["bare"]
        elif not part["close"]:
            name = part["name"].lower()
            if name not in _TAGS:
                raise BadHtml(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {part.start()}')
            opened.append((name, len(text), _link(name, part["attributes"], part.start())))
        else:
            name = part["name"].lower()
            if not opened or opened[-1][0] != name:
                raise BadHtml(f'can\'t parse entities: Unmatched end tag "{name}" at byte offset {part.start()}')
            tag, start, link = opened.pop()
            found.append((tag, text[start:], link))
    if opened:
        raise BadHtml(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1][0]}\"")
    return text + html[position:], found


def _character(entity: str) -> str:
    if re.fullmatch(r"#x[0-9a-fA-F]+|#\d+", entity):
        return chr(int("0" + entity[1:], 0) if entity[1] == "x" else int(entity[1:]))
    if entity not in _ENTITIES:
        return f"&{entity};"
    return _ENTITIES[entity]


def _link(name: str, attributes: str, offset: int) -> str:
    known = dict(_ATTRIBUTE.findall(attributes))
    if _ATTRIBUTE.sub("", attributes).strip():
        raise BadHtml(f"can't parse entities: Unexpected attribute in tag at byte offset {offset}")
    return known.get("href", "") if name == "a" else ""
