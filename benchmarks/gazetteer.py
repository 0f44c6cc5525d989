"""How quickly the gazetteer opens and answers, and what memory it takes. Needs Linux for the memory figures."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from bot.gazetteer import Gazetteer
from bot.gazetteer.packed import DATA, unpack
from bot.model.place import Point
from bot.model.text import fold

Asked = TypeVar("Asked")

SENTENCE = (
    "Gunmen attacked a village near Gao in northern Mali on Tuesday, officials in Bamako said, and flights from "
    "Timbuktu to Burkina Faso were suspended until the airport is safe again."
)
CAPITALS = ("ML", "FR", "US", "BR", "RU", "IN", "NG", "EG", "JP", "AU", "MX", "UA")
OPENED = """
import sys, time, sqlite3, marisa_trie, bot.gazetteer
def resident():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) / 1024
before, start = resident(), time.perf_counter()
gazetteer = bot.gazetteer.Gazetteer.open()
gazetteer.named("Bamako")
opened, small = (time.perf_counter() - start) * 1000, resident() - before
for name in sys.stdin.read().splitlines():
    gazetteer.named(name)
print(opened, small, resident() - before)
"""


def rows() -> list[tuple[str, str]]:
    """Return what was measured, as (what, figure)."""
    gazetteer = Gazetteer.open()
    names = _names(gazetteer, 20_000)
    opened, small, used = _in_new_process(names)
    text = fold(SENTENCE)
    starts = [0, *(place + 1 for place, sign in enumerate(text) if sign == " ")]
    packed = sum(file.stat().st_size for file in DATA.glob("*.xz")) / 1e6
    plain = sum(file.stat().st_size for file in unpack().iterdir()) / 1e6
    hits = _per_second(gazetteer.named, names)
    misses = _per_second(gazetteer.named, [f"{name}qx" for name in names])
    prefixes = _per_second(lambda start: gazetteer.prefixes(text, start), starts * 1_000)
    kept = _per_second(gazetteer.named, ["Bamako", "Mali", "Paris", "Kyiv"] * 5_000)
    capitals = [capital.point for code in CAPITALS if (capital := gazetteer.capital_of(code))]
    return [
        ("data packed, unpacked", f"{packed:.1f} MB, {plain:.1f} MB"),
        ("open and first look-up", f"{opened:.1f} ms, {small:.1f} MB"),
        ("memory after 20,000 different names", f"{used:.1f} MB"),
        ("named(), 20,000 different names", f"{hits:,.0f}/s"),
        ("named(), names met before", f"{kept:,.0f}/s"),
        ("named(), unknown", f"{misses:,.0f}/s"),
        ("prefixes(), at the words of a sentence", f"{prefixes:,.0f}/s"),
        ("airports_near(), 50 km", _milliseconds(lambda point: gazetteer.airports_near(point, 50), capitals)),
        (
            "cities_near(), 100 km, 15,000 people",
            _milliseconds(lambda at: gazetteer.cities_near(at, 100, 15_000), capitals),
        ),
        ("country_at()", _milliseconds(gazetteer.country_at, capitals)),
        (
            "search()",
            _milliseconds(gazetteer.search, ["Bamako", "Paris, Texas", "London Ontario", "BKO", "Goma airport"]),
        ),
        ("suggest()", _milliseconds(gazetteer.suggest, ["Bamoko", "Atlantys", "Nairoby", "Ouagadugu", "Бамоко"])),
    ]


def _names(gazetteer: Gazetteer, count: int) -> list[str]:
    """Return names of cities all over the world, the same at each run."""
    dice = random.Random(1)  # noqa: S311 - no secret
    found: dict[str, None] = {}
    while len(found) < count:
        point = Point(dice.uniform(-50, 65), dice.uniform(-180, 180))
        found |= dict.fromkeys(city.name for city in gazetteer.cities_near(point, 150))
    return list(found)[:count]


def _in_new_process(names: list[str]) -> tuple[float, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", OPENED], input="\n".join(names), check=True, capture_output=True, text=True
    )
    opened, small, used = map(float, done.stdout.split())
    return opened, small, used


def _per_second(look_up: Callable[[Asked], object], asked: list[Asked]) -> float:
    began = time.perf_counter()
    for each in asked:
        look_up(each)
    return len(asked) / (time.perf_counter() - began)


def _milliseconds(look_up: Callable[[Asked], object], asked: list[Asked]) -> str:
    look_up(asked[0])
    return f"{1000 / _per_second(look_up, asked):.1f} ms"


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:<42}{figure}")
