"""Telling people: in the application, and by mail as each of them wants it."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol
from uuid import UUID

from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailButton, MailContent, MailItem, paragraphs_of, render_mail
from lms_app.notices.words import words_of
from lms_app.ports.audience import Recipient
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


@dataclass(frozen=True, slots=True)
class Notice:
    """One fact for one person. ``link`` is a path on the school's site, ``event_key`` names the fact."""

    recipient: Recipient
    kind: NotificationKind
    title: str
    message: str
    link: str
    event_key: str


class Telling(Protocol):
    """What is needed of a school's transaction to tell its people something."""

    school: SchoolRepository
    notifications: NotificationRepository
    mail: MailDeliveryRepository


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
        wanted = [each for each in notices if each.recipient.preferences.wants(each.kind)]
        school = await tx.school.get() if wanted else None
        if school is None:
            return 0
        told = 0
        for batch in _in_batches(wanted):
            pairs = [(each, self._notification(school, each)) for each in batch]
            mailed = [pair for pair in pairs if is_mailed and wants_mail(pair[0], always=campaign_id is not None)]
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

    def _notification(self, school: Tenant, notice: Notice) -> Notification:
        return new_notification(
            notification_id=self._ids.new(),
            tenant_id=school.id,
            user_id=notice.recipient.user_id,
            kind=notice.kind,
            title=notice.title,
            message=notice.message,
            link=notice.link,
            event_key=notice.event_key,
            now=self._clock.now(),
        )

    async def _mails(
        self, school: Tenant, news: Iterable[tuple[Notice, Notification]], campaign_id: UUID | None
    ) -> AsyncIterator[MailOfNotices]:
        """One mail for each person and kind: the link that ends mails ends those of one kind."""
        ordered = sorted(news, key=lambda pair: (pair[0].recipient.user_id, pair[0].kind))
        for _, group in groupby(ordered, key=lambda pair: (pair[0].recipient.user_id, pair[0].kind)):
            # To make a mail takes a while; other requests go on in between.
            await asyncio.sleep(0)
            pairs = list(group)
            notices, ids = [notice for notice, _ in pairs], tuple(made.id for _, made in pairs)
            recipient = notices[0].recipient
            mail = render_mail(self._brands.school(school), self._content(school, notices))
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

    def _content(self, school: Tenant, notices: Sequence[Notice]) -> MailContent:
        first, is_one, words = notices[0], len(notices) == 1, words_of(school.locale)
        return MailContent(
            subject=first.title if is_one else words.several.format(count=len(notices), school=school.name),
            greeting=words.hello.format(name=first.recipient.first_name),
            paragraphs=paragraphs_of(first.message) if is_one else (words.something_new,),
            items=() if is_one else tuple(MailItem(each.title, self._url(school, each.link)) for each in notices),
            button=MailButton(words.open, self._url(school, first.link)) if is_one else None,
            unsubscribe_url=self.unsubscribe_url(school, first.recipient, first.kind),
            words=words,
        )

    def unsubscribe_url(self, school: Tenant, recipient: Recipient, kind: NotificationKind | None) -> str:
        """Where a person ends mails of one kind, or all of them."""
        token = self._unsubscribe.issue(school.id, recipient.user_id, kind)
        return self._url(school, f"{UNSUBSCRIBE_PATH}/{token}/")

    def _url(self, school: Tenant, path: str) -> str:
        return self._brands.addresses.school_url(school.subdomain, path or "/")


def wants_mail(notice: Notice, *, always: bool) -> bool:
    """Whether the person hears of it by mail at once; ``always``: even before they joined."""
    timing = notice.recipient.preferences.mail_timing(notice.kind)
    return timing is MailTiming.AT_ONCE and (always or notice.recipient.has_joined)


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
