"""What alembic runs: the migrations, on the connection that `adapters.postgres.migrate` hands over.

There is no alembic.ini, and no address of a database anywhere but in the caller's arguments.
"""

from alembic import context
from sqlalchemy import Connection

from adapters.postgres.tables import metadata


def _run() -> None:
    connection = context.config.attributes["connection"]
    if not isinstance(connection, Connection):
        raise TypeError("Migrations are run by adapters.postgres.migrate.migrate, which brings the connection.")
    # One transaction for each: whatever breaks, the database is at some revision, never between two.
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


_run()
