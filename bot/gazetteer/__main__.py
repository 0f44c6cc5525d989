"""`python -m bot.gazetteer` unpacks the data, so that a later start need not."""

import sys

from bot.gazetteer.packed import unpack

if __name__ == "__main__":
    sys.stdout.write(f"{unpack()}\n")
