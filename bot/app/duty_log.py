"""`outrider log verify FILE`: is a duty log as it was exported?"""

from pathlib import Path

from bot.services.duty_log import fault_of

BROKEN = 1


def verify(file: str) -> int:
    """Check a duty log, CSV or JSON, and say its first broken line; return the exit status."""
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        print(f"{file}: {error.strerror}")
        return BROKEN
    fault = fault_of(content)
    print(f"{file}: {fault}" if fault else f"{file}: every line is as it was exported")
    return BROKEN if fault else 0
