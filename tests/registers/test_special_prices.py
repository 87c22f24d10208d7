"""Special prices: three approve, in order, and then they are the order's price."""

PERMISSIONS = {
    "special_prices": {
        "view": "manager director vp general_manager leader clerk assistant rep service audit finance",
        "create": "manager rep",
        "edit": "manager rep",
        "export": "manager director vp general_manager leader clerk assistant service audit finance",
        "steps": {
            "submit": "manager rep",
            "approve": "vp",
            "reject": "vp",
            "withdraw": "manager rep",
            "void": "manager",
        },
    },
}
