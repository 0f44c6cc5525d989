import pytest
from builders import at, item

from bot.feeds.page import LEAD, THIN, is_thin, with_page
from bot.model.item import Cap, Native

HEADLINE = "Ferry capsizes on the Niger near Mopti"
LEADING = "A ferry with some 200 people aboard capsized on the Niger near Mopti on Tuesday; 31 bodies were recovered."
PAGE = f"{LEADING}\n{'Fishermen pulled survivors from the water until nightfall. ' * 6}"


def test_a_short_summary_with_a_link_is_thin() -> None:
    assert is_thin(item(HEADLINE, "At least 31 dead."))
    assert not is_thin(item(HEADLINE, "x" * THIN))
    assert not is_thin(item(HEADLINE, url=""))


def test_what_an_authority_says_in_fields_of_its_own_needs_no_page() -> None:
    cap = Cap(identifier="1", sender="met", sent=at(0), msg_type="Alert")
    assert not is_thin(item(HEADLINE, cap=cap))
    assert not is_thin(item(HEADLINE, native=Native(event_id="1")))


def test_the_page_makes_a_later_issue_of_the_same_item() -> None:
    thin = item(HEADLINE, "At least 31 dead.")
    fuller = with_page(thin, PAGE, at(1))
    assert fuller is not None
    assert (fuller.id, fuller.url, fuller.published_at, fuller.fetched_at) == (thin.id, thin.url, at(0), at(1))
    assert fuller.text.startswith(LEADING)
    assert fuller.content_key != thin.content_key


@pytest.mark.parametrize(
    "words",
    ["", LEADING, "We value your privacy. Choose which cookies our partners may keep on your device. " * 8],
)
def test_a_page_that_says_no_more_or_speaks_of_something_else_adds_nothing(words: str) -> None:
    assert with_page(item(HEADLINE, "At least 31 dead."), words, at(1)) is None


def test_only_the_first_paragraphs_are_read() -> None:
    old = "In 2015 a bombing in Paris killed 130 people."
    fuller = with_page(item(HEADLINE), f"{PAGE}\n{'y ' * (LEAD // 2)}\n{old}", at(1))
    assert fuller is not None
    assert len(fuller.text) <= LEAD
    assert "Paris" not in fuller.text


def test_a_title_without_spaces_between_words_is_believed() -> None:
    assert with_page(item("尼日尔河渡轮倾覆"), "马里莫普提附近一艘渡轮周二在尼日尔河上倾覆。" * 20, at(1)) is not None
