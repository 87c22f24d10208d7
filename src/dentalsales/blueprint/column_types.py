"""How money, prices, quantities and moments are kept in the database: integers and UTC, never floats."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, type_coerce
from sqlalchemy.types import TypeDecorator

FEN = Decimal("0.01")
FOUR_DECIMALS = Decimal("0.0001")


def round_money(amount: Decimal) -> Decimal:
    """Round half up to the fen."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def difference(left: Any, right: Any) -> Any:
    """Return the SQL of left - right that is still money (or a price) and not its bare integer."""
    return type_coerce(left - right, left.type)


class _Scaled(TypeDecorator[Decimal]):
    """A Decimal kept as an integer number of its smallest step."""

    impl = BigInteger
    cache_ok = True
    step = FEN

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError("money is never a float")
        scaled = Decimal(value) / self.step
        whole = int(scaled)
        if whole != scaled:
            raise ValueError(f"{value} is finer than {self.step}")
        return whole

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """Return the function that makes Decimals of a result's integers; lists repeat amounts, so they are kept."""
        exponent = int(self.step.as_tuple().exponent)
        made = lru_cache(4096)(lambda whole: Decimal(whole).scaleb(exponent))
        return lambda whole: None if whole is None else made(whole)


class Money(_Scaled):
    """Yuan with two decimals, kept as integer fen."""

    cache_ok = True


class UnitPrice(_Scaled):
    """Yuan with four decimals, kept as integer ten-thousandths."""

    cache_ok = True
    step = FOUR_DECIMALS


class Rate(_Scaled):
    """A percentage with two decimals (13 means 13 %), kept as integer hundredths."""

    cache_ok = True


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; naive times are refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)
