"""Event pictures: a sketch drawn with Pillow on Natural Earth."""

from bot.maps.picture import Painter

__all__ = ["Painter"]
