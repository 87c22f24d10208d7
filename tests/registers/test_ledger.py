"""The sales ledger: written at billing, kept by the program."""

PERMISSIONS = {
    "ledger": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager after_sales "
            "audit finance"
        ),
        "create": "",
        "edit": "",
        "export": "manager director clerk assistant rep finance",
    },
}
