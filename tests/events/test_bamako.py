"""The life of the Bamako event, report by report."""

from builders import BAMAKO, BKO, MALI, assessment, at, item
from events.world import World

from bot.alerts.plan import is_told
from bot.events.judge import judge_time
from bot.model.assessment import Assessment, Certainty, MeasureState, Severity, Status, TargetState, Toll
from bot.model.event import ChangeKind, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, ImpactKind


def suspended() -> Assessment:
    return assessment(
        places=(BAMAKO, BKO), targets=(TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO),)
    )  # fmt: skip


def reopened() -> Assessment:
    return assessment(
        BKO, Hazard.AIRPORT, severity=Severity.MINOR, status=Status.ENDED,
        targets=(TargetState(target=Target.AIRPORT, cue=Cue.RESTORED, place=BKO),),
    )  # fmt: skip


def reassuring(**fields: object) -> Assessment:
    calm = (TargetState(target=Target.HAZARD, cue=Cue.REASSURANCE, place=BAMAKO),)
    return assessment(targets=calm, **fields)


def follow_up(hazard: Hazard | None = Hazard.ARMED_ATTACK) -> Assessment:
    return assessment(hazard=hazard, alertable=False, severity=Severity.NONE, status=Status.HISTORIC, follow_up=True)


def killed(low: float, high: float | None = None, **fields: object) -> Assessment:
    return assessment(impacts=(Toll(kind=ImpactKind.KILLED, low=low, high=high or low),), **fields)


ATTACK = item("Gunfire heard near gendarmerie school in Bamako", "Residents of Faladie woke to shots before dawn.")
WIRE = item(
    "Gunfire near gendarmerie school in Bamako", "Residents of Faladie woke to shots, Sahel Wire reported.",
    outlet="Quick News", hours=0.3,
)  # fmt: skip
SECOND = item("Attaque armée à Bamako", "Notre envoyé a vu de la fumée au sud.", outlet="Le Fleuve", hours=1)
AIRPORT = item("Flights halted at Bamako airport", "No aircraft have landed since eight.", outlet="Le Fleuve", hours=2)
CALM = item("Situation under control, army says", "People may go about their day.", outlet="Armée", hours=3)
LOOK_BACK = item("A decade of insurgency in Mali", "How the groups came to the capital.", outlet="Review", hours=4)
TOLL = item("Hospital counts four dead after Bamako attack", outlet="Coastal Gazette", hours=5)
REOPENS = item("L'aéroport de Bamako rouvre", "Un premier vol s'est posé à midi.", outlet="Le Fleuve", hours=29)
OVER = item("Army says operation in Bamako is finished, cordon removed", outlet="Armée", official=True, hours=33)


def opened_world() -> World:
    world = World()
    world.hear(ATTACK, assessment())
    return world


def test_one_voice_opens_it_unconfirmed() -> None:
    world = opened_world()
    assert world.last is not None
    assert world.last.kind is ChangeKind.OPENED
    assert is_told(world.last)
    assert world.only.state is EventState.UNCONFIRMED
    assert world.only.version == 1


def test_a_wire_copy_joins_and_confirms_nothing() -> None:
    world = opened_world()
    change = world.hear(WIRE, assessment())
    assert change is not None
    assert change.kind is ChangeKind.NOTHING_NEW
    assert world.only.state is EventState.UNCONFIRMED
    assert len(world.only.reports) == 2
    assert len(world.only.voices) == 1


def test_a_second_outlet_confirms_silently() -> None:
    world = opened_world()
    change = world.hear(SECOND, assessment())
    assert change is not None
    assert change.kind is ChangeKind.CONFIRMED
    assert not is_told(change)
    assert world.only.state is EventState.OPEN
    assert world.only.certainty is Certainty.OBSERVED


def test_one_voice_is_never_shown_as_extreme_and_the_second_makes_it_so() -> None:
    world = World()
    world.hear(ATTACK, assessment(severity=Severity.EXTREME))
    assert world.only.severity is Severity.SEVERE
    change = world.hear(SECOND, assessment(severity=Severity.EXTREME))
    assert change is not None
    assert change.kind is ChangeKind.CONFIRMED
    assert world.only.severity is Severity.EXTREME


def test_an_authority_alone_may_say_extreme() -> None:
    world = World()
    world.hear(OVER, assessment(severity=Severity.EXTREME))
    assert world.only.severity is Severity.EXTREME
    assert world.only.state is EventState.OPEN


def test_the_airport_that_it_shuts_belongs_to_it_and_is_told() -> None:
    world = opened_world()
    world.hear(SECOND, assessment())
    change = world.hear(AIRPORT, suspended())
    assert change is not None
    assert change.kind is ChangeKind.UPDATED
    assert News.NEW_CLOSURE in change.news
    assert is_told(change)
    assert [(state.target, state.cue) for state in world.only.targets] == [(Target.AIRPORT, Cue.SUSPENDED)]


def test_the_closure_alone_joins_the_attack_that_is_known_there() -> None:
    world = opened_world()
    closure = assessment(
        BKO, Hazard.AIRPORT, targets=(TargetState(target=Target.AIRPORT, cue=Cue.SUSPENDED, place=BKO),)
    )  # fmt: skip
    change = world.hear(AIRPORT, closure)
    assert change is not None
    assert change.before is not None
    assert world.only.hazard is Hazard.ARMED_ATTACK
    assert world.only.place == BAMAKO


def test_reassurance_is_no_end() -> None:
    world = opened_world()
    change = world.hear(CALM, reassuring())
    assert change is not None
    assert not is_told(change)
    assert world.only.live
    assert world.only.reassured
    assert world.only.severity is Severity.SEVERE


def test_a_background_piece_joins_and_tells_nothing() -> None:
    world = opened_world()
    for hazard in (Hazard.ARMED_ATTACK, None):
        change = world.hear(LOOK_BACK, follow_up(hazard))
        assert change is not None
        assert change.kind is ChangeKind.NOTHING_NEW
    assert world.only.severity is Severity.SEVERE


def test_a_background_piece_alone_opens_nothing() -> None:
    world = World()
    assert world.hear(LOOK_BACK, follow_up()) is None
    assert world.known == {}


def test_the_first_toll_is_told_a_higher_one_edited_and_the_same_one_neither() -> None:
    world = opened_world()
    world.hear(SECOND, assessment())
    first = world.hear(TOLL, killed(4))
    higher = world.hear(item("Six dead in Bamako", outlet="Le Fleuve", hours=6), killed(6))
    again = world.hear(item("Bamako attack kills six", outlet="Radio Sud", hours=7), killed(6))
    assert first is not None
    assert higher is not None
    assert again is not None
    assert News.FIRST_TOLL in first.news
    assert is_told(first)
    assert higher.news == (News.HIGHER_TOLL,)
    assert not is_told(higher)
    assert not is_told(again)


def test_a_graver_report_escalates() -> None:
    world = opened_world()
    world.hear(SECOND, assessment())
    change = world.hear(TOLL, killed(14, severity=Severity.EXTREME))
    assert change is not None
    assert change.kind is ChangeKind.ESCALATED
    assert world.only.severity is Severity.EXTREME
    assert world.only.headline == TOLL.title


def test_the_reopening_eases_while_the_attack_goes_on_and_the_all_clear_ends_it() -> None:
    world = opened_world()
    world.hear(SECOND, assessment())
    world.hear(AIRPORT, suspended())
    eased = world.hear(REOPENS, reopened())
    assert eased is not None
    assert eased.kind is ChangeKind.EASED
    assert eased.news == (News.REOPENED,)
    assert is_told(eased)
    assert world.only.state is EventState.EASING
    assert world.only.severity is Severity.MODERATE
    ended = world.hear(OVER, assessment(status=Status.ENDED, severity=Severity.MINOR))
    assert ended is not None
    assert ended.kind is ChangeKind.ENDED
    assert is_told(ended)
    assert world.only.state is EventState.ENDED


def test_it_ends_with_the_last_order_that_is_lifted_after_an_easing() -> None:
    world = opened_world()
    curfew = (MeasureState(measure=Measure.CURFEW, cue=Cue.IMPOSED, place=BAMAKO),)
    world.hear(AIRPORT, suspended())
    told = world.hear(item("Curfew in Bamako", outlet="Radio Sud", hours=3), assessment(measures=curfew))
    assert told is not None
    assert News.NEW_MEASURE in told.news
    world.hear(REOPENS, reopened())
    assert world.only.state is EventState.EASING
    lifted = (MeasureState(measure=Measure.CURFEW, cue=Cue.LIFTED, place=BAMAKO),)
    ended = world.hear(
        OVER, assessment(hazard=Hazard.ADVISORY, status=Status.ENDED, severity=Severity.MINOR, measures=lifted)
    )  # fmt: skip
    assert ended is not None
    assert ended.kind is ChangeKind.ENDED


def test_the_attack_is_not_over_while_the_airport_stays_shut() -> None:
    world = opened_world()
    world.hear(AIRPORT, suspended())
    change = world.hear(OVER, assessment(status=Status.ENDED, severity=Severity.MINOR))
    assert change is not None
    assert change.kind is ChangeKind.EASED


def test_a_second_report_of_the_reopening_tells_nothing() -> None:
    world = opened_world()
    world.hear(AIRPORT, suspended())
    world.hear(REOPENS, reopened())
    change = world.hear(item("Bamako airport open again", outlet="Radio Sud", hours=30), reopened())
    assert change is not None
    assert not is_told(change)


def test_an_old_toll_told_again_while_it_eases_rings_nobody() -> None:
    world = opened_world()
    world.hear(SECOND, killed(14, severity=Severity.EXTREME))
    world.hear(AIRPORT, suspended())
    world.hear(REOPENS, reopened())
    change = world.hear(item("After the attack", outlet="Radio Sud", hours=31), killed(14, severity=Severity.EXTREME))
    assert change is not None
    assert not is_told(change)
    assert world.only.severity is Severity.SEVERE


def test_an_announced_reopening_eases_nothing() -> None:
    world = opened_world()
    world.hear(AIRPORT, suspended())
    tomorrow = (TargetState(target=Target.AIRPORT, cue=Cue.TO_RESTORE, place=BKO),)
    change = world.hear(item("Bamako airport to reopen on Thursday", outlet="Radio Sud", hours=20),
                        assessment(BKO, Hazard.AIRPORT, targets=tomorrow))  # fmt: skip
    assert change is not None
    assert change.kind in {ChangeKind.UPDATED, ChangeKind.CONFIRMED}
    assert not is_told(change)
    assert world.only.state is not EventState.EASING


def test_silence_makes_it_expire_and_never_end() -> None:
    world = opened_world()
    assert judge_time(world.only, at(24)) is None
    change = judge_time(world.only, at(24 * 4))
    assert change is not None
    assert change.kind is ChangeKind.EXPIRED
    assert change.cause is None
    assert judge_time(change.after, at(24 * 9)) is None


def test_a_fresh_report_revives_what_expired() -> None:
    world = opened_world()
    change = judge_time(world.only, at(24 * 2.5))
    assert change is not None
    world.known[change.after.id] = change.after
    again = world.hear(item("Toll of Bamako attack", outlet="Radio Sud", hours=61), killed(4, status=Status.PAST))
    assert again is not None
    assert again.before is not None
    assert world.only.live


def test_the_same_item_in_new_words_is_one_report() -> None:
    world = opened_world()
    world.hear(item(ATTACK.title, ATTACK.text, id=ATTACK.id, hours=0.5), assessment())
    assert len(world.only.reports) == 1


def test_the_country_gives_way_to_the_city_once_it_is_named() -> None:
    world = World()
    world.hear(ATTACK, assessment(MALI))
    world.hear(SECOND, assessment(BAMAKO))
    assert world.only.place == BAMAKO
    assert world.only.area == (BAMAKO,)
