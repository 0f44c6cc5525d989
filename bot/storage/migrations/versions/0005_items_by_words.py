"""Items are found by their words, so that an old one under a new id is not taken for news."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the index."""
    op.create_index("items_words", "items", ["content_key", "source_id"])
