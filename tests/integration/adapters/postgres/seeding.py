"""Rows that no use case writes yet, or many at once: written behind the fences, as the owner."""

import re
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, JSONB
from sqlalchemy.types import TypeEngine

from adapters.postgres.tables import metadata, tenants
from lms_app.scope import TenantScope
from lms_domain.courses.course import Content
from tests.contracts.samples import NOW


async def progress(
    owner: "asyncpg.Connection[asyncpg.Record]",
    user_id: UUID,
    content: Content,
    *,
    watched: Iterable[tuple[int, int]] = (),
    position: float = 0.0,
    is_completed: bool = False,
) -> None:
    """How far a person is with a content."""
    await owner.execute(
        "INSERT INTO content_progress (tenant_id, user_id, content_id, watched, position_seconds, started_at, "
        "completed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        content.tenant_id,
        user_id,
        content.id,
        [asyncpg.Range(start, end) for start, end in watched],
        position,
        NOW,
        NOW if is_completed else None,
    )


async def many_teachers(owner: "asyncpg.Connection[asyncpg.Record]", scope: TenantScope, number: int) -> None:
    """``number`` active teachers."""
    await owner.execute(
        """
        INSERT INTO users (id, tenant_id, email, email_folded, first_name, last_name, name_folded, role, employee_id,
          subjects, grades, department, designation, bio, password_hash, must_change_password, is_active,
          email_verified, created_at)
        SELECT gen_random_uuid(), $1, 't' || n || '@s.test', 't' || n || '@s.test', 'T', n::text, n || ' t',
          'TEACHER', '', '{}', '{}', '', '', '', '', false, true, true, now()
        FROM generate_series(1, $2::int) AS n
        """,
        scope.tenant_id,
        number,
    )


async def many_courses(owner: "asyncpg.Connection[asyncpg.Record]", scope: TenantScope, number: int) -> None:
    """``number`` published courses for everybody, each with a module and three links, all completed by
    ten people."""
    await owner.execute(
        """
        WITH c AS (
          INSERT INTO courses (id, tenant_id, title, title_folded, slug, description, is_mandatory, is_published,
            assigned_to_all, version, created_at, updated_at)
          SELECT gen_random_uuid(), $1, 'Course ' || n, 'course ' || lpad(n::text, 5, '0'), 'course-' || n, '', true,
            true, true, 1, now() + n * interval '1 second', now()
          FROM generate_series(1, $2::int) AS n RETURNING id
        ), m AS (
          INSERT INTO modules (id, tenant_id, course_id, title, description, position, created_at)
          SELECT gen_random_uuid(), $1, c.id, 'Module', '', 0, now() FROM c RETURNING id, course_id
        ), k AS (
          INSERT INTO contents (id, tenant_id, course_id, module_id, title, content_type, position, is_mandatory, url,
            created_at, updated_at)
          SELECT gen_random_uuid(), $1, m.course_id, m.id, 'Link', 'LINK', n, true, 'https://example.test/', now(),
            now()
          FROM m, generate_series(0, 2) AS n RETURNING id
        )
        INSERT INTO content_progress (tenant_id, user_id, content_id, started_at, completed_at)
        SELECT $1, u.id, k.id, now(), now()
        FROM k, (SELECT id FROM users WHERE tenant_id = $1 ORDER BY id LIMIT 10) AS u
        """,
        scope.tenant_id,
        number,
    )


async def big_course(owner: "asyncpg.Connection[asyncpg.Record]", scope: TenantScope, number: int) -> tuple[UUID, UUID]:
    """A published course for everybody of ``number`` videos in modules of ten, each half watched by ten
    people; and the id of one of the videos."""
    course_id = uuid4()
    await owner.execute(
        """
        INSERT INTO courses (id, tenant_id, title, title_folded, slug, description, is_mandatory, is_published,
          assigned_to_all, version, created_at, updated_at)
        VALUES ($2, $1, 'Big', 'big', 'big', '', true, true, true, 1, now(), now())
        """,
        scope.tenant_id,
        course_id,
    )
    row = await owner.fetchrow(
        """
        WITH m AS (
          INSERT INTO modules (id, tenant_id, course_id, title, description, position, created_at)
          SELECT gen_random_uuid(), $1, $2, 'Module ' || n, 'About it', n, now()
          FROM generate_series(0, $3::int / 10 - 1) AS n RETURNING id
        ), k AS (
          INSERT INTO contents (id, tenant_id, course_id, module_id, title, content_type, position, is_mandatory,
            required_coverage, created_at, updated_at)
          SELECT gen_random_uuid(), $1, $2, m.id, 'Video ' || n, 'VIDEO', n, true, 90, now(), now()
          FROM m, generate_series(0, 9) AS n RETURNING id
        ), a AS (
          INSERT INTO video_assets (id, tenant_id, content_id, status, playable, source_key, source_bytes, source_name,
            duration_seconds, hls_key, poster_key, captions_key, stored_bytes, created_at)
          SELECT gen_random_uuid(), $1, k.id, 'READY', true, 's', 1, 'n', 600, 'h', 'p', 'c', 1, now()
          FROM k RETURNING id
        ), s AS (
          INSERT INTO video_steps (id, tenant_id, asset_id, name, state, attempt, failures, lost_leases, progress,
            output)
          SELECT gen_random_uuid(), $1, a.id, name, 'SUCCEEDED', 1, 0, 0, 1, '{}'
          FROM a, unnest($4::text[]) AS name
        ), p AS (
          INSERT INTO content_progress (tenant_id, user_id, content_id, watched, position_seconds, started_at)
          SELECT $1, u.id, k.id, '{[0,100),[200,400)}', 400, now()
          FROM k, (SELECT id FROM users WHERE tenant_id = $1 ORDER BY id LIMIT 10) AS u
        )
        SELECT id FROM k LIMIT 1
        """,
        scope.tenant_id,
        course_id,
        number,
        ["VALIDATE", "TRANSCODE", "THUMBNAIL", "TRANSCRIBE", "ASSIGNMENTS", "FINALIZE"],
    )
    assert row is not None
    return course_id, row["id"]


_CHOICES = re.compile(r"(\w+) IN \('([^']+)'")
_CHOSEN = {("contents", "content_type"): "DOCUMENT"}
"""Where the first of the allowed values does not go with a row that refers to everything that it can."""


def is_written(column: Column[object]) -> bool:
    """Whether a statement gives it a value: PostgreSQL makes the others."""
    return column.computed is None and column.identity is None


async def a_row_in_every_table(owner: "asyncpg.Connection[asyncpg.Record]") -> UUID:
    """A school with one row in every table, made from the tables themselves: none that is added later is forgotten.

    Each row refers to whatever it may refer to.
    """
    tenant_id = uuid4()
    made: dict[str, dict[str, object]] = {}
    for table in metadata.sorted_tables:
        if table is tenants or "tenant_id" in table.c:
            given = {"id" if table is tenants else "tenant_id": tenant_id}
            values = {**_row_of(table), **given, **_references(table, made)}
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join(f"${number}" for number in range(1, len(values) + 1))
            row = await owner.fetchrow(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks}) RETURNING *",  # noqa: S608 -- our own names
                *values.values(),
            )
            assert row is not None
            made[table.name] = dict(row)
    return tenant_id


def _references(table: Table, made: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    return {
        element.parent.name: made[key.referred_table.name][element.column.name]
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint)
        for element in key.elements
    }


def _row_of(table: Table) -> dict[str, object]:
    checks = [str(check.sqltext) for check in table.constraints if isinstance(check, CheckConstraint)]
    choices = {found[1]: found[2] for check in checks if (found := _CHOICES.match(check))}
    return {
        column.name: None
        if column.nullable
        else _CHOSEN.get((table.name, column.name)) or choices.get(column.name) or _value_of(column)
        for column in table.columns
        if is_written(column)
    }


_VALUES: dict[type[TypeEngine[object]], Callable[[], object]] = {
    Uuid: uuid4,
    Text: lambda: uuid4().hex,
    LargeBinary: lambda: uuid4().bytes,
    Boolean: lambda: True,
    Integer: lambda: 1,
    Double: lambda: 1.0,
    DateTime: lambda: NOW,
    Date: NOW.date,
    ARRAY: list,
    INT4MULTIRANGE: list,
    JSONB: lambda: "{}",
}


def _value_of(column: Column[object]) -> object:
    """Some value of its type; unique where a type has many."""
    return next(make for type_, make in _VALUES.items() if isinstance(column.type, type_))()
