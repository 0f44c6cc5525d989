"""Peace and access: muted events, briefs, what people said of alerts, invitations, the operator's notices."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "event_mutes",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("event_mutes_event", "event_mutes", ["event_id"])
    op.create_table(
        "briefs",
        sa.Column("chat_id", sa.BigInteger, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("told_at", sa.BigInteger, nullable=False),
        sa.Column("taken_until", sa.BigInteger),
    )
    op.create_index("briefs_due", "briefs", ["due_at"])
    op.create_table(
        "feedback",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("said", sa.String(20), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "broadcast_parcels",
        sa.Column("broadcast_id", sa.String(40), sa.ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(20), nullable=False),
    )
