"""What every query about courses promises. A subclass provides ``uow`` and ``queries`` over the same rows."""

from datetime import timedelta

import pytest

from lms_app.listing import PageRequest
from lms_app.ports.queries import CourseFilter, CourseQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.contracts.samples import NOW, new_content, new_course, new_school, new_user

ALL = PageRequest()


class CourseQueriesContract:
    """Lists of courses, and what is in one."""

    @pytest.fixture
    async def scope(self, uow: UnitOfWork) -> TenantScope:
        """A school with four courses, beside another one."""
        scope = await new_school(uow)
        await new_course(uow, await new_school(uow), title="Another school's")
        for number, changes in enumerate(({}, {"is_published": True}, {"is_mandatory": False}, {"title": "Größe"})):
            await new_course(uow, scope, created_at=NOW + timedelta(hours=number), **changes)
        return scope

    async def test_the_newest_come_first_page_by_page(self, queries: CourseQueries, scope: TenantScope) -> None:
        whole = await queries.courses(scope, CourseFilter(), ALL)
        assert whole.count == 4
        assert [view.created_at for view in whole.results] == sorted(
            (view.created_at for view in whole.results), reverse=True
        )
        second = await queries.courses(scope, CourseFilter(), PageRequest(number=2, size=3))
        assert (second.count, second.results) == (4, whole.results[3:])

    @pytest.mark.parametrize(
        ("filters", "count"),
        [
            (CourseFilter(is_published=True), 1),
            (CourseFilter(is_published=False), 3),
            (CourseFilter(is_mandatory=False), 1),
            (CourseFilter(search="GRÖSSE"), 1),
            (CourseFilter(search="course"), 3),
            (CourseFilter(search="another school"), 0),
        ],
    )
    async def test_filters(self, queries: CourseQueries, scope: TenantScope, filters: CourseFilter, count: int) -> None:
        assert (await queries.courses(scope, filters, ALL)).count == count

    async def test_what_is_counted_for_a_course(
        self, uow: UnitOfWork, queries: CourseQueries, scope: TenantScope
    ) -> None:
        users = [await new_user(uow, scope) for _ in range(3)]
        course, module = await new_course(uow, scope, assigned_to_all=False, teachers=[users[0].id])
        content = await new_content(uow, module)
        view = await queries.course(scope, course.id)
        assert view is not None
        assert (view.module_count, view.content_count, view.assigned_teacher_count) == (1, 1, 1)
        assert view.assigned_teachers == [users[0].id]
        assert await queries.modules(scope, course.id) == view.modules
        assert await queries.content(scope, course.id, module.id, content.id) == view.modules[0].contents[0]

    async def test_nothing_of_another_school(self, uow: UnitOfWork, queries: CourseQueries, scope: TenantScope) -> None:
        course, module = await new_course(uow, await new_school(uow))
        content = await new_content(uow, module)
        assert await queries.course(scope, course.id) is None
        assert await queries.modules(scope, course.id) is None
        assert await queries.content(scope, course.id, module.id, content.id) is None
