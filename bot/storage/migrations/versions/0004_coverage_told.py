"""Which chats were told that no source about a country works, so that they are told once, and once of its return."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "coverage_told",
        sa.Column("chat_id", sa.BigInteger, primary_key=True),
        sa.Column("country", sa.String(2), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
