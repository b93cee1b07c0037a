"""Row-level security and grants, for migrations: alembic sees neither.

The policy (measured, security design 5.2): the setting is read once per statement because it stands in a subselect,
and ``nullif`` is there because a pooled connection that was used before answers ``''`` instead of null.
"""

from collections.abc import Iterable

from alembic import op

CURRENT_TENANT = "(SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid)"


def enable_tenant_rls(table: str, *, column: str = "tenant_id") -> None:
    """Let lms_app see and write only rows of the school that its transaction is for."""
    fence = f"{column} = {CURRENT_TENANT}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant_isolation ON {table} TO lms_app USING ({fence}) WITH CHECK ({fence})")


def disable_tenant_rls(table: str) -> None:
    """Undo `enable_tenant_rls`."""
    op.execute(f"DROP POLICY tenant_isolation ON {table}")
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def grant_app(table: str, *, updatable: Iterable[str], privileges: str = "SELECT, INSERT, DELETE") -> None:
    """Let lms_app do ``privileges``, and change ``updatable`` columns: never a key, never the tenant."""
    op.execute(f"GRANT {privileges} ON {table} TO lms_app")
    columns = ", ".join(updatable)
    if columns:
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO lms_app")


def grant_system(table: str, privileges: str) -> None:
    """Let lms_system, which row-level security does not bind, do ``privileges`` and nothing else."""
    op.execute(f"GRANT {privileges} ON {table} TO lms_system")
