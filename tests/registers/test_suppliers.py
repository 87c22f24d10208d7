"""Suppliers: the purchase record names them."""

PERMISSIONS = {
    "suppliers": {
        "view": "manager director clerk finance warehouse quality",
        "create": "manager warehouse quality",
        "edit": "manager warehouse quality",
        "export": "manager director clerk finance warehouse quality",
    },
}
