"""Mail about accounts: invitations, links to choose a new password or to prove an address, and word of what changed."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from lms_app.accounts.desk import Person
from lms_app.accounts.secrets import new_secret
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailBrand, MailButton, MailContent, render_mail
from lms_app.notices.words.figures import lifetime_in_words
from lms_app.notices.words.language import InEach, language_of
from lms_app.notices.words.links import EMAIL_VERIFICATION, INVITATION, PASSWORD_RESET, LinkWords
from lms_app.notices.words.mails import MAILS
from lms_app.notices.words.security import IF_NOT_YOU, Alert
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
    words: InEach[LinkWords]


_LINKS = {
    TokenPurpose.INVITATION: _Link(MailKind.INVITATION, "/accept-invitation", INVITATION),
    TokenPurpose.PASSWORD_RESET: _Link(MailKind.PASSWORD_RESET, "/reset-password", PASSWORD_RESET),
    TokenPurpose.EMAIL_VERIFICATION: _Link(MailKind.EMAIL_VERIFICATION, "/verify-email", EMAIL_VERIFICATION),
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
        await self._send_link(tx, user, TokenPurpose.INVITATION, ends=ends)

    async def invite_many(self, tx: SchoolMail, users: Iterable[User]) -> None:
        """The same for people who were registered just now, so that there is no earlier invitation; as many statements
        for thousands as for one."""
        school = await _school_of(tx)
        tokens, mails = [], []
        for user in users:
            token, mail = self._linked(school, user, TokenPurpose.INVITATION)
            tokens.append(token)
            mails.append(mail)
            # To make a mail takes a while; other requests go on in between.
            await asyncio.sleep(0)
        await tx.one_time_tokens.add_many(tuple(tokens))
        await tx.mail.queue(tuple(mails))

    async def offer_reset(self, tx: SchoolMail, user: User) -> None:
        """A link by which somebody chooses a new password."""
        await self._send_link(tx, user, TokenPurpose.PASSWORD_RESET)

    async def ask_to_verify(self, tx: SchoolMail, user: User, *, ends: frozenset[TokenPurpose] = frozenset()) -> None:
        """A link that proves that somebody reads the mail of their address. Earlier links for ``ends`` end."""
        await self._send_link(tx, user, TokenPurpose.EMAIL_VERIFICATION, ends=ends)

    async def tell(self, at: Mailing, person: Person, alert: InEach[Alert], *, address: str = "") -> None:
        """Word of something that changed about somebody's account, in case that it was not them.

        Args:
            address: from where it was done, for an alert that says so.
        """
        school = await at.school.get() if at.school is not None else None
        brand = self._brands.school(school) if school is not None else self._brands.platform()
        language = language_of(brand.locale)
        said = alert.of(language)
        content = MailContent(
            subject=said.subject,
            greeting=MAILS.of(language).hello.format(name=person.first_name),
            paragraphs=(said.what.format(address=address),),
            closing=(IF_NOT_YOU.of(language),),
        )
        await at.mail.queue((self._delivery(brand, content, person, MailKind.SECURITY),))

    async def _send_link(
        self, tx: SchoolMail, user: User, purpose: TokenPurpose, *, ends: frozenset[TokenPurpose] = frozenset()
    ) -> None:
        token, mail = self._linked(await _school_of(tx), user, purpose)
        await tx.one_time_tokens.add(token, instead_of=ends)
        await tx.mail.queue((mail,))

    def _linked(self, school: Tenant, user: User, purpose: TokenPurpose) -> tuple[OneTimeToken, MailDelivery]:
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
        content = _content(school, user, purpose, url)
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


def _content(school: Tenant, user: User, purpose: TokenPurpose, url: str) -> MailContent:
    language = language_of(school.locale)
    words, lifetime = _LINKS[purpose].words.of(language), lifetime_in_words(LIFETIMES[purpose], language)
    return MailContent(
        subject=words.subject.format(school=school.name),
        greeting=MAILS.of(language).hello.format(name=user.first_name),
        paragraphs=tuple(each.format(school=school.name, email=user.email) for each in words.paragraphs),
        button=MailButton(words.button, url),
        closing=tuple(each.format(lifetime=lifetime) for each in words.closing),
    )


async def _school_of(tx: SchoolMail) -> Tenant:
    """Raises NotFound when the school was erased meanwhile."""
    school = await tx.school.get()
    if school is None:
        raise NotFound("There is nothing here.")
    return school
