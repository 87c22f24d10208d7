"""Values become text in one way everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, tr, yuan


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal("1234.5"), "money", "1,234.50"),
        (Decimal("-1234.50"), "money", "-1,234.50"),
        (Decimal("-0.00"), "money", "0.00"),
        (Decimal("3"), "price", "3.00"),
        (Decimal("3.1250"), "price", "3.125"),
        (Decimal("1234.5678"), "price", "1,234.5678"),
        (Decimal("13"), "percent", "13.00%"),
        (1234, "quantity", "1,234"),
        (Decimal("1234.500"), "quantity", "1,234.5"),
        (100, "number", "100"),
        (date(2026, 11, 22), "day", "2026-11-22"),
        (datetime(2026, 11, 22, 6, 5, tzinfo=UTC), "moment", "2026-11-22 14:05"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "day", "2026-11-22"),
        (True, "yes_no", "Yes"),
        (False, "yes_no", "No"),
        ("{=braces stay}", "text", "{=braces stay}"),
        (_("Line {line} has no quantity.").fill(line=3), "text", "Line 3 has no quantity."),
        (Decimal("1234.50"), "text", "1234.50"),
    ],
)
def test_every_kind_has_its_form(value: object, kind: str, text: str) -> None:
    assert shown(value, kind) == text


@pytest.mark.parametrize("kind", ["text", "money", "day", "yes_no"])
def test_the_unknown_is_a_dash_and_never_a_zero(kind: str) -> None:
    assert shown(None, kind) == "—"


def test_a_total_has_the_sign_of_the_currency_before_it() -> None:
    assert yuan(Decimal("1234.5")) == "¥1,234.50"


@pytest.mark.parametrize(
    ("amount", "words"),
    [("12345", "¥12,345.00"), ("-0.50", "-¥0.50"), ("0.3350", "¥0.335"), ("100000000.00", "¥100,000,000.00")],
)
def test_an_amount_inside_a_sentence_is_read_like_the_one_beside_it(amount: str, words: str) -> None:
    assert tr(_("{name} owes {late} past the due date.").fill(name="A", late=Decimal(amount))) == (
        f"A owes {words} past the due date."
    )
