"""How the decoder of feeds does on the test-suites of other feed parsers. Run: python scripts/feed_suites.py FOLDER...

A folder is a checkout, or a part of one: kurtmckee/feedparser (tests), mmcdole/gofeed (testdata), feed-rs/feed-rs
(feed-rs/fixture). None of their files is kept here. For each well-formed feed three things are compared: how many
entries there are, where they link, and when they are dated. Right is what the suite itself expects (the JSON file
beside the feed, where there is one), or what feedparser, the most used of them, makes of it. Every file, well-formed
or not, must also pass the whole decoder without any error but a DecodeError. --verbose names each difference.
"""

import argparse
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import etree

from bot.feeds import decode, json_feed, syndication
from bot.feeds.dates import EARLIEST, parse_date
from bot.feeds.guard import Shape, admit
from bot.model.errors import DecodeError
from bot.model.item import Source

BASE = "http://127.0.0.1:8097/feed.xml"
SOURCE = Source(id="suite", name="Suite", url=BASE)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_CONTENT_TYPE = re.compile(rb"Header:\s*Content-type:\s*([^\r\n]+)", re.IGNORECASE)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: where it links (absolute), and when it is dated; each empty where the feed does not say it."""

    link: str
    dated: datetime | None


@dataclass(slots=True)
class Tally:
    """What was counted of one suite."""

    files: int = 0
    feeds: int = 0
    bearing: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)


def main() -> int:
    """Print a table, one row a folder; return 1 if the decoder fell."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--verbose", action="store_true")
    given = asked.parse_args()
    print("| suite | files | same count | links | dates | all three | links, where there are | dates, too | fell |")
    print("|---|---|---|---|---|---|---|---|---|")
    fallen = 0
    for folder in given.folders:
        tally = measured(folder, verbose=given.verbose)
        of_all = [_share(tally.right[what], tally.feeds) for what in ("count", "links", "dates", "all")]
        of_bearing = [_share(tally.right[f"bearing {what}"], tally.bearing[what]) for what in ("links", "dates")]
        shares = " | ".join(of_all + of_bearing)
        print(f"| {folder.name} | {tally.files} | {shares} | {len(tally.crashes)} |")
        print(*tally.crashes, sep="\n", file=sys.stderr)
        fallen += len(tally.crashes)
    return 1 if fallen else 0


def _share(right: int, of: int) -> str:
    return f"{right} of {of} ({right / max(1, of):.1%})"


def measured(folder: Path, *, verbose: bool) -> Tally:
    """Return how the decoder does on all files of a folder; those that bear links or dates are counted apart, too."""
    tally = Tally()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".xml", ".json"}):
        if path.suffix == ".json" and (path.name.endswith(".serde.json") or path.with_suffix(".xml").exists()):
            continue  # an expectation
        body = path.read_bytes()
        tally.files += 1
        _survive(path, body, tally)
        expected = list(_expectations(path, body))
        if not expected or not _well_formed(path, body):
            continue
        tally.feeds += 1
        ours, why = _ours(body)
        same = {
            "count": any(len(ours) == len(rows) for rows in expected),
            "links": any([row.link for row in ours] == [row.link for row in rows] for rows in expected),
            "dates": any([row.dated for row in ours] == [row.dated for row in rows] for rows in expected),
        }
        same["all"] = all(same.values())
        tally.right.update(what for what, is_so in same.items() if is_so)
        every = [row for rows in (ours, *expected) for row in rows]
        bears = {"links": any(row.link for row in every), "dates": any(row.dated for row in every)}
        tally.bearing.update(what for what, is_so in bears.items() if is_so)
        tally.right.update(f"bearing {what}" for what, is_so in bears.items() if is_so and same[what])
        if verbose and not same["all"]:
            wrong = [what for what, is_so in same.items() if not is_so and what != "all"]
            print(f"{path.relative_to(folder)}: {', '.join(wrong)} {why}\n    ours {ours[:3]}", file=sys.stderr)
            for rows in expected:
                print(f"    else {rows[:3]}", file=sys.stderr)
    return tally


def _survive(path: Path, body: bytes, tally: Tally) -> None:
    try:
        decode(SOURCE, body, _content_type(body), NOW)
    except DecodeError:
        pass
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        tally.crashes.append(f"{path}: {type(error).__name__}: {error}")


def _well_formed(path: Path, body: bytes) -> bool:
    if path.suffix == ".json":
        return True
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return etree.QName(root).localname.lower() in _FEED_ROOTS


def _ours(body: bytes) -> tuple[list[Row], str]:
    try:
        document = admit(body, _content_type(body))
        entries_of = json_feed.entries_of if document.shape is Shape.JSON else syndication.entries_of
        return [_row(raw.link, raw.published) for raw in entries_of(document.text)], ""
    except DecodeError as error:
        return [], str(error)


def _expectations(path: Path, body: bytes) -> Iterable[list[Row]]:
    """Give what the suite expects, and what feedparser finds."""
    for beside in (path.with_suffix(".json"), path.with_suffix(".serde.json")):
        if beside != path and beside.exists() and (rows := _written_down(json.loads(beside.read_bytes()))) is not None:
            yield rows
    if path.suffix == ".xml":
        found = feedparser.parse(io.BytesIO(body), response_headers={"content-type": _content_type(body)})
        yield [_row(entry.get("link") or "", _struct(entry)) for entry in found.entries]


def _written_down(feed: Mapping[str, Any]) -> list[Row] | None:
    """Read gofeed's or feed-rs's expectation: entries under three names, links and dates under several."""
    entries = feed.get("items") or feed.get("entries") or []
    if not isinstance(entries, list):
        return None
    return [_row(_expected_link(entry), _expected_date(entry)) for entry in entries]


def _expected_link(entry: Mapping[str, Any]) -> str:
    links = entry.get("links") or []
    for link in links:
        if isinstance(link, dict) and link.get("rel") in {None, "", "alternate"}:
            return str(link.get("href") or "")
    first = links[0] if links else ""
    return str(entry.get("link") or entry.get("url") or (first.get("href") if isinstance(first, dict) else first) or "")


def _expected_date(entry: Mapping[str, Any]) -> datetime | None:
    names = ("publishedParsed", "pubDateParsed", "published", "updatedParsed", "updated", "date_published")
    return next((found for name in names if (found := parse_date(str(entry.get(name) or "")))), None)


def _struct(entry: Mapping[str, Any]) -> datetime | None:
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    found = datetime(*parts[:6], tzinfo=UTC) if parts else None
    return found if found and found >= EARLIEST else None


def _row(link: str, dated: datetime | None) -> Row:
    try:
        page = urljoin(BASE, link.strip()) if link else ""
    except ValueError:
        page = link
    bare_host = page.count("/") == 2  # noqa: PLR2004 - http://host is http://host/
    return Row(f"{page}/" if bare_host else page, dated.replace(microsecond=0) if dated else None)


def _content_type(body: bytes) -> str:
    found = _CONTENT_TYPE.search(body[:2000])
    return found[1].decode("latin-1").strip() if found else "application/xml"


if __name__ == "__main__":
    sys.exit(main())
