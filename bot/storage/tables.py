"""The tables. Each noun is kept whole as JSON, beside the columns by which it is looked up.

The same statements run on SQLite and PostgreSQL. What is promised to chats is a constraint here: an alert key is
unique, so nobody is told the same thing twice. A change of this file needs a migration (bot/storage/migrations) and
a new `SCHEMA`; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.model.advice import Advice
from bot.model.alert import Alert, Message
from bot.model.assessment import Reason
from bot.model.event import Event, News, Statement
from bot.model.item import Item
from bot.model.watch import Chat, Watch
from bot.services.ports import SourceState
from bot.storage import columns, peace_tables  # noqa: F401 - the latter's tables stand beside these in `metadata`
from bot.storage.columns import Instant, Rank
from bot.storage.stored_json import Stored

SCHEMA = "0015"

metadata = columns.metadata

_BigKey = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by itself only in an INTEGER key
_ITEM = String(64)
_EVENT = String(64)

source_states = Table(
    "source_states",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("state", Stored(SourceState), nullable=False),
)

coverage_told = Table(  # chats that know that no source about a country works
    "coverage_told",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("country", String(2), primary_key=True),
    Column("since", Instant, nullable=False),
)

advice = Table(  # `subject` is the government's own id of what it advises about
    "advice",
    metadata,
    Column("government", String(2), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("country", String(2), nullable=False),
    Column("advice", Stored(Advice), nullable=False),
    Index("advice_country", "country"),
)

items = Table(  # one row for each wording of an item; `met_at` is when a feed last showed it, within a week
    "items",
    metadata,
    Column("id", _ITEM, primary_key=True),
    Column("content_key", String(64), primary_key=True),
    Column("source_id", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("published_at", Instant),
    Column("seen_at", Instant, nullable=False),
    Column("met_at", Instant, nullable=False),
    Column("item", Stored(Item), nullable=False),
    Index("items_met", "met_at"),
    Index("items_words", "content_key", "source_id"),
)

events = Table(
    "events",
    metadata,
    Column("id", _EVENT, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("hazard", String(30), nullable=False),
    Column("severity", Rank, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("event", Stored(Event), nullable=False),
    Index("events_last_seen", "last_seen_at"),
    Index("events_state", "state"),
    Index("events_place", "lat", "lon"),
)

event_countries = Table(  # `wide`: an item from elsewhere in the country may be about it (bot/events/neighbourhood.py)
    "event_countries",
    metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("country", String(2), primary_key=True),
    Column("wide", Boolean, nullable=False, server_default=true()),
    Index("event_countries_country", "country", "wide", "event_id"),
)

event_names = Table(  # stems of the names by which an event is known (bot/events/naming.py), and its signs
    "event_names",
    metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(20), primary_key=True),
    Index("event_names_name", "name", "event_id"),
)

event_changes = Table(
    "event_changes",
    metadata,
    Column("id", _BigKey, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("item_id", _ITEM),
    Column("at", Instant, nullable=False),
    Column("state", String(20), nullable=False),
    Column("severity", Rank, nullable=False),
    Column("news", Stored(tuple[News, ...]), nullable=False),
    Column("reasons", Stored(tuple[Reason, ...]), nullable=False),
    Column("told", Boolean, nullable=False, server_default=true()),  # false: old news, or its source was held back
    Index("event_changes_event", "event_id", "id"),
    Index("event_changes_at", "at"),
)

_LOOSE = text("event_id IS NULL")

statements = Table(  # `countries` as ",ML,NE,": those of what belongs to no event (yet) are looked through by time
    "statements",
    metadata,
    Column("item_id", _ITEM, primary_key=True),
    Column("content_key", String(64), primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE")),
    Column("at", Instant, nullable=False),
    Column("countries", Text, nullable=False),
    Column("statement", Stored(Statement), nullable=False),
    Index("statements_event", "event_id"),
    Index("statements_loose", "at", sqlite_where=_LOOSE, postgresql_where=_LOOSE),
)

chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(20), nullable=False),
    Column("chat", Stored(Chat), nullable=False),
)

_DUE = text("due_at IS NOT NULL")
_DEAF = text("NOT listens")

watches = Table(  # id and chat_id of the columns are what holds: inside the JSON they may lag behind
    "watches",
    metadata,
    Column("id", _BigKey, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("area_key", Text, nullable=False),
    Column("watch", Stored(Watch), nullable=False),
    Column("due_at", Instant),
    Column("listens", Boolean, nullable=False, server_default=false()),  # whether the rows by which it is found stand
    Column("hazards", Text),  # as ",coup,airport,"; null for all
    Column("active_from", Date),
    Column("active_until", Date),
    Column("muted_until", Instant),
    UniqueConstraint("chat_id", "kind", "area_key", name="watches_once"),
    Index("watches_deaf", "id", sqlite_where=_DEAF, postgresql_where=_DEAF),
    Index("watches_due", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
)

watch_keys = Table(  # words by which watches are found (bot/watches/index.py); `least` is the watch's least severity
    "watch_keys",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("least", Rank, primary_key=True),
    Column("watch_id", ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    Index("watch_keys_watch", "watch_id"),
    sqlite_with_rowid=False,
)

watch_discs = Table(  # where watches hear: in which cell, and exactly, as a point of the unit globe (hearing.py)
    "watch_discs",
    metadata,
    Column("cell", Integer, primary_key=True, autoincrement=False),
    Column("least", Rank, primary_key=True),
    Column("watch_id", ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    Column("part", SmallInteger, primary_key=True),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("z", Float, nullable=False),
    Column("chord", Float, nullable=False),
    Index("watch_discs_watch", "watch_id"),
    sqlite_with_rowid=False,
)

marks = Table(  # how far work has come that goes on after a restart
    "marks",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("mark", Text, nullable=False),
)

leases = Table(  # who does what only one process may do at a time, and until when by the server's clock
    "leases",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("fence", Integer, nullable=False),
)

_WAITING = text("state IN ('new', 'ambiguous')")
_SENDING = text("state = 'sending'")

outbox = Table(
    "outbox",
    metadata,
    Column("id", _BigKey, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    Column("event_version", Integer, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("severity", Rank, nullable=False),
    Column("alert", Stored(Alert), nullable=False),
    Column("state", String(20), nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("ambiguous", Integer, nullable=False),
    Column("owner", String(200)),
    Column("lease_until", Instant),
    Column("message_id", BigInteger),
    Column("why", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("turn", Integer, nullable=False, server_default="0"),
    Index("outbox_told", "event_id", "chat_id", "reason"),
    Index("outbox_chat", "chat_id"),
    Index("outbox_settled", "settled_at"),
)
_line = (outbox.c.severity.desc(), outbox.c.turn, outbox.c.created_at, outbox.c.id, outbox.c.next_at)
Index("outbox_line", *_line, sqlite_where=_WAITING, postgresql_where=_WAITING)
_turns = (outbox.c.event_id, outbox.c.severity, outbox.c.turn)
Index("outbox_turns", *_turns, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("outbox_due", outbox.c.next_at, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("outbox_expiry", outbox.c.expires_at, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("outbox_sending", outbox.c.chat_id, sqlite_where=_SENDING, postgresql_where=_SENDING)

parcels = Table(  # alerts on their way into the outbox (parcels.py); `chat_ids` as ",1,-100123,"
    "parcels",
    metadata,
    Column("id", _BigKey, primary_key=True),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    Column("severity", Rank, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("chat_ids", Text, nullable=False),
    Column("alerts", LargeBinary, nullable=False),
    Index("parcels_event", "event_id"),
)
Index("parcels_line", parcels.c.severity.desc(), parcels.c.id)

roll_calls = Table(  # `stale_at`: since when its message does not show the newest answers
    "roll_calls",
    metadata,
    Column("id", _BigKey, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("event_id", _EVENT),
    Column("message_id", BigInteger),
    Column("members", Integer),
    Column("reminded", Boolean, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("look_at", Instant),
    Column("closed_at", Instant),
    Column("stale_at", Instant),
    Index("roll_calls_chat", "chat_id"),
    Index("roll_calls_look", "look_at"),
    Index("roll_calls_stale", "stale_at"),
)

roll_call_answers = Table(  # `person` is a keyed hash, good for that roll call alone
    "roll_call_answers",
    metadata,
    Column("call_id", ForeignKey("roll_calls.id", ondelete="CASCADE"), primary_key=True),
    Column("person", String(32), primary_key=True),
    Column("answer", String(10), nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("at", Instant, nullable=False),
)

second_contacts = Table(
    "second_contacts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("after_minutes", Integer, nullable=False),
    Column("contact_id", BigInteger),
    Column("agreed_at", Instant),
    Column("invitation", BigInteger),
    Index("second_contacts_contact", "contact_id"),
)

alerts_read = Table(
    "alerts_read",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", _EVENT, primary_key=True),
    Column("at", Instant, nullable=False),
)

notices = Table(  # messages of no event that must arrive; the text goes when it has
    "notices",
    metadata,
    Column("id", _BigKey, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message", Stored(Message)),
    Column("state", String(20), nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Index("notices_chat", "chat_id"),
    Index("notices_next", "state", "next_at"),
)
