"""Assignments, and what is handed in for them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.assignment import Assignment, AssignmentKind, AssignmentOrigin
from lms_domain.learning.submission import MAX_FILES, MAX_TEXT, Standing, Submission, SubmissionStatus, standing_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
TODAY = date(2026, 11, 22)
ADMIN = UUID(int=8)
REFLECTION = Assignment(
    id=UUID(int=1),
    tenant_id=UUID(int=2),
    course_id=UUID(int=3),
    module_id=UUID(int=4),
    content_id=UUID(int=5),
    kind=AssignmentKind.REFLECTION,
    origin=AssignmentOrigin.GENERATED,
    title="Reflection",
    instructions="What will you try?",
    due_date=TODAY,
    max_score=10,
    passing_score=5,
    is_mandatory=False,
    is_published=False,
    created_at=NOW,
    updated_at=NOW,
)


def a_submission() -> Submission:
    return Submission(
        id=UUID(int=6),
        tenant_id=UUID(int=2),
        assignment_id=UUID(int=1),
        user_id=UUID(int=7),
        created_at=NOW,
        updated_at=NOW,
    )


def submit(submission: Submission, text: str = "Exit tickets.", *files: UUID, today: date = TODAY) -> Submission:
    submission.submit(REFLECTION, text=text, file_ids=files, today=today, now=NOW)
    return submission


def grade(submission: Submission, score: float, feedback: str = "Good.", now: datetime = LATER) -> Submission:
    submission.grade(REFLECTION, score=score, feedback=feedback, by=ADMIN, now=now)
    return submission


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"max_score": 0}, "max_score"),
        ({"max_score": 1001}, "max_score"),
        ({"passing_score": 11}, "passing_score"),
        ({"passing_score": -1}, "passing_score"),
        ({"kind": AssignmentKind.QUIZ}, "max_score"),
        ({"module_id": None}, "module_id"),
        ({"module_id": None, "content_id": None}, "content_id"),
    ],
)
def test_assignments_that_cannot_be(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(REFLECTION, **changes)  # type: ignore[arg-type]  # keyword arguments of one test
    assert refused.value.errors[0].field == field


def test_publishing_is_a_change_that_can_be_taken_back() -> None:
    assert REFLECTION.published(now=LATER) == replace(REFLECTION, is_published=True, updated_at=LATER)
    assert REFLECTION.published(now=NOW).unpublished(now=NOW) == REFLECTION


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_due_date_ends_at_midnight(days: int, late: bool) -> None:
    assert submit(a_submission(), today=TODAY + timedelta(days=days)).is_late is late
    assert not replace(REFLECTION, due_date=None).is_late(date.max)


def test_the_way_of_a_submission() -> None:
    submission = a_submission()
    submission.save_draft(text=" Exit ", file_ids=(), now=NOW)
    assert (submission.status, submission.text, standing_of(REFLECTION, submission)) == (
        "DRAFT",
        "Exit",
        Standing.PENDING,
    )
    submit(submission)
    assert standing_of(REFLECTION, submission) is Standing.SUBMITTED
    submit(submission, "", UUID(int=9), UUID(int=9))
    assert (submission.text, submission.file_ids, submission.submitted_at) == ("", (UUID(int=9),), NOW)
    grade(submission, 0)
    grade(submission, 10)
    grade(submission, 4.5)
    assert (submission.graded_by, submission.graded_at, submission.feedback) == (ADMIN, LATER, "Good.")
    assert standing_of(REFLECTION, submission) is Standing.FAILED
    grade(submission, 5)
    assert standing_of(REFLECTION, submission) is Standing.PASSED
    assert standing_of(replace(REFLECTION, passing_score=0), submission) is Standing.GRADED


def test_out_of_turn() -> None:
    cases = [
        (lambda: grade(a_submission(), 5), "not_submitted"),
        (lambda: submit(grade(submit(a_submission()), 5)), "already_graded"),
        (lambda: submit(a_submission()).save_draft(text="x", file_ids=(), now=NOW), "already_submitted"),
    ]
    for action, code in cases:
        with pytest.raises(Conflict) as refused:
            action()
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "files"),
    [("", 0), (" \n\t", 0), ("x" * (MAX_TEXT + 1), 0), ("bell \x07", 0), ("x", MAX_FILES + 1)],
)
def test_what_cannot_be_handed_in_changes_no_state(text: str, files: int) -> None:
    submission = a_submission()
    with pytest.raises(InvalidInput):
        submit(submission, text, *(UUID(int=number + 1) for number in range(files)))
    assert submission.status is SubmissionStatus.DRAFT
    assert submission.submitted_at is None


@pytest.mark.parametrize("score", [-0.5, 10.5, float("nan"), float("inf")])
def test_scores_out_of_range(score: float) -> None:
    submission = submit(a_submission())
    with pytest.raises(InvalidInput):
        grade(submission, score)
    assert (submission.status, submission.score) == (SubmissionStatus.SUBMITTED, None)
