"""What an event brings with it ends by itself, and a border has two sides."""

import pytest
from builders import BAMAKO, BURKINA_FASO, MALI, assessment, item
from events.world import World

from bot.model.assessment import MeasureState, Severity, Status, TargetState
from bot.model.event import ChangeKind
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place
from bot.model.reading import Cue

CLEAR = TargetState(target=Target.HAZARD, cue=Cue.ALL_CLEAR, place=BAMAKO)


def order(measure: Measure, cue: Cue = Cue.IMPOSED, place: Place = BAMAKO) -> MeasureState:
    return MeasureState(measure=measure, cue=cue, place=place)


@pytest.mark.parametrize("named", [(Hazard.TSUNAMI,), (Hazard.TSUNAMI, Hazard.EARTHQUAKE)])
def test_the_end_of_a_waves_warning_eases_the_quake_that_made_it(named: tuple[Hazard, ...]) -> None:
    world = World()
    quake = assessment(BAMAKO, Hazard.EARTHQUAKE, also=(Hazard.TSUNAMI,), measures=(order(Measure.WARNING),))
    world.hear(item("Quake, and a wave is expected"), quake)
    over = assessment(
        BAMAKO, Hazard.ADVISORY, also=named, status=Status.ENDED, severity=Severity.MINOR, targets=(CLEAR,),
        measures=(order(Measure.WARNING, Cue.LIFTED),),
    )  # fmt: skip
    change = world.hear(item("No wave any more", outlet="Le Fleuve", hours=4), over)
    assert change is not None
    assert change.kind is ChangeKind.EASED


def test_a_storm_is_over_with_its_alert_though_nobody_wrote_of_the_lights() -> None:
    world = World()
    dark = TargetState(target=Target.POWER, cue=Cue.SUSPENDED, place=BAMAKO)
    shut = TargetState(target=Target.RAIL, cue=Cue.SUSPENDED, place=BAMAKO)
    storm = assessment(BAMAKO, Hazard.STORM, targets=(dark, shut), measures=(order(Measure.EVACUATION),))
    world.hear(item("Storm over Bamako, lights out"), storm)
    trains = TargetState(target=Target.RAIL, cue=Cue.RESTORED, place=BAMAKO)
    again = assessment(BAMAKO, Hazard.TRANSPORT, status=Status.ENDED, severity=Severity.MINOR, targets=(trains,))
    world.hear(item("Trains run again", outlet="Le Fleuve", hours=20), again)
    over = assessment(
        BAMAKO, Hazard.ADVISORY, status=Status.ENDED, severity=Severity.MINOR, targets=(CLEAR,),
        measures=(order(Measure.WARNING, Cue.LIFTED),),
    )  # fmt: skip
    change = world.hear(item("Alert ends, people go home", outlet="La Rive", hours=40), over)
    assert change is not None
    assert change.kind is ChangeKind.ENDED


def test_a_border_that_opens_is_open_on_both_sides() -> None:
    world = World()
    shut = TargetState(target=Target.BORDER, cue=Cue.CLOSED, place=BURKINA_FASO)
    both = (MALI, BURKINA_FASO)
    world.hear(item("Border shut"), assessment(MALI, Hazard.TRANSPORT, places=both, targets=(shut,)))
    opened = TargetState(target=Target.BORDER, cue=Cue.RESTORED, place=MALI)
    said = assessment(
        MALI, Hazard.TRANSPORT, places=both, status=Status.ENDED, severity=Severity.MINOR, targets=(opened,)
    )  # fmt: skip
    change = world.hear(item("Border open again", outlet="Le Fleuve", hours=30), said)
    assert change is not None
    assert change.kind is ChangeKind.ENDED
