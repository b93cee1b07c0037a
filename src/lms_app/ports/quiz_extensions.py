"""Port: more time or attempts for one person at one quiz, inside a transaction of one school."""

from typing import Protocol
from uuid import UUID

from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz_extension import QuizExtension


class QuizExtensionRepository(Protocol):
    """At most one for each person and assignment. They go with either. Lock the person first: who takes a quiz does."""

    async def get(self, assignment_id: UUID, user_id: UUID) -> QuizExtension | None:
        """What somebody is given at a quiz."""
        ...

    async def with_attempts(
        self, assignment_id: UUID, user_id: UUID
    ) -> tuple[QuizExtension | None, tuple[QuizAttempt, ...]]:
        """The same, and the person's attempts at every version of the quiz, the oldest first, locked until the
        transaction ends."""
        ...

    async def put(self, extension: QuizExtension) -> None:
        """Give it, in place of what that person was given there before.

        Raises:
            NotFound: there is no such assignment, or no such person.
        """
        ...

    async def remove(self, assignment_id: UUID, user_id: UUID) -> None:
        """Take it away; nothing happens when there is none."""
        ...
