"""What people are told, and when by mail."""

import pytest

from lms_domain.accounts.preferences import DEFAULT_PREFERENCES, MailTiming, NotificationPreferences
from lms_domain.errors import InvalidInput
from lms_domain.notices.notification import NotificationKind


@pytest.mark.parametrize(
    ("preferences", "timing"),
    [
        (DEFAULT_PREFERENCES, MailTiming.AT_ONCE),
        (NotificationPreferences(digest=True), MailTiming.IN_DIGEST),
        (NotificationPreferences(mail=False), MailTiming.NEVER),
        (NotificationPreferences(mail=False, digest=True), MailTiming.NEVER),
    ],
)
def test_when_a_mail_is_sent(preferences: NotificationPreferences, timing: MailTiming) -> None:
    assert preferences.wants(NotificationKind.REMINDER)
    assert preferences.mail_timing(NotificationKind.REMINDER) is timing


@pytest.mark.parametrize("digest", [True, False])
def test_what_is_muted_is_not_told_at_all(digest: bool) -> None:
    preferences = NotificationPreferences(digest=digest, muted=frozenset({NotificationKind.REMINDER}))
    assert not preferences.wants(NotificationKind.REMINDER)
    assert preferences.mail_timing(NotificationKind.REMINDER) is MailTiming.NEVER
    assert preferences.wants(NotificationKind.ANNOUNCEMENT)
    assert preferences.mail_timing(NotificationKind.ANNOUNCEMENT) is not MailTiming.NEVER


def test_what_concerns_the_account_cannot_be_muted() -> None:
    with pytest.raises(InvalidInput) as refused:
        NotificationPreferences(muted=frozenset(NotificationKind))
    assert refused.value.errors[0].field == "muted"
