"""What Alembic runs around the migrations: on the connection that it was handed, each step in its own transaction."""

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=True,
    transactional_ddl=True,  # SQLite can, where the driver begins no transactions of its own (engine.py)
)
with context.begin_transaction():
    context.run_migrations()
