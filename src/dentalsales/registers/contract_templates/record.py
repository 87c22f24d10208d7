"""What a contract template holds: one version of the uniform clauses of a kind of contract (统一蓝本, M20, M28)."""

import re
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from dentalsales.blueprint.fields import BY_STEP, choice, day, lines, note, number, part_of, text
from dentalsales.blueprint.record import Line, Routed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, c_

CONTRACT_KINDS = (
    ("single", _("Single sale")),
    ("annual", _("Annual frame contract")),
    ("dealer", _("Dealer contract")),
    ("exclusive", _("Exclusive or clearance sale")),
    ("service", _("Service contract")),
)
BLANK = re.compile(r"【([^】：]+)(?:：([^】]*))?】")
"""A blank in a clause, 【name】, or 【name：what usually stands there】."""


class ContractClause(Line):
    """One numbered clause."""

    __tablename__ = "contract_clause"

    contract_template_id: Mapped[int] = part_of("contract_template")
    number: Mapped[int | None] = number(_("No."), read_only=True)
    title: Mapped[str] = text(c_("clause", "Title"), required=True, length=60)
    body: Mapped[str] = note(
        c_("clause", "Wording"), required=True, help=_("A blank is written 【name】, or 【name：usual value】.")
    )


class ContractTemplate(Routed):
    """One version of the clauses; what was in force is never rewritten, a new version follows it."""

    __tablename__ = "contract_template"
    title_fields: ClassVar[tuple[str, ...]] = ("name", "edition")

    name: Mapped[str] = text(c_("contract template", "Name"), required=True, length=60, search=True)
    kind: Mapped[str] = choice(_("Kind of contract"), *CONTRACT_KINDS, required=True)
    edition: Mapped[int] = number(_("Version"), default=1, read_only=True)
    valid_from: Mapped[date] = day(_("Valid from"), required=True, default="today")
    valid_to: Mapped[date | None] = day(_("Valid to"), **BY_STEP)
    change: Mapped[str] = note(_("What changed and why"))
    clauses: Mapped[list[ContractClause]] = lines(_("Clauses"), "ContractClause", "title", "body", required=True)

    def check(self) -> None:
        """A later version says what it changes."""
        if (self.edition or 1) > 1 and not self.change.strip():
            raise RuleBroken(_("Enter what this version changes, and why."), field="change")


def blanks_of(clauses: list[ContractClause]) -> dict[str, str]:
    """Return the blanks of clauses in their order, each with what usually stands there."""
    found: dict[str, str] = {}
    for clause in clauses:
        for name, usual in BLANK.findall(clause.body):
            if not found.get(name):
                found[name] = usual
    return found
