"""Work is set, handed in and graded."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from lms_app.learning.edit_assignment import AssignmentChanges
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from lms_domain.files.stored_file import FilePurpose
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import SubmissionStatus
from lms_domain.notices.notification import NotificationKind
from tests.unit.lms_app.learning.classroom import Classroom, new_classroom
from tests.unit.lms_app.world import World


async def test_new_work_is_told_to_those_who_have_it_to_do(room: Classroom) -> None:
    work = await room.create(room.admin, room.work(title="  Reflect \n on it ", due_date=date(2026, 3, 9)))
    assert (work.title, work.is_published, work.passing_score) == ("Reflect on it", True, 0)
    (told,) = room.told(room.learner)
    assert (told.kind, told.link) == (NotificationKind.ASSIGNMENT_DUE, f"/teacher/courses/{room.course.id}")
    assert "9 March 2026" in told.message
    (entry,) = room.audited("assignment.created")
    assert (entry.actor_email, entry.object_id, entry.object_name) == (room.admin.email, work.id, "Reflect on it")
    # A quiz without questions, and a draft, wait; and published again is no news.
    quiz = await room.create(room.admin, room.work(kind=AssignmentKind.QUIZ))
    draft = await room.create(room.admin, room.work(is_published=False))
    assert (quiz.is_published, quiz.passing_score, draft.is_published) == (False, 70, False)
    assert len(room.told(room.learner)) == 1
    for is_published in (True, False, True):
        changed = await room.edit(room.admin, draft.id, AssignmentChanges(is_published=is_published))
        assert changed.is_published is is_published
    assert len(room.told(room.learner)) == 2
    assert room.told(room.admin) == []


async def test_work_that_cannot_be_set(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    module, foreign = await world.new_module(room.course), await world.new_module(other.course)
    second = await world.new_module(room.course)
    content, theirs = await world.new_link(module), await world.new_link(foreign)
    for changes, field in [
        ({"course_id": other.course.id}, "course_id"),
        ({"course_id": world.ids.new()}, "course_id"),
        ({"module_id": foreign.id}, "module_id"),
        ({"content_id": theirs.id}, "content_id"),
        ({"content_id": content.id, "module_id": second.id}, "content_id"),
        ({"title": " "}, "title"),
        ({"max_score": 0}, "max_score"),
        ({"passing_score": 101}, "passing_score"),
        ({"kind": AssignmentKind.QUIZ, "max_score": 200}, "max_score"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await room.create(room.admin, room.work(**changes))
        assert [error.field for error in refused.value.errors] == [field], changes
    with pytest.raises(Conflict) as empty:
        await room.create(room.admin, room.work(kind=AssignmentKind.QUIZ, is_published=True))
    assert empty.value.code == "quiz_empty"
    with pytest.raises(NotAllowed):
        await room.create(room.learner, room.work())
    assert (room.world.database.assignments.rows(), room.audited("assignment.created")) == ([], [])
    placed = await room.create(room.admin, room.work(content_id=content.id))
    assert placed.module_id == module.id, "that of the content"


async def test_work_is_changed_and_removed_by_its_school_alone(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    work = await room.new_work(due_date=date(2026, 3, 9))
    changes = AssignmentChanges(title="Think", due_date=None, passing_score=50)
    for admin, assignment_id in ((other.admin, work), (room.admin, world.ids.new())):
        with pytest.raises(NotFound):
            await room.edit(admin, assignment_id, changes)
        with pytest.raises(NotFound):
            await room.delete(admin, assignment_id)
    changed = await room.edit(room.admin, work, changes)
    assert (changed.title, changed.due_date, changed.passing_score, changed.max_score) == ("Think", None, 50, 100)
    (entry,) = room.audited("assignment.updated")
    assert (entry.before or {})["title"] == "Reflect"
    assert (entry.after or {})["due_date"] is None
    for bad, field in [
        (AssignmentChanges(attempts_allowed=1), "attempts_allowed"),
        (AssignmentChanges(time_limit_seconds=60), "time_limit_seconds"),
        (AssignmentChanges(max_score=40), "passing_score"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await room.edit(room.admin, work, bad)
        assert refused.value.errors[0].field == field
    await room.submit(room.learner, work, text="Done", file_ids=())
    await room.delete(room.admin, work)
    assert (world.database.assignments.rows(), world.database.submissions.rows()) == ([], [])
    assert len(room.audited("assignment.deleted")) == 1
    with pytest.raises(NotFound):
        await room.edit(room.admin, work, changes)


async def test_work_of_others_and_drafts_are_not_there(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    hidden = await world.new_course(room.tenant, "Hidden")
    unassigned = await world.new_course(room.tenant, "Unassigned", is_published=True, assigned_to_all=False)
    for assignment_id in [
        world.ids.new(),
        await other.new_work(),
        await room.new_work(is_published=False),
        await room.new_work(course_id=hidden.id),
        await room.new_work(course_id=unassigned.id),
    ]:
        with pytest.raises(NotFound):
            await room.submit(room.learner, assignment_id, text="Mine", file_ids=())
    with pytest.raises(NotAllowed):
        await room.submit(room.admin, await room.new_work(), text="Mine", file_ids=())
    with pytest.raises(Conflict) as answered:
        await room.submit(room.learner, (await room.new_quiz()).id, text="Mine", file_ids=())
    assert answered.value.code == "is_quiz"
    assert world.database.submissions.rows() == []


async def test_only_own_files_for_that_purpose_are_handed_in(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    work, own = await room.new_work(), await room.new_file(room.learner)
    for file_id in [
        world.ids.new(),
        await room.new_file(await room.new_learner("eve@green.test")),
        await room.new_file(other.learner, tenant=other.tenant),
        await room.new_file(room.learner, FilePurpose.PROFILE_PICTURE),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await room.submit(room.learner, work, text="", file_ids=(own, file_id))
        assert [(e.field, e.code) for e in refused.value.errors] == [("file_ids.1", "unknown")]
    for text, file_ids, field in [
        (" \n ", (), "submission_text"),
        ("x" * 50_001, (), "submission_text"),
        ("", tuple([await room.new_file(room.learner) for _ in range(11)]), "file_ids"),
    ]:
        with pytest.raises(InvalidInput) as unfit:
            await room.submit(room.learner, work, text=text, file_ids=file_ids)
        assert unfit.value.errors[0].field == field
    assert world.database.submissions.rows() == []
    await room.submit(room.learner, work, text="", file_ids=(own, own))
    assert (await room.submission(work)).file_ids == (own,)


@pytest.mark.parametrize(
    ("time_zone", "last_moment"),
    [
        ("UTC", datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 9, 18, 29, 59, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 3, 10, 6, 59, 59, tzinfo=UTC)),
    ],
)
async def test_a_due_day_ends_at_midnight_at_the_school(world: World, time_zone: str, last_moment: datetime) -> None:
    room = await new_classroom(world, time_zone=time_zone)
    work = await room.new_work(due_date=date(2026, 3, 9))
    for moment, is_late in ((last_moment, False), (last_moment + timedelta(seconds=1), True)):
        world.clock.set(moment)
        await room.submit(room.learner, work, text="Now", file_ids=())
        found = await room.submission(work)
        assert (found.submitted_at, found.is_late) == (moment, is_late)


async def test_work_is_handed_in_anew_until_it_is_graded(room: Classroom, world: World) -> None:
    work, file_id = await room.new_work(passing_score=50), await room.new_file(room.learner)
    await room.submit(room.learner, work, text="First", file_ids=(file_id,))
    assert await room.earned() is not None, "handed in is done, until it is graded"
    world.pass_time(hours=1)
    await room.submit(room.learner, work, text="Second", file_ids=())
    found = await room.submission(work)
    assert (found.text, found.file_ids, found.submitted_at) == ("Second", (), world.clock.now())
    graded = await room.grade(room.admin, found.id, score=40, feedback="Try harder.")
    assert (graded.status, graded.score, graded.feedback) == (SubmissionStatus.GRADED, 40, "Try harder.")
    with pytest.raises(Conflict) as closed:
        await room.submit(room.learner, work, text="Third", file_ids=())
    assert closed.value.code == "already_graded"
    # Grading again corrects the grade.
    await room.grade(room.admin, found.id, score=100, feedback="Sorry.")
    found = await room.submission(work)
    assert (found.text, found.score, found.feedback, found.graded_by) == ("Second", 100, "Sorry.", room.admin.user_id)
    entries = [(entry.object_name, entry.before, entry.after) for entry in room.audited("submission.graded")]
    assert entries == [
        ("Reflect", {"score": None, "feedback": ""}, {"score": 40, "feedback": "Try harder."}),
        ("Reflect", {"score": 40, "feedback": "Try harder."}, {"score": 100, "feedback": "Sorry."}),
    ]
    assert await room.earned() is not None


async def test_both_sides_are_told(room: Classroom, world: World) -> None:
    work = await room.new_work(passing_score=50)
    told = len(world.database.notifications.rows())
    await room.submit(room.learner, work, text="First", file_ids=())
    await room.submit(room.learner, work, text="Second", file_ids=())
    submission = await room.submission(work)
    mails = len(world.database.mails.rows())
    await room.grade(room.admin, submission.id, score=40, feedback="Try harder.")
    await room.grade(room.admin, submission.id, score=40, feedback="Try harder.")
    world.pass_time(minutes=1)
    await room.grade(room.admin, submission.id, score=60, feedback="Sorry.")
    news = [
        (each.user_id, each.kind, each.title, each.message, each.link)
        for each in world.database.notifications.rows()[told:]
    ]
    mine, grade = f"/teacher/assignments/{work}", (room.learner.user_id, NotificationKind.ASSIGNMENT_DUE)
    assert news == [
        (
            room.admin.user_id,
            NotificationKind.SYSTEM,
            "To be graded: Reflect",
            "Somebody has handed in “Reflect”.",
            f"/assignments/{work}",
        ),
        (*grade, "Graded: Reflect", "“Reflect” was graded: 40 of 100. It was not enough to pass.", mine),
        (*grade, "Graded: Reflect", "“Reflect” was graded: 60 of 100.", mine),
    ]
    # A grade comes by mail, as its author wants it; of work that is handed in nobody is sent one for each piece.
    assert len(world.database.mails.rows()) == mails + 2


async def test_grades_that_cannot_be_given(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    work = await room.new_work(max_score=20)
    await room.submit(room.learner, work, text="Mine", file_ids=())
    submission = await room.submission(work)
    for score in (-0.1, 20.5, float("nan"), float("inf")):
        with pytest.raises(InvalidInput) as refused:
            await room.grade(room.admin, submission.id, score=score, feedback="")
        assert refused.value.errors[0].field == "score"
    for admin, submission_id in ((other.admin, submission.id), (room.admin, world.ids.new())):
        with pytest.raises(NotFound):
            await room.grade(admin, submission_id, score=1, feedback="")
    with pytest.raises(NotAllowed):
        await room.grade(room.learner, submission.id, score=20, feedback="")
    # What is deleted with its course is not there.
    async with world.uow.begin(room.scope) as tx:
        await tx.courses.save(room.course.delete(now=world.clock.now()))
        await tx.commit()
    with pytest.raises(NotFound):
        await room.grade(room.admin, submission.id, score=1, feedback="")
    assert (await room.submission(work)).status is SubmissionStatus.SUBMITTED
    assert room.audited("submission.graded") == []


async def test_of_many_first_submissions_at_once_one_is_kept(room: Classroom, world: World) -> None:
    work = await room.new_work()
    sent = [room.submit(room.learner, work, text=f"V{number}", file_ids=()) for number in range(8)]
    outcomes = await asyncio.gather(*sent, return_exceptions=True)
    kinds = Counter(type(each).__name__ for each in outcomes)
    assert kinds["Conflict"] + kinds["MyAssignmentDetailView"] == 8
    assert kinds["MyAssignmentDetailView"] >= 1
    assert len(world.database.submissions.rows()) == 1


async def test_handed_in_and_graded_at_once_is_one_after_the_other(room: Classroom) -> None:
    work = await room.new_work()
    await room.submit(room.learner, work, text="First", file_ids=())
    submission = await room.submission(work)
    grading = room.grade(room.admin, submission.id, score=50, feedback="")
    _, second = await asyncio.gather(
        grading, room.submit(room.learner, work, text="Second", file_ids=()), return_exceptions=True
    )
    found = await room.submission(work)
    assert (found.status, found.score) == (SubmissionStatus.GRADED, 50)
    assert found.text == ("First" if isinstance(second, Conflict) else "Second")
