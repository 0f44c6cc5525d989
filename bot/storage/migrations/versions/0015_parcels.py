"""Parcels: alerts for very many chats that are not in the outbox yet."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "parcels",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id"), nullable=False),
        sa.Column("severity", sa.SmallInteger, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("chat_ids", sa.Text, nullable=False),
        sa.Column("alerts", sa.LargeBinary, nullable=False),
    )
    op.create_index("parcels_event", "parcels", ["event_id"])
    op.create_index("parcels_line", "parcels", [sa.text("severity DESC"), "id"])
