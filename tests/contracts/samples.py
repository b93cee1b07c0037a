"""Objects of the domain as they might be, for contract suites: everything that must be unique is new each time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from lms_app.ports.repositories import NewSession, Transcript
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.impersonation import Impersonation, new_impersonation
from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose, new_one_time_token
from lms_domain.accounts.person import Operator, Profile, User
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.accounts.roles import Role
from lms_domain.accounts.second_factor import SecondFactor
from lms_domain.courses.course import Content, ContentType, Course, Module
from lms_domain.courses.group import GroupKind, TeacherGroup
from lms_domain.files.stored_file import FilePurpose, StoredFile
from lms_domain.notices.notification import NotificationKind
from lms_domain.schools.branding import Branding
from lms_domain.schools.custom_domain import DomainStatus, TenantDomain
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy, SchoolPolicies
from lms_domain.schools.tenant import PLAN_LIMITS, Plan, Tenant
from lms_domain.video.asset import VideoAsset, new_video_asset
from lms_domain.video.steps import PLAN
from lms_domain.video.transcript import Segment

NOW = datetime(2026, 11, 22, 8, 36, 13, 991_000, tzinfo=UTC)
"""Some instant, with no more digits than any database keeps."""

SYSTEM = SystemScope("a test")

_numbers = count(1)


def next_id() -> UUID:
    """An id that comes after all that were given out before, as those of the program do."""
    return UUID(int=(next(_numbers) << 64) | (uuid4().int >> 64))


def a_tenant(**changes: object) -> Tenant:
    """A school on trial."""
    key = uuid4()
    tenant = Tenant(
        id=key,
        name=f"School {key.hex[:8]}",
        subdomain=f"s-{key.hex[:12]}",
        contact_email="head@school.test",
        time_zone="Asia/Kolkata",
        locale="en",
        branding=Branding(primary_color="#aabbcc", logo_url="/media/public/logo"),
        plan=Plan.STARTER,
        limits=PLAN_LIMITS[Plan.STARTER],
        is_converted=False,
        is_suspended=False,
        trial_ends_on=date(2026, 12, 6),
        created_at=NOW,
        features=frozenset({Feature.CUSTOM_DOMAIN, Feature.REPORTS_PDF}),
        notes="Pays late.",
        policies=SchoolPolicies(quiz=QuizPolicy.REVIEW_FIRST, remote_quiz_consent=True),
    )
    return replace(tenant, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_user(scope: TenantScope, **changes: object) -> User:
    """A teacher of that school."""
    key = uuid4()
    user = User(
        id=key,
        tenant_id=scope.tenant_id,
        email=f"{key.hex[:12]}@School.test",
        first_name="Zoë",
        last_name="Ångström",
        role=Role.TEACHER,
        profile=Profile(
            employee_id="E-7",
            subjects=("Physics", "Chemistry"),
            grades=("9",),
            department="Science",
            designation="Lead",
            bio="Two\nlines",
            date_of_joining=date(2020, 1, 31),
        ),
        password_hash="$argon2id$one",
        must_change_password=True,
        is_active=True,
        email_verified=False,
        created_at=NOW,
        picture_key="tenant/1/files/2/picture.png",
        preferences=NotificationPreferences(mail=False, digest=True, muted=frozenset({NotificationKind.REMINDER})),
    )
    return replace(user, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_one_time_token(user_id: UUID, **changes: object) -> OneTimeToken:
    """A link to choose a new password, good for a while."""
    token = new_one_time_token(
        token_id=next_id(),
        user_id=user_id,
        purpose=TokenPurpose.PASSWORD_RESET,
        email="ada@school.test",
        fingerprint=fingerprint(),
        now=NOW,
    )
    return replace(token, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_second_factor(**changes: object) -> SecondFactor:
    """A factor in force with two recovery codes left."""
    factor = SecondFactor(
        secret=fingerprint(),
        confirmed_at=NOW,
        last_step=58_000_000,
        recovery_fingerprints=frozenset({fingerprint(), fingerprint()}),
    )
    return replace(factor, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def an_impersonation(user: User, **changes: object) -> Impersonation:
    """A visit that can be entered."""
    visit = new_impersonation(
        impersonation_id=next_id(),
        tenant_id=user.tenant_id,
        operator_id=uuid4(),
        user_id=user.id,
        reason="They asked for help.",
        code_fingerprint=fingerprint(),
        now=NOW,
    )
    return replace(visit, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_domain(scope: TenantScope, **changes: object) -> TenantDomain:
    """A host name that nobody has proven yet."""
    key = next_id()
    domain = TenantDomain(
        id=key,
        tenant_id=scope.tenant_id,
        hostname=f"learn.s-{key.hex[-12:]}.org",
        status=DomainStatus.PENDING,
        token=key.hex,
        created_at=NOW,
        verified_at=None,
    )
    return replace(domain, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_group(scope: TenantScope, **changes: object) -> TeacherGroup:
    """A group without members."""
    key = next_id()
    group = TeacherGroup(
        id=key, tenant_id=scope.tenant_id, name=f"Group {key.hex[-12:]}", kind=GroupKind.SUBJECT, created_at=NOW
    )
    return replace(group, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_file(user: User, **changes: object) -> StoredFile:
    """A handout."""
    key = next_id()
    file = StoredFile(
        id=key,
        tenant_id=user.tenant_id,
        owner_id=user.id,
        purpose=FilePurpose.CONTENT_FILE,
        key=f"tenant/{user.tenant_id}/files/{key}/handout.pdf",
        file_name="Handout “1”.pdf",
        media_type="application/pdf",
        size_bytes=3_000_000,
        created_at=NOW,
    )
    return replace(file, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def an_operator(**changes: object) -> Operator:
    """Somebody who runs the platform."""
    key = uuid4()
    operator = Operator(
        id=key,
        email=f"{key.hex[:12]}@Platform.test",
        first_name="Olive",
        last_name="Operator",
        password_hash="$argon2id$operator",
        must_change_password=False,
        is_active=True,
        created_at=NOW,
    )
    return replace(operator, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_session(user_id: UUID, **changes: object) -> NewSession:
    """A sign-in that holds for a day."""
    session = NewSession(
        id=uuid4(), user_id=user_id, fingerprint=fingerprint(), created_at=NOW, expires_at=NOW + timedelta(days=1)
    )
    return replace(session, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def fingerprint() -> bytes:
    """What is stored of some token."""
    return uuid4().bytes + uuid4().bytes


def a_course(scope: TenantScope, **changes: object) -> Course:
    """An unpublished course for everybody."""
    key = uuid4().hex[:12]
    course = Course(
        id=uuid4(),
        tenant_id=scope.tenant_id,
        title=f"Course {key}",
        slug=f"course-{key}",
        description="What it is about.",
        is_mandatory=True,
        deadline=date(2027, 3, 31),
        estimated_hours=1.5,
        is_published=False,
        assigned_to_all=True,
        version=1,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(course, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_module(course: Course, **changes: object) -> Module:
    """A module of that course."""
    module = Module(
        id=uuid4(),
        tenant_id=course.tenant_id,
        course_id=course.id,
        title="Module",
        description="",
        position=0,
        created_at=NOW,
    )
    return replace(module, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_content(module: Module, **changes: object) -> Content:
    """A video in that module."""
    content = Content(
        id=uuid4(),
        tenant_id=module.tenant_id,
        course_id=module.course_id,
        module_id=module.id,
        title="Content",
        content_type=ContentType.VIDEO,
        position=0,
        is_mandatory=True,
        url=None,
        required_coverage=90,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(content, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def an_asset(content: Content) -> VideoAsset:
    """A video of that content whose first step is queued."""
    asset = new_video_asset(
        asset_id=uuid4(),
        tenant_id=content.tenant_id,
        content_id=content.id,
        source_key=f"tenant/{content.tenant_id}/videos/{content.id}/source.bin",
        source_bytes=5_000_000_000,
        source_name="Lecture “1”.mp4",
        language=None,
        step_ids={name: uuid4() for name in PLAN},
        now=NOW,
    )
    asset.start()
    return asset


def a_transcript(asset: VideoAsset) -> Transcript:
    """What is said in that video."""
    return Transcript(
        content_id=asset.content_id,
        language="en",
        full_text="Hello. Goodbye.",
        segments=(Segment(0.0, 1.25, "Hello."), Segment(1.25, 2.5, "Goodbye.")),
        model="tiny.en",
        generated_at=NOW,
    )


async def new_school(uow: UnitOfWork, **changes: object) -> TenantScope:
    """A school that is there."""
    tenant = a_tenant(**changes)
    async with uow.begin(SYSTEM) as system:
        await system.tenants.add(tenant)
        await system.commit()
    return TenantScope(tenant.id)


async def new_user(uow: UnitOfWork, scope: TenantScope, **changes: object) -> User:
    """A person who is there."""
    user = a_user(scope, **changes)
    async with uow.begin(scope) as tx:
        await tx.users.add(user)
        await tx.commit()
    return user


async def new_course(
    uow: UnitOfWork, scope: TenantScope, *, teachers: Iterable[UUID] = (), **changes: object
) -> tuple[Course, Module]:
    """A course with one empty module."""
    course = a_course(scope, **changes)
    module = a_module(course)
    async with uow.begin(scope) as tx:
        await tx.courses.add(course)
        await tx.courses.assign(course.id, frozenset(teachers), on=NOW)
        await tx.courses.add_module(module)
        await tx.commit()
    return course, module


async def new_content(uow: UnitOfWork, module: Module, **changes: object) -> Content:
    """A content that is there."""
    content = a_content(module, **changes)
    async with uow.begin(TenantScope(module.tenant_id)) as tx:
        await tx.courses.add_content(content)
        await tx.commit()
    return content


async def complete(tx: TenantTransaction, module: Module, user_id: UUID, *, at: datetime = NOW) -> None:
    """Somebody completes a course in which there is nothing yet, and in which there is nothing afterwards."""
    link = a_content(module, content_type=ContentType.LINK, url="https://example.test/", required_coverage=None)
    await tx.courses.add_content(link)
    await tx.progress.start(user_id, link.id, now=NOW)
    await tx.progress.set_completed(user_id, link.id, at=NOW)
    await tx.progress.record_completion(user_id, module.course_id, at=at)
    await tx.courses.remove_content(link.id)


async def new_video(uow: UnitOfWork, scope: TenantScope) -> VideoAsset:
    """A video that is there, in a course of its own, with its first step queued."""
    _, module = await new_course(uow, scope)
    content = await new_content(uow, module)
    asset = an_asset(content)
    async with uow.begin(scope) as tx:
        await tx.videos.add(asset)
        await tx.commit()
    return asset
