"""Makes bot/wording/emergency.tsv: whom to call, by country, where two sources say the same.

    python scripts/emergency_numbers.py ECCDATA.TXT

ECCDATA.TXT is Android's table of emergency numbers by service (packages/services/Telephony, ecc/input, Apache-2.0). A
number of it is kept only if Google's libphonenumber (the Python package phonenumbers, Apache-2.0) knows it as an
emergency number of that country too: a wrong number costs more than none. Where a country answers 112 or 911 for all
services, and both sources say so, that one comes first.
"""

import re
import sys
from pathlib import Path

from phonenumbers.phonemetadata import PhoneMetadata

SERVICES = ("POLICE", "AMBULANCE", "FIRE")
FOR_ALL = ("112", "911", "999")
OUT = Path(__file__).parents[1] / "bot" / "wording" / "emergency.tsv"


def main() -> None:
    """Write the file and say how many countries it holds."""
    blocks = re.split(r"\ncountries\s*\{", Path(sys.argv[1]).read_text(encoding="utf-8"))[1:]
    rows = sorted(row for row in map(_row, blocks) if row)
    OUT.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{OUT.name}: {len(rows)} countries of {len(blocks)}")


def _row(block: str) -> tuple[str, ...]:
    """Return country, police, ambulance, fire (empty where the sources differ); nothing where they agree on none."""
    code = _only(r'iso_code:\s*"(\w+)"', block)
    known = PhoneMetadata.short_metadata_for_region(code)
    pattern = known.emergency.national_number_pattern if known and known.emergency else None
    if pattern is None:
        return ()
    numbers: dict[str, list[str]] = {}
    for entry in re.findall(r"eccs\s*\{(.*?)\}", block, re.DOTALL):
        number = _only(r'phone_number:\s*"([^"]+)"', entry)
        if re.fullmatch(pattern, number):
            for service in re.findall(r"types:\s*(\w+)", entry):
                numbers.setdefault(service, []).append(number)
    chosen = tuple(_chosen(numbers.get(service, [])) for service in SERVICES)
    return (code, *chosen) if any(chosen) else ()


def _chosen(numbers: list[str]) -> str:
    """Return the number for all services where there is one, else the first."""
    return next((number for number in FOR_ALL if number in numbers), numbers[0] if numbers else "")


def _only(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None
    return found[1]


if __name__ == "__main__":
    main()
