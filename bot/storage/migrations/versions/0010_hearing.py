"""By what watches are found: keys and discs instead of countries and boxes, and what they do not listen to.

What stands in these tables follows from the watches: it is written when the store is opened next (bot/storage/hearing).
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, empty, and mark no watch as listening."""
    op.drop_table("watch_boxes")
    op.drop_table("watch_countries")
    for column in (
        sa.Column("listens", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("hazards", sa.Text),
        sa.Column("active_from", sa.Date),
        sa.Column("active_until", sa.Date),
        sa.Column("muted_until", sa.BigInteger),
    ):
        op.add_column("watches", column)
    deaf = sa.text("NOT listens")
    op.create_index("watches_deaf", "watches", ["id"], sqlite_where=deaf, postgresql_where=deaf)
    op.create_table(
        "watch_keys",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("least", sa.SmallInteger, primary_key=True),
        sa.Column("watch_id", _KEY, sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("watch_keys_watch", "watch_keys", ["watch_id"])
    op.create_table(
        "watch_discs",
        sa.Column("cell", sa.Integer, primary_key=True),
        sa.Column("least", sa.SmallInteger, primary_key=True),
        sa.Column("watch_id", _KEY, sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("part", sa.SmallInteger, primary_key=True),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("x", "y", "z", "chord")),
        sqlite_with_rowid=False,
    )
    op.create_index("watch_discs_watch", "watch_discs", ["watch_id"])
