"""How fast items are read, and what that costs in memory. Items of 500 words, in English; one core."""

import resource
import time
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from bot.app.books import load_books
from bot.model.item import Item
from bot.reading.read import read

ITEMS, WORDS = 300, 500
PUBLISHED = datetime(2024, 9, 17, 12, tzinfo=UTC)
TOWNS = ("Bamako", "Gao", "Kano", "Port-au-Prince", "Lagos", "Tripoli", "Manila", "Quetta", "Lima", "Bunia", "Odesa")
SENTENCES = (
    "Gunmen attacked a checkpoint outside {town} on Tuesday and at least seven people were killed, police said.",
    "The airport in {town} was closed and all flights to Paris and Istanbul were cancelled until further notice.",
    "Residents described a night of heavy rain, and the river that runs through the market had risen by two metres.",
    "A spokesman for the ministry said the situation was under control and asked people to stay at home.",
    "French engineers who had been working on the bridge were flown to Dakar, according to a diplomat.",
    "The group has carried out attacks across Mali, Burkina Faso and Niger since it was founded a decade ago.",
    "Aid agencies said that thousands of families near {town} had lost their homes and needed water and blankets.",
    "President Jordan Ellis thanked the firefighters, who had come from London, Ontario, to help.",
)


def rows() -> list[tuple[str, str]]:
    """Return what was measured, as (what, figure)."""
    books = load_books(Path(__file__).parents[1] / "config")
    items = [_item(number) for number in range(ITEMS)]
    for item in items[:20]:
        read(item, books.gazetteer, books.lexicon)
    started = time.perf_counter()
    for item in items:
        read(item, books.gazetteer, books.lexicon)
    seconds = time.perf_counter() - started
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        (f"read items of {WORDS} words", f"{ITEMS / seconds:,.0f} items/s a core"),
        ("resident memory after reading", f"{resident:,.0f} MB"),
    ]


def _item(number: int) -> Item:
    town = TOWNS[number % len(TOWNS)]
    sentences = islice(cycle(SENTENCES), number, number + WORDS)
    # No two sentences are alike: the lexicon remembers those that it has just gone through.
    told = (sentence.format(town=town)[:-1] + f", line {number}-{at}." for at, sentence in enumerate(sentences))
    words = " ".join(told).split()
    return Item(
        id=str(number), source_id="bench", outlet="Bench", title=f"Attack near {town}", text=" ".join(words[:WORDS]),
        fetched_at=PUBLISHED, published_at=PUBLISHED, language="en",
    )  # fmt: skip


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:40} {figure}")
