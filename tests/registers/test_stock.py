"""Stock: the sum of its movements, promised once, expired lots not sold."""

PERMISSIONS = {
    "stock": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "",
        "edit": "",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
    "lots": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "",
        "edit": "manager director vp general_manager finance quality",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
    "movements": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "",
        "edit": "",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
}
