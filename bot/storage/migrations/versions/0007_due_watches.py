"""When a watch must be looked at next: a trip's brief, the end of its dates, of a live location."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column and its index."""
    due = sa.text("due_at IS NOT NULL")
    op.add_column("watches", sa.Column("due_at", sa.BigInteger))
    op.create_index("watches_due", "watches", ["due_at"], sqlite_where=due, postgresql_where=due)
