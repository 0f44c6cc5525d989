"""A small globe in a corner: where on the earth the window is."""

from PIL import Image, ImageDraw

from bot.maps.colours import INK, PAPER, Colour
from bot.maps.labels import Labels
from bot.maps.land import draw_land
from bot.maps.view import View
from bot.maps.world import Detail, World

_SIDE, _EDGE = 236, 20
_HALF_KM = 4_500.0
_WIDEST_KM = 1_800.0  # a window that shows so much needs no inset
_SMALLEST_FRAME = 9.0


def draw_inset(image: Image.Image, world: World, view: View, labels: Labels, colour: Colour) -> None:
    """Draw the globe in the upper right corner, with a frame around what the window shows."""
    if view.half_km > _WIDEST_KM:
        return
    globe = View(view.centre, _HALF_KM, _SIDE, _SIDE)
    small = Image.new("RGB", (_SIDE, _SIDE))
    draw = ImageDraw.Draw(small)
    draw_land(draw, world, globe, (), detail=Detail.FAR, scale=1)
    wide = max(view.half_km * globe.per_km, _SMALLEST_FRAME)
    high = wide * view.height / view.width
    middle = _SIDE / 2
    draw.rectangle((middle - wide, middle - high, middle + wide, middle + high), outline=colour, width=4)
    round_mask = Image.new("L", (_SIDE, _SIDE), 0)
    ImageDraw.Draw(round_mask).ellipse((0, 0, _SIDE - 1, _SIDE - 1), fill=255)
    left, top = view.width - _SIDE - _EDGE, _EDGE
    whole = ImageDraw.Draw(image)
    whole.ellipse((left - 5, top - 5, left + _SIDE + 4, top + _SIDE + 4), fill=PAPER, outline=INK, width=2)
    image.paste(small, (left, top), round_mask)
    labels.keep_free((left - 8, top - 8, view.width, top + _SIDE + 8))
