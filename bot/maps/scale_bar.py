"""The scale, and who made the data."""

from PIL import ImageDraw

from bot.maps.colours import FAINT_INK, INK, PAPER
from bot.maps.labels import Label, Labels, font
from bot.maps.view import View

_LENGTHS_KM = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)
_LONGEST = 0.22  # of the picture's width
_EDGE, _TALL = 32, 10
CREDITS = "Natural Earth · GeoNames · OurAirports"
_KM = {"ru": "км", "ar": "كم"}


def draw_scale_bar(draw: ImageDraw.ImageDraw, view: View, labels: Labels, language: str) -> None:
    """Draw a bar of a round length in the lower left corner; true at the picture's middle, nearly so elsewhere."""
    most_km = view.width * _LONGEST / view.per_km
    km = max((length for length in _LENGTHS_KM if length <= most_km), default=_LENGTHS_KM[0])
    left, bottom = _EDGE, view.height - _EDGE
    right = left + km * view.per_km
    draw.rectangle((left - 3, bottom - _TALL - 3, right + 3, bottom + 3), fill=PAPER)
    draw.rectangle((left, bottom - _TALL, right, bottom), fill=INK)
    draw.rectangle((left + (right - left) / 2, bottom - _TALL + 2, right - 2, bottom - 2), fill=PAPER)
    labels.keep_free((left - 8, bottom - _TALL - 8, right + 8, bottom + 8))
    text = f"{km} {_KM.get(language, 'km')}"
    labels.put(
        Label(text=text, at=((left + right) / 2, bottom - _TALL - 22), size=24, colour=INK, centred=True, must=True)
    )


def draw_credits(draw: ImageDraw.ImageDraw, view: View, labels: Labels) -> None:
    """Write the credits that the data's licences ask for."""
    face = font(17, bold=False)
    _, top, wide, high = face.getbbox(CREDITS)
    left, upper = view.width - wide - 14, view.height - high - 10
    draw.text((left, upper), CREDITS, font=face, fill=FAINT_INK, stroke_width=2, stroke_fill=PAPER)
    labels.keep_free((left - 6, upper + top - 6, view.width, view.height))
