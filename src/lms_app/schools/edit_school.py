"""Change what the operator decides about a school."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import SystemTransaction, UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import Limits, Plan, Tenant, TenantStatus

_EDIT = SystemScope("an operator changes a school")
_OPEN = frozenset({TenantStatus.TRIAL, TenantStatus.ACTIVE})


@dataclass(frozen=True, slots=True)
class LimitChanges:
    """What is to change of a school's limits; None stays."""

    teachers: int | None = None
    courses: int | None = None
    storage_bytes: int | None = None
    video_seconds: int | None = None

    def on(self, limits: Limits) -> Limits:
        """``limits`` with these changes."""
        return Limits(
            teachers=limits.teachers if self.teachers is None else self.teachers,
            courses=limits.courses if self.courses is None else self.courses,
            storage_bytes=limits.storage_bytes if self.storage_bytes is None else self.storage_bytes,
            video_seconds=limits.video_seconds if self.video_seconds is None else self.video_seconds,
        )


@dataclass(frozen=True, slots=True)
class SchoolChanges:
    """What is to change; None stays. The trial's end is given as a day, or as days more from its end or from today,
    whichever is later."""

    is_active: bool | None = None
    suspension_reason: str | None = None
    """Why it is suspended, by this change or already."""
    is_trial: bool | None = None
    """False: the trial becomes a paid plan."""
    trial_ends_on: date | None = None
    extend_trial_days: int | None = None
    plan: Plan | None = None
    limits: LimitChanges = LimitChanges()
    features: Mapping[Feature, bool] = field(default_factory=dict)
    notes: str | None = None


class EditSchool:
    """Activate or suspend a school, with a reason that it can read in its audit trail; prolong its trial or make it a
    paid plan, and decide about plan, limits, features and the operator's own notes. A suspended school's people are out
    within five seconds, its media included; its data stays. Another plan brings that plan's limits and features; what
    is given beside it goes on top.

    What the school is concerned by stands in its own audit trail, the notes in the platform's only.
    """

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, tenant_id: UUID, wanted: SchoolChanges) -> Tenant:
        """The school as it is now.

        Raises:
            NotFound: no such school.
            Conflict: ``not_on_trial``; ``trial_over``: to be active it needs a longer trial, or a paid plan.
            InvalidInput: a value that the rules refuse.
        """
        actor.require(Permission.RUN_PLATFORM)
        return await self.for_operator(_EDIT, tenant_id, wanted, actor=actor)

    async def for_operator(
        self, scope: SystemScope, tenant_id: UUID, wanted: SchoolChanges, *, actor: Actor | None = None
    ) -> Tenant:
        """The same for an operator at the command line, who is nobody's account."""
        async with self._uow.begin(scope) as system:
            before = await system.tenants.lock(tenant_id)
            if before is None:
                raise NotFound("There is no such school.")
            after = changed_school(before, wanted, now=self._clock.now())
            if after != before:
                await system.tenants.save(after)
                await self._record(system, actor, before, after)
                await system.commit()
        return after

    async def _record(self, system: SystemTransaction, actor: Actor | None, before: Tenant, after: Tenant) -> None:
        about = AuditedObject("school", after.id, after.name)
        old = _facts(before, after)
        for action, facts in _facts(after, after).items():
            await self._trail.record(system, actor, action, about, before=old[action], after=facts, tenant_id=after.id)
        await self._trail.record(
            system,
            actor,
            "school.notes_changed",
            about,
            before={"notes": before.notes},
            after={"notes": after.notes},
        )


def changed_school(tenant: Tenant, wanted: SchoolChanges, *, now: datetime) -> Tenant:
    """``tenant`` as ``wanted``.

    Raises:
        Conflict, InvalidInput: see EditSchool.
    """
    if wanted.is_trial and tenant.is_converted:
        raise Conflict("This school is no longer on trial.", code="not_on_trial")
    changed = _with_trial(tenant, wanted, now=now)
    if wanted.is_trial is False:
        changed = changed.converted()
    if wanted.plan is not None and wanted.plan is not tenant.plan:
        changed = changed.with_plan(wanted.plan)
    changed = changed.with_limits(wanted.limits.on(changed.limits))
    if wanted.features:
        kept = {feature for feature in changed.features if wanted.features.get(feature, True)}
        changed = changed.with_features(frozenset(kept | {f for f, has in wanted.features.items() if has}))
    if wanted.notes is not None:
        changed = changed.with_notes(wanted.notes)
    return _opened_or_shut(changed, wanted, now=now)


def _opened_or_shut(tenant: Tenant, wanted: SchoolChanges, *, now: datetime) -> Tenant:
    reason = wanted.suspension_reason
    stays_shut = tenant.is_suspended and wanted.is_active is None
    if wanted.is_active is False or (stays_shut and reason is not None):
        return tenant.suspended(tenant.suspension_reason if reason is None else reason)
    if reason:
        raise InvalidInput.for_field("suspension_reason", "not_suspended", "This school is not being suspended.")
    if wanted.is_active is None:
        return tenant
    opened = tenant.reactivated()
    if opened.status(now) not in _OPEN:
        raise Conflict("The trial is over: prolong it, or make it a paid plan.", code="trial_over")
    return opened


def _with_trial(tenant: Tenant, wanted: SchoolChanges, *, now: datetime) -> Tenant:
    if wanted.extend_trial_days is None:
        return tenant if wanted.trial_ends_on is None else tenant.with_trial_end(wanted.trial_ends_on, now=now)
    if wanted.trial_ends_on is not None:
        raise InvalidInput.for_field("extend_trial_days", "ambiguous", "Give the trial's last day, or days more.")
    longer = max(tenant.today(now), tenant.trial_ends_on) + timedelta(days=wanted.extend_trial_days)
    return tenant.with_trial_end(longer, now=now)


def _facts(tenant: Tenant, after: Tenant) -> dict[str, dict[str, object]]:
    """What the trail says of ``tenant``, by the action that its change is."""
    limits = tenant.limits
    return {
        "school.suspended" if after.is_suspended else "school.activated": {
            "is_suspended": tenant.is_suspended,
            **({"reason": tenant.suspension_reason} if tenant.suspension_reason else {}),
        },
        "school.converted": {"is_converted": tenant.is_converted},
        "school.trial_changed": {"trial_ends_on": tenant.trial_ends_on.isoformat()},
        "school.plan_changed": {"plan": tenant.plan.value},
        "school.limits_changed": {
            "teachers": limits.teachers,
            "courses": limits.courses,
            "storage_bytes": limits.storage_bytes,
            "video_seconds": limits.video_seconds,
        },
        "school.features_changed": {"features": sorted(tenant.features)},
    }
