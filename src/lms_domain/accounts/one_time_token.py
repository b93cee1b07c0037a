"""Links that prove, once, that somebody reads the mail of an address."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import InvalidInput


class TokenPurpose(StrEnum):
    """What a link is for. A link for one purpose is worth nothing for another."""

    INVITATION = "INVITATION"
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 the name of a purpose
    EMAIL_VERIFICATION = "EMAIL_VERIFICATION"
    EMAIL_CHANGE = "EMAIL_CHANGE"


LIFETIMES: dict[TokenPurpose, timedelta] = {
    TokenPurpose.INVITATION: timedelta(days=14),
    TokenPurpose.PASSWORD_RESET: timedelta(minutes=30),
    TokenPurpose.EMAIL_VERIFICATION: timedelta(days=3),
    TokenPurpose.EMAIL_CHANGE: timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class OneTimeToken:
    """A link sent by mail, of which only the fingerprint is kept."""

    id: UUID
    user_id: UUID
    purpose: TokenPurpose
    email: str
    """The address that the link was sent to: it proves that one and no other."""
    fingerprint: bytes
    """From which the token cannot be found again."""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and now < self.expires_at

    def use(self, now: datetime) -> "OneTimeToken":
        """The token, used.

        Raises:
            InvalidInput: ``token_invalid``: used already or expired. Which of these is nobody's business.
        """
        if not self.is_live(now):
            raise token_invalid()
        return replace(self, used_at=now)


def new_one_time_token(
    *, token_id: UUID, user_id: UUID, purpose: TokenPurpose, email: str, fingerprint: bytes, now: datetime
) -> OneTimeToken:
    """A token that lives as long as its purpose allows."""
    return OneTimeToken(
        id=token_id,
        user_id=user_id,
        purpose=purpose,
        email=email,
        fingerprint=fingerprint,
        created_at=now,
        expires_at=now + LIFETIMES[purpose],
        used_at=None,
    )


def token_invalid() -> InvalidInput:
    """The one answer to every link that does not work: unknown, used, expired or for something else."""
    return InvalidInput("This link is no longer valid. Please ask for a new one.", code="token_invalid")
