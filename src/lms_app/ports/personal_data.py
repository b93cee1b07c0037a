"""Port: what is personal, wherever it is kept."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """A file that nothing knows of any more; its bytes still lie in storage."""

    key: str
    size_bytes: int


class PersonalDataRepository(Protocol):
    """The personal data of one school's people, beyond the accounts themselves."""

    async def erase(self, user_id: UUID) -> tuple[ErasedFile, ...]:
        """Remove what is personal and keep what counts: links, second factor, notifications and group memberships go;
        mails and sessions lose addresses and texts, submissions and attempts what was written and handed in.

        Returns:
            The files that were theirs alone: what they handed in, and their picture.
        """
        ...
