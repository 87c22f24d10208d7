"""All that the program is made of: the only file that names every register, report, printout, import and setting."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dentalsales.blueprint.business import Business


def business() -> "Business":
    """Return the registers, reports, printouts, imports and settings of the program."""
    from dentalsales.blueprint.business import Business
    from dentalsales.imports import IMPORTS
    from dentalsales.printouts import PRINTOUTS
    from dentalsales.registers import REGISTERS
    from dentalsales.registers.tiles import FIRST_STEPS, TILES
    from dentalsales.reports import REPORTS
    from dentalsales.reports.today import GLANCES
    from dentalsales.settings import SETTINGS

    return Business(
        REGISTERS,
        REPORTS,
        PRINTOUTS,
        SETTINGS,
        imports=IMPORTS,
        tiles=TILES,
        glances=GLANCES,
        first_steps=FIRST_STEPS,
    )


def metadata() -> Any:
    """Return the tables of all registers and of the house, each with how a server guards it."""
    from dentalsales.blueprint.guard import declare_guards
    from dentalsales.blueprint.record import Base
    from dentalsales.registers import REGISTERS

    declare_guards(REGISTERS)
    return Base.metadata
