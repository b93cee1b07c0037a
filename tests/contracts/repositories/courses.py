"""What every repository of courses promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lms_app.ports.repositories import Census, CourseReferences, Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.courses.course import ContentType
from lms_domain.files.stored_file import FilePurpose
from tests.contracts.samples import (
    NOW,
    a_content,
    a_course,
    a_file,
    a_group,
    a_module,
    new_content,
    new_course,
    new_school,
    new_user,
)


class CourseRepositoryContract:
    """Courses, modules, contents."""

    async def test_a_course_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        video = await new_content(uow, module)
        link = await new_content(
            uow,
            module,
            content_type=ContentType.LINK,
            url="https://example.test/",
            required_coverage=None,
            position=1,
            is_mandatory=False,
        )
        async with uow.begin(scope) as tx:
            assert await tx.courses.get(course.id) == course
            assert await tx.courses.get(course.id, for_update=True) == course
            assert await tx.courses.get_module(course.id, module.id) == module
            assert await tx.courses.get_content(course.id, module.id, video.id) == video
            assert await tx.courses.get_content(course.id, module.id, link.id) == link
            assert await tx.courses.find_content(link.id) == link
            assert await tx.courses.find_content(module.id) is None
            assert await tx.courses.get(uuid4()) is None

    async def test_nothing_is_found_below_another_parent(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        content = await new_content(uow, module)
        other, other_module = await new_course(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.courses.get_module(other.id, module.id) is None
            assert await tx.courses.get_content(other.id, module.id, content.id) is None
            assert await tx.courses.get_content(course.id, other_module.id, content.id) is None
            assert await tx.courses.get_content(other.id, other_module.id, content.id) is None
            assert await tx.courses.lock_content(course.id, module.id, content.id) == content
            assert await tx.courses.lock_content(course.id, other_module.id, content.id) is None
            assert await tx.courses.lock_content(other.id, module.id, content.id) is None

    async def test_of_a_deleted_course_nothing_is_found(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        content = await new_content(uow, module)
        async with uow.begin(scope) as tx:
            await tx.courses.save(course.delete(now=NOW))
            assert await tx.courses.get_module(course.id, module.id) is None
            assert await tx.courses.get_content(course.id, module.id, content.id) is None
            assert await tx.courses.lock_content(course.id, module.id, content.id) is None

    async def test_who_locks_a_content_reads_it_as_it_is_then(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        content = await new_content(uow, module)

        async def mark(letter: str) -> None:
            async with uow.begin(scope) as tx:
                found = await tx.courses.lock_content(course.id, module.id, content.id)
                assert found is not None
                await tx.courses.save_content(replace(found, title=f"{found.title}{letter}"))
                await tx.commit()

        await asyncio.gather(*map(mark, "abcde"))
        async with uow.begin(scope) as tx:
            found = await tx.courses.find_content(content.id)
        assert found is not None
        assert sorted(found.title.removeprefix(content.title)) == list("abcde")

    async def test_what_a_course_may_refer_to(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        people = [await new_user(uow, ours), await new_user(uow, ours, is_active=False), await new_user(uow, theirs)]
        picture = a_file(people[0], purpose=FilePurpose.COURSE_THUMBNAIL, media_type="image/webp")
        paper = a_file(people[0])
        group, foreign = a_group(ours), a_group(theirs)
        async with uow.begin(theirs) as tx:
            await tx.groups.add(foreign)
            await tx.commit()
        async with uow.begin(ours) as tx:
            await tx.groups.add(group)
            for file in (picture, paper):
                await tx.files.add(file)
            named = {
                "teacher_ids": frozenset(person.id for person in people),
                "group_ids": frozenset({group.id, foreign.id}),
            }
            found = CourseReferences(frozenset({people[0].id}), frozenset({group.id}), picture.key)
            assert await tx.courses.references(**named, picture_id=picture.id) == found
            for other in (paper.id, uuid4(), None):
                assert await tx.courses.references(**named, picture_id=other) == replace(found, picture_key=None)

    async def test_counts(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        second = a_module(course, position=1)
        async with uow.begin(scope) as tx:
            await tx.courses.add_module(second)
            for content in (a_content(module), a_content(module, position=1), a_content(second)):
                await tx.courses.add_content(content)
            assert await tx.courses.module_count(course.id) == 2
            assert await tx.courses.content_count(course.id) == 3
            assert await tx.courses.module_content_count(course.id, module.id) == 2
            assert await tx.courses.module_content_count(course.id, second.id) == 1
            assert [(order.module_id, len(order.content_ids)) for order in await tx.courses.outline(course.id)] == [
                (module.id, 2),
                (second.id, 1),
            ]
            assert await tx.courses.outline(uuid4()) == ()
            assert await tx.courses.content_count(uuid4()) == 0
            assert await tx.courses.module_content_count(course.id, uuid4()) is None
            assert await tx.courses.module_content_count(uuid4(), module.id) is None

    async def test_a_title_is_given_once_without_case(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await new_course(uow, scope, title="Größe", slug="groesse")
        async with uow.begin(scope) as tx:
            assert await tx.courses.census(frozenset({"GRÖSSE", "Weight"})) == Census(1, frozenset({"GRÖSSE"}))
            for slug, slugs in (("groesse", {"groesse"}), ("gr", {"groesse"}), ("groesse-", set()), ("_", set())):
                assert await tx.courses.census(slug=slug) == Census(1, taken_slugs=frozenset(slugs))
            with pytest.raises(Taken) as taken:
                await tx.courses.add(a_course(scope, title="GRÖSSE"))
            assert taken.value.what == "course_title"
            with pytest.raises(Taken) as taken:
                await tx.courses.add(a_course(scope, slug="groesse"))
            assert taken.value.what == "course_slug"
            await tx.courses.add(a_course(scope))
            await tx.commit()

    async def test_saving(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        other, _ = await new_course(uow, scope)
        changed = replace(
            course,
            title="Another title",
            description="",
            is_mandatory=False,
            deadline=None,
            estimated_hours=None,
            is_published=True,
            assigned_to_all=False,
            version=2,
            updated_at=NOW + timedelta(hours=1),
        )
        async with uow.begin(scope) as tx:
            await tx.courses.save(changed)
            with pytest.raises(Taken) as taken:
                await tx.courses.save(replace(other, title="ANOTHER TITLE"))
            assert taken.value.what == "course_title"
            await tx.courses.save(replace(changed, version=3))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.courses.get(course.id) == replace(changed, version=3)
            assert await tx.courses.get(other.id) == other

    async def test_assigning_the_same_people_again_is_fine(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        one, two = await new_user(uow, scope), await new_user(uow, scope)
        course, _ = await new_course(uow, scope, teachers=[one.id])
        async with uow.begin(scope) as tx:
            await tx.courses.assign(course.id, frozenset({one.id, two.id}), on=NOW + timedelta(days=1))
            await tx.courses.assign(course.id, frozenset({two.id}), on=NOW + timedelta(days=2))
            await tx.courses.assign(course.id, frozenset(), on=NOW + timedelta(days=3))
            await tx.commit()
