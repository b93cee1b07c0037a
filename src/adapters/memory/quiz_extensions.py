"""More time or attempts for one person at one quiz, in memory."""

from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.quizzes import MemoryAttemptRepository
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.quiz_extensions import QuizExtensionRepository
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz_extension import QuizExtension


class MemoryQuizExtensionRepository(QuizExtensionRepository):
    """Extensions of people of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._attempts = MemoryAttemptRepository(database, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._extensions = Rows(database.extensions, tx, tenant_id)

    async def get(self, assignment_id: UUID, user_id: UUID) -> QuizExtension | None:
        return self._extensions.get((assignment_id, user_id))

    async def with_attempts(
        self, assignment_id: UUID, user_id: UUID
    ) -> tuple[QuizExtension | None, tuple[QuizAttempt, ...]]:
        attempts = await self._attempts.of_person(assignment_id, user_id, for_update=True)
        return await self.get(assignment_id, user_id), attempts

    async def put(self, extension: QuizExtension) -> None:
        check_school(extension.tenant_id, self._tenant_id)
        require(self._assignments.get(extension.assignment_id), self._users.get(extension.user_id))
        self._extensions.put((extension.assignment_id, extension.user_id), extension)

    async def remove(self, assignment_id: UUID, user_id: UUID) -> None:
        self._extensions.remove((assignment_id, user_id))
