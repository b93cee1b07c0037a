"""Onboard a school."""

from dataclasses import dataclass, replace
from uuid import UUID

from lms_app.accounts.account_mail import AccountMail
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.mail_template import MailButton, MailContent, render_mail
from lms_app.notices.words.figures import day_in_words
from lms_app.notices.words.language import language_of
from lms_app.notices.words.mails import MAILS
from lms_app.notices.words.trial import TRIAL
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.repositories import Taken, TenantRepository
from lms_app.ports.unit_of_work import SystemTransaction, UnitOfWork
from lms_app.schools.at_school import AtSchool
from lms_app.scope import SystemScope
from lms_domain.accounts.email import clean_email
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import Profile, User, new_user
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import Conflict, FieldError, Unavailable
from lms_domain.notices.mail_delivery import MailKind, queue_mail
from lms_domain.schools.subdomain import check_subdomain, suggest_subdomain, with_suffix
from lms_domain.schools.tenant import DEFAULT_TRIAL_DAYS, Plan, Tenant, open_school

_MAX_SUGGESTIONS = 1000
_ONBOARD = SystemScope("a school is onboarded")


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What the operator knows of a new school. Without a ``subdomain`` one is made from the name."""

    school_name: str
    admin_email: str
    admin_first_name: str
    admin_last_name: str
    admin_password: str | None = None
    """None: the administrator is invited to choose one."""
    subdomain: str | None = None
    plan: Plan = Plan.FREE
    trial_days: int = DEFAULT_TRIAL_DAYS
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class OnboardedSchool:
    """What was made."""

    tenant_id: UUID
    admin_id: UUID
    admin_email: str
    subdomain: str


class OnboardSchool:
    """Open a school on trial with its first administrator: both, or neither.

    A school's name in any script gets an address: it is transliterated, and numbered when taken. The administrator
    gets a mail with that address. An initial password must be changed at the first sign-in; without one there comes an
    invitation to choose one.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        hasher: PasswordHasher,
        account_mail: AccountMail,
        brands: MailBrands,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._account_mail = account_mail
        self._brands = brands
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(
        self, school: NewSchool, *, actor: Actor | None = None, is_demo: bool = False, is_quiet: bool = False
    ) -> OnboardedSchool:
        """Args:
        actor: the operator; None at the command line.
        is_demo: the demo's well-known password is let through and need not be changed, and nobody gets mail.
        is_quiet: nobody gets mail and nothing is recorded: for a school that goes again at once.

        Raises:
            NotAllowed: not an operator.
            InvalidInput: something about the school or its administrator is refused.
            Conflict: ``subdomain_taken``, when a subdomain was asked for.
            HasherSaturated: see there.
        """
        if actor is not None:
            actor.require(Permission.RUN_PLATFORM)
        now = self._clock.now()
        wanted = check_subdomain(school.subdomain) if school.subdomain is not None else None
        address = clean_email(school.admin_email, field="admin_email")
        password = school.admin_password
        if password is not None and not is_demo:
            check_new_password(
                password,
                role=Role.SCHOOL_ADMIN,
                context=(school.school_name, address.partition("@")[0], wanted or ""),
                field="admin_password",
            )
        tenant = open_school(
            tenant_id=self._ids.new(),
            name=school.school_name,
            subdomain=wanted or suggest_subdomain(school.school_name),
            contact_email=address,
            plan=school.plan,
            trial_days=school.trial_days,
            time_zone=school.time_zone,
            now=now,
        )
        admin = new_user(
            user_id=self._ids.new(),
            tenant_id=tenant.id,
            email=address,
            first_name=school.admin_first_name,
            last_name=school.admin_last_name,
            role=Role.SCHOOL_ADMIN,
            profile=Profile(),
            password_hash=await self._hasher.hash(password) if password is not None else "",
            must_change_password=password is not None and not is_demo,
            now=now,
            field_prefix="admin_",
        )
        async with self._uow.begin(_ONBOARD) as system:
            tenant = await _add(system.tenants, tenant, is_fixed=wanted is not None)
            await system.users_of(tenant.id).add(admin)
            if not is_demo and not is_quiet:
                await self._welcome(system, tenant, admin)
            if not is_quiet:
                about = AuditedObject("school", tenant.id, tenant.name)
                facts = {"subdomain": tenant.subdomain, "plan": tenant.plan.value, "admin_email": admin.email}
                await self._trail.record(system, actor, "school.onboarded", about, after=facts)
            await system.commit()
        return OnboardedSchool(tenant.id, admin.id, admin.email, tenant.subdomain)

    async def _welcome(self, system: SystemTransaction, tenant: Tenant, admin: User) -> None:
        brand, language = self._brands.platform(tenant.locale), language_of(tenant.locale)
        words, address = TRIAL.of(language), self._brands.addresses.school_url(tenant.subdomain)
        paragraphs = [
            words.open_at.format(school=tenant.name, address=address),
            words.sign_in_with.format(email=admin.email),
            words.runs_until.format(day=day_in_words(tenant.trial_ends_on, language)),
        ]
        if not admin.password_hash:
            paragraphs.append(words.second_mail)
            await self._account_mail.invite(AtSchool.of(system, tenant.id), admin)
        mail = render_mail(
            brand,
            MailContent(
                subject=words.welcome.format(platform=brand.name),
                greeting=MAILS.of(language).hello.format(name=admin.first_name),
                paragraphs=tuple(paragraphs),
                button=MailButton(words.open_school, address),
            ),
        )
        delivery = queue_mail(
            delivery_id=self._ids.new(),
            tenant_id=tenant.id,
            to=admin.email,
            kind=MailKind.WELCOME,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            dedupe_key=f"welcome:{admin.id}",
            now=self._clock.now(),
            user_id=admin.id,
        )
        await system.mail.queue((delivery,))


async def _add(tenants: TenantRepository, tenant: Tenant, *, is_fixed: bool) -> Tenant:
    """Add the school under its address, or under the next free one when the address was only our suggestion."""
    candidate = tenant
    for number in range(2, _MAX_SUGGESTIONS):
        try:
            await tenants.add(candidate)
        except Taken:
            if is_fixed:
                message = f"The address “{tenant.subdomain}” is taken."
                raise Conflict(
                    message, code="subdomain_taken", errors=(FieldError("subdomain", "taken", message),)
                ) from None
            candidate = replace(tenant, subdomain=with_suffix(tenant.subdomain, number))
        else:
            return candidate
    raise Unavailable("No free address was found for this name. Please choose one.")
