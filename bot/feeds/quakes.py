"""How a quake is told, whoever measured it: one sentence from magnitude, place and depth."""

from datetime import datetime

from bot.feeds import scales
from bot.feeds.fields import clock
from bot.feeds.itemise import Raw
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Native
from bot.model.place import Point


def quake(
    *,
    event_id: str,
    revision: str,
    magnitude: float | None,
    where: str,
    depth_km: float | None,
    when: datetime | None,
    point: Point | None,
    link: str = "",
    impact: str = "",
    own_word: str = "",
    severity: Severity | None = None,
    withdrawn: bool = False,
    natural: bool = True,
) -> Raw:
    """Return a quake as an item's fields; it is dated by when it struck, not by when it was last looked at.

    `impact` is PAGER's colour; `severity` stands where the source's own scale says more than the magnitude does.
    What is not `natural` (a blast in a quarry) is no quake.
    """
    size = f"Magnitude {magnitude:.1f} earthquake" if magnitude is not None else "Earthquake"
    title = f"{size}, {where}" if where else size
    depth = f", depth {depth_km:.0f} km" if depth_km is not None else ""
    if not natural:
        title = f"Blast or collapse measured as a quake, {where}"
    if withdrawn:
        title = f"Withdrawn by its source: {title[0].lower()}{title[1:]}"
    sentences = [
        f"It struck on {clock(when)}." if when else "",
        f"Estimated impact (PAGER): {impact}." if impact else "",
    ]
    if severity is None:
        severity = scales.quake(magnitude, depth_km, impact)
    return Raw(
        guid=event_id,
        link=link,
        title=f"{title}{depth}",
        texts=(" ".join(filter(None, sentences)),),
        published=when,
        language="en",
        points=(point,) if point else (),
        native=Native(
            event_id=event_id,
            revision=revision,
            hazard=Hazard.EARTHQUAKE,
            severity=severity if natural else Severity.NONE,
            own_word=own_word,
            ended=withdrawn,
        ),
    )


def plainly(region: str) -> str:
    """Return a region's name that stands in capitals ("NEAR COAST OF PERU") as people write it."""
    if not region.isupper():
        return region
    small = {"Of", "The", "And", "Near", "Coast", "Off", "To", "North", "South", "East", "West", "Region"}
    return " ".join(word.lower() if word in small else word for word in region.title().split())
