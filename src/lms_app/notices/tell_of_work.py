"""Telling people what became of work that was handed in."""

from lms_app.notices.fact import Fact, Said, in_sentences, title_of
from lms_app.notices.tell import Reaching, Tell
from lms_app.notices.words.figures import number_in_words
from lms_app.notices.words.language import Language
from lms_app.notices.words.work import WORK
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.submission import Standing, Submission, standing_of
from lms_domain.notices.notification import NotificationKind


class TellOfWork:
    """Tell the school's administrators of work that waits for a grade, once for each submission however often it is
    handed in again, and its author of the grade. Administrators see it in the application and in their daily mail: a
    mail for each piece of work would be too many."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def of_hand_in(self, tx: Reaching, assignment: Assignment, submission: Submission) -> int:
        """Work was handed in; how many were told."""

        def say(language: Language) -> Said:
            words = WORK.of(language)
            return Said(title_of(words.to_grade, assignment.title), words.handed_in.format(title=assignment.title))

        fact = Fact(
            kind=NotificationKind.SYSTEM,
            say=say,
            link=f"/assignments/{assignment.id}",
            event_key=f"submission:{submission.id}:handed-in",
        )
        return await self._tell.to_administrators(tx, fact, is_mailed=False)

    async def of_grade(self, tx: Reaching, assignment: Assignment, submission: Submission) -> int:
        """Work was graded, or its grade was corrected; how many were told."""
        if submission.graded_at is None:
            return 0

        def say(language: Language) -> Said:
            words = WORK.of(language)
            grade = words.grade.format(
                title=assignment.title,
                score=number_in_words(submission.score or 0, language),
                max_score=assignment.max_score,
            )
            is_failed = standing_of(assignment, submission) is Standing.FAILED
            message = in_sentences(grade, words.not_enough if is_failed else "")
            return Said(title_of(words.graded, assignment.title), message)

        fact = Fact(
            kind=NotificationKind.ASSIGNMENT_DUE,
            say=say,
            link=f"/teacher/assignments/{assignment.id}",
            event_key=f"submission:{submission.id}:graded:{submission.graded_at.isoformat()}",
        )
        return await self._tell.to_person(tx, submission.user_id, fact)
