"""Puts the parts of the program together: the only place that knows them all."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dentalsales.blueprint.business import Business


def business() -> "Business":
    """Return the registers, reports, printouts and settings of the program."""
    from dentalsales.blueprint.business import Business
    from dentalsales.registers import REGISTERS
    from dentalsales.settings import SETTINGS

    return Business(REGISTERS, (), (), SETTINGS)


def metadata() -> Any:
    """Return the tables of all registers and of the house."""
    from dentalsales.blueprint import house_records
    from dentalsales.registers import REGISTERS

    assert REGISTERS
    return house_records.Base.metadata
