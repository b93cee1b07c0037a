"""Telling people: in the application, and by mail as each of them wants it."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol
from uuid import UUID

from lms_app.notices.fact import Fact, Notice
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailButton, MailContent, MailItem, paragraphs_of, render_mail
from lms_app.notices.words.language import language_of
from lms_app.notices.words.mails import MAILS
from lms_app.ports.audience import AudienceRepository, Recipient
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.mail import MailDeliveryRepository
from lms_app.ports.notifications import MailOfNotices, NotificationRepository
from lms_app.ports.school import SchoolRepository
from lms_app.ports.unsubscribe_tokens import UnsubscribeTokens
from lms_domain.accounts.preferences import MailTiming
from lms_domain.notices.mail_delivery import MailKind, queue_mail
from lms_domain.notices.notification import Notification, NotificationKind, new_notification
from lms_domain.schools.tenant import Tenant

BATCH = 5_000
"""Notices in one statement, and those of one person always: more would take longer than a statement may."""
UNSUBSCRIBE_PATH = "/api/notifications/unsubscribe"


class Telling(Protocol):
    """What is needed of a school's transaction to tell its people something."""

    school: SchoolRepository
    notifications: NotificationRepository
    mail: MailDeliveryRepository


class Reaching(Telling, Protocol):
    """The same where it must be found out whom to tell."""

    audience: AudienceRepository


class Tell:
    """Tell people facts in the transaction of what happened. Nobody is told the same fact twice, and nobody of what
    they muted. Whoever wants mail at once gets one for all that they are told here; what is for the daily mail waits
    for it."""

    def __init__(self, brands: MailBrands, unsubscribe: UnsubscribeTokens, clock: Clock, ids: Ids) -> None:
        self._brands = brands
        self._unsubscribe = unsubscribe
        self._clock = clock
        self._ids = ids

    async def __call__(
        self, tx: Telling, notices: Sequence[Notice], *, campaign_id: UUID | None = None, is_mailed: bool = True
    ) -> int:
        """How many facts were news.

        Args:
            campaign_id: the reminder that this is. It is mailed to people who have not joined yet, too; of other
                things those hear by their invitation.
            is_mailed: False: they are looking at the application right now.
        """
        wanted = [each for each in notices if each.recipient.preferences.wants(each.fact.kind)]
        school = await tx.school.get() if wanted else None
        if school is None:
            return 0
        told = 0
        for batch in _in_batches(wanted):
            pairs = [(each, self._notification(school, each)) for each in batch]
            mailed = [pair for pair in pairs if is_mailed and _wants_mail(pair[0], campaign_id)]
            mails = [mail async for mail in self._mails(school, mailed, campaign_id)]
            new = await tx.notifications.add_many(tuple(made for _, made in pairs), tuple(mails))
            told += len(new)
            # Somebody else told a part of it just now: what is left of those mails is written anew.
            known_in_part = {
                notification_id
                for mail in mails
                if not new.issuperset(mail.notification_ids)
                for notification_id in mail.notification_ids
            }
            left = [pair for pair in mailed if pair[1].id in known_in_part & new]
            await tx.mail.queue(tuple([mail.delivery async for mail in self._mails(school, left, campaign_id)]))
        return told

    async def to(
        self,
        tx: Telling,
        people: Iterable[Recipient],
        fact: Fact,
        *,
        campaign_id: UUID | None = None,
        is_mailed: bool = True,
    ) -> int:
        """Tell all of them the same; to how many it was news."""
        return await self(tx, [Notice(each, fact) for each in people], campaign_id=campaign_id, is_mailed=is_mailed)

    async def to_administrators(self, tx: Reaching, fact: Fact, *, is_mailed: bool = True) -> int:
        """Tell the school's administrators; to how many it was news."""
        return await self.to(tx, await tx.audience.administrators(), fact, is_mailed=is_mailed)

    async def to_person(self, tx: Reaching, user_id: UUID, fact: Fact) -> int:
        """Tell one learner; 1 if it was news, 0 also for whoever is none (any more)."""
        people = await tx.audience.chosen(everybody=False, user_ids=frozenset({user_id}), group_ids=frozenset())
        return await self.to(tx, people, fact)

    def _notification(self, school: Tenant, notice: Notice) -> Notification:
        fact, said = notice.fact, notice.fact.say(language_of(school.locale))
        return new_notification(
            notification_id=self._ids.new(),
            tenant_id=school.id,
            user_id=notice.recipient.user_id,
            kind=fact.kind,
            title=said.title,
            message=said.message,
            link=fact.link,
            event_key=fact.event_key,
            now=self._clock.now(),
        )

    async def _mails(
        self, school: Tenant, news: Iterable[tuple[Notice, Notification]], campaign_id: UUID | None
    ) -> AsyncIterator[MailOfNotices]:
        """One mail for each person and kind."""
        ordered = sorted(news, key=_mail_of)
        for _, group in groupby(ordered, key=_mail_of):
            # To make a mail takes a while; other requests go on in between.
            await asyncio.sleep(0)
            pairs = list(group)
            recipient, told = pairs[0][0].recipient, [made for _, made in pairs]
            ids = tuple(made.id for made in told)
            mail = render_mail(self._brands.school(school), self._content(school, recipient, told))
            delivery = queue_mail(
                delivery_id=self._ids.new(),
                tenant_id=school.id,
                to=recipient.email,
                kind=MailKind.NOTIFICATION if campaign_id is None else MailKind.REMINDER,
                subject=mail.subject,
                html=mail.html,
                text=mail.text,
                dedupe_key=f"notification:{ids[0]}",
                now=self._clock.now(),
                user_id=recipient.user_id,
                campaign_id=campaign_id,
                unsubscribe_url=mail.unsubscribe_url,
            )
            yield MailOfNotices(delivery, ids)

    def _content(self, school: Tenant, recipient: Recipient, told: Sequence[Notification]) -> MailContent:
        first, is_one, words = told[0], len(told) == 1, MAILS.of(language_of(school.locale))
        return MailContent(
            subject=first.title if is_one else words.several.format(count=len(told), school=school.name),
            greeting=words.hello.format(name=recipient.first_name),
            paragraphs=paragraphs_of(first.message) if is_one else (words.something_new,),
            items=() if is_one else tuple(MailItem(each.title, self._url(school, each.link)) for each in told),
            button=MailButton(words.open, self._url(school, first.link)) if is_one else None,
            unsubscribe_url=self.unsubscribe_url(school, recipient, first.kind),
        )

    def unsubscribe_url(self, school: Tenant, recipient: Recipient, kind: NotificationKind | None) -> str:
        """Where a person ends mails of one kind, or all of them."""
        token = self._unsubscribe.issue(school.id, recipient.user_id, kind)
        return self._url(school, f"{UNSUBSCRIBE_PATH}/{token}/")

    def _url(self, school: Tenant, path: str) -> str:
        return self._brands.addresses.school_url(school.subdomain, path or "/")


def wants_mail(recipient: Recipient, kind: NotificationKind, *, always: bool) -> bool:
    """Whether a person hears of it by mail at once; ``always``: even before they joined."""
    timing = recipient.preferences.mail_timing(kind)
    return timing is MailTiming.AT_ONCE and (always or recipient.has_joined)


def _wants_mail(notice: Notice, campaign_id: UUID | None) -> bool:
    return wants_mail(notice.recipient, notice.fact.kind, always=campaign_id is not None)


def _in_batches(notices: Iterable[Notice]) -> Iterator[Sequence[Notice]]:
    """All that one person is told is in one of them: it is one mail."""
    batch: list[Notice] = []
    for _, group in groupby(sorted(notices, key=_person), key=_person):
        of_person = list(group)
        if batch and len(batch) + len(of_person) > BATCH:
            yield batch
            batch = []
        batch += of_person
    if batch:
        yield batch


def _person(notice: Notice) -> UUID:
    return notice.recipient.user_id


def _mail_of(pair: tuple[Notice, Notification]) -> tuple[UUID, NotificationKind]:
    """What stands in one mail: the link in it that ends mails ends those of one kind."""
    notice, _ = pair
    return notice.recipient.user_id, notice.fact.kind
