"""The seeds of runs that draw: another one each time, but always the same in CI; said in each failure."""

import os
import random

ALWAYS = 20261122


def drawn() -> int:
    """Return OUTRIDER_TEST_SEED where it is set, `ALWAYS` in CI, else any number."""
    if "OUTRIDER_TEST_SEED" in os.environ:
        return int(os.environ["OUTRIDER_TEST_SEED"])
    return ALWAYS if "CI" in os.environ else random.randrange(2**32)
