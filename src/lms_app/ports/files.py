"""Port: what is known of uploaded files. Their bytes lie in storage."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.files.stored_file import StoredFile


class FileRepository(Protocol):
    """The stored files of one school, videos left out."""

    async def add(self, file: StoredFile) -> None:
        """A new file."""
        ...

    async def get(self, file_id: UUID) -> StoredFile | None:
        """One file."""
        ...

    async def get_many(self, file_ids: frozenset[UUID]) -> tuple[StoredFile, ...]:
        """Those of ``file_ids`` that are files of this school."""
        ...

    async def delete_unreferred(self, file_ids: frozenset[UUID]) -> tuple[StoredFile, ...]:
        """Forget those of these files that no content and no submission has any more, and say which they were, in the
        order of their ids; of two at once each file is told to one."""
        ...

    async def unused(self, before: datetime, limit: int) -> tuple[StoredFile, ...]:
        """Files stored before ``before`` that nothing refers to (no content, submission, course, person or branding),
        the oldest first: whoever uploaded them never went on."""
        ...
