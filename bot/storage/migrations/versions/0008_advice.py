"""What governments advise about countries, so that a level that rises is told from one that is only issued again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table, empty: the next poll of each government's list fills it in silence."""
    op.create_table(
        "advice",
        sa.Column("government", sa.String(2), primary_key=True),
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("advice", sa.Text, nullable=False),
    )
    op.create_index("advice_country", "advice", ["country"])
