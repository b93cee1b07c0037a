"""What goes when something goes that other things belong to, in memory."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import K, Rows, Transaction, V


class Removal:
    """Removes things of one school for good, with everything below them."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._course_rows = Rows(database.courses, tx, tenant_id)
        self._course_assignments = Rows(database.course_assignments, tx, tenant_id)
        self._course_groups = Rows(database.course_groups, tx, tenant_id)
        self._completions = Rows(database.completions, tx, tenant_id)
        self._modules = Rows(database.modules, tx, tenant_id)
        self._contents = Rows(database.contents, tx, tenant_id)
        self._progress = Rows(database.progress, tx, tenant_id)
        self._videos = Rows(database.videos, tx, tenant_id)
        self._steps = Rows(database.steps, tx, tenant_id)
        self._transcripts = Rows(database.transcripts, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._submissions = Rows(database.submissions, tx, tenant_id)
        self._quizzes = Rows(database.quizzes, tx, tenant_id)
        self._attempts = Rows(database.attempts, tx, tenant_id)
        self._extensions = Rows(database.extensions, tx, tenant_id)
        self._flags = Rows(database.question_flags, tx, tenant_id)
        self._campaigns = Rows(database.campaigns, tx, tenant_id)
        self._mails = Rows(database.mails, tx, tenant_id)

    def course(self, course_id: UUID) -> None:
        """A course."""
        for module in self._modules.values():
            if module.course_id == course_id:
                self.module(module.id)
        for assignment in self._assignments.values():
            if assignment.course_id == course_id:
                self.assignment(assignment.id)
        _remove(self._course_assignments, lambda key, _: key[0] == course_id)
        _remove(self._course_groups, lambda key, _: key[0] == course_id)
        _remove(self._completions, lambda key, _: key[1] == course_id)
        self._campaigns_about(course_id)
        self._course_rows.remove(course_id)

    def module(self, module_id: UUID) -> None:
        """A module."""
        for content in self._contents.values():
            if content.module_id == module_id:
                self.content(content.id)
        for assignment in self._assignments.values():
            if assignment.module_id == module_id:
                self.assignment(assignment.id)
        self._modules.remove(module_id)

    def content(self, content_id: UUID) -> None:
        """A content."""
        for assignment in self._assignments.values():
            if assignment.content_id == content_id:
                self.assignment(assignment.id)
        _remove(self._progress, lambda key, _: key[1] == content_id)
        videos = {video.id for video in self._videos.values() if video.content_id == content_id}
        _remove(self._steps, lambda _, row: row.asset_id in videos)
        _remove(self._videos, lambda key, _: key in videos)
        self._transcripts.remove(content_id)
        self._contents.remove(content_id)

    def assignment(self, assignment_id: UUID) -> None:
        """An assignment."""
        for quiz in self._quizzes.values():
            if quiz.assignment_id == assignment_id:
                self.quiz(quiz.id)
        _remove(self._flags, lambda _, flag: flag.assignment_id == assignment_id)
        _remove(self._extensions, lambda key, _: key[0] == assignment_id)
        _remove(self._submissions, lambda _, submission: submission.assignment_id == assignment_id)
        self._campaigns_about(assignment_id)
        self._assignments.remove(assignment_id)

    def quiz(self, quiz_id: UUID) -> None:
        """A version of a quiz."""
        _remove(self._attempts, lambda _, attempt: attempt.quiz_id == quiz_id)
        self._quizzes.remove(quiz_id)

    def _campaigns_about(self, subject_id: UUID) -> None:
        """Campaigns; that their mails were sent stays true."""
        for campaign in self._campaigns.values():
            if subject_id in {campaign.course_id, campaign.assignment_id}:
                for mail in self._mails.values():
                    if mail.campaign_id == campaign.id:
                        self._mails.put(mail.id, replace(mail, campaign_id=None))
                self._campaigns.remove(campaign.id)


def _remove(rows: Rows[K, V], condition: Callable[[K, V], bool]) -> None:
    for key, value in rows.keyed():
        if condition(key, value):
            rows.remove(key)


def remove_newcomer(database: MemoryDatabase, tx: Transaction, tenant_id: UUID, user_id: UUID) -> None:
    """Somebody who has never been here, with what was made ready for them."""
    _remove(Rows(database.one_time_tokens, tx, tenant_id), lambda _, token: token.user_id == user_id)
    _remove(Rows(database.course_assignments, tx, tenant_id), lambda key, _: key[1] == user_id)
    _remove(Rows(database.group_members, tx, tenant_id), lambda key, _: key[1] == user_id)
    _remove(Rows(database.notifications, tx, tenant_id), lambda _, notification: notification.user_id == user_id)
    _remove(Rows(database.mails, tx, tenant_id), lambda _, mail: mail.user_id == user_id)
    Rows(database.users, tx, tenant_id).remove(user_id)
