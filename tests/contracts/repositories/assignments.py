"""What every repository of assignments, and of what is handed in for them, promises. A subclass provides ``uow``."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from lms_app.ports.assignments import Work
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import Assignment, AssignmentKind, AssignmentOrigin
from lms_domain.learning.submission import Submission, SubmissionStatus
from lms_domain.notices.reminder import ReminderKind
from tests.contracts.learning_samples import (
    a_quiz,
    a_quiz_assignment,
    a_submission,
    an_assignment,
    an_attempt,
    generated,
    new_assignment,
    new_contents,
    new_quiz,
)
from tests.contracts.notice_samples import a_campaign
from tests.contracts.repositories.files import new_file
from tests.contracts.samples import NOW, new_content, new_course, new_school, new_user

LATER = NOW + timedelta(hours=1)


class AssignmentRepositoryContract:
    """Assignments of one school."""

    async def test_an_assignment_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module, content = await new_contents(uow, scope)
        about = an_assignment(course, **generated(content), due_date=date(2027, 1, 31))
        plain = an_assignment(course, module_id=module.id, is_mandatory=False, is_published=False)
        async with uow.begin(scope) as tx:
            for assignment in (about, plain):
                await tx.assignments.add(assignment)
                assert await tx.assignments.get(assignment.id) == assignment
                assert await tx.assignments.get(assignment.id, for_update=True) == assignment
            assert await tx.assignments.get(uuid4()) is None

    async def test_of_a_deleted_course_it_is_closed(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        assignment = await new_assignment(uow, course)
        async with uow.begin(scope) as tx:
            assert await tx.assignments.lock_open(assignment.id) == assignment
            assert await tx.assignments.lock_open(uuid4()) is None
            await tx.courses.save(replace(course, deleted_at=LATER))
            assert await tx.assignments.lock_open(assignment.id) is None
            assert await tx.assignments.get(assignment.id) == assignment

    async def test_locked_by_an_attempt_at_its_quiz(self, uow: UnitOfWork) -> None:
        ours, scope = await new_school(uow), await new_school(uow)
        course, _ = await new_course(uow, scope)
        assignment, quiz = await new_quiz(uow, course)
        attempt = an_attempt(quiz, (await new_user(uow, scope)).id)
        async with uow.begin(scope) as tx:
            await tx.attempts.add(attempt)
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.assignments.lock_of_attempt(attempt.id) is None
        async with uow.begin(scope) as tx:
            assert await tx.assignments.lock_of_attempt(attempt.id) == assignment
            assert await tx.assignments.lock_of_attempt(uuid4()) is None
            await tx.courses.save(replace(course, deleted_at=LATER))
            assert await tx.assignments.lock_of_attempt(attempt.id) is None

    async def test_saving_moves_it_nowhere(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        other, _ = await new_course(uow, scope)
        assignment, untouched = await new_assignment(uow, course), await new_assignment(uow, course)
        changed = replace(
            assignment,
            title="Another title",
            instructions="",
            due_date=date(2027, 2, 28),
            max_score=30,
            passing_score=0,
            is_mandatory=False,
            is_published=False,
            updated_at=LATER,
        )
        moved = replace(changed, course_id=other.id, kind=AssignmentKind.MANUAL)
        async with uow.begin(scope) as tx:
            await tx.assignments.save(moved)
            await tx.assignments.save(an_assignment(course))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.assignments.get(assignment.id) == changed
            assert await tx.assignments.of_course(course.id) == (changed, untouched)
            assert await tx.assignments.of_course(other.id) == ()

    async def test_the_oldest_of_a_course_come_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        newer = await new_assignment(uow, course, created_at=LATER)
        older = await new_assignment(uow, course, is_published=False)
        async with uow.begin(scope) as tx:
            assert await tx.assignments.of_course(course.id) == (older, newer)
            assert await tx.assignments.of_course(uuid4()) == ()

    async def test_a_video_has_one_generated_assignment_of_each_kind(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module, content = await new_contents(uow, scope)
        other = await new_content(uow, module, position=1)
        reflection = await new_assignment(uow, course, **generated(content))
        manual = replace(reflection, id=uuid4(), origin=AssignmentOrigin.MANUAL)
        quiz = a_quiz_assignment(course, **generated(content))
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.assignments.add(replace(reflection, id=uuid4()))
            assert taken.value.what == "generated_assignment"
            await tx.assignments.add(quiz)
            await tx.assignments.add(manual)
            await tx.assignments.add(replace(manual, id=uuid4()))
            await tx.assignments.add(an_assignment(course, **generated(other)))
            assert await tx.assignments.generated(content.id) == (quiz, reflection)
            assert await tx.assignments.generated(uuid4()) == ()

    async def test_of_two_runs_over_a_video_the_second_finds_what_the_first_made(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _, content = await new_contents(uow, scope)

        async def run() -> Assignment | None:
            try:
                return await new_assignment(uow, course, **generated(content))
            except Taken:
                return None

        assert sum(made is not None for made in await asyncio.gather(*(run() for _ in range(5)))) == 1

    async def test_it_goes_with_everything_about_it(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        user = await new_user(uow, scope)
        gone, kept = a_quiz_assignment(course), a_quiz_assignment(course)
        campaign = a_campaign(course, user.id, kind=ReminderKind.CUSTOM, course_id=None, assignment_id=gone.id)
        quizzes = {assignment.id: a_quiz(assignment) for assignment in (gone, kept)}
        async with uow.begin(scope) as tx:
            for assignment in (gone, kept):
                quiz = quizzes[assignment.id]
                await tx.assignments.add(assignment)
                await tx.quizzes.add(quiz)
                await tx.attempts.add(an_attempt(quiz, user.id))
                await tx.submissions.add(a_submission(assignment, user.id))
            await tx.reminders.add(campaign)
            await tx.assignments.delete(gone.id)
            await tx.assignments.delete(gone.id)
            assert await tx.assignments.get(gone.id) is None
            assert await tx.quizzes.versions(gone.id) == ()
            assert await tx.attempts.of_quiz(quizzes[gone.id].id) == ()
            assert await tx.submissions.of_person(gone.id, user.id) is None
            assert await tx.reminders.get(campaign.id) is None
            assert await tx.quizzes.versions(kept.id) == (quizzes[kept.id],)
            assert len(await tx.attempts.of_quiz(quizzes[kept.id].id)) == 1
            assert await tx.submissions.of_person(kept.id, user.id) is not None

    async def test_another_schools_assignments_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, _, content = await new_contents(uow, theirs)
        assignment = await new_assignment(uow, course, **generated(content))
        async with uow.begin(ours) as tx:
            assert await tx.assignments.get(assignment.id) is None
            assert await tx.assignments.get(assignment.id, for_update=True) is None
            assert await tx.assignments.generated(content.id) == ()
            assert await tx.assignments.of_course(course.id) == ()
            await tx.assignments.delete(assignment.id)
            for attempt in (tx.assignments.add, tx.assignments.save):
                with pytest.raises(ValueError, match="school"):
                    await attempt(assignment)
            await tx.assignments.save(replace(assignment, tenant_id=ours.tenant_id, title="Ours"))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.assignments.get(assignment.id) == assignment


class SubmissionRepositoryContract:
    """What people handed in."""

    async def test_a_submission_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope, submission = await with_submission(uow)
        async with uow.begin(scope) as tx:
            assert await tx.submissions.of_person(submission.assignment_id, submission.user_id) == submission
            assert await tx.submissions.get(submission.id) == submission
            assert await tx.submissions.get(uuid4()) is None
            assert await tx.submissions.of_person(submission.assignment_id, uuid4()) is None
            assert await tx.submissions.of_person(uuid4(), submission.user_id) is None

    async def test_work_is_met_by_learners_who_see_it(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        learner, other = await new_user(uow, scope), await new_user(uow, scope)
        visible, _ = await new_course(uow, scope, is_published=True, assigned_to_all=False, teachers=[learner.id])
        hidden, _ = await new_course(uow, scope, is_published=False, assigned_to_all=True)
        essay, unbegun = [await new_assignment(uow, visible) for _ in range(2)]
        draft = await new_assignment(uow, visible, is_published=False)
        unseen = await new_assignment(uow, hidden)
        submission = a_submission(essay, learner.id)
        async with uow.begin(scope) as tx:
            await tx.submissions.add(submission)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.submissions.lock_work(essay.id, learner.id) == Work(essay, submission)
            assert await tx.submissions.lock_work(unbegun.id, learner.id) == Work(unbegun, None)
            for assignment_id, user_id in (
                (draft.id, learner.id),
                (unseen.id, learner.id),
                (essay.id, other.id),
                (uuid4(), learner.id),
            ):
                assert await tx.submissions.lock_work(assignment_id, user_id) is None
            assert await tx.submissions.lock_with_assignment(submission.id) == (submission, essay)
            assert await tx.submissions.lock_with_assignment(uuid4()) is None
            await tx.courses.save(visible.delete(now=LATER))
            assert await tx.submissions.lock_work(essay.id, learner.id) is None
            assert await tx.submissions.lock_with_assignment(submission.id) is None

    async def test_who_had_to_wait_for_work_meets_it_as_it_is_now(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope, is_published=True, assigned_to_all=True)
        assignment, user = await new_assignment(uow, course), await new_user(uow, scope)
        submission = a_submission(assignment, user.id, file_ids=((await new_file(uow, user)).id,))
        async with uow.begin(scope) as tx:
            await tx.submissions.add(submission)
            await tx.commit()
        changed = replace(submission, text="Again", file_ids=((await new_file(uow, user)).id, *submission.file_ids))

        async def work() -> Submission | None:
            async with uow.begin(scope) as tx:
                found = await tx.submissions.lock_work(assignment.id, user.id)
                return found.submission if found is not None else None

        async def graded() -> Submission | None:
            async with uow.begin(scope) as tx:
                found = await tx.submissions.lock_with_assignment(submission.id)
                return found[0] if found is not None else None

        async with uow.begin(scope) as tx:
            assert await tx.submissions.lock_work(assignment.id, user.id) == Work(assignment, submission)
            waiting = [asyncio.create_task(which()) for which in (work, graded)]
            done, _ = await asyncio.wait(waiting, timeout=0.2)
            assert not done
            await tx.submissions.save(changed)
            await tx.commit()
        assert await asyncio.gather(*waiting) == [changed, changed]

    async def test_exactly_its_files_in_their_order(self, uow: UnitOfWork) -> None:
        scope, submission = await with_submission(uow)
        user = await new_user(uow, scope)
        one, two, three = [(await new_file(uow, user)).id for _ in range(3)]
        for files in ((two, one), (three, one, two), (one,), ()):
            submission.file_ids = files
            async with uow.begin(scope) as tx:
                await tx.submissions.save(submission)
                await tx.commit()
            async with uow.begin(scope) as tx:
                assert await tx.submissions.get(submission.id) == submission

    async def test_handed_in_and_graded(self, uow: UnitOfWork) -> None:
        scope, submission = await with_submission(uow)
        admin = await new_user(uow, scope)
        submission.text, submission.status, submission.is_late = "All of it", SubmissionStatus.GRADED, True
        submission.submitted_at, submission.updated_at = NOW, LATER
        submission.score, submission.feedback = 12.5, "Good\nwork"
        submission.graded_by, submission.graded_at = admin.id, LATER
        async with uow.begin(scope) as tx:
            await tx.submissions.save(submission)
            await tx.commit()
        submission_as_saved = replace(submission)
        submission.text = "Changed afterwards"
        async with uow.begin(scope) as tx:
            assert await tx.submissions.get(submission.id) == submission_as_saved

    async def test_of_many_first_drafts_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        assignment, user = await new_assignment(uow, course), await new_user(uow, scope)

        async def begin() -> str:
            async with uow.begin(scope) as tx:
                try:
                    await tx.submissions.add(a_submission(assignment, user.id))
                    await tx.commit()
                except Taken as taken:
                    return taken.what
            return "added"

        assert sorted(await asyncio.gather(*(begin() for _ in range(5)))) == ["added", *["submission"] * 4]

    async def test_another_schools_submissions_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        theirs, submission = await with_submission(uow)
        async with uow.begin(ours) as tx:
            assert await tx.submissions.get(submission.id) is None
            assert await tx.submissions.lock_with_assignment(submission.id) is None
            assert await tx.submissions.lock_work(submission.assignment_id, submission.user_id) is None
            assert await tx.submissions.of_person(submission.assignment_id, submission.user_id) is None
            for attempt in (tx.submissions.add, tx.submissions.save):
                with pytest.raises(ValueError, match="school"):
                    await attempt(submission)
            await tx.submissions.save(replace(submission, tenant_id=ours.tenant_id, text="Ours", file_ids=()))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.submissions.get(submission.id) == submission


async def with_submission(uow: UnitOfWork) -> tuple[TenantScope, Submission]:
    """A school with somebody's unfinished work with two files."""
    scope = await new_school(uow)
    course, _ = await new_course(uow, scope)
    assignment, user = await new_assignment(uow, course), await new_user(uow, scope)
    files = ((await new_file(uow, user)).id, (await new_file(uow, user)).id)
    submission = a_submission(assignment, user.id, file_ids=files)
    async with uow.begin(scope) as tx:
        await tx.submissions.add(submission)
        await tx.commit()
    return scope, submission
