"""Who works on complaints: who takes them down, who handles them, and the departments that answer."""

from dentalsales.blueprint.roles import (
    AFTER_SALES,
    ASSISTANT,
    CLERK,
    DIRECTOR,
    FINANCE,
    GENERAL_MANAGER,
    LEADERS,
    MANAGER,
    MANAGERS,
    OFFICE,
    QUALITY,
    REP,
    SERVICE,
    SERVICE_MANAGER,
    TECHNICIAN,
    VP,
    WAREHOUSE,
    roles,
)  # fmt: skip
from dentalsales.i18n import Text, _, c_

DESK = roles(SERVICE, SERVICE_MANAGER, AFTER_SALES)
FRONT = roles(DESK, MANAGERS)
"""Who brings a complaint to its end."""
INTAKE = roles(FRONT, REP)
"""Who takes complaints down."""
HANDLERS = roles(MANAGERS, VP)
"""Who handles them, and fills in what a department wrote on paper."""
DECIDERS = roles(DIRECTOR, VP, GENERAL_MANAGER)
"""Who decides a sanction."""
VIEWERS = roles(FRONT, LEADERS, CLERK, ASSISTANT, WAREHOUSE, QUALITY, OFFICE, TECHNICIAN, FINANCE)
"""Who sees the complaints of all customers."""
DEPARTMENTS: dict[str, tuple[Text, frozenset[str]]] = {
    "quality": (_("Quality"), roles(QUALITY)),
    "warehouse": (_("Warehouse and logistics"), roles(WAREHOUSE)),
    "sales": (c_("department", "Sales"), roles(MANAGER)),
    "service": (c_("department", "Customer service"), DESK),
    "technical": (_("Technical support"), roles(TECHNICIAN)),
    "purchasing": (c_("department", "Purchasing"), HANDLERS),
    "production": (c_("department", "Production"), HANDLERS),
    "finance": (_("Finance"), roles(FINANCE)),
    "office": (_("Company office"), roles(OFFICE)),
}
"""The departments of the company, and who fills in their part: managers for those without a desk here."""
DEPARTMENT_WORDS = tuple((name, label) for name, (label, _roles) in DEPARTMENTS.items())
PART_WRITERS = frozenset().union(*(who for _label, who in DEPARTMENTS.values()))
