"""The colours of the map: a pale ground, so that what happens stands out; severities as in the alerts."""

from bot.model.assessment import Severity

Colour = tuple[int, int, int]

SEA: Colour = (207, 225, 236)
LAND: Colour = (233, 229, 219)
LAND_MEANT: Colour = (252, 249, 241)
COAST: Colour = (134, 164, 182)
BORDER: Colour = (164, 150, 135)
INK: Colour = (43, 43, 48)
FAINT_INK: Colour = (120, 112, 103)
PAPER: Colour = (255, 255, 255)
WATCH: Colour = (29, 78, 190)
SHUT: Colour = (193, 18, 31)
OPEN: Colour = (62, 84, 120)

SEVERITIES: dict[Severity, Colour] = {
    Severity.NONE: (110, 120, 130),
    Severity.MINOR: (74, 132, 196),
    Severity.MODERATE: (201, 134, 8),
    Severity.SEVERE: (226, 90, 28),
    Severity.EXTREME: (190, 14, 36),
}
