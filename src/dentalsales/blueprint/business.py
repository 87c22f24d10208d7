"""All the registers, reports, printouts, imports and settings of the program, found by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from dentalsales.blueprint.importing import ImportKind
from dentalsales.blueprint.printout import Printout
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.report import Report
from dentalsales.blueprint.tile import FirstStep, Glance, TileWords


class Named(Protocol):
    """Anything that is found by its name."""

    @property
    def name(self) -> str:
        """The name."""


Thing = TypeVar("Thing", bound=Named)


@dataclass(frozen=True)
class Business:
    """What `app` puts together and hands to the desk; tests hand over toy registers."""

    registers: tuple[Register, ...]
    reports: tuple[Report, ...] = ()
    printouts: tuple[Printout, ...] = ()
    settings: tuple[Any, ...] = ()
    tiles: tuple[TileWords, ...] = ()
    imports: tuple[ImportKind, ...] = ()
    glances: tuple[Glance, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    """In their order; once the last one is done the company is at work, and none is shown any more."""

    def register(self, name: str) -> Register:
        """Return a register by name (KeyError when unknown)."""
        return _named(self.registers, name)

    def register_of_table(self, table: str) -> Register:
        """Return the register whose records live in a table, which links name (KeyError when unknown)."""
        for register in self.registers:
            if register.table_name == table:
                return register
        raise KeyError(table)

    def register_of(self, record: Any) -> Register:
        """Return the register of a record (KeyError when it has none)."""
        return self.register_of_table(type(record).__tablename__)

    def report(self, name: str) -> Report:
        """Return a report by name or alias (KeyError when unknown)."""
        for report in self.reports:
            if name == report.name or name in report.aliases:
                return report
        raise KeyError(name)

    def printouts_of(self, register: str) -> tuple[Printout, ...]:
        """Return the papers that a register prints."""
        return tuple(printout for printout in self.printouts if printout.register == register)

    def printout(self, name: str) -> Printout:
        """Return a printout by name (KeyError when unknown)."""
        return _named(self.printouts, name)

    def import_kind(self, name: str) -> ImportKind:
        """Return a kind of import by name (KeyError when unknown)."""
        return _named(self.imports, name)


def _named(things: Sequence[Thing], name: str) -> Thing:
    for thing in things:
        if thing.name == name:
            return thing
    raise KeyError(name)
