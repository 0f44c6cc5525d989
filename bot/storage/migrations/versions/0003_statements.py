"""What items said of events, so that these can be judged anew when an older item comes in late.

Of items that are there already nothing is known here: to their events an older item adds only what is missing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "statements",
        sa.Column("item_id", sa.String(64), primary_key=True),
        sa.Column("content_key", sa.String(64), primary_key=True),
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE")),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("countries", sa.Text, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
    )
    op.create_index("statements_event", "statements", ["event_id"])
    loose = sa.text("event_id IS NULL")
    op.create_index("statements_loose", "statements", ["at"], sqlite_where=loose, postgresql_where=loose)
