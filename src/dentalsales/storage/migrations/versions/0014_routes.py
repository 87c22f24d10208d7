"""A paper keeps its route and whose turn it is: routes may differ from paper to paper, and companies set them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ROUTES = {"special_price": ("vp", "general_manager", "manager"), "market_activity": ("manager",)}
"""The routes of before."""


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    for name, route in ROUTES.items():
        op.add_column(name, sa.Column("route", sa.String(length=200), server_default="", nullable=False))
        op.add_column(name, sa.Column("turn", sa.String(length=40), server_default="", nullable=False))
        op.create_index(op.f(f"ix_{name}_turn"), name, ["turn"])
        paper = sa.table(name, sa.column("state"), sa.column("route_position"), sa.column("route"), sa.column("turn"))
        op.execute(sa.update(paper).where(paper.c.state.in_(("in_review", "approved"))).values(route=",".join(route)))
        for position, role in enumerate(route):
            here = (paper.c.state == "in_review", paper.c.route_position == position)
            op.execute(sa.update(paper).where(*here).values(turn=role))
