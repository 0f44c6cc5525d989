"""Roll calls with their answers, second contacts, what was read, and notices that must arrive."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "roll_calls",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("drill", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("event_id", sa.String(64)),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("members", sa.Integer),
        sa.Column("reminded", sa.Boolean, nullable=False),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("closes_at", sa.BigInteger, nullable=False),
        sa.Column("look_at", sa.BigInteger),
        sa.Column("closed_at", sa.BigInteger),
        sa.Column("stale_at", sa.BigInteger),
    )
    op.create_index("roll_calls_chat", "roll_calls", ["chat_id"])
    op.create_index("roll_calls_look", "roll_calls", ["look_at"])
    op.create_index("roll_calls_stale", "roll_calls", ["stale_at"])
    op.create_table(
        "roll_call_answers",
        sa.Column("call_id", _KEY, sa.ForeignKey("roll_calls.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("first_at", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "second_contacts",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("after_minutes", sa.Integer, nullable=False),
        sa.Column("contact_id", sa.BigInteger),
        sa.Column("agreed_at", sa.BigInteger),
        sa.Column("invitation", sa.BigInteger),
    )
    op.create_index("second_contacts_contact", "second_contacts", ["contact_id"])
    op.create_table(
        "alerts_read",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("settled_at", sa.BigInteger),
    )
    op.create_index("notices_chat", "notices", ["chat_id"])
    op.create_index("notices_next", "notices", ["state", "next_at"])
