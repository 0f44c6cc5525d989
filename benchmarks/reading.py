"""How fast items are read, and what that costs in memory. Items of 500 words, in English; one core.

Two sorts: newspaper prose, whose lead tells what happened and whose other sentences mostly name neither places nor
dangers; and dense items, in which each sentence does. `outrider read` is measured whole, from a line of JSON to a line
of JSON; "reading alone" leaves out JSON and the assessment.
"""

import json
import resource
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from bot.app.books import load_books
from bot.app.reading_lines import Line, read_lines
from bot.pipeline import Books
from bot.reading.read import read

_IN_LETTERS = str.maketrans("0123456789-", "bcdfghjklmn")
ITEMS, WORDS, WARM_UP = 300, 500, 20
TOWNS = ("Bamako", "Gao", "Kano", "Port-au-Prince", "Lagos", "Tripoli", "Manila", "Quetta", "Lima", "Bunia", "Odesa")
NAMES = ("Traore", "Okafor", "Haidari", "Moreau", "Castillo", "Petrenko", "Santos", "Mensah", "Baluch", "Noor", "Keita")
THINGS = ("bread", "timber", "rice", "paper", "cotton", "glass", "coffee", "cement", "wool", "salt", "maize", "leather")
DENSE = (
    "Gunmen attacked a checkpoint outside {town} on Tuesday and at least seven people were killed, police said.",
    "The airport in {town} was closed and all flights to Paris and Istanbul were cancelled until further notice.",
    "Residents described a night of heavy rain, and the river that runs through the market had risen by two metres.",
    "A spokesman for the ministry said the situation was under control and asked people to stay at home.",
    "French engineers who had been working on the bridge were flown to Dakar, according to a diplomat.",
    "The group has carried out attacks across Mali, Burkina Faso and Niger since it was founded a decade ago.",
    "Aid agencies said that thousands of families near {town} had lost their homes and needed water and blankets.",
    "President Jordan Ellis thanked the firefighters, who had come from London, Ontario, to help.",
)
PROSE = (
    "A fire tore through a {thing} warehouse in the old harbour of {town} early on Tuesday, killing three people.",
    "Fire crews needed most of the morning to bring the blaze under control, the city's fire chief, {name}, said.",
    "Nobody had been seen to enter the building since the company that owned it stopped paying its guards in June.",
    "Two of the dead were brothers who sold {thing} from a stall across the street, and the third has not been named.",
    '"We heard the roof come down, and then it was quiet for a very long time," said {name}, who lives next door.',
    "The owner, a family business that once employed four hundred people, could not be reached for comment.",
    "Its lawyer said by telephone that all permits had been in order when the inspectors last came to look at them.",
    "Neighbours tell a different story, of a back door that never closed and of boys who went in to keep warm.",
    "For years the council has argued over what should become of the quarter, which was built for the {thing} trade.",
    "One plan would have turned the sheds into flats and a market hall, with a small park along the water.",
    "Another would have left everything as it is and spent the money on schools, as {name} proposed two years ago.",
    "Neither found a majority, and the subject has not been on the agenda since the elections in the spring.",
    "A committee is to report before the end of the month on how many such buildings stand empty and who owns them.",
    "Insurance companies have long asked for a register of that kind, and small traders have long been against it.",
    "They say that the fees alone would cost them more than they earn with {thing} in an ordinary week.",
    "At the hospital where the injured were taken, a nurse who asked not to be named said most had gone home by noon.",
    "The smell of smoke hung over the streets for the rest of the day, and some shops did not open at all.",
    "Children collected what was left of the {thing} and tried to sell it to the reporters who had come to look.",
    "In the evening several hundred people came together for a short prayer, and candles were put on the steps.",
    "{name}, who teaches history there, said it was the kind of loss that people only understand much later.",
)


def rows() -> list[tuple[str, str]]:
    """Return what was measured, as (what, figure)."""
    books = load_books(Path(__file__).parents[1] / "config")
    measured = []
    for sort, sentences in (("newspaper prose", PROSE), ("dense items", DENSE)):
        lines = [json.dumps(_item(number, sentences)) for number in range(WARM_UP + ITEMS)]
        items = [Line.model_validate_json(line).item() for line in lines]
        whole = _rate([partial(_whole, line, books) for line in lines])
        alone = _rate([partial(read, item, books.gazetteer, books.lexicon) for item in items])
        measured += [
            (f"`outrider read`, {sort} of {WORDS} words", f"{whole:,.0f} items/s a core"),
            (f"reading alone, {sort} of {WORDS} words", f"{alone:,.0f} items/s a core"),
        ]
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*measured, ("resident memory after reading", f"{resident:,.0f} MB")]


def _whole(line: str, books: Books) -> str:
    return json.dumps(*read_lines([line], books))


def _rate(steps: Sequence[Callable[[], object]]) -> float:
    """Return the items per second of this process's own time: other processes on the machine do not count."""
    for step in steps[:WARM_UP]:
        step()
    started = time.process_time()
    for step in steps[WARM_UP:]:
        step()
    return ITEMS / (time.process_time() - started)


def _item(number: int, sentences: Sequence[str]) -> dict[str, str]:
    town = TOWNS[number % len(TOWNS)]
    start = number if sentences is DENSE else 0  # prose begins with its lead
    told = []
    for at, sentence in enumerate(islice(cycle(sentences), start, start + WORDS)):
        name, thing = NAMES[(number + at) % len(NAMES)], THINGS[(number + at) % len(THINGS)]
        # No two sentences are alike: the lexicon remembers those that it has just gone through.
        mark = f"line {number}-{at}" if sentences is DENSE else f"{number}-{at}".translate(_IN_LETTERS)
        told.append(f"{sentence.format(town=town, name=name, thing=thing)[:-1]}, {mark}.")
    text = " ".join(" ".join(told).split()[:WORDS])
    title = f"Attack near {town}" if sentences is DENSE else f"Three die in warehouse fire in {town}"
    return {"id": str(number), "lang": "en", "date": "2024-09-17", "outlet": "Bench", "title": title, "text": text}


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:60} {figure}")
