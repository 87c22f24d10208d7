"""Employees: nobody locks himself out."""

PERMISSIONS = {
    "employees": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "manager director",
        "edit": "manager director",
        "export": "manager director",
    },
}
