from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.importing import ImportColumn, spelled
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cells import as_date, as_decimal, as_text
from dentalsales.i18n import _, tr
from dentalsales.usecases.import_cells import CellReaders, converter

READERS = CellReaders(as_text, as_decimal, lambda cell: as_date(cell, True))
LABEL = _("Value")


def taken(kind: str, cell: Any, words: dict[str, str] | None = None, **more: Any) -> Any:
    flags = {name: more.pop(name) for name in ("rounds", "is_code") if name in more}
    return converter(ImportColumn("value", Field(kind, LABEL, **more), (), words or {}, **flags), READERS)(cell)


@pytest.mark.parametrize("cell", [17850.0, "17850.0", "１７８５０", " 17850 ", 17850])
def test_a_code_arrives_without_a_point(cell: Any) -> None:
    assert taken("text", cell, is_code=True) == "17850"


def test_a_phone_that_became_a_power_of_ten_is_itself_again_unless_digits_are_lost() -> None:
    for cell in ("1.3512345678E10", "1.3512345678E+10", "1.3512345678e+10"):
        assert taken("text", cell, is_code=True) == "13512345678"
    with pytest.raises(RuleBroken, match="shortened"):
        taken("text", "6.22202E+18", is_code=True)


def test_a_number_of_thirty_digits_is_refused_in_a_column_that_is_rounded() -> None:
    with pytest.raises(RuleBroken):
        taken("money", "1" * 30, rounds=True)


def test_a_specification_keeps_its_point() -> None:
    assert taken("text", "4.0") == "4.0"


@pytest.mark.parametrize("cell", ["13", "13%", "13 ％", 0.13, "0.13", 13])
def test_thirteen_per_cent_may_be_written_in_many_ways(cell: Any) -> None:
    assert taken("percent", cell) == 13


@pytest.mark.parametrize(
    ("cell", "value"), [("是", True), ("√", True), ("Y", True), (True, True), ("否", False), (0, False)]
)
def test_yes_and_no_are_known(cell: Any, value: bool) -> None:
    assert taken("yes_no", cell) is value


@pytest.mark.parametrize(
    ("cell", "value"), [("Ⅱ类", "2"), ("II 类", "2"), ("二类", "2"), ("Class II", "2"), (2.0, "2")]
)
def test_choices_are_known_by_name_label_and_usual_words(cell: Any, value: str) -> None:
    words = {"二类": "2", "ii类": "2"}
    assert taken("choice", cell, words, choices=(("2", _("Class II")), ("3", _("Class III")))) == value


def test_an_unknown_choice_names_those_there_are() -> None:
    with pytest.raises(RuleBroken) as refused:
        taken("choice", "四类", choices=(("2", _("Class II")), ("3", _("Class III"))))
    assert tr(refused.value.text) == "“四类” is not a choice of “Value”. Write one of: Class II / Class III."


def test_a_whole_number_may_come_as_a_float_but_not_as_a_part() -> None:
    assert taken("quantity", 12.0) == 12
    with pytest.raises(RuleBroken):
        taken("quantity", "2.5")


def test_a_price_that_is_too_fine_is_rounded_only_where_that_is_said() -> None:
    assert taken("price", "33.333333", rounds=True) == Decimal("33.3333")
    with pytest.raises(RuleBroken):
        taken("price", "33.333333")


def test_days_of_a_1904_workbook_are_right() -> None:
    assert taken("day", 44_197.0) == date(2025, 1, 2)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000"])
def test_a_blank_cell_is_missing(cell: Any) -> None:
    assert taken("text", cell) is None
    with pytest.raises(RuleBroken):
        taken("text", cell, required=True)


def test_spelled_words_name_their_choice() -> None:
    assert spelled(a="甲 A级", b="乙") == {"甲": "a", "A级": "a", "乙": "b"}


@pytest.mark.parametrize("kind", ["number", "quantity"])
def test_a_part_of_a_piece_is_named_as_it_stands_and_not_as_money(kind: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        taken(kind, "1.50")
    assert tr(refused.value.text) == "“1.50” is no whole number. Enter one for “Value”."
