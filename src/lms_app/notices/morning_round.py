"""What every school gets in the morning: warnings of deadlines, and daily mails."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_app.notices.fact import Fact, Notice, Said, title_of
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailContent, MailItem, render_mail
from lms_app.notices.tell import Tell
from lms_app.notices.words.daily_mail import DAILY_MAIL
from lms_app.notices.words.figures import day_in_words, when_in_words
from lms_app.notices.words.language import Language, language_of
from lms_app.notices.words.reminders import REMINDERS
from lms_app.ports.audience import OpenWork, WaitingNotice, deadline_key
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.school_roll import SchoolRoll
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.preferences import MailTiming
from lms_domain.notices.deadline_warning import warning_stage
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, queue_mail
from lms_domain.notices.notification import NotificationKind
from lms_domain.schools.tenant import Tenant, TenantStatus

MORNING = time(7)
"""At the school: nobody is woken by a warning."""
LISTED = 20
"""Lines of a daily mail; what is more waits in the application."""
_OPEN = {TenantStatus.TRIAL, TenantStatus.ACTIVE}


class MorningRound:
    """Warn those who have not finished something 7, 3, 1 and 0 days before its deadline, and send the daily mail to
    those who want one: at seven in the morning at each school, by its own clock. What was missed is caught up with
    once; running again sends nothing twice. Schools that are shut get nothing."""

    def __init__(
        self, uow: UnitOfWork, roll: SchoolRoll, tell: Tell, brands: MailBrands, clock: Clock, ids: Ids
    ) -> None:
        self._uow = uow
        self._roll = roll
        self._tell = tell
        self._brands = brands
        self._clock = clock
        self._ids = ids

    async def __call__(self) -> int:
        """How many warnings and daily mails there were."""
        return sum([await self._at(tenant_id) for tenant_id in await self._roll.in_use()])

    async def _at(self, tenant_id: UUID) -> int:
        now = self._clock.now()
        async with self._uow.begin(TenantScope(tenant_id)) as tx:
            school = await tx.school.get()
            if school is None or school.status(now) not in _OPEN:
                return 0
            here = now.astimezone(ZoneInfo(school.time_zone))
            if here.time() < MORNING:
                return 0
            work = await tx.audience.open_work(here.date())
            warned = await self._tell(tx, [_warning(each, here) for each in work])
            # After the warnings: what is due today must be in the mail of today.
            digests = await self._digest(tx, school, here)
            if digests or warned:
                await tx.commit()
        return digests + warned

    async def _digest(self, tx: TenantTransaction, school: Tenant, here: datetime) -> int:
        waiting = await tx.audience.waiting_for_digest(self._clock.now())
        return len(await tx.mail.add_many(tuple(self._mails(school, here, waiting))))

    def _mails(self, school: Tenant, here: datetime, waiting: Sequence[WaitingNotice]) -> Iterator[MailDelivery]:
        for user_id, group in groupby(waiting, key=lambda each: each.recipient.user_id):
            found = [
                each for each in group if each.recipient.preferences.mail_timing(each.kind) is MailTiming.IN_DIGEST
            ]
            if found:
                yield self._mail(school, here, user_id, found)

    def _mail(self, school: Tenant, here: datetime, user_id: UUID, found: list[WaitingNotice]) -> MailDelivery:
        recipient = found[0].recipient
        more = len(found) - LISTED
        address, words = self._brands.addresses.school_url, DAILY_MAIL.of(language_of(school.locale))
        subject = words.subject_one if len(found) == 1 else words.subject_many
        content = MailContent(
            subject=subject.format(school=school.name, count=len(found)),
            greeting=words.good_morning.format(name=recipient.first_name),
            paragraphs=(words.unread,),
            items=tuple(MailItem(each.title, address(school.subdomain, each.link or "/")) for each in found[-LISTED:]),
            closing=(words.more.format(count=more),) if more > 0 else (),
            unsubscribe_url=self._tell.unsubscribe_url(school, recipient, None),
        )
        mail = render_mail(self._brands.school(school), content)
        return queue_mail(
            delivery_id=self._ids.new(),
            tenant_id=school.id,
            to=recipient.email,
            kind=MailKind.DIGEST,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            dedupe_key=f"digest:{user_id}:{here.date().isoformat()}",
            now=self._clock.now(),
            user_id=user_id,
            unsubscribe_url=mail.unsubscribe_url,
        )


def _warning(work: OpenWork, here: datetime) -> Notice:
    today = here.date()
    days_left = (work.deadline - today) // timedelta(days=1)
    stage = warning_stage(work.deadline, today)

    def say(language: Language) -> Said:
        words, when = REMINDERS.of(language), when_in_words(days_left, language)
        day = day_in_words(work.deadline, language)
        return Said(
            title_of(words.due.format(when=when), work.title),
            words.due_message.format(title=work.title, when=when, day=day),
        )

    return Notice(
        work.recipient,
        Fact(
            kind=NotificationKind.ASSIGNMENT_DUE,
            say=say,
            link=f"/teacher/courses/{work.course_id}",
            event_key=deadline_key(work.kind, work.id, work.deadline, days_left if stage is None else stage),
        ),
    )
