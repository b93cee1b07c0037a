"""Deleted courses of all schools, for whoever purges them."""

from datetime import datetime

from sqlalchemy import Integer, select

from adapters.postgres.sql import SystemSql
from adapters.postgres.statements import Statement, parameter
from adapters.postgres.tables import courses
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.deleted_courses import CourseRef, DeletedCourseRepository

_DELETED = Statement(
    select(courses.c.tenant_id, courses.c.id)
    .where(courses.c.deleted_at < parameter("instant", TIMESTAMP))
    .order_by(courses.c.deleted_at, courses.c.id)
    .limit(parameter("limit", Integer))
)


class PostgresDeletedCourseRepository(DeletedCourseRepository):
    """As the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def deleted_before(self, instant: datetime, limit: int) -> tuple[CourseRef, ...]:
        rows = await self._sql.rows(_DELETED, instant=instant, limit=limit)
        return tuple(CourseRef(tenant_id=row["tenant_id"], course_id=row["id"]) for row in rows)
