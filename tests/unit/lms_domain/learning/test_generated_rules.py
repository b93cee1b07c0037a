"""What is made from a video, and what it gives way to."""

from dataclasses import replace
from uuid import UUID

import pytest

from lms_domain.courses.course import Content, ContentType
from lms_domain.learning.assignment import MAX_TITLE, AssignmentKind
from lms_domain.learning.generated import QuizVersions, generated_assignment
from lms_domain.learning.quiz import Quiz, QuizState, Review
from lms_domain.schools.policies import QuizPolicy
from lms_domain.video.transcript import Segment, transcript_hash
from tests.contracts.learning_samples import a_quiz
from tests.contracts.samples import NOW

CONTENT = Content(
    id=UUID(int=5),
    tenant_id=UUID(int=1),
    course_id=UUID(int=2),
    module_id=UUID(int=3),
    title="Wait time",
    content_type=ContentType.VIDEO,
    position=0,
    is_mandatory=True,
    url=None,
    required_coverage=90,
    created_at=NOW,
    updated_at=NOW,
)
ASSET = UUID(int=9)
TASK = generated_assignment(ASSET, AssignmentKind.QUIZ, CONTENT, now=NOW)


def a_version(state: QuizState, review: Review, *, number: int = 1) -> Quiz:
    quiz = a_quiz(TASK, version=number, state=state)
    questions = [replace(question, review=review) for question in quiz.questions[:1]]
    return quiz.with_questions(questions, now=NOW)


def test_two_deliveries_make_one() -> None:
    again = generated_assignment(ASSET, AssignmentKind.QUIZ, CONTENT, now=NOW)
    reflection = generated_assignment(ASSET, AssignmentKind.REFLECTION, CONTENT, now=NOW)
    assert again == TASK
    assert reflection.id != TASK.id
    assert (reflection.is_published, reflection.is_mandatory, reflection.passing_score) == (True, False, 0)
    assert (TASK.is_published, TASK.is_mandatory, TASK.passing_score) == (False, True, 70)


def test_a_long_title_is_cut() -> None:
    long = replace(CONTENT, title="W" * MAX_TITLE)
    title = generated_assignment(ASSET, AssignmentKind.REFLECTION, long, now=NOW).title
    assert len(title) == MAX_TITLE
    assert title.endswith("W…")


@pytest.mark.parametrize(
    ("state", "review", "is_attempted", "is_kept"),
    [
        (QuizState.DRAFT, Review.DRAFT, False, False),
        (QuizState.DRAFT, Review.STALE, False, False),
        (QuizState.DRAFT, Review.ACCEPTED, False, True),
        (QuizState.DRAFT, Review.REJECTED, False, True),
        (QuizState.PUBLISHED, Review.ACCEPTED, False, False),
        (QuizState.PUBLISHED, Review.ACCEPTED, True, False),
        (QuizState.RETIRED, Review.ACCEPTED, True, False),
    ],
)
def test_only_a_draft_that_somebody_works_on_is_in_the_way(
    state: QuizState, review: Review, is_attempted: bool, is_kept: bool
) -> None:
    quiz = a_version(state, review)
    versions = QuizVersions([quiz], frozenset({quiz.id} if is_attempted else ()))
    assert bool(versions.why_kept("rules-en/2", "other")) == is_kept


@pytest.mark.parametrize("state", [QuizState.DRAFT, QuizState.PUBLISHED])
def test_the_same_questions_are_not_made_twice(state: QuizState) -> None:
    quiz = a_version(state, Review.STALE)
    assert QuizVersions([quiz]).why_kept("rules-en/1", "ab" * 32)
    assert not QuizVersions([quiz.with_questions([], now=NOW)]).why_kept("rules-en/1", "ab" * 32)


@pytest.mark.parametrize(
    ("state", "review", "is_attempted", "policy", "waits"),
    [
        (None, Review.DRAFT, False, QuizPolicy.AUTOMATIC, False),
        (None, Review.DRAFT, False, QuizPolicy.REVIEW_FIRST, True),
        (QuizState.DRAFT, Review.DRAFT, False, QuizPolicy.AUTOMATIC, False),
        (QuizState.PUBLISHED, Review.ACCEPTED, False, QuizPolicy.AUTOMATIC, False),
        (QuizState.PUBLISHED, Review.STALE, False, QuizPolicy.AUTOMATIC, False),
        (QuizState.PUBLISHED, Review.REJECTED, False, QuizPolicy.AUTOMATIC, True),
        (QuizState.PUBLISHED, Review.ACCEPTED, True, QuizPolicy.AUTOMATIC, True),
        (QuizState.RETIRED, Review.ACCEPTED, False, QuizPolicy.AUTOMATIC, True),
    ],
)
def test_whether_a_new_version_waits_for_a_person(
    state: QuizState | None, review: Review, is_attempted: bool, policy: QuizPolicy, waits: bool
) -> None:
    there = [a_version(state, review)] if state is not None else []
    versions = QuizVersions(there, frozenset(quiz.id for quiz in there) if is_attempted else frozenset())
    assert bool(versions.why_draft(policy)) == waits
    assert versions.next_number == len(there) + 1


def test_a_hash_knows_words_times_and_language() -> None:
    said = [Segment(0, 1, "Wait."), Segment(1, 2, "Time.")]
    hashes = {
        transcript_hash("en", said),
        transcript_hash("de", said),
        transcript_hash("en", said[:1]),
        transcript_hash("en", [Segment(0, 1.5, "Wait."), Segment(1.5, 2, "Time.")]),
        transcript_hash("en", [Segment(0, 1, "Wait. Time."), Segment(1, 2, ".")]),
    }
    assert len(hashes) == 5
    assert transcript_hash("en", list(said)) in hashes
