"""Mail that is written to a folder instead of being sent."""

import asyncio
import os
from datetime import UTC
from pathlib import Path
from uuid import uuid4

from lms_app.notices.internet_message import Mailbox, compose
from lms_app.ports.mailer import Mailer, MailMessage, MailUnavailable

SUFFIX = ".eml"
MAX_KEPT = 1000
"""The oldest files make room for new ones."""


class FileMailer(Mailer):
    """One ``.eml`` file for each mail, readable by its owner only: mails hold links that open accounts.

    A file is complete or not there. A mail that is sent again takes the place of its earlier file. ``folder`` is made
    when it is needed.
    """

    def __init__(self, folder: Path, sender: Mailbox, *, max_kept: int = MAX_KEPT) -> None:
        self.folder = folder
        self._sender = sender
        self._max_kept = max_kept

    async def send(self, message: MailMessage) -> None:
        """See the port."""
        composed = compose(message, self._sender)
        # The name sorts by time; with the colon left out, every file system takes it.
        name = f"{message.created_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{message.id}{SUFFIX}"
        try:
            await asyncio.to_thread(self._write, name, composed.content)
        except OSError as error:
            raise MailUnavailable(f"Mail cannot be written to {self.folder}: {error.strerror or error}") from error

    async def check(self) -> None:
        """See the port."""
        try:
            await asyncio.to_thread(self._try)
        except OSError as error:
            raise MailUnavailable(f"Mail cannot be written to {self.folder}: {error.strerror or error}") from error

    def _write(self, name: str, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = self.folder / f".{uuid4().hex}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            temporary.replace(self.folder / name)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        for old in sorted(self.folder.glob(f"*{SUFFIX}"))[: -self._max_kept]:
            old.unlink(missing_ok=True)

    def _try(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        attempt = self.folder / f".{uuid4().hex}"
        attempt.touch(mode=0o600, exist_ok=False)
        attempt.unlink()
