"""What is asked of one event over and over is worked out once, and never taken for another's."""

from weakref import ref

from builders import event

from bot.events.once import once_each
from bot.model.event import Event


def test_the_same_event_is_asked_once_an_equal_one_for_itself() -> None:
    questions: list[str] = []

    @once_each
    def headline(one: Event) -> str:
        questions.append(one.id)
        return one.headline

    first, equal = event(), event()
    assert headline(first) == headline(first) == headline(equal) == first.headline
    assert questions == [first.id, equal.id]


def test_an_answer_is_forgotten_with_its_event_and_never_another_s() -> None:
    @once_each
    def places(one: Event) -> frozenset[str]:
        return frozenset({one.id})

    first = event(id="first")
    answer = ref(places(first))
    assert answer() == {"first"}
    del first
    assert answer() is None
    for number in range(2000):  # numbers of objects come again once these are gone
        assert places(event(id=f"event {number}")) == {f"event {number}"}
