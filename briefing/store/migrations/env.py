"""Alembic's entry: runs on the connection that `briefing.store.schema` hands over."""

from alembic import context

from briefing.store.schema import VERSION_TABLE
from briefing.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite can, once the driver does not commit behind our back (see engine.py)
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
