"""Warn schools whose trial ends."""

from datetime import timedelta

from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailButton, MailContent, RenderedMail, render_mail
from lms_app.notices.words.figures import day_in_words, when_in_words
from lms_app.notices.words.language import language_of
from lms_app.notices.words.mails import MAILS
from lms_app.notices.words.trial import TRIAL
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import SystemTransaction, UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Role
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, queue_mail
from lms_domain.schools.tenant import Tenant
from lms_domain.schools.trial import WARNING_DAYS, warnings_due

_WARN = SystemScope("schools are warned that their trial ends")
_A_DAY = timedelta(days=1)


class WarnOfTrialEnds:
    """Mail the administrators of schools whose trial ends in 7, 3, 1 or 0 days, once for each. What was missed is
    caught up with one mail about the days that are really left; running again sends nothing twice."""

    def __init__(self, uow: UnitOfWork, brands: MailBrands, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._brands = brands
        self._clock = clock
        self._ids = ids

    async def __call__(self) -> int:
        """How many schools were warned."""
        now, warned = self._clock.now(), 0
        async with self._uow.begin(_WARN) as system:
            # A day more at each end: it is already tomorrow at some schools, and still yesterday at others.
            first, last = now.date() - _A_DAY, now.date() + timedelta(days=max(WARNING_DAYS)) + _A_DAY
            for tenant in await system.trial_warnings.ending_between(first, last):
                recorded = await system.trial_warnings.recorded(tenant.id, tenant.trial_ends_on)
                due = warnings_due(tenant.trial_ends_on, tenant.today(now), recorded)
                if due:
                    await self._warn(system, tenant, due)
                    await system.trial_warnings.record(tenant.id, tenant.trial_ends_on, due, now=now)
                    warned += 1
            await system.commit()
        return warned

    async def _warn(self, system: SystemTransaction, tenant: Tenant, due: tuple[int, ...]) -> None:
        days_left = (tenant.trial_ends_on - tenant.today(self._clock.now())).days
        admins = await system.users_of(tenant.id).with_role(Role.SCHOOL_ADMIN)
        await system.mail.queue(tuple(self._delivery(tenant, admin, days_left, min(due)) for admin in admins))

    def _delivery(self, tenant: Tenant, admin: User, days_left: int, warning: int) -> MailDelivery:
        mail = self._mail(tenant, admin, days_left)
        return queue_mail(
            delivery_id=self._ids.new(),
            tenant_id=tenant.id,
            to=admin.email,
            kind=MailKind.TRIAL_WARNING,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            dedupe_key=f"trial:{tenant.trial_ends_on.isoformat()}:{warning}:{admin.id}",
            now=self._clock.now(),
            user_id=admin.id,
        )

    def _mail(self, tenant: Tenant, admin: User, days_left: int) -> RenderedMail:
        language = language_of(tenant.locale)
        words, when = TRIAL.of(language), when_in_words(days_left, language)
        last_day = day_in_words(tenant.trial_ends_on, language)
        content = MailContent(
            subject=words.ends.format(school=tenant.name, when=when),
            greeting=MAILS.of(language).hello.format(name=admin.first_name),
            paragraphs=(words.last_day.format(school=tenant.name, when=when, day=last_day), words.afterwards),
            button=MailButton(words.open_school, self._brands.addresses.school_url(tenant.subdomain)),
        )
        return render_mail(self._brands.platform(tenant.locale), content)
