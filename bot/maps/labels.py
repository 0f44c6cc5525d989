"""Names on the map: put where there is room, the weightiest first, none over another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from bot.maps.colours import PAPER, Colour
from bot.maps.view import Pixel

_FONTS = Path(__file__).parent / "data"
_GAP = 0.35  # of the letters' height, between a dot and its name

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name beside a pixel, or over it (`centred`). `must` stands even where it covers another."""

    text: str
    at: Pixel
    size: int
    colour: Colour
    bold: bool = False
    centred: bool = False
    must: bool = False
    away: float = 0.0


@lru_cache(32)
def font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """Return DejaVu Sans in that size: Latin, Cyrillic, Greek, Hebrew and Arabic with its joined letters."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(str(_FONTS / name), size, layout_engine=ImageFont.Layout.RAQM)


class Labels:
    """The names of one picture."""

    def __init__(self, draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
        self._draw, self._width, self._height = draw, width, height
        self._taken: list[Box] = []

    def keep_free(self, box: Box) -> None:
        """Let no name stand there."""
        self._taken.append(box)

    def put(self, label: Label) -> bool:
        """Write the name where it fits; return False, and write nothing, where there is no room."""
        face = font(label.size, bold=label.bold)
        left, top, right, bottom = face.getbbox(label.text, stroke_width=2)
        wide, high = right - left, bottom - top
        spots = list(_spots(label, wide, high))
        free = next((spot for spot in spots if self._is_free(spot)), None)
        if free is None:
            if not label.must:
                return False
            free = self._drawn_in(spots[0])
        self._taken.append(free)
        self._draw.text(
            (free[0] - left, free[1] - top), label.text, font=face, fill=label.colour,
            stroke_width=max(2, label.size // 8), stroke_fill=PAPER,
        )  # fmt: skip
        return True

    def is_free(self, at: Pixel, radius: float) -> bool:
        """Tell whether a dot there would cover nothing."""
        return self._is_free((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius))

    def _is_free(self, box: Box) -> bool:
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self._width and box[3] <= self._height
        return inside and not any(_overlap(box, taken) for taken in self._taken)

    def _drawn_in(self, box: Box) -> Box:
        """Return the box moved into the picture."""
        across = max(0.0, -box[0]) - max(0.0, box[2] - self._width)
        down = max(0.0, -box[1]) - max(0.0, box[3] - self._height)
        return box[0] + across, box[1] + down, box[2] + across, box[3] + down


def _spots(label: Label, wide: float, high: float) -> Iterable[Box]:
    """Yield where the name may stand, the best place first: beside its dot, then over, under and aslant of it."""
    x, y = label.at
    if label.centred:
        corners: Sequence[Pixel] = [(x - wide / 2, y - high / 2)]
    else:
        off = label.away + label.size * _GAP
        left, right, above, under = x - off - wide, x + off, y - off - high, y + off
        corners = [
            (right, y - high / 2), (left, y - high / 2), (x - wide / 2, above), (x - wide / 2, under),
            (right, above), (left, above), (right, under), (left, under),
        ]  # fmt: skip
    for corner_x, corner_y in corners:
        yield corner_x, corner_y, corner_x + wide, corner_y + high


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
