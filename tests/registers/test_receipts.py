"""Receipts: only finance confirms, oldest debts first, the rest is kept, a bounced cheque closes the gate."""

PERMISSIONS = {
    "receipts": {
        "view": "manager director vp general_manager leader clerk assistant rep audit finance",
        "create": "rep finance",
        "edit": "rep finance",
        "export": "manager director finance",
        "steps": {
            "confirm": "finance",
            "submit": "rep",
            "bounce": "finance",
            "void": "finance",
        },
    },
}
