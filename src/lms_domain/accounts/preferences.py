"""What a person wants to be told, and how."""

from dataclasses import dataclass, replace
from enum import StrEnum

from lms_domain.errors import InvalidInput
from lms_domain.notices.notification import NotificationKind


class MailTiming(StrEnum):
    """When a notification is also sent by mail."""

    AT_ONCE = "AT_ONCE"
    IN_DIGEST = "IN_DIGEST"
    """With the others of the day, in one mail."""
    NEVER = "NEVER"


@dataclass(frozen=True, slots=True)
class NotificationPreferences:
    """``mail``: send mail at all. ``digest``: one mail a day in place of many. ``muted``: kinds of which the person is
    not told in any way. ``unmailed``: kinds of which they are told in the application only.

    Mails about the account itself (invitations, resets) are no notifications and always go out."""

    mail: bool = True
    digest: bool = False
    muted: frozenset[NotificationKind] = frozenset()
    unmailed: frozenset[NotificationKind] = frozenset()

    def __post_init__(self) -> None:
        if NotificationKind.SYSTEM in self.muted:
            raise InvalidInput.for_field("muted", "invalid", "What concerns your account cannot be muted.")

    def wants(self, kind: NotificationKind) -> bool:
        """Whether the person is told of ``kind`` at all."""
        return kind not in self.muted

    def mail_timing(self, kind: NotificationKind) -> MailTiming:
        """When ``kind`` is also sent by mail."""
        if not self.mail or kind in self.unmailed or not self.wants(kind):
            return MailTiming.NEVER
        return MailTiming.IN_DIGEST if self.digest else MailTiming.AT_ONCE

    def without_mail_of(self, kind: NotificationKind) -> "NotificationPreferences":
        """The same, with ``kind`` told in the application only."""
        return replace(self, unmailed=self.unmailed | {kind})


DEFAULT_PREFERENCES = NotificationPreferences()
