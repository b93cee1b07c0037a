"""Links that work once and not for ever."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms_domain.accounts.one_time_token import LIFETIMES, OneTimeToken, TokenPurpose, new_one_time_token
from lms_domain.errors import InvalidInput

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def token(purpose: TokenPurpose) -> OneTimeToken:
    return new_one_time_token(
        token_id=UUID(int=1), user_id=UUID(int=2), purpose=purpose, email="a@b.test", fingerprint=b"f" * 32, now=NOW
    )


@pytest.mark.parametrize("purpose", TokenPurpose)
def test_every_purpose_has_its_time_and_every_link_works_once(purpose: TokenPurpose) -> None:
    end = NOW + LIFETIMES[purpose]
    used = token(purpose).use(end - MOMENT)
    assert used.used_at == end - MOMENT
    for link, at in [(token(purpose), end), (used, NOW), (used, end)]:
        assert not link.is_live(at)
        with pytest.raises(InvalidInput) as refused:
            link.use(at)
        assert refused.value.code == "token_invalid"


def test_the_time_to_choose_a_new_password_is_short() -> None:
    assert LIFETIMES[TokenPurpose.PASSWORD_RESET] == timedelta(minutes=30)
    assert min(LIFETIMES, key=LIFETIMES.__getitem__) is TokenPurpose.PASSWORD_RESET
