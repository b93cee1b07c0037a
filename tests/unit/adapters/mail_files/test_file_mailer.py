"""Mail that is written to a folder, and read there again."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_string
from email.policy import SMTPUTF8
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from adapters.mail_files.mailbox import written_mail, written_mails
from adapters.mail_files.mailer import FileMailer
from lms_app.notices.internet_message import parse_mailbox
from lms_app.ports.mailer import Mailer, MailUnavailable
from tests.contracts.mailer import MESSAGE, BrokenMailerContract, MailerContract, Received

SENDER = parse_mailbox("no-reply@lms.example")


class TestFileMailer(MailerContract, BrokenMailerContract):
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path / "data" / "mail"

    @pytest.fixture
    async def mailer(self, folder: Path) -> FileMailer:
        return FileMailer(folder, SENDER)

    @pytest.fixture
    async def broken(self, tmp_path: Path) -> FileMailer:
        (tmp_path / "a file").touch()
        return FileMailer(tmp_path / "a file" / "mail", SENDER)

    async def received(self, mailer: Mailer) -> list[Received]:
        assert isinstance(mailer, FileMailer)
        contents = [path.read_bytes() for path in sorted(mailer.folder.glob("*"))]
        return [Received((recipient_of(content),), content) for content in contents]

    async def test_a_mail_that_is_sent_again_is_one_file_and_only_its_owner_may_read_it(
        self, mailer: FileMailer, folder: Path
    ) -> None:
        await mailer.send(MESSAGE)
        await mailer.send(replace(MESSAGE, subject="again"))
        (path,) = files_in(folder)
        assert path.name == f"20260302T090000.000000Z-{MESSAGE.id}.eml"
        assert (permissions(path), permissions(folder)) == (0o600, 0o700)
        assert b"Subject: again" in path.read_bytes()

    async def test_the_oldest_make_room(self, folder: Path) -> None:
        mailer = FileMailer(folder, SENDER, max_kept=3)
        for minute in (4, 1, 5, 2, 3):
            await mailer.send(
                replace(MESSAGE, id=UUID(int=minute), created_at=MESSAGE.created_at + timedelta(minutes=minute))
            )
        assert [mail.created_at.minute for mail in written_mails(folder)] == [5, 4, 3]

    async def test_a_failed_write_leaves_nothing(self, mailer: FileMailer, folder: Path) -> None:
        await mailer.send(MESSAGE)
        (path,) = files_in(folder)
        path.unlink()
        path.mkdir()  # cannot be replaced by a file
        with pytest.raises(MailUnavailable):
            await mailer.send(MESSAGE)
        assert files_in(folder) == [path]


class TestMailbox:
    async def test_mails_are_read_newest_first_and_by_name(self, tmp_path: Path) -> None:
        mailer = FileMailer(tmp_path, SENDER)
        await mailer.send(replace(MESSAGE, subject="Größe", to="ben@school.example"))
        await mailer.send(
            replace(MESSAGE, id=UUID(int=1), created_at=MESSAGE.created_at + timedelta(seconds=1), to="Ana@x.example")
        )
        (tmp_path / ".half").write_text("not yet there")
        newest, oldest = written_mails(tmp_path)
        assert (newest.recipient, oldest.recipient) == (
            "Ana Silva <Ana@x.example>",
            "Ana Silva <ben@school.example>",
        )
        assert oldest.subject == "Größe"
        assert (oldest.text, oldest.html, oldest.created_at) == (MESSAGE.text, MESSAGE.html, MESSAGE.created_at)
        assert oldest.sender == "Green School <no-reply@lms.example>"
        assert written_mails(tmp_path, limit=1) == (newest,)
        assert written_mails(tmp_path, recipient="ANA@X.example") == (newest,)
        assert written_mail(tmp_path, oldest.name) == oldest

    @pytest.mark.parametrize(
        "name", ["", ".eml", "../secret.eml", "a/b.eml", "/etc/passwd", "x\x00.eml", "no.eml", "a" * 300 + ".eml"]
    )
    def test_no_other_file_can_be_named(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "mail").mkdir()
        (tmp_path / "secret.eml").write_bytes(b"Subject: secret\r\n\r\n")
        (tmp_path / "mail" / ".eml").write_bytes(b"Subject: hidden\r\n\r\n")
        assert written_mail(tmp_path / "mail", name) is None

    def test_no_folder_is_an_empty_mailbox(self, tmp_path: Path) -> None:
        assert written_mails(tmp_path / "none") == ()


def files_in(folder: Path) -> list[Path]:
    """Everything in it, what is hidden as well."""
    return sorted(folder.iterdir())


def permissions(path: Path) -> int:
    """Who may do what with it."""
    return path.stat().st_mode & 0o777


@cache
def recipient_of(content: bytes) -> str:
    """The address that a mail program would show."""
    return str(message_from_string(content.decode(), policy=SMTPUTF8)["To"].addresses[0].addr_spec)
