"""Shares and growth in percent; without a base there is none."""

from decimal import Decimal

from dentalsales.blueprint.column_types import round_money


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Return part of whole in percent, None when the whole is zero."""
    return round_money(Decimal(part) * 100 / whole) if whole else None


def growth(now: Decimal, before: Decimal) -> Decimal | None:
    """Return (now - before) / before in percent, None when there was nothing before (K2)."""
    return share(now - before, before) if before > 0 else None
