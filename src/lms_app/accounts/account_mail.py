"""Mail about accounts: invitations, links to choose a new password or to prove an address, and word of what changed."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlencode

from lms_app.accounts.desk import Person
from lms_app.accounts.secrets import new_secret
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailBrand, MailButton, MailContent, render_mail
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.mail import MailDeliveryRepository
from lms_app.ports.one_time_tokens import OneTimeTokenRepository
from lms_app.ports.randomness import Randomness
from lms_app.ports.school import SchoolRepository
from lms_domain.accounts.one_time_token import LIFETIMES, OneTimeToken, TokenPurpose, new_one_time_token
from lms_domain.accounts.person import User
from lms_domain.errors import NotFound
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, queue_mail
from lms_domain.schools.tenant import Tenant


class SchoolMail(Protocol):
    """What is needed of a school's transaction to mail a link."""

    school: SchoolRepository
    one_time_tokens: OneTimeTokenRepository
    mail: MailDeliveryRepository


class Mailing(Protocol):
    """What is needed of a transaction to mail anybody who has an account there."""

    @property
    def school(self) -> SchoolRepository | None:
        """None on the platform."""
        ...

    @property
    def mail(self) -> MailDeliveryRepository:
        """Where mails are queued."""
        ...


@dataclass(frozen=True, slots=True)
class _Link:
    """What a link of one purpose looks like. ``page`` is where the single-page app reads ``uid`` and ``token``."""

    kind: MailKind
    page: str
    label: str


_LINKS = {
    TokenPurpose.INVITATION: _Link(MailKind.INVITATION, "/accept-invitation", "Choose a password"),
    TokenPurpose.PASSWORD_RESET: _Link(MailKind.PASSWORD_RESET, "/reset-password", "Choose a new password"),
    TokenPurpose.EMAIL_VERIFICATION: _Link(MailKind.EMAIL_VERIFICATION, "/verify-email", "Confirm the address"),
}

_INVITATIONS = frozenset({TokenPurpose.INVITATION})


class AccountMail:
    """Queues mail about accounts in the transaction of what it is about. A link works once, for a while, for one
    purpose; only its fingerprint is kept. Links lead to the school's own address, whatever host a request came to."""

    def __init__(self, brands: MailBrands, randomness: Randomness, clock: Clock, ids: Ids) -> None:
        self._brands = brands
        self._randomness = randomness
        self._clock = clock
        self._ids = ids

    async def invite(self, tx: SchoolMail, user: User, *, ends: frozenset[TokenPurpose] = _INVITATIONS) -> None:
        """A link by which somebody chooses their first password. Earlier links for ``ends`` end."""
        school = await _school_of(tx)
        await self._send_link(tx, school, user, TokenPurpose.INVITATION, _invitation(school, user), ends=ends)

    async def invite_many(self, tx: SchoolMail, users: Iterable[User]) -> None:
        """The same for people who were registered just now, so that there is no earlier invitation; as many statements
        for thousands as for one."""
        school = await _school_of(tx)
        tokens, mails = [], []
        for user in users:
            token, mail = self._linked(school, user, TokenPurpose.INVITATION, _invitation(school, user))
            tokens.append(token)
            mails.append(mail)
            # To make a mail takes a while; other requests go on in between.
            await asyncio.sleep(0)
        await tx.one_time_tokens.add_many(tuple(tokens))
        await tx.mail.queue(tuple(mails))

    async def offer_reset(self, tx: SchoolMail, user: User) -> None:
        """A link by which somebody chooses a new password."""
        school = await _school_of(tx)
        content = MailContent(
            subject="Choose a new password",
            greeting=f"Hello {user.first_name},",
            paragraphs=(f"Somebody, hopefully you, asked for a new password for your account at {school.name}.",),
            closing=(
                f"This link works once, for {_in_words(TokenPurpose.PASSWORD_RESET)}.",
                "If it was not you, there is nothing to do: your password stays as it is.",
            ),
        )
        await self._send_link(tx, school, user, TokenPurpose.PASSWORD_RESET, content)

    async def ask_to_verify(self, tx: SchoolMail, user: User, *, ends: frozenset[TokenPurpose] = frozenset()) -> None:
        """A link that proves that somebody reads the mail of their address. Earlier links for ``ends`` end."""
        school = await _school_of(tx)
        content = MailContent(
            subject="Please confirm your e-mail address",
            greeting=f"Hello {user.first_name},",
            paragraphs=(f"Please confirm that this address is yours: {school.name} uses it for your account.",),
            closing=(
                f"This link works once, for {_in_words(TokenPurpose.EMAIL_VERIFICATION)}.",
                "If you know nothing of this, there is nothing to do.",
            ),
        )
        await self._send_link(tx, school, user, TokenPurpose.EMAIL_VERIFICATION, content, ends=ends)

    async def tell(self, at: Mailing, person: Person, *, subject: str, what: str) -> None:
        """Word of something that changed about somebody's account, in case that it was not them.

        Args:
            what: a sentence.
        """
        school = await at.school.get() if at.school is not None else None
        brand = self._brands.school(school) if school is not None else self._brands.platform()
        content = MailContent(
            subject=subject,
            greeting=f"Hello {person.first_name},",
            paragraphs=(what,),
            closing=("If it was not you, choose a new password at once, and tell your administrator.",),
        )
        await at.mail.queue((self._delivery(brand, content, person, MailKind.SECURITY),))

    async def _send_link(
        self,
        tx: SchoolMail,
        school: Tenant,
        user: User,
        purpose: TokenPurpose,
        content: MailContent,
        *,
        ends: frozenset[TokenPurpose] = frozenset(),
    ) -> None:
        token, mail = self._linked(school, user, purpose, content)
        await tx.one_time_tokens.add(token, instead_of=ends)
        await tx.mail.queue((mail,))

    def _linked(
        self, school: Tenant, user: User, purpose: TokenPurpose, content: MailContent
    ) -> tuple[OneTimeToken, MailDelivery]:
        secret, link = new_secret(self._randomness), _LINKS[purpose]
        token = new_one_time_token(
            token_id=self._ids.new(),
            user_id=user.id,
            purpose=purpose,
            email=user.email,
            fingerprint=secret.fingerprint,
            now=self._clock.now(),
        )
        query = urlencode({"uid": str(user.id), "token": secret.text})
        url = self._brands.addresses.school_url(school.subdomain, f"{link.page}?{query}")
        content = replace(content, button=MailButton(link.label, url))
        return token, self._delivery(self._brands.school(school), content, user, link.kind)

    def _delivery(self, brand: MailBrand, content: MailContent, person: Person, kind: MailKind) -> MailDelivery:
        mail, delivery_id = render_mail(brand, content), self._ids.new()
        return queue_mail(
            delivery_id=delivery_id,
            tenant_id=person.tenant_id if isinstance(person, User) else None,
            to=person.email,
            kind=kind,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            # Every link and every change is an occasion of its own.
            dedupe_key=f"account:{delivery_id}",
            now=self._clock.now(),
            user_id=person.id if isinstance(person, User) else None,
        )


def _invitation(school: Tenant, user: User) -> MailContent:
    return MailContent(
        subject=f"Your account at {school.name}",
        greeting=f"Hello {user.first_name},",
        paragraphs=(
            f"{school.name} has opened an account for you. Choose a password, and you are in.",
            f"You sign in with this address: {user.email}",
        ),
        closing=(
            f"This link works once, for {_in_words(TokenPurpose.INVITATION)}. If it has ended, ask your school for a "
            "new one.",
        ),
    )


async def _school_of(tx: SchoolMail) -> Tenant:
    """Raises NotFound when the school was erased meanwhile."""
    school = await tx.school.get()
    if school is None:
        raise NotFound("There is nothing here.")
    return school


def _in_words(purpose: TokenPurpose) -> str:
    lifetime = LIFETIMES[purpose]
    if lifetime < timedelta(days=1):
        return f"{lifetime // timedelta(minutes=1)} minutes"
    return f"{lifetime.days} days"
