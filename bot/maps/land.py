"""Sea, land and borders: the ground on which everything else is drawn."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from PIL import ImageDraw

from bot.maps.colours import BORDER, COAST, LAND, LAND_MEANT, SEA, Colour
from bot.maps.view import Pixel, View
from bot.maps.world import SCALE, Arc, Country, Detail, LineKind, World

_NEAR_KM, _MID_KM = 700.0, 3_000.0
_EDGE_OF_DATA = 180 * SCALE - 10


def detail_for(half_km: float) -> Detail:
    """Return how fine the outlines of a window of that half width must be."""
    if half_km <= _NEAR_KM:
        return Detail.NEAR
    return Detail.MID if half_km <= _MID_KM else Detail.FAR


def visible(world: World, view: View, detail: Detail) -> Iterator[Country]:
    """Yield the rings that may be seen, the largest first."""
    yield from (one for one in world.outlines(detail).rings if one.ring.bounds.meets(view.bounds))


def draw_land(
    draw: ImageDraw.ImageDraw, world: World, view: View, countries: Collection[str], *, detail: Detail, scale: int
) -> None:
    """Draw the sea, the countries (those meant brighter than the rest), coasts and borders."""
    draw.rectangle((0, 0, view.width, view.height), fill=SEA)
    for country in visible(world, view, detail):
        pixels = view.traced(country.ring.points())
        fill = LAND_MEANT if country.code in countries else LAND
        if len(pixels) > 2:  # noqa: PLR2004 - fewer enclose nothing
            draw.polygon(pixels, fill=fill)
        if scale > 1 and _is_islet(pixels, 4 * scale):
            _islet(draw, pixels[0], fill, scale)
    for arc in world.outlines(detail).arcs:
        if arc.kind is not LineKind.INNER and arc.bounds.meets(view.bounds):
            is_coast = arc.kind is LineKind.COAST
            for run in _runs(arc):
                pixels = view.traced(run)
                if len(pixels) > 1:
                    draw.line(pixels, fill=COAST if is_coast else BORDER, width=scale if is_coast else 2 * scale)


def _is_islet(pixels: Sequence[Pixel], least: float) -> bool:
    across, down = [pixel[0] for pixel in pixels], [pixel[1] for pixel in pixels]
    return max(across) - min(across) < least and max(down) - min(down) < least


def _islet(draw: ImageDraw.ImageDraw, at: Pixel, fill: Colour, scale: int) -> None:
    """Draw an island too small for its outline: whoever is on it looks for it."""
    reach = 2 * scale
    draw.ellipse((at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach), fill=fill, outline=COAST)


def _runs(arc: Arc) -> Iterator[list[tuple[int, int]]]:
    """Yield the parts of an arc that are no cut at the date line, where the data end but no land does."""
    run = [arc.points[0]]
    for before, after in pairwise(arc.points):
        if abs(before[0]) >= _EDGE_OF_DATA and abs(after[0]) >= _EDGE_OF_DATA:
            yield run
            run = []
        run.append(after)
    yield run
