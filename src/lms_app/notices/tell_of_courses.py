"""Telling people which courses and assignments are theirs."""

from uuid import UUID

from lms_app.notices.fact import Fact, Notice, Said, in_sentences, title_of
from lms_app.notices.tell import Reaching, Tell
from lms_app.notices.words.courses import COURSES
from lms_app.notices.words.figures import day_in_words
from lms_app.notices.words.language import Language
from lms_app.ports.audience import NewCourse, course_key, published_key
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.quiz import Quiz
from lms_domain.notices.notification import NotificationKind


class TellOfCourses:
    """Tell learners of courses that became theirs: by being published, by being assigned to them, to a group of theirs
    or to everybody, or because they joined a group or the school. It is one fact, whatever way it came about: a course
    that is taken back and published again is no news, nor is one that somebody has in two ways. Drafts and unpublished
    courses tell nobody anything."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_course(self, tx: Reaching, course_id: UUID) -> int:
        """A course was published or assigned; how many people were told."""
        return await self._of(tx, await tx.audience.new_courses(course_ids=frozenset({course_id})))

    async def to_person(self, tx: Reaching, user_id: UUID, *, is_mailed: bool = True) -> int:
        """Somebody joined the school, or groups of it; how many facts they were told."""
        return await self._of(tx, await tx.audience.new_courses(user_ids=frozenset({user_id})), is_mailed=is_mailed)

    async def to_members(self, tx: Reaching, group_id: UUID, user_ids: frozenset[UUID]) -> int:
        """People joined a group; how many facts they were told of its courses."""
        if not user_ids:
            return 0
        return await self._of(tx, await tx.audience.new_courses(user_ids=user_ids, of_group=group_id))

    async def of_assignment(self, tx: Reaching, assignment: Assignment) -> int:
        """An assignment was published; how many people were told."""

        def say(language: Language) -> Said:
            words, due = COURSES.of(language), assignment.due_date
            message = in_sentences(
                words.assignment.format(title=assignment.title),
                words.due_on.format(day=day_in_words(due, language)) if due else "",
            )
            return Said(title_of(words.new_assignment, assignment.title), message)

        people = await tx.audience.of_assignment(assignment.id) if assignment.is_published else ()
        fact = Fact(
            kind=NotificationKind.ASSIGNMENT_DUE,
            say=say,
            link=f"/teacher/courses/{assignment.course_id}",
            event_key=published_key(assignment.id),
        )
        return await self._tell.to(tx, people, fact)

    async def of_review(self, tx: Reaching, assignment: Assignment, quiz: Quiz) -> int:
        """A generated quiz waits for the school's administrators; how many were told."""

        def say(language: Language) -> Said:
            words = COURSES.of(language)
            return Said(title_of(words.to_review, assignment.title), words.review.format(title=assignment.title))

        fact = Fact(
            kind=NotificationKind.SYSTEM,
            say=say,
            link=f"/courses/{assignment.course_id}",
            event_key=f"quiz:{quiz.id}:review",
        )
        return await self._tell.to_administrators(tx, fact)

    async def _of(self, tx: Reaching, news: tuple[NewCourse, ...], *, is_mailed: bool = True) -> int:
        return await self._tell(tx, [_notice(each) for each in news], is_mailed=is_mailed)


def _notice(new: NewCourse) -> Notice:
    def say(language: Language) -> Said:
        words = COURSES.of(language)
        message = in_sentences(
            (words.mandatory_course if new.is_mandatory else words.course).format(title=new.title),
            words.finish_by.format(day=day_in_words(new.deadline, language)) if new.deadline else "",
        )
        return Said(title_of(words.new_course, new.title), message)

    return Notice(
        new.recipient,
        Fact(
            kind=NotificationKind.COURSE_ASSIGNED,
            say=say,
            link=f"/teacher/courses/{new.course_id}",
            event_key=course_key(new.course_id),
        ),
    )
