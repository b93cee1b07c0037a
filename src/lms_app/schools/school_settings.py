"""What a school's administrators decide about it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.files.addresses import public_address
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.schools.views import SchoolSettingsView
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput, NotFound
from lms_domain.files.stored_file import FilePurpose
from lms_domain.schools.branding import FONTS, Branding
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy, SchoolPolicies
from lms_domain.schools.tenant import MAX_NAME, Tenant
from lms_domain.text import clean_line


class SettingsChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change; what is UNSET stays. ``logo`` is an uploaded file; None takes the logo away."""

    name: str | UnsetType = UNSET
    contact_email: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    primary_color: str | UnsetType = UNSET
    secondary_color: str | UnsetType = UNSET
    font_family: str | UnsetType = UNSET
    logo: UUID | UnsetType | None = UNSET
    quiz_policy: QuizPolicy | UnsetType = UNSET
    remote_quiz_consent: bool | UnsetType = UNSET


class ShowSettings:
    """What the school's administrators have decided about it. Its plan, trial and status are the platform's
    business."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor) -> SchoolSettingsView:
        """Raises NotFound: the school was erased."""
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            return view_of_settings(_there(await tx.school.get()))


class EditSettings:
    """Change a school's name, contact, time zone, language, looks or policies: only what is given changes. Dates of the
    school (deadlines, the trial's end) end at midnight of its time zone."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, changes: SettingsChanges) -> SchoolSettingsView:
        """Raises:
        InvalidInput: a value is refused.
        NotFound: the school was erased.
        """
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            school = _there(await tx.school.lock())
            changed = await _changed(tx, school, changes)
            await tx.school.save_settings(changed)
            await self._trail.record(
                tx,
                actor,
                "school.updated",
                AuditedObject("school", school.id, changed.name),
                before=_facts(school),
                after=_facts(changed),
            )
            await tx.commit()
        return view_of_settings(changed)


def view_of_settings(school: Tenant) -> SchoolSettingsView:
    """The settings of a school that is in hand."""
    return SchoolSettingsView(
        name=school.name,
        subdomain=school.subdomain,
        contact_email=school.contact_email,
        time_zone=school.time_zone,
        locale=school.locale,
        logo_url=school.branding.logo_url,
        primary_color=school.branding.primary_color,
        secondary_color=school.branding.secondary_color,
        font_family=school.branding.font_family,
        quiz_policy=school.policies.quiz,
        remote_quiz_consent=school.policies.remote_quiz_consent,
        fonts=list(FONTS),
        features={feature.value: feature in school.features for feature in Feature},
    )


async def _changed(tx: TenantTransaction, school: Tenant, changes: SettingsChanges) -> Tenant:
    branding = Branding(
        primary_color=_color(changes.primary_color, school.branding.primary_color),
        secondary_color=_color(changes.secondary_color, school.branding.secondary_color),
        font_family=school.branding.font_family if changes.font_family is UNSET else changes.font_family,
        logo_url=school.branding.logo_url if changes.logo is UNSET else await _logo_url(tx, changes.logo),
    )
    policies = SchoolPolicies(
        quiz=school.policies.quiz if changes.quiz_policy is UNSET else changes.quiz_policy,
        remote_quiz_consent=(
            school.policies.remote_quiz_consent if changes.remote_quiz_consent is UNSET else changes.remote_quiz_consent
        ),
    )
    return replace(school, branding=branding, policies=policies).with_settings(
        name=school.name if changes.name is UNSET else clean_line(changes.name, field="name", max_length=MAX_NAME),
        contact_email=school.contact_email if changes.contact_email is UNSET else changes.contact_email,
        time_zone=school.time_zone if changes.time_zone is UNSET else changes.time_zone,
        locale=school.locale if changes.locale is UNSET else changes.locale,
        branding=branding,
        policies=policies,
    )


def _color(wanted: str | UnsetType, present: str) -> str:
    return present if wanted is UNSET else wanted.strip().lower()


async def _logo_url(tx: TenantTransaction, file_id: UUID | None) -> str | None:
    if file_id is None:
        return None
    file = await tx.files.get(file_id)
    if file is None or file.purpose is not FilePurpose.TENANT_LOGO:
        raise InvalidInput.for_field("logo", "unknown", "There is no such picture. Upload it as the school's logo.")
    return public_address(file.key)


def _there(school: Tenant | None) -> Tenant:
    if school is None:
        raise NotFound("There is nothing here.")
    return school


def _facts(school: Tenant) -> Mapping[str, object]:
    view = msgspec.structs.asdict(view_of_settings(school))
    return {name: value for name, value in view.items() if name not in {"fonts", "features"}}
