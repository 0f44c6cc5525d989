"""Where a country's name stands: in the middle of the part of it that is seen."""

from PIL import Image, ImageDraw

from bot.maps.land import visible
from bot.maps.view import Pixel, View
from bot.maps.world import Detail, World

_CELLS_ACROSS = 72
_EMPTY = 0


def country_middles(world: World, view: View, detail: Detail) -> dict[str, tuple[Pixel, float]]:
    """Return for each country that is seen the pixel farthest from its edges, and how far that is.

    The window is painted small, a number a country; the middle is the cell with the longest way out of its country.
    """
    step = view.width / _CELLS_ACROSS
    across, down = _CELLS_ACROSS, round(view.height / step)
    small = View(view.centre, view.half_km, across, down)
    image = Image.new("I", (across, down), _EMPTY)
    draw = ImageDraw.Draw(image)
    codes: list[str] = [""]
    for country in visible(world, small, detail):
        pixels = small.traced(country.ring.points())
        if len(pixels) > 2:  # noqa: PLR2004 - fewer enclose nothing
            if country.code not in codes:
                codes.append(country.code)
            draw.polygon(pixels, fill=codes.index(country.code))
    cells = memoryview(image.tobytes()).cast("i").tolist()
    best: dict[str, tuple[Pixel, float]] = {}
    for cell, depth in enumerate(_depths(cells, across, down)):
        code = codes[cells[cell]]
        if code and depth * step > best.get(code, ((0.0, 0.0), 0.0))[1]:
            best[code] = ((cell % across + 0.5) * step, (cell // across + 0.5) * step), depth * step
    return best


def _depths(cells: list[int], across: int, down: int) -> list[int]:
    """Return for each cell how many steps it is to a cell of another number, or out of the picture."""
    depths = [0 if number == _EMPTY else across for number in cells]
    forward = range(len(cells))
    for order, sides in ((forward, (-1, -across)), (reversed(forward), (1, across))):
        for cell in order:
            if not depths[cell]:
                continue
            column, row = cell % across, cell // across
            for side in sides:
                other = cell + side
                outside = not 0 <= other < across * down or (abs(side) == 1 and other // across != row)
                same = not outside and cells[other] == cells[cell]
                depths[cell] = min(depths[cell], depths[other] + 1 if same else 1)
            if column in {0, across - 1} or row in {0, down - 1}:
                depths[cell] = min(depths[cell], 1)
    return depths
