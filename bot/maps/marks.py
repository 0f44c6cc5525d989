"""What happens and what is watched: circles, ways, and marks with their names."""

from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

from bot.maps.colours import INK, OPEN, PAPER, SHUT, WATCH, Colour
from bot.maps.labels import Label, Labels, font
from bot.maps.view import Pixel, View
from bot.model.place import Point
from bot.model.sketch import Circle, CircleKind, Mark, MarkKind

_VEIL = 64  # of 255: how much of the severity's colour lies over an area
_ORDER = tuple(MarkKind)
_PLANE = "✈"
_DASH, _SPACE = 3, 2  # steps of a watch's circle drawn, and left out


def draw_circles(image: Image.Image, view: View, circles: Iterable[Circle], colour: Colour) -> None:
    """Draw areas as a veil with an edge, and what a watch reaches as a dashed line."""
    for circle in circles:
        pixels = view.circle(circle.centre, circle.km)
        if circle.kind is CircleKind.AREA:
            veil = Image.new("L", image.size, 0)
            ImageDraw.Draw(veil).polygon(pixels, fill=_VEIL)
            image.paste(colour, (0, 0), veil)
            ImageDraw.Draw(image).line([*pixels, pixels[0]], fill=colour, width=4)
        else:
            _dashed(ImageDraw.Draw(image), [*pixels, pixels[0]], WATCH)


def draw_route(draw: ImageDraw.ImageDraw, view: View, ends: Sequence[Point]) -> None:
    """Draw a watched way."""
    if len(ends) == 2:  # noqa: PLR2004 - a way has two ends
        _dashed(draw, view.line(ends[0], ends[1]), WATCH)


def draw_marks(draw: ImageDraw.ImageDraw, view: View, labels: Labels, marks: Iterable[Mark], colour: Colour) -> None:
    """Draw the marks that are seen, each with its name where there is room; what has none is left out, if it may be."""
    seen = [(mark, view.pixel(mark.point)) for mark in marks]
    seen = [(mark, at) for mark, at in seen if view.holds(at, margin=6)]
    seen.sort(key=lambda one: (_ORDER.index(one[0].kind), -one[0].weight, one[0].label))
    for mark, at in seen:
        match mark.kind:
            case MarkKind.EVENT:
                labels.keep_free(_around(at, 22))
            case MarkKind.WATCH | MarkKind.AIRPORT_SHUT | MarkKind.BORDER_SHUT:
                labels.keep_free(_around(at, 18))
            case _:
                pass
    for mark, at in seen:
        _draw_mark(draw, labels, mark, at, colour)
    for mark, at in reversed(seen):
        if mark.kind is MarkKind.EVENT:
            _pin(draw, at, colour)


def _draw_mark(draw: ImageDraw.ImageDraw, labels: Labels, mark: Mark, at: Pixel, colour: Colour) -> None:
    match mark.kind:
        case MarkKind.EVENT:
            labels.put(Label(text=mark.label, at=at, size=34, colour=colour, bold=True, must=True, away=20))
        case MarkKind.WATCH:
            _dot(draw, at, 9, WATCH)
            labels.put(Label(text=mark.label, at=at, size=27, colour=WATCH, bold=True, must=True, away=10))
        case MarkKind.AIRPORT_SHUT:
            _plane(draw, at, SHUT, shut=True)
            labels.put(Label(text=mark.label, at=at, size=26, colour=SHUT, bold=True, must=True, away=20))
        case MarkKind.BORDER_SHUT:
            _cross(draw, at, 12, SHUT)
            labels.put(Label(text=mark.label, at=at, size=26, colour=SHUT, bold=True, must=True, away=12))
        case MarkKind.AIRPORT:
            if labels.is_free(at, 14) and labels.put(Label(text=mark.label, at=at, size=22, colour=OPEN, away=14)):
                _plane(draw, at, OPEN, shut=False)
                labels.keep_free(_around(at, 14))
        case _:
            _town(draw, labels, mark, at)


def _town(draw: ImageDraw.ImageDraw, labels: Labels, mark: Mark, at: Pixel) -> None:
    capital = mark.kind is MarkKind.CAPITAL
    radius = 7 if capital else 5
    label = Label(text=mark.label, at=at, size=26 if capital else 22, colour=INK, bold=capital, away=radius)
    if labels.is_free(at, radius) and labels.put(label):
        _dot(draw, at, radius, INK)
        labels.keep_free(_around(at, radius))


def _pin(draw: ImageDraw.ImageDraw, at: Pixel, colour: Colour) -> None:
    for radius, fill in ((20, PAPER), (16, colour), (6, PAPER)):
        draw.ellipse(_around(at, radius), fill=fill)


def _dot(draw: ImageDraw.ImageDraw, at: Pixel, radius: float, colour: Colour) -> None:
    draw.ellipse(_around(at, radius + 2), fill=PAPER)
    draw.ellipse(_around(at, radius), fill=colour)


def _plane(draw: ImageDraw.ImageDraw, at: Pixel, colour: Colour, *, shut: bool) -> None:
    """Draw an airport: a plane; one that is shut in a disc, crossed out."""
    if not shut:
        draw.text(at, _PLANE, font=font(34, bold=False), fill=colour, anchor="mm", stroke_width=2, stroke_fill=PAPER)
        return
    _dot(draw, at, 19, colour)
    draw.text(at, _PLANE, font=font(32, bold=False), fill=PAPER, anchor="mm")
    draw.line((at[0] - 13, at[1] + 13, at[0] + 13, at[1] - 13), fill=colour, width=9)
    draw.line((at[0] - 12, at[1] + 12, at[0] + 12, at[1] - 12), fill=PAPER, width=4)


def _cross(draw: ImageDraw.ImageDraw, at: Pixel, arm: float, colour: Colour) -> None:
    for width, fill in ((11, PAPER), (6, colour)):
        draw.line((at[0] - arm, at[1] - arm, at[0] + arm, at[1] + arm), fill=fill, width=width)
        draw.line((at[0] - arm, at[1] + arm, at[0] + arm, at[1] - arm), fill=fill, width=width)


def _dashed(draw: ImageDraw.ImageDraw, pixels: Sequence[Pixel], colour: Colour) -> None:
    for start in range(0, len(pixels) - 1, _DASH + _SPACE):
        draw.line(list(pixels[start : start + _DASH + 1]), fill=colour, width=5)


def _around(at: Pixel, radius: float) -> tuple[float, float, float, float]:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius
