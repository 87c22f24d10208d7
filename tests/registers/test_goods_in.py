"""Goods-in: lots with their papers, reversed only while everything is there."""

PERMISSIONS = {
    "goods_in": {
        "view": "manager director clerk finance warehouse quality",
        "create": "manager clerk finance warehouse",
        "edit": "manager clerk finance warehouse",
        "export": "manager director clerk finance warehouse quality",
        "steps": {
            "receive": "manager clerk warehouse",
            "reverse": "manager",
        },
    },
}
