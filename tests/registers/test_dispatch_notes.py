"""Dispatch notes: by lot, with the whole legal record, and stock in the same transaction."""

PERMISSIONS = {
    "dispatch_notes": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales contract_admin finance warehouse"
        ),
        "create": "clerk warehouse",
        "edit": "clerk warehouse",
        "export": "manager director clerk assistant service warehouse",
        "steps": {
            "dispatch": "clerk warehouse",
            "deliver": "clerk service warehouse",
        },
    },
}
