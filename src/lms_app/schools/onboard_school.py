"""Onboard a school."""

from dataclasses import dataclass, replace
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.repositories import Taken, TenantRepository
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.email import clean_email
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import Profile, new_user
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, FieldError, Unavailable
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
    admin_password: str
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
    must change the initial password at the first sign-in.
    """

    def __init__(self, uow: UnitOfWork, hasher: PasswordHasher, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._hasher = hasher
        self._clock = clock
        self._ids = ids

    async def __call__(self, school: NewSchool, *, is_demo: bool = False) -> OnboardedSchool:
        """Args: with ``is_demo`` the demo's well-known password is let through and need not be changed.

        Raises:
            InvalidInput: something about the school or its administrator is refused.
            Conflict: ``subdomain_taken``, when a subdomain was asked for.
            HasherSaturated: see there.
        """
        now = self._clock.now()
        wanted = check_subdomain(school.subdomain) if school.subdomain is not None else None
        address = clean_email(school.admin_email, field="admin_email")
        if not is_demo:
            check_new_password(
                school.admin_password,
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
            password_hash=await self._hasher.hash(school.admin_password),
            must_change_password=not is_demo,
            now=now,
            field_prefix="admin_",
        )
        async with self._uow.begin(_ONBOARD) as system:
            tenant = await _add(system.tenants, tenant, is_fixed=wanted is not None)
            await system.users_of(tenant.id).add(admin)
            await system.commit()
        return OnboardedSchool(tenant.id, admin.id, admin.email, tenant.subdomain)


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
