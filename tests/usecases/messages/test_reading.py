"""Messages as customers write them are read: most lines right at first, none of them surely wrong."""

from collections.abc import Callable
from functools import cache

import corpus
import pytest

from dentalsales.registers.products.trade_words import CALLED
from dentalsales.usecases.messages.catalogue import Catalogue
from dentalsales.usecases.messages.checking import CheckedMessage
from dentalsales.usecases.messages.items import key_of, split
from dentalsales.usecases.messages.reading import read
from dentalsales.usecases.messages.rows import CHECK, MISSING, SURE

LEAST_RIGHT = 0.90


@pytest.fixture(scope="module")
def goods() -> Catalogue:
    return corpus.catalogue()


@pytest.mark.parametrize("held", [False, True], ids=["seen while tuning", "held out"])
def test_nine_lines_of_ten_are_right_at_first_and_none_is_surely_wrong(goods: Catalogue, held: bool) -> None:
    chosen = [one for one in corpus.messages() if one.style.startswith("held") == held]
    assert len(chosen) == (60 if held else 140)
    score = corpus.scored(chosen, goods)
    assert score.wrong_but_sure == []
    assert score.share >= LEAST_RIGHT, "\n".join(score.wrong)
    assert score.sure >= score.lines * 0.4, "most of what is plain is sure"


def test_shades_and_sizes_that_stand_in_name_and_model_tell_products_apart() -> None:
    score = corpus.scored(corpus.messages("messages_by_model.txt"), corpus.by_model())
    assert score.wrong == []
    assert score.wrong_but_sure == []
    assert score.sure >= score.lines * 0.7, "most of what is plain is sure"


@pytest.mark.parametrize("shop", [corpus.catalogue, corpus.by_model])
def test_another_shade_or_size_than_the_written_one_is_never_proposed(shop: Callable[[], Catalogue]) -> None:
    """Enter takes what is proposed: what has another mark has to be chosen by its digit."""
    goods = shop()
    for said in (
        "树脂A4.5 3支",
        "丁腈手套XXL 3盒",
        "镍钛锉37# 3板",
        "树脂A2 3支，D4.5也来2支",
        "机用锉25号2板，37号1板",
    ):
        row = read(said, goods).rows[-1]
        assert (row.article, row.state != SURE) == (None, True), said


def test_of_products_that_fit_equally_well_none_is_proposed() -> None:
    (row,) = read("手套 5盒 要效期长", corpus.by_model()).rows
    assert (row.article, row.state, len(row.candidates)) == (None, CHECK, 3)
    assert "效期长" in row.rest


def test_what_is_not_sold_is_never_taken_surely_for_something_else(goods: Catalogue) -> None:
    """Messages are read again without the product they mean: no other size, shade or maker passes for it."""
    rows = [one.row for one in goods.by_id.values()]
    wrong = []

    @cache
    def without(gone: frozenset[str], whole: bool) -> Catalogue:
        return Catalogue([row for row in rows if (row.title.split("-")[0] if whole else row.title) not in gone], CALLED)

    for message in corpus.messages():
        plain = [answer.codes[0] for answer in message.answers if answer.kind == "="]
        if len(plain) < len(message.answers):
            continue
        for whole in (False, True):
            poorer = without(frozenset(code.split("-")[0] if whole else code for code in plain), whole)
            sure = [row for row in read(message.text, poorer).rows if row.state == SURE]
            wrong += [f"{row.text} -> {poorer.by_id[row.article].row.title}" for row in sure if row.article]
    assert wrong == []


def test_a_size_that_is_said_is_never_another_one(goods: Catalogue) -> None:
    for said, never in (("光固化树脂A3.6 3支", "FH1"), ("K锉#23 3板", "GZ1"), ("丁腈手套XXL 3盒", "ST1")):
        (row,) = read(said, goods).rows
        assert row.state != SURE, never


def test_words_that_were_confirmed_are_sure_from_then_on(goods: Catalogue) -> None:
    latex = goods.by_code["st2-02"].id
    assert read("老款手套M 5盒", goods).rows[0].state != SURE
    (row,) = read("老款手套M码 5盒", goods, known={key_of("老款手套 M"): latex}).rows
    assert (row.state, row.article, row.quantity, row.unit) == (SURE, latex, 5, "盒")
    assert read("老款手套L 5盒", goods, known={key_of("老款手套 M"): latex}).rows[0].state != SURE


@pytest.mark.parametrize("typed", ["丁晴手套M 5盒", "丁睛手套M 5盒", "丁晴检查手套M码 5盒"])
def test_a_mistyped_name_is_asked_and_never_taken_unasked(goods: Catalogue, typed: str) -> None:
    [row] = read(typed, goods).rows
    assert row.state == CHECK and [str(one) for one in row.reasons] == ["Nothing fits exactly."]
    assert "ST1-02" in [goods.by_id[one].row.title for one in row.candidates]
    checked = CheckedMessage(read(typed, goods), lambda one: goods.by_id[one].row)
    assert checked.open == [0] and checked.taken == [], "nothing is taken before somebody agreed to it"
    assert checked.rows[0].question == "product"


def test_of_products_that_are_equally_like_what_was_mistyped_none_is_proposed(goods: Catalogue) -> None:
    [row] = read("丁晴手套M 5盒", goods).rows
    assert row.article is None and [goods.by_id[one].row.title for one in row.candidates] == ["ST1-02", "ST2-02"]


def test_words_that_point_to_earlier_orders_are_never_sure_and_never_remembered(goods: Catalogue) -> None:
    file, box = goods.by_code["gz1-05"].id, goods.by_code["st1-02"].id
    (row,) = read("上次那个根管锉再来两板", goods, [[(file, 4, "板"), (box, 1, "盒")]]).rows
    assert (row.state, row.article, row.quantity, row.key) == (CHECK, file, 2, "")


def test_a_unit_the_product_is_not_sold_in_is_asked(goods: Catalogue) -> None:
    (row,) = read("丁腈手套M 3包", goods).rows
    assert (row.state, row.unit, row.quantity) == (CHECK, "", 3)


def test_nothing_of_a_message_is_lost(goods: Catalogue) -> None:
    """Every letter and digit stands in a line or among what was skipped."""
    for message in corpus.messages():
        reading = read(message.text, goods, corpus.orders_of(message.customer, goods))
        shown = "".join([*(row.text for row in reading.rows), *reading.skipped])
        left = [letter for letter in _letters(message.text) if letter not in _letters(shown)]
        assert not left, f"{message.text!r} lost {left}: {shown!r}"


def _letters(text: str) -> set[str]:
    from dentalsales.usecases.messages.items import plain

    return {letter for letter in plain(text).lower() if letter.isalnum()}


def test_text_without_an_order_becomes_no_line(goods: Catalogue) -> None:
    reading = read("您好！谢谢😊", goods)
    assert reading.rows == []
    assert reading.skipped == ["您好!", "谢谢"]


def test_any_text_is_read_without_falling_over(goods: Catalogue) -> None:
    for text in (
        "",
        "   \n\n",
        "x3",
        "×",
        "各",
        "3",
        "#",
        "A1/A2/A3",
        "((((",
        "¥¥¥",
        "半",
        "1.2.3.4",
        "《》【】",
        "-" * 500,
    ):
        for row in read(text, goods).rows:
            assert row.state in (CHECK, MISSING)


def test_the_wordings_of_the_file_are_kept_as_they_are_compared() -> None:
    for message in corpus.messages():
        for item in split(message.text).items:
            if item.key and "×" not in item.key:
                assert key_of(item.key) == item.key
