"""What every unit of work refuses: things whose parent is not there, or belongs to another school."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType
from lms_domain.errors import NotFound
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.quiz import QuizState
from lms_domain.notices.reminder import ReminderKind
from tests.contracts.learning_samples import a_submission, an_attempt, new_assignment, new_contents, new_quiz
from tests.contracts.notice_samples import a_campaign, a_mail, a_notification, an_entry
from tests.contracts.repositories.files import new_file
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_content,
    a_course,
    a_domain,
    a_file,
    a_group,
    a_module,
    a_one_time_token,
    a_second_factor,
    a_session,
    a_tenant,
    a_transcript,
    a_user,
    an_asset,
    an_impersonation,
    new_content,
    new_course,
    new_school,
    new_user,
    new_video,
)

Attempt = Callable[[TenantTransaction], Awaitable[object]]


async def refuses(uow: UnitOfWork, scope: TenantScope, attempt: Attempt) -> None:
    """The attempt is refused, in a transaction of its own, with its commit at the latest."""
    async with uow.begin(scope) as tx:
        with pytest.raises(NotFound):  # noqa: PT012 -- either of the two may say so
            await attempt(tx)
            await tx.commit()


class ParentContract:
    """Fixture: ``uow``."""

    async def test_a_school_must_be_there(self, uow: UnitOfWork) -> None:
        nowhere = TenantScope(a_tenant().id)
        await refuses(uow, nowhere, lambda tx: tx.users.add(a_user(nowhere)))
        await refuses(uow, nowhere, lambda tx: tx.courses.add(a_course(nowhere)))
        async with uow.begin(SYSTEM) as system:
            with pytest.raises(NotFound):
                await system.users_of(nowhere.tenant_id).add(a_user(nowhere))

    async def test_a_session_has_a_person(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        foreign = await new_user(uow, theirs)
        for user_id in (uuid4(), foreign.id):
            await refuses(uow, ours, lambda tx, user_id=user_id: tx.sessions.add(a_session(user_id)))
        async with uow.begin(SYSTEM) as system:
            with pytest.raises(NotFound):
                await system.operator_sessions.add(a_session(foreign.id))

    async def test_a_module_has_a_course(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await refuses(uow, scope, lambda tx: tx.courses.add_module(a_module(a_course(scope))))

    async def test_a_content_has_a_module_of_its_course(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        other, _ = await new_course(uow, scope)
        missing = a_content(a_module(course))
        elsewhere = a_content(module, course_id=other.id)
        for content in (missing, elsewhere):
            await refuses(uow, scope, lambda tx, content=content: tx.courses.add_content(content))

    async def test_a_course_is_assigned_to_people_of_the_school(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, _ = await new_course(uow, ours)
        user, foreign = await new_user(uow, ours), await new_user(uow, theirs)
        for user_ids in ({uuid4()}, {foreign.id}, {user.id, foreign.id}):
            await refuses(
                uow,
                ours,
                lambda tx, user_ids=user_ids: tx.courses.assign(course.id, frozenset(user_ids), on=NOW),
            )
        await refuses(uow, ours, lambda tx: tx.courses.assign(uuid4(), frozenset({user.id}), on=NOW))

    async def test_a_video_has_a_content_and_a_content_one_video(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        _, module = await new_course(uow, scope)
        await refuses(uow, scope, lambda tx: tx.videos.add(an_asset(a_content(module))))
        content = await new_content(uow, module)
        async with uow.begin(scope) as tx:
            await tx.videos.add(an_asset(content))
            await tx.commit()
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:  # noqa: PT012 -- either of the two may say so
                await tx.videos.add(an_asset(content))
                await tx.commit()
        assert taken.value.what == "other"

    async def test_a_transcript_has_a_content(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        foreign = await new_video(uow, theirs)
        await refuses(uow, ours, lambda tx: tx.videos.put_transcript(a_transcript(foreign)))

    async def test_what_people_have_is_of_people_of_the_school(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        strangers = (await new_user(uow, theirs), a_user(ours))
        course, _ = await new_course(uow, ours)
        for stranger in strangers:
            here = replace(stranger, tenant_id=ours.tenant_id)
            attempts: list[Attempt] = [
                lambda tx, here=here: tx.one_time_tokens.add(a_one_time_token(here.id)),
                lambda tx, here=here: tx.second_factors.save(here.id, a_second_factor()),
                lambda tx, here=here: tx.files.add(a_file(here)),
                lambda tx, here=here: tx.notifications.add_many((a_notification(ours, here.id),)),
                lambda tx, here=here: tx.reminders.add(a_campaign(course, here.id)),
                lambda tx, here=here: tx.mail.add_many((a_mail(ours, user_id=here.id),)),
            ]
            for attempt in attempts:
                await refuses(uow, ours, attempt)
            with pytest.raises(NotFound):
                async with uow.begin(SYSTEM) as system:
                    await system.impersonations.add(an_impersonation(here))

    async def test_what_is_of_a_school_has_one(self, uow: UnitOfWork) -> None:
        nowhere = TenantScope(a_tenant().id)
        await refuses(uow, nowhere, lambda tx: tx.groups.add(a_group(nowhere)))
        await refuses(uow, nowhere, lambda tx: tx.domains.add(a_domain(nowhere)))
        await refuses(uow, nowhere, lambda tx: tx.audit.add(an_entry(nowhere)))
        await refuses(uow, nowhere, lambda tx: tx.mail.add_many((a_mail(nowhere),)))
        async with uow.begin(SYSTEM) as system:
            with pytest.raises(NotFound):
                await system.mail.add_many((a_mail(nowhere),))
        async with uow.begin(SYSTEM) as system:
            with pytest.raises(NotFound):  # noqa: PT012 -- either of the two may say so
                await system.audit.add(an_entry(nowhere))
                await system.commit()

    async def test_work_is_about_things_of_the_school_and_belongs_together(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, module, content = await new_contents(uow, ours)
        other, _ = await new_course(uow, ours)
        foreign_course, foreign_module, foreign_content = await new_contents(uow, theirs)
        user, foreign = await new_user(uow, ours), await new_user(uow, theirs)
        file = await new_file(uow, foreign)
        assignment = await new_assignment(uow, course)
        foreign_assignment, foreign_quiz = await new_quiz(uow, foreign_course)
        _, quiz = await new_quiz(uow, course)

        def ours_but(thing: Assignment, **changes: object) -> Assignment:
            return replace(thing, id=uuid4(), tenant_id=ours.tenant_id, **changes)  # type: ignore[arg-type]  # of one test

        handout = a_content(module, content_type=ContentType.DOCUMENT, file_id=file.id, required_coverage=None)
        submission = a_submission(assignment, user.id)
        reminder = replace(a_campaign(course, user.id), tenant_id=ours.tenant_id)
        attempts: list[Attempt] = [
            lambda tx: tx.courses.add_content(handout),
            lambda tx: tx.assignments.add(ours_but(assignment, course_id=foreign_course.id)),
            lambda tx: tx.assignments.add(ours_but(assignment, course_id=other.id, module_id=module.id)),
            lambda tx: tx.assignments.add(ours_but(assignment, module_id=foreign_module.id)),
            lambda tx: tx.assignments.add(ours_but(assignment, module_id=module.id, content_id=foreign_content.id)),
            lambda tx: tx.submissions.add(replace(submission, assignment_id=foreign_assignment.id)),
            lambda tx: tx.submissions.add(replace(submission, user_id=foreign.id)),
            lambda tx: tx.submissions.add(replace(submission, file_ids=(file.id,))),
            lambda tx: tx.submissions.add(replace(submission, file_ids=(uuid4(),))),
            lambda tx: tx.quizzes.add(replace(foreign_quiz, id=uuid4(), tenant_id=ours.tenant_id, questions=())),
            lambda tx: tx.quizzes.replace_draft(
                replace(foreign_quiz, id=uuid4(), tenant_id=ours.tenant_id, state=QuizState.DRAFT, questions=())
            ),
            lambda tx: tx.attempts.add(replace(an_attempt(foreign_quiz, user.id), tenant_id=ours.tenant_id)),
            lambda tx: tx.attempts.add(an_attempt(quiz, foreign.id)),
            lambda tx: tx.progress.start(user.id, foreign_content.id, now=NOW),
            lambda tx: tx.progress.start(foreign.id, content.id, now=NOW),
            lambda tx: tx.reminders.add(replace(reminder, course_id=foreign_course.id)),
            lambda tx: tx.reminders.add(
                replace(reminder, kind=ReminderKind.CUSTOM, course_id=None, assignment_id=foreign_assignment.id)
            ),
            lambda tx: tx.mail.add_many((a_mail(ours, campaign_id=reminder.id),)),
        ]
        for attempt in attempts:
            await refuses(uow, ours, attempt)
