"""The roles that an employee can hold, and who may do what with a register (requirements 2A and 2B)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dentalsales.i18n import Text, _


@dataclass(frozen=True)
class Role:
    """A post in the sales office; one person may hold several."""

    name: str
    label: Text


MANAGER, DIRECTOR, VP = "manager", "director", "vp"
GENERAL_MANAGER, LEADER = "general_manager", "leader"
CLERK, ASSISTANT, REP = "clerk", "assistant", "rep"
SERVICE, SERVICE_MANAGER, AFTER_SALES, TECHNICIAN = "service", "service_manager", "after_sales", "technician"
CONTRACT_ADMIN, AUDIT, FINANCE = "contract_admin", "audit", "finance"
WAREHOUSE, QUALITY, OFFICE, MARKETING = "warehouse", "quality", "office", "marketing"

ROLES = (
    Role(MANAGER, _("Sales manager")),
    Role(DIRECTOR, _("Sales director")),
    Role(VP, _("Sales VP")),
    Role(GENERAL_MANAGER, _("General manager")),
    Role(LEADER, _("Leader in charge")),
    Role(CLERK, _("Billing clerk")),
    Role(ASSISTANT, _("Sales assistant")),
    Role(REP, _("Salesperson")),
    Role(SERVICE, _("Customer service")),
    Role(SERVICE_MANAGER, _("Customer service manager")),
    Role(AFTER_SALES, _("After-sales specialist")),
    Role(TECHNICIAN, _("Technical support")),
    Role(CONTRACT_ADMIN, _("Contract administrator")),
    Role(AUDIT, _("Audit")),
    Role(FINANCE, _("Finance")),
    Role(WAREHOUSE, _("Warehouse and logistics")),
    Role(QUALITY, _("Quality")),
    Role(OFFICE, _("Company office")),
    Role(MARKETING, _("Marketing")),
)
ROLE_LABELS = {role.name: role.label for role in ROLES}
EVERYONE = frozenset(ROLE_LABELS)
MANAGERS = frozenset({MANAGER, DIRECTOR})
LEADERS = frozenset({VP, GENERAL_MANAGER, LEADER})
SERVICE_DESK = frozenset({SERVICE, SERVICE_MANAGER, AFTER_SALES})
COST_ROLES = frozenset({MANAGER, DIRECTOR, VP, GENERAL_MANAGER, FINANCE})
"""Who sees cost and margin."""
CONTRACT_REVIEWERS = frozenset({CONTRACT_ADMIN, MANAGER, AUDIT, VP, GENERAL_MANAGER, LEADER, DIRECTOR, FINANCE})
"""Who may stand on the route of a contract."""
CONTRACT_READERS = (
    MANAGERS | LEADERS | {CLERK, ASSISTANT, SERVICE, SERVICE_MANAGER, CONTRACT_ADMIN, AUDIT, FINANCE, WAREHOUSE}
)
"""Who sees contracts, and may be told of one that became effective."""
PROGRAM: frozenset[str] = frozenset()
"""Roles of a step that only another step's effect may take."""


def roles(*names: str | Iterable[str]) -> frozenset[str]:
    """Return one set from role names and sets of them; an unknown name is a mistake in the register (KeyError)."""
    found: set[str] = set()
    for name in names:
        found.update({name} if isinstance(name, str) else name)
    for name in found:
        ROLE_LABELS[name]
    return frozenset(found)


@dataclass(frozen=True)
class Access:
    """Who may see, create and edit the records of a register, and who may take them out of the program.

    `own` names the roles that see and edit only records whose `owner` column is the employee (M3); a person who also
    holds another viewing role sees all. `owner` is a path like "owner_id" or "customer_id.owner_id".
    """

    view: frozenset[str]
    create: frozenset[str] = field(default_factory=frozenset)
    edit: frozenset[str] | None = None
    export: frozenset[str] | None = None
    own: frozenset[str] = field(default_factory=frozenset)
    owner: str | None = None

    @property
    def editors(self) -> frozenset[str]:
        """Roles that may change a record that is still editable."""
        return self.create if self.edit is None else self.edit

    @property
    def exporters(self) -> frozenset[str]:
        """Roles that may export the list; unless said otherwise all who see it."""
        return self.view if self.export is None else self.export

    def only_own(self, held: frozenset[str]) -> bool:
        """Say whether none of the held roles sees more than the employee's own records."""
        return not held & (self.view - self.own)


def role_names(names: Iterable[str]) -> tuple[Text, ...]:
    """Return the labels of roles in the order of the office, for a sentence like "waits for Finance"."""
    wanted = set(names)
    return tuple(role.label for role in ROLES if role.name in wanted)
