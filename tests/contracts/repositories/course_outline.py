"""What every repository of courses promises of the order of a course, of what is removed from it, and of its own end.
A subclass provides the fixture ``uow``."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.repositories import Taken, WholeModule
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.courses.course import Content, ContentType, Course, Module
from lms_domain.courses.outline import ModuleOrder
from lms_domain.errors import NotFound
from lms_domain.learning.seconds import SecondSet
from tests.contracts.learning_samples import (
    a_quiz,
    a_quiz_assignment,
    a_submission,
    an_attempt,
    generated,
    new_assignment,
)
from tests.contracts.notice_samples import a_campaign, a_mail
from tests.contracts.repositories.files import new_file
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_content,
    a_course,
    a_group,
    a_module,
    a_transcript,
    an_asset,
    new_course,
    new_school,
    new_user,
)

LATER = NOW + timedelta(hours=1)


class CourseOutlineContract:
    """Modules and contents in order."""

    async def test_everything_in_order(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, modules, contents = await with_outline(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.courses.modules(course.id) == modules
            assert await tx.courses.contents(course.id) == contents
            assert await tx.courses.whole(course.id) == tuple(
                WholeModule(module, tuple(each for each in contents if each.module_id == module.id))
                for module in modules
            )
            assert await tx.courses.modules(uuid4()) == await tx.courses.contents(uuid4()) == ()
            assert await tx.courses.whole(uuid4()) == ()

    async def test_a_whole_outline_at_once(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _, _ = await with_outline(uow, scope)
        copy = a_course(scope, title="Copy", slug="copy")
        modules = tuple(a_module(copy, position=position) for position in (0, 1))
        contents = tuple(
            a_content(module, content_type=kind, url=url, text=text, required_coverage=None)
            for module in modules
            for kind, url, text in ((ContentType.LINK, "https://x.example", None), (ContentType.TEXT, None, "<p>x</p>"))
        )
        contents = tuple(replace(content, position=number % 2) for number, content in enumerate(contents))
        async with uow.begin(scope) as tx:
            before = await tx.courses.modules(course.id)
            for taken in (replace(copy, slug=course.slug), replace(copy, title=course.title)):
                with pytest.raises(Taken):
                    await tx.courses.add(taken, modules, contents)
                assert await tx.courses.whole(copy.id) == ()
            await tx.courses.add(copy, modules, contents)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.courses.get(copy.id) == copy
            assert await tx.courses.modules(copy.id) == modules
            assert await tx.courses.contents(copy.id) == contents
            assert await tx.courses.modules(course.id) == before
            other = await new_school(uow)
            with pytest.raises(ValueError, match="school"):
                await tx.courses.add(a_course(scope), (replace(modules[0], tenant_id=other.tenant_id),))

    async def test_a_new_order(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, (one, two), (a, b, c, d) = await with_outline(uow, scope)
        other, other_modules, other_contents = await with_outline(uow, scope)
        outline = (ModuleOrder(two.id, (d.id, a.id)), ModuleOrder(one.id, (c.id, b.id)))
        async with uow.begin(scope) as tx:
            await tx.courses.set_outline(course.id, outline)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.courses.modules(course.id) == (replace(two, position=0), replace(one, position=1))
            assert await tx.courses.contents(course.id) == (
                replace(d, position=0),
                replace(a, module_id=two.id, position=1),
                replace(c, module_id=one.id, position=0),
                replace(b, position=1),
            )
            assert await tx.courses.modules(other.id) == other_modules
            assert await tx.courses.contents(other.id) == other_contents

    async def test_saving_a_module_changes_its_words(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, (one, two), _ = await with_outline(uow, scope)
        changed = replace(one, title="Another title", description="Another\ndescription")
        async with uow.begin(scope) as tx:
            await tx.courses.save_module(replace(changed, position=7, created_at=LATER))
            await tx.courses.save_module(a_module(course))
            assert await tx.courses.modules(course.id) == (changed, two)

    async def test_saving_a_content_leaves_it_in_its_place(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, (one, two), (a, *rest) = await with_outline(uow, scope)
        file = await new_file(uow, await new_user(uow, scope))
        changed = replace(a, title="Another title", is_mandatory=False, required_coverage=50, updated_at=LATER)
        document = a_content(one, content_type=ContentType.DOCUMENT, file_id=file.id, required_coverage=None)
        text = a_content(one, content_type=ContentType.TEXT, text="<p>“1”</p>", required_coverage=None, position=9)
        async with uow.begin(scope) as tx:
            await tx.courses.save_content(replace(changed, module_id=two.id, position=5, created_at=LATER))
            await tx.courses.save_content(a_content(one))
            assert await tx.courses.contents(course.id) == (changed, *rest)
            for content in (replace(document, position=8), text):
                await tx.courses.add_content(content)
                assert await tx.courses.get_content(course.id, one.id, content.id) == content
            rewritten = replace(text, text="<p>2</p>")
            await tx.courses.save_content(rewritten)
            assert await tx.courses.get_content(course.id, one.id, text.id) == rewritten
            with pytest.raises(NotFound):
                await tx.courses.save_content(replace(document, file_id=uuid4()))

    async def test_those_behind_move_up(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, (one, two), (a, b, c, d) = await with_outline(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.courses.remove_content(a.id)
            await tx.courses.remove_content(a.id)
            assert await tx.courses.contents(course.id) == (replace(b, position=0), c, d)
            await tx.courses.remove_module(one.id)
            await tx.courses.remove_module(one.id)
            assert await tx.courses.modules(course.id) == (replace(two, position=0),)
            assert await tx.courses.contents(course.id) == (c, d)

    @pytest.mark.parametrize("what", ["content", "module"])
    async def test_what_people_did_in_it_goes_too(self, uow: UnitOfWork, what: str) -> None:
        scope = await new_school(uow)
        _, modules, contents = await with_outline(uow, scope)
        gone, kept = contents[0], contents[2]
        user_id = (await new_user(uow, scope)).id
        assignments = [await work_in(uow, content, user_id) for content in (gone, kept)]
        async with uow.begin(scope) as tx:
            if what == "content":
                await tx.courses.remove_content(gone.id)
            else:
                await tx.courses.remove_module(modules[0].id)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.progress.get(user_id, gone.id) is None
            assert await tx.videos.lock_by_content(gone.id) is None
            assert await tx.assignments.get(assignments[0]) is None
            assert await tx.quizzes.versions(assignments[0]) == ()
            assert await tx.attempts.of_person(assignments[0], user_id) == ()
            assert await tx.progress.get(user_id, kept.id) is not None
            assert await tx.videos.lock_by_content(kept.id) is not None
            assert len(await tx.attempts.of_person(assignments[1], user_id)) == 1

    async def test_another_schools_outline_is_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, modules, contents = await with_outline(uow, theirs)
        order = tuple(ModuleOrder(module.id, ()) for module in reversed(modules))
        async with uow.begin(ours) as tx:
            assert await tx.courses.modules(course.id) == ()
            assert await tx.courses.contents(course.id) == ()
            await tx.courses.set_outline(course.id, order)
            await tx.courses.remove_content(contents[0].id)
            await tx.courses.remove_module(modules[0].id)
            await tx.courses.save_module(replace(modules[0], tenant_id=ours.tenant_id, title="Ours"))
            await tx.courses.save_content(replace(contents[0], tenant_id=ours.tenant_id, title="Ours"))
            for attempt in (tx.courses.save_module(modules[0]), tx.courses.save_content(contents[0])):
                with pytest.raises(ValueError, match="school"):
                    await attempt
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.courses.modules(course.id) == modules
            assert await tx.courses.contents(course.id) == contents


class CourseAudienceContract:
    """To whom a course is assigned."""

    async def test_everybody_or_groups_and_people(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        named, member, other = [(await new_user(uow, scope)).id for _ in range(3)]
        inactive = (await new_user(uow, scope, is_active=False)).id
        course, _ = await new_course(uow, scope, teachers=[named, inactive], assigned_to_all=False)
        everybodys, _ = await new_course(uow, scope)
        group, unused = a_group(scope), a_group(scope)
        async with uow.begin(scope) as tx:
            for each in (group, unused):
                await tx.groups.add(each)
                await tx.groups.set_members(each.id, frozenset({member, named, inactive}), on=NOW)
            assert await tx.courses.assignees(course.id) == {named}
            await tx.courses.assign_groups(course.id, frozenset({group.id}), on=NOW)
            assert await tx.courses.assignees(course.id) == {named, member}
            await tx.courses.assign_groups(course.id, frozenset({group.id, unused.id}), on=LATER)
            await tx.courses.assign_groups(course.id, frozenset(), on=LATER)
            assert await tx.courses.assignees(course.id) == {named}
            assert await tx.courses.assignees(everybodys.id) == {named, member, other}
            assert await tx.courses.assignees(uuid4()) == frozenset()

    async def test_what_a_new_member_gets(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        group, other = a_group(scope), a_group(scope)
        courses = [a_course(scope, is_published=True), a_course(scope), a_course(scope, is_published=True)]
        async with uow.begin(scope) as tx:
            for each in (group, other):
                await tx.groups.add(each)
            for course in courses:
                await tx.courses.add(course)
                await tx.courses.assign_groups(course.id, frozenset({group.id}), on=NOW)
            await tx.courses.save(courses[2].delete(now=NOW))
            assert await tx.courses.published_of_group(group.id) == (courses[0],)
            assert await tx.courses.published_of_group(other.id) == ()

    async def test_groups_of_another_school_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, _ = await new_course(uow, ours)
        foreign_course, _ = await new_course(uow, theirs, is_published=True, assigned_to_all=False)
        group, foreign = a_group(ours), a_group(theirs)
        user = await new_user(uow, theirs)
        async with uow.begin(theirs) as tx:
            await tx.groups.add(foreign)
            await tx.groups.set_members(foreign.id, frozenset({user.id}), on=NOW)
            await tx.courses.assign_groups(foreign_course.id, frozenset({foreign.id}), on=NOW)
            await tx.commit()
        async with uow.begin(ours) as tx:
            await tx.groups.add(group)
            await tx.commit()
        for course_id, group_id in ((course.id, foreign.id), (foreign_course.id, group.id), (course.id, uuid4())):
            async with uow.begin(ours) as tx:
                with pytest.raises(NotFound):  # noqa: PT012 -- either of the two may say so
                    await tx.courses.assign_groups(course_id, frozenset({group_id}), on=NOW)
                    await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.courses.assignees(foreign_course.id) == frozenset()
            assert await tx.courses.published_of_group(foreign.id) == ()
            await tx.courses.assign_groups(foreign_course.id, frozenset(), on=NOW)
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.courses.assignees(foreign_course.id) == {user.id}


class DeletedCourseContract:
    """Courses that are deleted, come back, or go for good."""

    async def test_a_deleted_course_is_not_there_and_comes_back(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        deleted = course.delete(now=LATER)
        async with uow.begin(scope) as tx:
            assert await tx.courses.lock_deleted(course.id) is None
            await tx.courses.save(deleted)
            await tx.commit()
        restored = deleted.restore(now=LATER)
        async with uow.begin(scope) as tx:
            assert await tx.courses.get(course.id) is None
            assert await tx.courses.get(course.id, for_update=True) is None
            assert await tx.courses.assignees(course.id) == frozenset()
            assert (await tx.courses.census()).number == 0
            assert await tx.courses.lock_deleted(course.id) == deleted
            await tx.courses.save(restored)
            assert await tx.courses.get(course.id) == restored
            assert await tx.courses.lock_deleted(course.id) is None

    async def test_a_deleted_courses_title_and_slug_are_free(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        deleted = course.delete(now=LATER)
        async with uow.begin(scope) as tx:
            await tx.courses.save(deleted)
            await tx.courses.add(a_course(scope, title=course.title))
            await tx.courses.add(a_course(scope, slug=course.slug))
            await tx.courses.save(replace(deleted, title=course.title))
            restored = deleted.restore(now=LATER)
            for again, what in (
                (replace(restored, slug="free"), "course_title"),
                (replace(restored, title="Free"), "course_slug"),
            ):
                with pytest.raises(Taken) as taken:
                    await tx.courses.save(again)
                assert taken.value.what == what

    async def test_a_purged_course_is_gone_with_everything(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        course, _, contents = await with_outline(uow, scope)
        other, _, other_contents = await with_outline(uow, scope)
        of_video = await work_in(uow, contents[0], user.id)
        await work_in(uow, other_contents[0], user.id)
        essay, file = await new_assignment(uow, course, is_mandatory=False), await new_file(uow, user)
        campaign, mail = a_campaign(course, user.id), a_mail(scope)
        mail = replace(mail, campaign_id=campaign.id)
        async with uow.begin(scope) as tx:
            await tx.courses.assign(course.id, frozenset({user.id}), on=NOW)
            await tx.submissions.add(a_submission(essay, user.id, file_ids=(file.id,)))
            for content in contents:
                await tx.progress.start(user.id, content.id, now=NOW)
                await tx.progress.set_completed(user.id, content.id, at=NOW)
            await tx.progress.record_completion(user.id, course.id, at=NOW)
            await tx.reminders.add(campaign)
            await tx.mail.add_many((mail,))
            await tx.courses.purge(course.id)
            assert await tx.courses.get(course.id) == course, "only a deleted course is purged"
            await tx.courses.save(course.delete(now=LATER))
            await tx.courses.purge(course.id)
            await tx.courses.purge(course.id)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.courses.lock_deleted(course.id) is None
            assert await tx.courses.modules(course.id) == await tx.courses.contents(course.id) == ()
            assert await tx.progress.get(user.id, contents[0].id) is None
            for assignment_id in (of_video, essay.id):
                assert await tx.assignments.get(assignment_id) is None
            assert await tx.submissions.of_person(essay.id, user.id) is None
            assert await tx.reminders.get(campaign.id) is None
            assert await tx.mail.get(mail.id) == replace(mail, campaign_id=None)
            assert await tx.files.delete_unreferred(frozenset({file.id})) == (file,)
            assert await tx.courses.get(other.id) == other
            assert await tx.progress.get(user.id, other_contents[0].id) is not None

    async def test_the_longest_deleted_come_first(self, uow: UnitOfWork) -> None:
        scopes = [await new_school(uow), await new_school(uow)]
        long_ago = NOW - timedelta(days=4000)
        courses = [
            a_course(scope).delete(now=long_ago + timedelta(days=day))
            for scope, day in zip(scopes, (2, 1), strict=True)
        ]
        kept = a_course(scopes[0])
        for course in (*courses, kept):
            async with uow.begin(TenantScope(course.tenant_id)) as tx:
                await tx.courses.add(course)
                await tx.commit()
        async with uow.begin(SYSTEM) as system:
            everything = [ref.course_id for ref in await system.deleted_courses.deleted_before(LATER, 10_000)]
            before = [
                ref.course_id for ref in await system.deleted_courses.deleted_before(long_ago + timedelta(days=2), 9)
            ]
            assert len(await system.deleted_courses.deleted_before(LATER, 1)) == 1
        ours = {course.id for course in (*courses, kept)}
        assert [each for each in everything if each in ours] == [courses[1].id, courses[0].id]
        assert [each for each in before if each in ours] == [courses[1].id]

    async def test_another_schools_deleted_courses_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, _ = await new_course(uow, theirs)
        deleted = course.delete(now=NOW)
        async with uow.begin(theirs) as tx:
            await tx.courses.save(deleted)
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.courses.lock_deleted(course.id) is None
            await tx.courses.purge(course.id)
            await tx.courses.save(replace(course, tenant_id=ours.tenant_id))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.courses.lock_deleted(course.id) == deleted


async def with_outline(uow: UnitOfWork, scope: TenantScope) -> tuple[Course, tuple[Module, ...], tuple[Content, ...]]:
    """A course with two modules with two contents each, all in order."""
    course = a_course(scope)
    modules = (a_module(course), a_module(course, position=1))
    contents = tuple(a_content(module, position=place) for module in modules for place in (0, 1))
    async with uow.begin(scope) as tx:
        await tx.courses.add(course)
        for module in reversed(modules):
            await tx.courses.add_module(module)
        for content in reversed(contents):
            await tx.courses.add_content(content)
        await tx.commit()
    return course, modules, contents


async def work_in(uow: UnitOfWork, content: Content, user_id: UUID) -> UUID:
    """Give the content a video with a transcript, watched by a person who took its quiz; the id of the assignment."""
    asset, course = an_asset(content), a_course(TenantScope(content.tenant_id), id=content.course_id)
    assignment = a_quiz_assignment(course, **generated(content))
    quiz = a_quiz(assignment)
    async with uow.begin(TenantScope(content.tenant_id)) as tx:
        await tx.videos.add(asset)
        await tx.videos.put_transcript(a_transcript(asset))
        await tx.progress.start(user_id, content.id, now=NOW)
        await tx.progress.merge(
            user_id, content.id, SecondSet(((0, 3),)), position_seconds=3.0, now=NOW, busy_until=NOW
        )
        await tx.assignments.add(assignment)
        await tx.quizzes.add(quiz)
        await tx.attempts.add(an_attempt(quiz, user_id))
        await tx.commit()
    return assignment.id
