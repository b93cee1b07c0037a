"""An operator's visit to a school: one code, one minute to enter, half an hour to stay."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms_domain.accounts.impersonation import (
    CODE_LIFETIME,
    SESSION_LIFETIME,
    Impersonation,
    new_impersonation,
)
from lms_domain.errors import Conflict, InvalidInput

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def visit(reason: str = "Ticket 12: reports are empty") -> Impersonation:
    return new_impersonation(
        impersonation_id=UUID(int=1),
        tenant_id=UUID(int=2),
        operator_id=UUID(int=3),
        user_id=UUID(int=4),
        reason=reason,
        code_fingerprint=b"f" * 32,
        now=NOW,
    )


def test_a_visit_lasts_half_an_hour_at_most() -> None:
    assert not visit().is_live(NOW)
    entered_at = NOW + CODE_LIFETIME - MOMENT
    entered = visit().enter(entered_at)
    end = entered_at + SESSION_LIFETIME
    assert entered.ends_at == end
    assert entered.is_live(end - MOMENT)
    assert not entered.is_live(end)
    assert entered.end(end) == entered  # it was over by itself
    left = entered.end(NOW + timedelta(minutes=5))
    assert not left.is_live(NOW + timedelta(minutes=5))
    assert left.end(NOW + timedelta(minutes=6)) == left


def test_a_code_opens_once_and_soon() -> None:
    entered = visit().enter(NOW)
    for case, at in [(visit(), NOW + CODE_LIFETIME), (entered, NOW), (entered.end(NOW), NOW)]:
        with pytest.raises(InvalidInput) as refused:
            case.enter(at)
        assert refused.value.code == "code_invalid"


def test_what_never_began_cannot_be_ended() -> None:
    with pytest.raises(Conflict) as refused:
        visit().end(NOW)
    assert refused.value.code == "not_entered"


@pytest.mark.parametrize("reason", ["", "   ", "test", "x" * 501])
def test_a_visit_needs_a_reason_that_the_school_can_read(reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        visit(reason)
    assert refused.value.errors[0].field == "reason"


def test_a_visit_has_an_end_from_the_moment_it_is_entered() -> None:
    for broken in [{"entered_at": NOW}, {"ends_at": NOW}, {"ended_at": NOW}]:
        with pytest.raises(InvalidInput):
            replace(visit(), **broken)  # type: ignore[arg-type]  # keyword arguments of one test
