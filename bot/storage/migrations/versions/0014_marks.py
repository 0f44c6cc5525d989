"""How far work has come that goes on after a restart; and whether a change was one that people may be told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table, empty; what was changed before counts as told, and is found by its time."""
    op.create_table(
        "marks",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("mark", sa.Text, nullable=False),
    )
    op.add_column("event_changes", sa.Column("told", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_index("event_changes_at", "event_changes", ["at"])
