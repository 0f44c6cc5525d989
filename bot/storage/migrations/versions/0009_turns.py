"""Events of one severity take turns: a row's place among them, and the line in the order of these places."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column, and put it into the line's index. What waits keeps its order: it all has turn 0."""
    waiting = sa.text("state IN ('new', 'ambiguous')")
    op.add_column("outbox", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
    op.drop_index("outbox_line", "outbox")
    op.create_index(
        "outbox_line", "outbox", [sa.text("severity DESC"), "turn", "created_at", "id", "next_at"],
        sqlite_where=waiting, postgresql_where=waiting,
    )  # fmt: skip
    op.create_index(
        "outbox_turns", "outbox", ["event_id", "severity", "turn"], sqlite_where=waiting, postgresql_where=waiting
    )
