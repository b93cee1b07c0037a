"""What is kept of questions beyond the versions that they stand in, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.question_history import QuestionFlag, QuestionHistoryRepository
from lms_domain.learning.question_outcome import QuestionOutcome


class MemoryQuestionHistoryRepository(QuestionHistoryRepository):
    """The history of one school's questions."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._users = Rows(database.users, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._copies = Rows(database.question_copies, tx, tenant_id)
        self._flags = Rows(database.question_flags, tx, tenant_id)
        self._outcomes = Rows(database.question_outcomes, tx, tenant_id)

    async def copied(self, assignment_id: UUID, names: Mapping[UUID, UUID]) -> None:
        require(self._assignments.get(assignment_id))
        for question_id, copy in names.items():
            self._copies.put(copy, self._root(question_id))

    async def flag(self, flag: QuestionFlag) -> None:
        check_school(flag.tenant_id, self._tenant_id)
        require(self._assignments.get(flag.assignment_id), self._users.get(flag.user_id))
        root = self._root(flag.question_id)
        self._flags.put((root, flag.user_id), replace(flag, question_id=root))

    async def unflag(self, assignment_id: UUID, question_id: UUID) -> int:
        root = self._root(question_id)
        keys = [key for key, flag in self._flags.keyed() if key[0] == root and flag.assignment_id == assignment_id]
        for key in keys:
            self._flags.remove(key)
        return len(keys)

    async def record(self, outcomes: Sequence[QuestionOutcome]) -> None:
        for outcome in outcomes:
            check_school(outcome.tenant_id, self._tenant_id)
            self._outcomes.put(outcome.id, replace(outcome, question_id=self._root(outcome.question_id)))

    async def outcomes(self, question_id: UUID) -> tuple[QuestionOutcome, ...]:
        root = self._root(question_id)
        found = [each for each in self._outcomes.values() if each.question_id == root]
        return tuple(sorted(found, key=lambda each: (each.at, each.id)))

    def _root(self, question_id: UUID) -> UUID:
        return self._copies.get(question_id) or question_id
