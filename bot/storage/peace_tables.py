"""The tables of peace and access: what is kept of a chat beside its watches and its alerts."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.columns import Instant, metadata

event_mutes = Table(  # events of which a chat wants to hear no more (bot/alerts/plan.py)
    "event_mutes",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("event_mutes_event", "event_id"),
)

briefs = Table(  # `told_at`: the last one went out; `taken_until`: a process is sending this one
    "briefs",
    metadata,
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("taken_until", Instant),
    Index("briefs_due", "due_at"),
)

feedback = Table(  # what people said of an alert, and of which items its event was made then; it outlives the event
    "feedback",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", String(64), primary_key=True),
    Column("said", String(20), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("items", Text, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("uses", Integer, nullable=False),
    Column("until", Instant, nullable=False),
)

broadcasts = Table(  # the operator's words to all chats
    "broadcasts",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

broadcast_parcels = Table(  # one for each chat; written before and after its send
    "broadcast_parcels",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(20), nullable=False),
)
