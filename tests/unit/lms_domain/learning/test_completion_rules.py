"""When a course is complete, and what is missing when it is not."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.completion import (
    AssignmentFacts,
    ContentFacts,
    CourseFacts,
    EarnedCompletion,
    MissingItem,
    MissingReason,
    MissingType,
    VideoFacts,
    completion_of,
)
from lms_domain.learning.seconds import SecondSet
from lms_domain.learning.submission import Standing

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEXT = ContentFacts(UUID(int=1), "Read this", is_mandatory=True, started_at=None, completed_at=None, video=None)
VIDEO = replace(TEXT, id=UUID(int=2), title="Watch this", video=VideoFacts(99.2, 90, SecondSet()))
QUIZ = AssignmentFacts(
    UUID(int=3),
    "Quiz",
    AssignmentKind.QUIZ,
    is_mandatory=True,
    is_published=True,
    standing=Standing.PENDING,
    attempts_left=3,
)
REFLECTION = replace(QUIZ, id=UUID(int=4), title="Reflection", kind=AssignmentKind.REFLECTION, attempts_left=None)


def done(content: ContentFacts) -> ContentFacts:
    return replace(content, started_at=NOW, completed_at=NOW)


def course(*parts: ContentFacts | AssignmentFacts, earned: EarnedCompletion | None = None) -> CourseFacts:
    return CourseFacts(
        course_id=UUID(int=9),
        contents=tuple(part for part in parts if isinstance(part, ContentFacts)),
        assignments=tuple(part for part in parts if isinstance(part, AssignmentFacts)),
        earned=earned,
    )


contents = st.builds(
    ContentFacts,
    id=st.uuids(),
    title=st.just("Content"),
    is_mandatory=st.booleans(),
    started_at=st.sampled_from([None, NOW]),
    completed_at=st.sampled_from([None, NOW]),
    video=st.sampled_from([None, VideoFacts(None, 90, SecondSet()), VideoFacts(99.2, 90, SecondSet(((0, 50),)))]),
)
assignments = st.builds(
    AssignmentFacts,
    id=st.uuids(),
    title=st.just("Assignment"),
    kind=st.sampled_from(AssignmentKind),
    is_mandatory=st.booleans(),
    is_published=st.booleans(),
    standing=st.sampled_from(Standing),
    attempts_left=st.sampled_from([None, 0, 1]),
)
courses = st.builds(
    CourseFacts,
    course_id=st.uuids(),
    contents=st.lists(contents, max_size=7).map(tuple),
    assignments=st.lists(assignments, max_size=5).map(tuple),
    earned=st.sampled_from([None, None, EarnedCompletion(1, NOW)]),
)


@settings(max_examples=60, deadline=None)
@given(courses)
def test_100_percent_means_complete_and_complete_means_that_nothing_is_missing(facts: CourseFacts) -> None:
    result = completion_of(facts)
    assert 0 <= result.percentage <= 100
    assert (result.percentage == 100) == result.is_complete
    assert 0 <= result.completed_contents <= result.total_contents == len(facts.contents)
    if result.is_complete:
        assert not result.missing
    elif facts.contents:
        assert result.missing
    if facts.earned is not None:
        assert result.is_complete
    else:
        assert not result.new
    items = result.missing + result.new
    assert len({item.id for item in items}) == len(items)
    drafts = {assignment.id for assignment in facts.assignments if not assignment.is_published}
    assert not drafts & {item.id for item in items}


@settings(max_examples=80, deadline=None)
@given(courses, st.data())
def test_doing_one_more_thing_never_makes_it_worse(facts: CourseFacts, data: st.DataObject) -> None:
    before = completion_of(facts)
    if not before.missing:
        return
    target = data.draw(st.sampled_from(before.missing)).id
    after = completion_of(
        replace(
            facts,
            contents=tuple(done(content) if content.id == target else content for content in facts.contents),
            assignments=tuple(
                replace(assignment, standing=Standing.PASSED) if assignment.id == target else assignment
                for assignment in facts.assignments
            ),
        )
    )
    assert after.percentage > before.percentage
    assert {item.id for item in after.missing} == {item.id for item in before.missing} - {target}


def test_what_is_missing_down_to_the_seconds() -> None:
    video = replace(VIDEO, started_at=NOW, video=VideoFacts(99.2, 90, SecondSet(((0, 12), (40, 55)))))
    result = completion_of(course(done(TEXT), video, QUIZ, REFLECTION))
    assert result.percentage == 25.0
    assert result.missing == (
        MissingItem(
            MissingType.CONTENT,
            VIDEO.id,
            "Watch this",
            MissingReason.NOT_WATCHED_ENOUGH,
            SecondSet(((12, 40), (55, 100))),
        ),
        MissingItem(MissingType.QUIZ, QUIZ.id, "Quiz", MissingReason.NOT_SUBMITTED),
        MissingItem(MissingType.ASSIGNMENT, REFLECTION.id, "Reflection", MissingReason.NOT_SUBMITTED),
    )


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (TEXT, MissingReason.NOT_STARTED),
        (replace(TEXT, started_at=NOW), MissingReason.NOT_MARKED_COMPLETE),
        (VIDEO, MissingReason.NOT_STARTED),
        (replace(VIDEO, video=VideoFacts(None, 90, SecondSet())), MissingReason.VIDEO_NOT_READY),
        (replace(VIDEO, video=VideoFacts(99.2, 50, SecondSet(((0, 50),)))), MissingReason.NOT_MARKED_COMPLETE),
        (QUIZ, MissingReason.NOT_SUBMITTED),
        (replace(QUIZ, standing=Standing.SUBMITTED), MissingReason.WAITING_FOR_GRADE),
        (replace(QUIZ, standing=Standing.FAILED), MissingReason.NOT_PASSED),
        (replace(QUIZ, standing=Standing.FAILED, attempts_left=0), MissingReason.NO_ATTEMPTS_LEFT),
        (replace(REFLECTION, standing=Standing.FAILED), MissingReason.NOT_PASSED),
    ],
)
def test_reasons(part: ContentFacts | AssignmentFacts, reason: MissingReason) -> None:
    result = completion_of(course(part))
    assert [item.reason for item in result.missing] == [reason]
    assert not result.is_complete


@pytest.mark.parametrize(
    "part",
    [
        done(TEXT),
        done(VIDEO),
        replace(QUIZ, standing=Standing.PASSED),
        replace(REFLECTION, standing=Standing.SUBMITTED),
        replace(REFLECTION, standing=Standing.GRADED),
        replace(REFLECTION, standing=Standing.PASSED),
    ],
)
def test_what_counts_as_done(part: ContentFacts | AssignmentFacts) -> None:
    assert completion_of(course(part)).is_complete


def test_what_is_optional_or_a_draft_blocks_nobody() -> None:
    optional = replace(VIDEO, is_mandatory=False)
    draft = replace(QUIZ, is_published=False)
    other = replace(optional, id=UUID(int=5))
    result = completion_of(course(done(TEXT), optional, other, draft, replace(REFLECTION, is_mandatory=False)))
    assert result.is_complete
    assert (result.completed_contents, result.total_contents) == (1, 3)


def test_where_nothing_is_mandatory_every_content_counts_and_an_empty_course_is_never_complete() -> None:
    optional = replace(TEXT, is_mandatory=False), replace(VIDEO, is_mandatory=False)
    assert not completion_of(course(done(optional[0]), optional[1])).is_complete
    assert completion_of(course(*map(done, optional))).is_complete
    empty = completion_of(course())
    assert (empty.percentage, empty.is_complete, empty.missing) == (0.0, False, ())


def test_what_comes_later_reopens_nothing_and_shows_as_new() -> None:
    result = completion_of(course(done(TEXT), VIDEO, earned=EarnedCompletion(course_version=4, completed_at=NOW)))
    assert (result.is_complete, result.percentage, result.missing) == (True, 100.0, ())
    assert [item.id for item in result.new] == [VIDEO.id]
