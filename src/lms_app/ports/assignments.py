"""Ports: assignments and what is handed in for them, inside a transaction of one school.

``Taken`` (see repositories.py) says here: ``generated_assignment``, ``submission``.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_domain.learning.assignment import Assignment
from lms_domain.learning.submission import Submission


class AssignmentRepository(Protocol):
    """Assignments of one school."""

    async def add(self, assignment: Assignment) -> None:
        """A new assignment. A content has at most one generated assignment of each kind.

        Raises:
            Taken: ``generated_assignment``: that content has one of that kind already.
        """
        ...

    async def lock_open(self, assignment_id: UUID) -> Assignment | None:
        """One assignment of a course that is not deleted, locked until the transaction ends."""
        ...

    async def lock_of_attempt(self, attempt_id: UUID) -> Assignment | None:
        """The same of the assignment at whose quiz that attempt is."""
        ...

    async def get(self, assignment_id: UUID, *, for_update: bool = False) -> Assignment | None:
        """One assignment; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def save(self, assignment: Assignment) -> None:
        """The assignment as it is now. Course, content, kind and origin never change."""
        ...

    async def delete(self, assignment_id: UUID) -> None:
        """Remove it with its quizzes, attempts and submissions; fine when there is none."""
        ...

    async def generated(self, content_id: UUID) -> tuple[Assignment, ...]:
        """What was generated from a content's video, ordered by kind; locked until the transaction ends, so that of
        two runs over the same video the second sees what the first one made."""
        ...

    async def of_course(self, course_id: UUID) -> tuple[Assignment, ...]:
        """Every assignment of a course, the oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment, and what somebody has for it: None before they began."""

    assignment: Assignment
    submission: Submission | None


class SubmissionRepository(Protocol):
    """What people of one school handed in."""

    async def add(self, submission: Submission) -> None:
        """A new submission. A person has one for each assignment: of two at once only one wins.

        Raises:
            Taken: ``submission``, at the latest with the commit.
        """
        ...

    async def get(self, submission_id: UUID) -> Submission | None:
        """One submission."""
        ...

    async def of_person(self, assignment_id: UUID, user_id: UUID) -> Submission | None:
        """What a person has for an assignment."""
        ...

    async def lock_work(self, assignment_id: UUID, user_id: UUID) -> Work | None:
        """A published assignment of a course that this learner may see, and what they have for it, locked until the
        transaction ends."""
        ...

    async def lock_with_assignment(self, submission_id: UUID) -> tuple[Submission, Assignment] | None:
        """One submission, locked until the transaction ends, with its assignment; None in a deleted course."""
        ...

    async def save(self, submission: Submission) -> None:
        """The submission as it is now, with exactly its files in their order. Lock it first."""
        ...
