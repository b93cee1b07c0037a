"""Telling people which courses and assignments are theirs."""

from datetime import date
from typing import Protocol
from uuid import UUID

from lms_app.notices.tell import Notice, Tell, Telling
from lms_app.notices.words import ENGLISH
from lms_app.ports.audience import AudienceRepository, NewCourse, course_key, published_key
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.quiz import Quiz
from lms_domain.notices.notification import MAX_TITLE, NotificationKind


class CourseTelling(Telling, Protocol):
    """What is needed of a transaction to tell people of courses."""

    audience: AudienceRepository


class TellOfCourses:
    """Tell learners of courses that became theirs: by being published, by being assigned to them, to a group of theirs
    or to everybody, or because they joined a group or the school. It is one fact, whatever way it came about: a course
    that is taken back and published again is no news, nor is one that somebody has in two ways. Drafts and unpublished
    courses tell nobody anything."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_course(self, tx: CourseTelling, course_id: UUID) -> int:
        """A course was published or assigned; how many people were told."""
        return await self._of(tx, await tx.audience.new_courses(course_ids=frozenset({course_id})))

    async def to_person(self, tx: CourseTelling, user_id: UUID, *, is_mailed: bool = True) -> int:
        """Somebody joined the school, or groups of it; how many facts they were told."""
        return await self._of(tx, await tx.audience.new_courses(user_ids=frozenset({user_id})), is_mailed=is_mailed)

    async def to_members(self, tx: CourseTelling, group_id: UUID, user_ids: frozenset[UUID]) -> int:
        """People joined a group; how many facts they were told of its courses."""
        if not user_ids:
            return 0
        return await self._of(tx, await tx.audience.new_courses(user_ids=user_ids, of_group=group_id))

    async def of_assignment(self, tx: CourseTelling, assignment: Assignment) -> int:
        """An assignment was published; how many people were told."""
        people = await tx.audience.of_assignment(assignment.id) if assignment.is_published else ()
        due = f" It is due on {day_in_words(assignment.due_date)}." if assignment.due_date else ""
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.ASSIGNMENT_DUE,
                    title=title_of("New: ", assignment.title),
                    message=f"“{assignment.title}” waits for you.{due}",
                    link=f"/teacher/courses/{assignment.course_id}",
                    event_key=published_key(assignment.id),
                )
                for person in people
            ],
        )

    async def of_review(self, tx: CourseTelling, assignment: Assignment, quiz: Quiz) -> int:
        """A generated quiz waits for the school's administrators; how many were told."""
        return await self._tell(
            tx,
            [
                Notice(
                    recipient=person,
                    kind=NotificationKind.SYSTEM,
                    title=title_of("To be reviewed: ", assignment.title),
                    message=f"{assignment.title} was made from a video and waits for your review.",
                    link=f"/courses/{assignment.course_id}",
                    event_key=f"quiz:{quiz.id}:review",
                )
                for person in await tx.audience.administrators()
            ],
        )

    async def _of(self, tx: CourseTelling, news: tuple[NewCourse, ...], *, is_mailed: bool = True) -> int:
        return await self._tell(tx, [_notice(each) for each in news], is_mailed=is_mailed)


def _notice(new: NewCourse) -> Notice:
    what = "a mandatory course" if new.is_mandatory else "a course"
    deadline = f" Please finish it by {day_in_words(new.deadline)}." if new.deadline else ""
    return Notice(
        recipient=new.recipient,
        kind=NotificationKind.COURSE_ASSIGNED,
        title=title_of("New course: ", new.title),
        message=f"{new.title} is {what} for you.{deadline}",
        link=f"/teacher/courses/{new.course_id}",
        event_key=course_key(new.course_id),
    )


def title_of(beginning: str, name: str) -> str:
    """A notification's title; a long name is cut short."""
    title = f"{beginning}{name}"
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…"


def day_in_words(day: date) -> str:
    """A day as it stands in a sentence: 18 November 2026."""
    return ENGLISH.day(day)
