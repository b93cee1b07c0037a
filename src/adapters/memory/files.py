"""What is known of uploaded files, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.files.addresses import public_address
from lms_app.ports.files import FileRepository
from lms_app.ports.repositories import Taken
from lms_domain.files.stored_file import StoredFile


class MemoryFileRepository(FileRepository):
    """The stored files of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._tenants = Rows(database.tenants, tx, tenant_id)
        self._users = Rows(database.users, tx, tenant_id)
        self._files = Rows(database.files, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._contents = Rows(database.contents, tx, tenant_id)
        self._submissions = Rows(database.submissions, tx, tenant_id)

    async def add(self, file: StoredFile) -> None:
        check_school(file.tenant_id, self._tenant_id)
        require(self._users.get(file.owner_id))
        if any(other.key == file.key for other in self._files.values()):
            raise Taken("other")
        self._files.put(file.id, file)

    async def get(self, file_id: UUID) -> StoredFile | None:
        return self._files.get(file_id)

    async def get_many(self, file_ids: frozenset[UUID]) -> tuple[StoredFile, ...]:
        return tuple(file for file in self._files.values() if file.id in file_ids)

    async def delete_unreferred(self, file_ids: frozenset[UUID]) -> tuple[StoredFile, ...]:
        gone = []
        for file_id in sorted(file_ids - self._referred()):
            file = await self._files.lock(file_id)
            if file is not None:
                self._files.remove(file_id)
                gone.append(file)
        return tuple(gone)

    async def unused(self, before: datetime, limit: int) -> tuple[StoredFile, ...]:
        ids, keys = self._referred(), self._shown()
        found = [
            file
            for file in self._files.values()
            if file.created_at < before and file.id not in ids and not {file.key, public_address(file.key)} & keys
        ]
        return tuple(sorted(found, key=lambda file: (file.created_at, file.id))[:limit])

    def _referred(self) -> set[UUID]:
        """Files that contents and submissions have."""
        of_contents = {content.file_id for content in self._contents.values() if content.file_id is not None}
        return of_contents | {file_id for each in self._submissions.values() for file_id in each.file_ids}

    def _shown(self) -> set[str | None]:
        """Where pictures that are shown lie in storage, or their addresses."""
        keys = [course.thumbnail_key for course in self._courses.values()]
        keys += [user.picture_key for user in self._users.values()]
        keys += [tenant.branding.logo_url for tenant in self._tenants.values()]
        return {key for key in keys if key is not None}
