"""Port: codes that say that somebody was told what they are about to do."""

from datetime import datetime
from typing import Protocol


class ConfirmationCodes(Protocol):
    """Codes that nobody can make up, and of which nothing is kept."""

    def issue(self, subject: str, *, expires_at: datetime) -> str:
        """A code for ``subject``, which names who may do what to which object. A fraction of a second is dropped."""
        ...

    def holds(self, code: str, subject: str, *, now: datetime) -> bool:
        """Whether ``code`` was issued for ``subject`` and has not expired."""
        ...
