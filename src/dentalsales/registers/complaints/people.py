"""Who works on complaints: who takes them down, who handles them, who decides and who sees them."""

from dentalsales.blueprint.roles import (
    ASSISTANT,
    CLERK,
    DIRECTOR,
    FINANCE,
    GENERAL_MANAGER,
    LEADERS,
    MANAGERS,
    OFFICE,
    QUALITY,
    REP,
    SERVICE_DESK,
    TECHNICIAN,
    VP,
    WAREHOUSE,
    roles,
)

FRONT = roles(SERVICE_DESK, MANAGERS)
"""Who brings a complaint to its end."""
INTAKE = roles(FRONT, REP)
"""Who takes complaints down."""
HANDLERS = roles(MANAGERS, VP)
"""Who handles them, and fills in what a department wrote on paper."""
DECIDERS = roles(DIRECTOR, VP, GENERAL_MANAGER)
"""Who decides a sanction."""
VIEWERS = roles(FRONT, LEADERS, CLERK, ASSISTANT, WAREHOUSE, QUALITY, OFFICE, TECHNICIAN, FINANCE)
"""Who sees the complaints of all customers."""
