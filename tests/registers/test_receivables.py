"""Receivables: settled never past the amount."""

PERMISSIONS = {
    "receivables": {
        "view": "manager director vp general_manager leader clerk assistant rep audit finance",
        "create": "",
        "edit": "manager rep finance",
        "export": "manager director rep finance",
    },
}
