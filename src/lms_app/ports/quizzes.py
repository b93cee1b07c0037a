"""Ports: quizzes and attempts at them, inside a transaction of one school.

``Taken`` (see repositories.py) says here: ``quiz_version``, ``quiz_draft``, ``quiz_published``, ``quiz_attempt``.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz import Question, Quiz


class QuizRepository(Protocol):
    """Versions of quizzes of one school, each with its questions in order.

    An assignment has at most one DRAFT and at most one PUBLISHED version at every statement: retire the old version
    before publishing the new one. Lock order: the assignment, then the quiz, then its attempts.
    """

    async def add(self, quiz: Quiz) -> None:
        """A new version with its questions.

        Raises:
            Taken: ``quiz_version``, ``quiz_draft`` or ``quiz_published``: the assignment has one already.
        """
        ...

    async def get(self, quiz_id: UUID, *, for_update: bool = False) -> Quiz | None:
        """One version; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def versions(self, assignment_id: UUID, *, for_update: bool = False) -> tuple[Quiz, ...]:
        """Every version of an assignment's quiz, the oldest first."""
        ...

    async def met_by(self, assignment_id: UUID, user_id: UUID, *, for_share: bool = False) -> tuple[Quiz, ...]:
        """The versions that one person meets, the oldest first: the published one, and that of their last attempt.
        The person is locked until the transaction ends. With ``for_share`` nobody can change or retire these versions
        until then, while others may begin attempts at the same time. Nothing for nobody.

        Who had to wait may have begun with another version meanwhile: read their attempts after this."""
        ...

    async def save(self, quiz: Quiz) -> None:
        """The version as it is now, with exactly these questions: new ones are added, others changed, missing ones
        removed. Lock it first.

        Raises:
            Taken: ``quiz_draft`` or ``quiz_published``.
        """
        ...

    async def mend(self, quizzes: Sequence[Quiz], questions: Sequence[Question]) -> None:
        """Of these questions, keep answers and review as they are now, and of these versions, in which they stand, when
        they were changed. Leaves with the commit. Lock the versions first."""
        ...

    async def replace_draft(self, quiz: Quiz) -> None:
        """Put this DRAFT in place of the assignment's DRAFT that nobody has attempted, if there is one. At once:
        nobody ever sees none, or both.

        Raises:
            Taken: ``quiz_version``.
        """
        ...

    async def has_attempts(self, quiz_id: UUID) -> bool:
        """Whether anybody ever began with this version."""
        ...

    async def of_content(self, content_id: UUID) -> tuple[Quiz, ...]:
        """DRAFT and PUBLISHED versions generated from a content's video, locked until the transaction ends: for
        edits of its captions."""
        ...


class AttemptRepository(Protocol):
    """Attempts of people of one school at versions of quizzes. They go only with their assignment or their person."""

    async def add(self, attempt: QuizAttempt) -> None:
        """A new attempt. A person's attempts at a version have different numbers, and at most one is open: of two
        starts at once only one wins.

        Raises:
            Taken: ``quiz_attempt``.
        """
        ...

    async def get(self, attempt_id: UUID, *, for_update: bool = False) -> QuizAttempt | None:
        """One attempt; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def of_person(
        self, assignment_id: UUID, user_id: UUID, *, for_update: bool = False
    ) -> tuple[QuizAttempt, ...]:
        """A person's attempts at every version of an assignment's quiz, the oldest first."""
        ...

    async def of_quiz(self, quiz_id: UUID, *, for_update: bool = False) -> tuple[QuizAttempt, ...]:
        """Everybody's attempts at one version, ordered by person and number: for grading again, and figures."""
        ...

    async def of_assignment(
        self, assignment_id: UUID, *, like: UUID | None = None, for_update: bool = False
    ) -> tuple[QuizAttempt, ...]:
        """Everybody's attempts at every version of an assignment's quiz, by person, the oldest first; with ``like``
        only those of the person whose attempt that is."""
        ...

    async def save_grades(self, attempts: Sequence[QuizAttempt]) -> None:
        """What these attempts are worth now; nothing else of them. One statement however many there are, which leaves
        with the commit. Lock them first."""
        ...

    async def save(self, attempt: QuizAttempt) -> None:
        """The attempt as it is now. Lock it first: then it is handed in only once. When it was handed in, and with
        which answers, never changes again, whatever ``attempt`` says."""
        ...
