"""What names no place joins the event whose names it says, and says nothing about where."""

import pytest
from builders import BAMAKO, BKO, FRANCE, GAO, MALI, assessment, at, event, item, report
from events.world import World

from bot.events.naming import called, common, index_names, names_in, says, spoken
from bot.events.neighbourhood import neighbourhood
from bot.model.assessment import Severity, Status, TargetState
from bot.model.event import ChangeKind
from bot.model.hazard import Hazard, Target
from bot.model.reading import Cue

NOWHERE = {"place": None, "places": ()}
COMMENT = {"alertable": False, "severity": Severity.NONE, "status": Status.PAST}


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Singer Mariam Diallo shot dead at Bamako concert", {"maria", "diall", "bamak"}),
        ("Mariam Diallo: what we know of the killing", {"diall"}),
        ("Police search for the killers. Witnesses saw a Toyota", {"toyot"}),
        ("The Hunt For Mariam Diallo's Killers Goes On", set()),
        ("PROTESTERS STORM PARLIAMENT", set()),
        ("Убита певица Мариам Диалло", {"мариа", "диалл"}),
        ("مقتل المغنية في باماكو", set()),
    ],
)
def test_a_capital_makes_a_name_where_no_sentence_begins_and_small_letters_are_used(
    title: str, names: set[str]
) -> None:
    assert names_in(title) == names


def titled(*titles: str, **fields: object) -> World:
    known = event(reports=tuple(report(hours=n, title=title) for n, title in enumerate(titles)), **fields)
    return World(known={known.id: known})


def test_what_most_titles_share_is_what_an_event_is_called() -> None:
    world = titled("Singer Mariam Diallo shot dead in Bamako", "Diallo killing: gunmen flee", "Who shot Diallo?")
    assert index_names(world.only) == ("diall",)
    assert called("Diallo was shot as she sang", world.only, {}).share > 1
    assert called("Gunmen shot as she sang", world.only, {}).named is False


def test_a_name_of_two_events_is_the_name_of_neither() -> None:
    one = titled("Minister Keita unhurt as gunmen fire on convoy").only
    other = event(id="other", reports=(report(title="Blast near the home of minister Keita"),))
    title = "Keita calls for calm after gunmen fire"

    assert called(title, one, {}).named
    assert not called(title, one, common(title, [one, other])).named


def test_the_hunt_for_the_killers_of_one_whom_all_name_joins_without_a_place() -> None:
    world = titled("Singer Mariam Diallo shot dead at Bamako concert")
    change = world.hear(item("Manhunt for Mariam Diallo's killers goes on", hours=9), assessment(**NOWHERE))
    assert change is not None
    assert change.after.id in world.known
    assert len(world.only.reports) == 2


def test_a_comment_that_names_them_joins_even_where_it_was_written_of_elsewhere() -> None:
    world = titled("Singer Mariam Diallo shot dead at Bamako concert")
    change = world.hear(item("Paris fans mourn Mariam Diallo", hours=9), assessment(FRANCE, **COMMENT))
    assert change is not None
    assert change.kind is ChangeKind.NOTHING_NEW


def test_a_fresh_attack_elsewhere_is_its_own_event_though_it_names_them() -> None:
    world = titled("Singer Mariam Diallo shot dead at Bamako concert")
    change = world.hear(item("Friend of Mariam Diallo shot in Gao", hours=9), assessment(GAO))
    assert change is not None
    assert change.kind is ChangeKind.OPENED


def test_hazard_words_alone_join_nothing_that_names_no_place() -> None:
    world = titled("Three killed as gunmen attack police station", "Gunmen kill three police in attack")
    assert world.hear(item("Gunmen kill three police", hours=3), assessment(**NOWHERE)) is None


def test_what_is_shut_nowhere_in_particular_shuts_nothing_of_the_event() -> None:
    world = titled("Singer Mariam Diallo shot dead at Bamako concert")
    shut = (TargetState(target=Target.FLIGHTS, cue=Cue.SUSPENDED, place=None),)
    world.hear(item("Airline suspends staff over Mariam Diallo jokes", hours=9), assessment(targets=shut, **NOWHERE))
    assert world.only.targets == ()


@pytest.mark.parametrize("status", [Status.ENDED, Status.DENIED])
def test_what_names_no_place_ends_and_denies_nothing(status: Status) -> None:
    world = titled("Singer Mariam Diallo shot dead at Bamako concert")
    over = assessment(status=status, severity=Severity.MINOR, **NOWHERE)
    assert world.hear(item("Mariam Diallo killing: it is over", hours=9), over) is None


def test_a_title_says_a_place_by_its_whole_name() -> None:
    assert says("Bamako: the airport is shut", spoken([BAMAKO]))
    assert not says("Bamakois stay at home", spoken([BAMAKO]))
    assert says("Flights resume at Modibo Keita international airport", spoken([BKO]))


def test_a_title_that_says_the_events_place_joins_by_its_words_though_read_as_elsewhere() -> None:
    world = titled("French army orders all foreigners out of Gao", hazard=Hazard.ADVISORY, place=GAO, area=(GAO,))
    order = assessment(FRANCE, Hazard.ADVISORY, severity=Severity.MODERATE)
    world.hear(item("French army issues order to all foreigners in Gao to get out", hours=2), order)
    assert len(world.known) == 1


def test_a_small_place_and_its_word_are_enough_for_a_comment() -> None:
    world = titled("Stabbing on Bamako bus", "Bamako bus stabbing: two held", "After the stabbing in Bamako")
    change = world.hear(item("Uncle of Bamako stabbing victim speaks", hours=30), assessment(**COMMENT, hazard=None))
    assert change is not None
    assert world.hear(item("Bamako mayor speaks", hours=31), assessment(**COMMENT, hazard=None)) is None
    assert world.hear(item("Mali thinks of the stabbing", hours=31), assessment(MALI, **COMMENT, hazard=None)) is None


def test_names_are_looked_up_where_there_is_no_place() -> None:

    near = neighbourhood(item("Manhunt for Mariam Diallo's killers"), (assessment(**NOWHERE),), at(1))
    assert near is not None
    assert near.points == near.countries == ()
    assert {"diall", "manhu"} <= set(near.words)
    assert neighbourhood(item(""), (assessment(**NOWHERE),), at(1)) is None


def test_comments_do_not_keep_an_event_young_nor_lend_it_their_words() -> None:
    world = titled("Singer Mariam Diallo shot dead at Bamako concert")
    seen = world.only.last_seen_at
    world.hear(item("Ousmane Traore blamed for the killing of Mariam Diallo", hours=20), assessment(**COMMENT))
    assert len(world.only.reports) == 2
    assert world.only.last_seen_at == seen
    assert "traor" not in index_names(world.only)


def test_the_word_of_a_place_counts_once() -> None:
    world = titled("Shooting in Bamako shop", "Bamako shooting: three dead in shop", "Shop shooting in Bamako")
    assert world.hear(item("Bamako prices rise", hours=9), assessment(**COMMENT, hazard=None)) is None
