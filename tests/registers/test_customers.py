"""Customers: required fields, owner, terms by the manager, similar ones named, licences."""

PERMISSIONS = {
    "customers": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin finance warehouse marketing"
        ),
        "create": "manager clerk assistant rep service service_manager after_sales",
        "edit": "manager assistant rep service service_manager after_sales",
        "export": "manager director assistant rep",
        "steps": {
            "review": "manager",
            "confirm_terms": "finance",
            "disable": "manager director",
            "enable": "manager director",
        },
    },
}
