"""What is personal, wherever it is kept, in memory."""

from dataclasses import replace
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.personal_data import ErasedFile, PersonalDataRepository
from lms_domain.files.stored_file import FilePurpose
from lms_domain.notices.mail_delivery import MailState

_THEIRS = {FilePurpose.SUBMISSION_FILE, FilePurpose.PROFILE_PICTURE}


class MemoryPersonalDataRepository(PersonalDataRepository):
    """The personal data of one school's people."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._links = Rows(database.one_time_tokens, tx, tenant_id)
        self._factors = Rows(database.second_factors, tx, tenant_id)
        self._notifications = Rows(database.notifications, tx, tenant_id)
        self._members = Rows(database.group_members, tx, tenant_id)
        self._mails = Rows(database.mails, tx, tenant_id)
        self._sessions = Rows(database.sessions, tx, tenant_id)
        self._submissions = Rows(database.submissions, tx, tenant_id)
        self._attempts = Rows(database.attempts, tx, tenant_id)
        self._extensions = Rows(database.extensions, tx, tenant_id)
        self._flags = Rows(database.question_flags, tx, tenant_id)
        self._files = Rows(database.files, tx, tenant_id)

    async def erase(self, user_id: UUID) -> tuple[ErasedFile, ...]:
        for token in self._links.values():
            if token.user_id == user_id:
                self._links.remove(token.id)
        self._factors.remove(user_id)
        for notification in self._notifications.values():
            if notification.user_id == user_id:
                self._notifications.remove(notification.id)
        for key, _ in self._members.keyed():
            if key[1] == user_id:
                self._members.remove(key)
        self._blank_mails(user_id)
        for session in self._sessions.values():
            if session.user_id == user_id:
                self._sessions.put(session.id, replace(session, address="", user_agent=""))
        for submission in self._submissions.values():
            if submission.user_id == user_id:
                self._submissions.put(submission.id, replace(submission, text="", feedback="", file_ids=()))
        for attempt in self._attempts.values():
            if attempt.user_id == user_id:
                self._attempts.put(attempt.id, replace(attempt, draft={}, answers={}))
        self._drop_of_quizzes(user_id)
        return self._drop_files(user_id)

    def _blank_mails(self, user_id: UUID) -> None:
        for mail in self._mails.values():
            if mail.user_id == user_id:
                blank = replace(mail, to="", subject="", html="", text="")
                if mail.state is MailState.QUEUED:
                    blank = replace(blank, state=MailState.FAILED, error="The person was erased.")
                self._mails.put(mail.id, blank)

    def _drop_of_quizzes(self, user_id: UUID) -> None:
        for extended, _ in self._extensions.keyed():
            if extended[1] == user_id:
                self._extensions.remove(extended)
        for flagged, _ in self._flags.keyed():
            if flagged[1] == user_id:
                self._flags.remove(flagged)

    def _drop_files(self, user_id: UUID) -> tuple[ErasedFile, ...]:
        theirs = [file for file in self._files.values() if file.owner_id == user_id and file.purpose in _THEIRS]
        for file in theirs:
            self._files.remove(file.id)
        return tuple(ErasedFile(key=file.key, size_bytes=file.size_bytes) for file in theirs)
