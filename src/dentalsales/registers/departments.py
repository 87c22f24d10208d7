"""The departments of the company, and who writes for them where a paper asks what they say."""

from dentalsales.blueprint.departments import Department
from dentalsales.blueprint.roles import FINANCE, MANAGER, OFFICE, QUALITY, SERVICE_DESK, TECHNICIAN, WAREHOUSE, roles
from dentalsales.i18n import _, c_

DEPARTMENTS = {
    "quality": Department(_("Quality"), roles(QUALITY)),
    "warehouse": Department(_("Warehouse and logistics"), roles(WAREHOUSE)),
    "sales": Department(c_("department", "Sales"), roles(MANAGER)),
    "service": Department(c_("department", "Customer service"), SERVICE_DESK),
    "technical": Department(_("Technical support"), roles(TECHNICIAN)),
    "purchasing": Department(c_("department", "Purchasing")),
    "production": Department(c_("department", "Production")),
    "finance": Department(_("Finance"), roles(FINANCE)),
    "office": Department(_("Company office"), roles(OFFICE)),
}
DEPARTMENT_WORDS = tuple((name, one.label) for name, one in DEPARTMENTS.items())
WRITERS = frozenset().union(*(one.roles for one in DEPARTMENTS.values()))
