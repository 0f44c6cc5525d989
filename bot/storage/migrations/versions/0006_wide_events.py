"""Which events concern their whole country, and where events lie, so that an item of one town is not judged with all.

Events that are there already count as wide until their places or names change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column and the indexes."""
    op.add_column("event_countries", sa.Column("wide", sa.Boolean, nullable=False, server_default=sa.true()))
    op.drop_index("event_countries_country", "event_countries")
    op.create_index("event_countries_country", "event_countries", ["country", "wide", "event_id"])
    op.create_index("events_place", "events", ["lat", "lon"])
