"""Sign in."""

from dataclasses import dataclass
from typing import Literal

from lms_app.accounts.desk import Desk, Person, open_desk, role_of
from lms_app.accounts.factor_codes import use_code
from lms_app.accounts.sessions import MAX_SESSIONS, Device, Tokens, access_token, new_session
from lms_app.accounts.tries import TryKeys, Turns, count_failure, forget_failures, require_a_try
from lms_app.accounts.views import UserView, view_of
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.tokens import AccessTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.admission import admit
from lms_domain.accounts.email import fold_email
from lms_domain.errors import InvalidInput, NotSignedIn

MAX_PASSWORD_LENGTH = 1024
"""Longer ones are not even hashed."""

_REASON = "an operator signs in"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows. ``portal`` is the site that they believe to be on; ``otp`` a code of the second factor."""

    email: str
    password: str
    portal: Literal["tenant", "super_admin"] | None = None
    otp: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person and the tokens of the new session."""

    user: UserView
    tokens: Tokens


class SignIn:
    """Sign in with e-mail and password on the site that the person is on.

    People of a school sign in on their school's host, operators on the platform's. A wrong address, a wrong password,
    a deactivated account and the wrong site all look the same and take the same time. A suspended or expired school is
    named only to those whose password was right; so is a missing or wrong code of the second factor (`otp_required`).

    After five failures in a row of one account from one network, tries are looked at only after a while that grows,
    for all processes together; the same account from elsewhere is not held up.

    A person has twenty sessions at most: with one more the oldest ends.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        hasher: PasswordHasher,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        turns: Turns,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._turns = turns
        self._clock = clock
        self._ids = ids

    async def __call__(self, *, school: HostedSchool | None, shown: Credentials, device: Device) -> SignedIn:
        """Args: ``school`` is that of the host, None on the platform's own host.

        Raises:
            NotSignedIn: ``invalid_credentials``, or ``otp_required``: about the field ``otp`` when that was wrong.
            NotAllowed: ``school_suspended`` or ``trial_expired``.
            TooManyTries, HasherSaturated: see there.
        """
        tenant_id = school.tenant_id if school is not None else None
        keys = TryKeys.of(fold_email(shown.email), device.address)
        async with self._turns.turn(tenant_id, keys):
            async with open_desk(self._uow, tenant_id, _REASON) as desk:
                failed_before = await require_a_try(desk.failures, keys, now=self._clock.now())
                person = await desk.people.by_email(fold_email(shown.email))
            known = person if person is not None and person.is_active and _fits(shown.portal, school) else None
            right = len(shown.password) <= MAX_PASSWORD_LENGTH and await self._hasher.verify(
                known.password_hash if known else None, shown.password
            )
            if known is None or not right:
                async with open_desk(self._uow, tenant_id, _REASON) as desk:
                    await count_failure(desk.failures, keys, now=self._clock.now())
                    await desk.commit()
                raise NotSignedIn("The e-mail address or the password is wrong.", code="invalid_credentials")
            if school is not None:
                admit(school)
            is_old = self._hasher.needs_rehash(known.password_hash)
            new_hash = await self._hasher.hash(shown.password) if is_old else None
            async with open_desk(self._uow, tenant_id, _REASON) as desk:
                await self._ask_second_factor(desk, known, keys, shown.otp)
                if failed_before:
                    await forget_failures(desk.failures, keys)
                if new_hash:
                    await desk.people.set_password(known.id, new_hash, must_change=known.must_change_password)
                tokens = await self._open_session(desk, known, device)
                await desk.commit()
        return SignedIn(view_of(known), tokens)

    async def _ask_second_factor(self, desk: Desk, person: Person, keys: TryKeys, otp: str | None) -> None:
        """Raises NotSignedIn ``otp_required`` when there is a factor and ``otp`` is not its code."""
        factor = await desk.factors.get(person.id, for_update=True)
        if factor is None or not factor.is_confirmed:
            return
        if otp is None:
            raise NotSignedIn("Please give the code of your authenticator app.", code="otp_required")
        try:
            await use_code(desk, person.id, factor, otp, keys, now=self._clock.now())
        except InvalidInput as error:
            raise NotSignedIn(error.detail, code="otp_required", errors=error.errors) from None

    async def _open_session(self, desk: Desk, person: Person, device: Device) -> Tokens:
        now, role = self._clock.now(), role_of(person)
        session, first = new_session(
            self._refresh_tokens, self._ids, user_id=person.id, role=role, now=now, device=device
        )
        await desk.sessions.add(session, at_most=MAX_SESSIONS)
        access = access_token(
            self._access_tokens,
            user_id=person.id,
            tenant_id=desk.tenant_id,
            role=role,
            session_id=session.id,
            now=now,
        )
        return Tokens(access=access, refresh=first)


def _fits(portal: str | None, school: HostedSchool | None) -> bool:
    return portal is None or (portal == "super_admin") == (school is None)
