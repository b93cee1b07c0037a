"""A mail's life: it always ends, and no more than two copies can arrive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.notices.mail_delivery import (
    BACK_OFF,
    GIVE_UP_AFTER,
    LEASE,
    MAX_ERROR,
    MAX_UNKNOWN_OUTCOMES,
    MailDelivery,
    MailKind,
    MailState,
    queue_mail,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def queued(**changes: object) -> MailDelivery:
    values: dict[str, object] = {
        "delivery_id": UUID(int=1),
        "tenant_id": UUID(int=2),
        "to": "ana@school.test",
        "kind": MailKind.REMINDER,
        "subject": "Please finish",
        "html": "<p>Soon.</p>",
        "text": "Soon.",
        "dedupe_key": "reminder:1:3",
        "now": NOW,
    }
    return queue_mail(**{**values, **changes})  # type: ignore[arg-type]  # keyword arguments of one test


def test_a_mail_is_sent() -> None:
    mail = queued()
    assert mail.is_due(NOW)
    begun = mail.begun(now=NOW)
    assert (begun.state, begun.attempts, begun.next_attempt_at) == (MailState.QUEUED, 1, NOW + LEASE)
    assert not begun.is_due(NOW)
    later = NOW + timedelta(seconds=2)
    sent = begun.sent(now=later)
    assert (sent.state, sent.sent_at, sent.html, sent.text) == (MailState.SENT, later, "", "")
    assert sent.sent(now=NOW) == sent.refused("no") == sent.unavailable("busy", now=NOW) == sent


def test_a_refused_mail_has_failed_and_can_be_queued_again() -> None:
    failed = queued().begun(now=NOW).refused("No such\nmailbox" + "." * 1000)
    assert (failed.state, len(failed.error)) == (MailState.FAILED, MAX_ERROR)
    assert failed.error.startswith("No such mailbox.")
    later = NOW + timedelta(days=3)
    assert failed.requeued(now=later) == replace(queued(), created_at=later, next_attempt_at=later)
    # An attempt that outlived its lease may still succeed.
    assert failed.sent(now=NOW).state is MailState.SENT


def test_waits_grow_until_a_day_is_over() -> None:
    mail, now, waits = queued(), NOW, []
    while mail.state is MailState.QUEUED:
        now = mail.next_attempt_at
        mail = mail.begun(now=now).unavailable("busy", now=now)
        waits.append(mail.next_attempt_at - now)
    assert waits[: len(BACK_OFF)] == list(BACK_OFF)
    assert (mail.state, mail.error, mail.attempts) == (MailState.FAILED, "busy", len(BACK_OFF) + 1)
    assert now - NOW == sum(BACK_OFF, timedelta()) < GIVE_UP_AFTER


def test_a_worker_that_dies_at_the_last_attempt_leaves_no_mail_behind() -> None:
    mail = queued()
    for _ in BACK_OFF:
        now = mail.next_attempt_at
        mail = mail.begun(now=now).unavailable("busy", now=now)
    last = mail.begun(now=mail.next_attempt_at)
    after = last.begun(now=last.next_attempt_at)
    assert (after.state, after.attempts, after.error) == (MailState.FAILED, len(BACK_OFF) + 1, "busy")


def test_a_mail_that_could_only_be_late_fails_at_once() -> None:
    almost = NOW + GIVE_UP_AFTER - BACK_OFF[0]
    failed = queued().begun(now=almost).unavailable("busy", now=almost)
    assert (failed.state, failed.error) == (MailState.FAILED, "busy")
    earlier = almost - timedelta(seconds=1)
    assert queued().begun(now=earlier).unavailable("busy", now=earlier).state is MailState.QUEUED


def test_a_mail_that_may_have_arrived_is_not_sent_for_ever() -> None:
    mail, now = queued(), NOW
    for _ in range(MAX_UNKNOWN_OUTCOMES):
        assert mail.state is MailState.QUEUED
        now = mail.next_attempt_at
        mail = mail.begun(now=now).unavailable("cut off", now=now, may_have_been_sent=True)
    assert mail.state is MailState.FAILED
    assert mail.error.endswith("cut off")


def test_no_mail_goes_out_long_after_its_occasion() -> None:
    late = queued().begun(now=NOW + GIVE_UP_AFTER)
    assert (late.state, late.attempts) == (MailState.FAILED, 0)
    planned = queued(due_at=NOW + timedelta(days=2))
    assert not planned.is_due(NOW + timedelta(days=1))
    assert planned.begun(now=NOW + timedelta(days=2)).state is MailState.QUEUED
    assert queued(due_at=NOW - timedelta(days=2)) == queued()


OUTCOMES = ("sent", "refused", "busy", "cut off", "dies")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 20_000)), min_size=20, max_size=20))
def test_whatever_happens_a_mail_ends(outcomes: list[tuple[str, int]]) -> None:
    mail, copies = queued(), 0
    for outcome, delay in outcomes:
        now = mail.next_attempt_at + timedelta(seconds=delay)
        mail = mail.begun(now=now)
        if mail.state is not MailState.QUEUED:
            break
        copies += outcome in {"sent", "cut off", "dies"}
        match outcome:
            case "sent":
                mail = mail.sent(now=now)
            case "refused":
                mail = mail.refused("no such person")
            case "busy":
                mail = mail.unavailable("busy", now=now)
            case "cut off":
                mail = mail.unavailable("cut off", now=now, may_have_been_sent=True)
        if mail.state is not MailState.QUEUED:
            break
    assert mail.state in {MailState.SENT, MailState.FAILED}
    assert mail.attempts <= len(BACK_OFF) + 1
    assert copies <= MAX_UNKNOWN_OUTCOMES


@pytest.mark.parametrize("mail", [queued().begun(now=NOW), queued().refused("no"), queued().sent(now=NOW)])
def test_only_what_is_due_begins(mail: MailDelivery) -> None:
    with pytest.raises(Conflict) as refused:
        mail.begun(now=NOW)
    assert refused.value.code == "mail_not_due"


@pytest.mark.parametrize("mail", [queued(), queued().sent(now=NOW)])
def test_only_what_failed_is_queued_again(mail: MailDelivery) -> None:
    with pytest.raises(Conflict) as refused:
        mail.requeued(now=NOW)
    assert refused.value.code == "mail_not_failed"


@pytest.mark.parametrize("changes", [{"subject": " "}, {"subject": "a\nBcc: b@c.test"}, {"dedupe_key": ""}])
def test_what_is_no_mail(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        queued(**changes)


def test_a_mail_was_sent_at_some_time() -> None:
    for broken in [{"state": MailState.SENT}, {"sent_at": NOW}]:
        with pytest.raises(InvalidInput):
            replace(queued(), **broken)  # type: ignore[arg-type]  # keyword arguments of one test
