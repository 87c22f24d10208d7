"""Who works on complaints: who takes them down, who handles them, and the departments that answer."""

from dentalsales.blueprint.departments import Department
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
from dentalsales.i18n import _, c_

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
DEPARTMENTS = {
    "quality": Department(_("Quality"), roles(QUALITY)),
    "warehouse": Department(_("Warehouse and logistics"), roles(WAREHOUSE)),
    "sales": Department(c_("department", "Sales"), roles(MANAGER)),
    "service": Department(c_("department", "Customer service"), DESK),
    "technical": Department(_("Technical support"), roles(TECHNICIAN)),
    "purchasing": Department(c_("department", "Purchasing")),
    "production": Department(c_("department", "Production")),
    "finance": Department(_("Finance"), roles(FINANCE)),
    "office": Department(_("Company office"), roles(OFFICE)),
}
DEPARTMENT_WORDS = tuple((name, one.label) for name, one in DEPARTMENTS.items())
PART_WRITERS = frozenset().union(*(one.roles for one in DEPARTMENTS.values()))
