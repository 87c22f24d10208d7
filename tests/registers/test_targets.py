"""Targets: one per salesperson and month."""

PERMISSIONS = {
    "targets": {
        "view": "manager director vp general_manager leader assistant rep",
        "create": "manager",
        "edit": "manager",
        "export": "manager director vp general_manager leader assistant",
    },
}
