"""Answers that are no view of a use case. Nothing has a default: every field is always there."""

import msgspec

from lms_app.accounts.views import UserView
from lms_app.schools.views import TenantView


class TokensView(msgspec.Struct, frozen=True, kw_only=True):
    """``refresh`` is null when the refresh token came as a cookie."""

    access: str
    refresh: str | None


class LoginView(msgspec.Struct, frozen=True, kw_only=True):
    """The person and the tokens of a new session."""

    user: UserView
    tokens: TokensView


class NewTokensView(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens of a new session."""

    tokens: TokensView


class OnboardedView(msgspec.Struct, frozen=True, kw_only=True):
    """A school that was opened just now."""

    tenant: TenantView
    admin_email: str
    subdomain: str
