"""Passwords, tokens, time and identifiers."""

from adapters.argon2.password_hasher import Argon2PasswordHasher
from adapters.system.clock import SystemClock
from adapters.system.ids import Uuid7Ids
from dishka import Provider, Scope, provide

from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher


class SecurityProvider(Provider):
    """Every purpose has keys of its own, derived from the master keys: a token of one kind is noise to another."""

    scope = Scope.APP

    clock = provide(SystemClock, provides=Clock)
    ids = provide(Uuid7Ids, provides=Ids)

    @provide
    def hasher(self) -> PasswordHasher:
        """Argon2id."""
        return Argon2PasswordHasher()
