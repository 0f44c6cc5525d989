"""The names by which events are known, so that what names no place finds its event.

Events that are there already get theirs with their next change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "event_names",
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.String(20), primary_key=True),
    )
    op.create_index("event_names_name", "event_names", ["name", "event_id"])
