"""The price list: one price on any day, with its history."""

PERMISSIONS = {
    "prices": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin audit finance"
        ),
        "create": "manager",
        "edit": "manager",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin audit finance"
        ),
    },
}
