"""Passwords, tokens, time and identifiers."""

from collections.abc import Iterator

from dishka import Provider, Scope, provide

from adapters.argon2.password_hasher import Argon2PasswordHasher
from adapters.hmac_tokens.confirmation_codes import HmacConfirmationCodes
from adapters.hmac_tokens.keys import derive_key
from adapters.hmac_tokens.playback_tokens import HmacPlaybackTokens
from adapters.hmac_tokens.refresh_tokens import HmacRefreshTokens
from adapters.hmac_tokens.unsubscribe_tokens import HmacUnsubscribeTokens
from adapters.pyjwt.access_tokens import PyJwtAccessTokens
from adapters.system.clock import SystemClock
from adapters.system.ids import Uuid7Ids
from adapters.system.randomness import SystemRandomness
from entrypoints.settings import Settings
from lms_app.accounts.asked_mail import EvenAnswer
from lms_app.ports.clock import Clock
from lms_app.ports.confirmations import ConfirmationCodes
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.randomness import Randomness
from lms_app.ports.tokens import AccessTokens, PlaybackTokens, RefreshTokens
from lms_app.ports.unsubscribe_tokens import UnsubscribeTokens


class SecurityProvider(Provider):
    """Every purpose has keys of its own, derived from the master keys: a token of one kind is noise to another."""

    scope = Scope.APP

    clock = provide(SystemClock, provides=Clock)
    ids = provide(Uuid7Ids, provides=Ids)
    randomness = provide(SystemRandomness, provides=Randomness)

    @provide
    def even_answer(self) -> EvenAnswer:
        """How long every answer takes that must not tell who has an account."""
        return EvenAnswer()

    @provide
    def hasher(self) -> Iterator[PasswordHasher]:
        """Argon2id."""
        hasher = Argon2PasswordHasher()
        yield hasher
        hasher.close()

    @provide
    def access_tokens(self, settings: Settings, clock: Clock) -> AccessTokens:
        """JWTs."""
        domain = settings.platform_domain
        return PyJwtAccessTokens(
            keys=_keys(settings, "access"), current=settings.current_key, issuer=domain, audience=domain, clock=clock
        )

    @provide
    def refresh_tokens(self, settings: Settings) -> RefreshTokens:
        """Opaque tokens."""
        return HmacRefreshTokens(keys=_keys(settings, "refresh"), current=settings.current_key)

    @provide
    def playback_tokens(self, settings: Settings) -> PlaybackTokens:
        """Tokens in media addresses."""
        return HmacPlaybackTokens(keys=_keys(settings, "playback"), current=settings.current_key)

    @provide
    def confirmation_codes(self, settings: Settings) -> ConfirmationCodes:
        """Codes that confirm what cannot be undone."""
        return HmacConfirmationCodes(keys=_keys(settings, "confirm"), current=settings.current_key)

    @provide
    def unsubscribe_tokens(self, settings: Settings) -> UnsubscribeTokens:
        """Tokens in the links that end mails."""
        return HmacUnsubscribeTokens(keys=_keys(settings, "unsubscribe"), current=settings.current_key)


def _keys(settings: Settings, purpose: str) -> dict[str, bytes]:
    return {kid: derive_key(secret, purpose) for kid, secret in settings.secret_keys.items()}
