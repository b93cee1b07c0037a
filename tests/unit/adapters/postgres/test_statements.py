"""Statements know their values, and those of a school know the school."""

from uuid import UUID

import pytest
from sqlalchemy import Integer, Text, Uuid, select, update

from adapters.postgres.sql import TenantSql
from adapters.postgres.statements import Statement, any_id, assign, fixed, insert_row, of_tenant, parameter
from adapters.postgres.tables import courses, users
from lms_domain.accounts.roles import LEARNER_ROLES, SCHOOL_ROLES, Role

OURS, THEIRS = UUID(int=1), UUID(int=2)


def test_values_go_where_the_text_wants_them() -> None:
    statement = Statement(
        select(courses.c.id)
        .where(courses.c.slug == parameter("slug", Text), of_tenant(courses), courses.c.title == "always")
        .limit(parameter("limit", Integer))
    )
    assert "courses.slug = $1::VARCHAR AND courses.tenant_id = $2::UUID" in statement.sql
    assert statement.arguments({"limit": 3, "tenant_id": OURS, "slug": "s"}) == ["s", OURS, "always", 3]


@pytest.mark.parametrize("values", [{}, {"slug": "s", "other": 1}, {"other": 1}])
def test_a_value_too_many_or_too_few_is_an_error(values: dict[str, object]) -> None:
    statement = Statement(select(courses.c.id).where(courses.c.slug == parameter("slug", Text)))
    with pytest.raises((TypeError, KeyError)):
        statement.arguments(values)


def test_what_never_changes_is_part_of_the_text() -> None:
    statement = Statement(select(users.c.id).where(users.c.role == fixed(Role.HOD), users.c.id == any_id("ids")))
    assert "users.role = 'HOD' AND users.id = ANY ($1::UUID[])" in statement.sql


def test_rows_are_written_by_the_names_of_their_columns() -> None:
    some = Statement(insert_row(courses, "id", "tenant_id"))
    assert "INSERT INTO courses (id, tenant_id) VALUES ($1::UUID, $2::UUID)" in some.sql
    change = Statement(update(courses).where(of_tenant(courses)).values(assign(courses, "title")))
    assert change.arguments({"title": "t", "tenant_id": OURS}) == ["t", OURS]


class TestTenantSql:
    """The first fence."""

    @pytest.fixture
    def sql(self) -> TenantSql:
        return TenantSql(None, OURS)  # type: ignore[arg-type]  # nothing is sent

    async def test_a_statement_that_forgot_the_school_is_not_sent(self, sql: TenantSql) -> None:
        forgetful = Statement(select(users.c.id).where(users.c.id == parameter("id", Uuid)))
        with pytest.raises(TypeError, match="does not ask for the school"):
            await sql.rows(forgetful, id=OURS)

    def test_what_belongs_elsewhere_is_not_stored_here(self, sql: TenantSql) -> None:
        sql.check_school(OURS)
        with pytest.raises(ValueError, match="school"):
            sql.check_school(THEIRS)


def test_every_role_of_a_school_but_the_administrators_learns() -> None:
    """`is_learner` says it that way."""
    assert {Role.SCHOOL_ADMIN} == SCHOOL_ROLES - LEARNER_ROLES
