"""Products: units, registration, codes."""

PERMISSIONS = {
    "products": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "manager warehouse quality",
        "edit": "manager warehouse quality",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
}
