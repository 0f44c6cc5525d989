"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("state IN ('new', 'ambiguous')")
_WAITING_INDEXES: dict[str, list[str | sa.TextClause | sa.ColumnElement[object]]] = {
    "outbox_line": [sa.text("severity DESC"), "created_at", "id", "next_at"],
    "outbox_due": ["next_at"],
    "outbox_expiry": ["expires_at"],
}


def upgrade() -> None:
    """Create everything."""
    _sources_and_items()
    _events()
    _chats_and_watches()
    _outbox()


def _sources_and_items() -> None:
    op.create_table(
        "source_states",
        sa.Column("source_id", sa.String(200), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("content_key", sa.String(64), primary_key=True),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("met_at", sa.BigInteger, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
    )
    op.create_index("items_met", "items", ["met_at"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("hazard", sa.String(30), nullable=False),
        sa.Column("severity", sa.SmallInteger, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("last_seen_at", sa.BigInteger, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
    )
    op.create_index("events_last_seen", "events", ["last_seen_at"])
    op.create_index("events_state", "events", ["state"])
    op.create_table(
        "event_countries",
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("country", sa.String(2), primary_key=True),
    )
    op.create_index("event_countries_country", "event_countries", ["country", "event_id"])
    op.create_table(
        "event_changes",
        sa.Column("id", _BIG_KEY, primary_key=True),
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("item_id", sa.String(64)),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("severity", sa.SmallInteger, nullable=False),
        sa.Column("news", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
    )
    op.create_index("event_changes_event", "event_changes", ["event_id", "id"])


def _chats_and_watches() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
    )
    op.create_table(
        "watches",
        sa.Column("id", _BIG_KEY, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, sa.ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("area_key", sa.Text, nullable=False),
        sa.Column("watch", sa.Text, nullable=False),
        sa.UniqueConstraint("chat_id", "kind", "area_key", name="watches_once"),
    )
    op.create_table(
        "watch_countries",
        sa.Column("watch_id", _BIG_KEY, sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("country", sa.String(2), primary_key=True),
    )
    op.create_index("watch_countries_country", "watch_countries", ["country", "watch_id"])
    op.create_table(
        "watch_boxes",
        sa.Column("id", _BIG_KEY, primary_key=True),
        sa.Column("watch_id", _BIG_KEY, sa.ForeignKey("watches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("tall", sa.Integer, nullable=False),
        sa.Column("south", sa.Float, nullable=False),
        sa.Column("north", sa.Float, nullable=False),
        sa.Column("west", sa.Float, nullable=False),
        sa.Column("east", sa.Float, nullable=False),
    )
    op.create_index("watch_boxes_watch", "watch_boxes", ["watch_id"])
    op.create_index("watch_boxes_reach", "watch_boxes", ["tall", "south", "north", "west", "east", "watch_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _BIG_KEY, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id"), nullable=False),
        sa.Column("event_version", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("severity", sa.SmallInteger, nullable=False),
        sa.Column("alert", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("ambiguous", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(200)),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("settled_at", sa.BigInteger),
    )
    op.create_index("outbox_told", "outbox", ["event_id", "chat_id", "reason"])
    op.create_index("outbox_chat", "outbox", ["chat_id"])
    op.create_index("outbox_settled", "outbox", ["settled_at"])
    for name, columns in _WAITING_INDEXES.items():
        op.create_index(name, "outbox", columns, sqlite_where=_WAITING, postgresql_where=_WAITING)
    sending = sa.text("state = 'sending'")
    op.create_index("outbox_sending", "outbox", ["chat_id"], sqlite_where=sending, postgresql_where=sending)
