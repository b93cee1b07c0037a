"""What all tables share: names of constraints, the column that says whose a row is, instants, enumerations."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKeyConstraint, MetaData, UniqueConstraint, Uuid

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)
"""Constraints have names that we know: errors.py tells from them what was taken."""

TIMESTAMP = DateTime(timezone=True)


def id_column() -> Column[UUID]:
    """The primary key. Ids are made by the program (UUIDv7), never by a client."""
    return Column("id", Uuid, primary_key=True)


def tenant_column(*, primary_key: bool = False) -> Column[UUID]:
    """Whose the row is. Row-level security and every statement ask for it; no grant lets it change."""
    return Column("tenant_id", Uuid, primary_key=primary_key, nullable=False)


def tenant_and_id() -> UniqueConstraint:
    """What rows of other tables refer to."""
    return UniqueConstraint("tenant_id", "id")


def of_a_school() -> ForeignKeyConstraint:
    """``tenant_id`` names a school. Only tables that refer to nothing else of the school need to say so."""
    return ForeignKeyConstraint(["tenant_id"], ["tenants.id"])


def same_school(parent: str, *columns: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """``columns`` (after ``tenant_id``) name a row of ``parent`` of the same school."""
    targets = ("id",) if len(columns) == 1 else (*columns[:-1], "id")
    return ForeignKeyConstraint(
        ["tenant_id", *columns], [f"{parent}.tenant_id", *(f"{parent}.{t}" for t in targets)], ondelete=ondelete
    )


def part_of(parent: str, *columns: str) -> ForeignKeyConstraint:
    """The same, for rows that go with that row of ``parent``.

    They go whatever the application may do with them otherwise: PostgreSQL removes them as the owner of the tables.
    """
    return same_school(parent, *columns, ondelete="CASCADE")


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """``column`` holds one of ``values``. Text with a check: a new value is a cheap migration, unlike native enums."""
    return CheckConstraint(f"{column} IN ({_listed(values)})", name=column)


def some_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """``column``, an array, holds nothing but ``values``."""
    return CheckConstraint(f"{column} <@ ARRAY[{_listed(values)}]", name=column)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)
