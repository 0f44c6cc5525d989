from builders import BAMAKO, assessment, at, item
from events.world import World

from bot.model.assessment import MeasureState, Status
from bot.model.event import ChangeKind, EventState
from bot.model.hazard import Hazard, Measure
from bot.model.reading import Cue


def test_that_it_is_under_control_is_said_of_the_fighting_that_is_known() -> None:
    world = World()
    world.hear(
        item("Heavy fighting in Bamako"), assessment(BAMAKO, Hazard.ARMED_CONFLICT, occurred=at(0))
    )  # fmt: skip
    calm = MeasureState(measure=Measure.WARNING, cue=Cue.REASSURANCE, place=BAMAKO)
    world.hear(
        item("Bamako is under control, government says", outlet="Le Fleuve", hours=15),
        assessment(BAMAKO, status=Status.PAST, occurred=at(24), measures=(calm,)),
    )
    assert len(world.only.reports) == 2
    assert world.only.state is EventState.OPEN


def test_a_warning_that_is_closed_is_over() -> None:
    world = World()
    warned = MeasureState(measure=Measure.WARNING, cue=Cue.IMPOSED, place=BAMAKO)
    world.hear(item("Flood warning for Bamako"), assessment(BAMAKO, Hazard.FLOOD, measures=(warned,)))
    closed = MeasureState(measure=Measure.WARNING, cue=Cue.CLOSED, place=BAMAKO)
    change = world.hear(
        item("Bamako closes its flood warning", official=True, hours=20),
        assessment(BAMAKO, Hazard.FLOOD, status=Status.ENDED, measures=(closed,)),
    )
    assert change is not None
    assert change.kind is ChangeKind.ENDED
