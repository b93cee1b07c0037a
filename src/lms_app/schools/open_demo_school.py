"""Open the demo school."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from uuid import UUID

from lms_app.accounts.create_operator import CreateOperator
from lms_app.actor import Actor
from lms_app.courses.add_module import AddModule
from lms_app.courses.edit_course import CreateCourse, NewCourse
from lms_app.courses.publish_course import PublishCourse
from lms_app.courses.views import CourseDetailView
from lms_app.listing import PageRequest
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.queries import CourseFilter, CourseQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.upload_video import Recording, UploadVideo
from lms_domain.accounts.email import fold_email
from lms_domain.accounts.person import Profile, new_user
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import NotFound
from lms_domain.schools.tenant import MAX_TRIAL_DAYS, Plan

SUBDOMAIN = "demo"
OPERATOR_EMAIL, OPERATOR_PASSWORD = "admin@lms.com", "superadmin123"
ADMIN_EMAIL, TEACHER_EMAIL, SCHOOL_PASSWORD = "admin@demo.com", "teacher@demo.com", "demo123"
"""Known to everybody: the settings allow demos on localhost only."""


COURSE_TITLE = "Formative assessment"
MODULE_TITLE = "Evidence of learning"
LECTURE_TITLE = "A short course on formative assessment"


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """Where the demo's lecture is."""

    actor: Actor
    """The school's administrator."""
    course_id: UUID
    module_id: UUID
    content_id: UUID


class OpenDemoSchool:
    """Open the demo school: an operator, a school with an administrator and a teacher, and a course with one lecture
    that goes through the real pipeline.

    Only what is missing is made. A second start keeps everything that people did meanwhile, and a first start that
    was interrupted is completed.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        hasher: PasswordHasher,
        clock: Clock,
        ids: Ids,
        create_operator: CreateOperator,
        onboard: OnboardSchool,
        courses: CourseQueries,
        create_course: CreateCourse,
        add_module: AddModule,
        upload: UploadVideo,
        publish: PublishCourse,
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._clock = clock
        self._ids = ids
        self._create_operator = create_operator
        self._onboard = onboard
        self._courses = courses
        self._create_course = create_course
        self._add_module = add_module
        self._upload = upload
        self._publish = publish

    async def __call__(self, read_lecture: Callable[[], AsyncIterator[bytes]]) -> DemoSchool:
        """Args: ``read_lecture`` yields the bytes of the lecture; called only when it is not there yet."""
        await self._have_operator()
        scope = await self._have_school()
        actor = await self._have_people(scope)
        course = await self._have_course(actor)
        module_id = course.modules[0].id if course.modules else await self._new_module(actor, course.id)
        contents = course.modules[0].contents if course.modules else []
        if contents:
            content_id = contents[0].id
        else:
            permit = await self._upload.permit(actor, course.id, module_id, declared_bytes=None)
            recording = Recording(
                filename="lecture-formative-assessment.mp4", title=LECTURE_TITLE, language="en", chunks=read_lecture()
            )
            content_id = (await self._upload.receive(permit, recording)).content.id
        if not course.is_published:
            await self._publish(actor, course.id, is_published=True)
        return DemoSchool(actor=actor, course_id=course.id, module_id=module_id, content_id=content_id)

    async def _have_operator(self) -> None:
        async with self._uow.begin(_DEMO) as system:
            operator = await system.operators.by_email(fold_email(OPERATOR_EMAIL))
        if operator is None:
            await self._create_operator(
                email=OPERATOR_EMAIL,
                first_name="Olive",
                last_name="Operator",
                password=OPERATOR_PASSWORD,
                is_demo=True,
            )

    async def _have_school(self) -> TenantScope:
        async with self._uow.begin(_DEMO) as system:
            tenant = await system.tenants.by_subdomain(SUBDOMAIN)
        if tenant is not None:
            return TenantScope(tenant.id)
        school = NewSchool(
            school_name="Demo School",
            admin_email=ADMIN_EMAIL,
            admin_first_name="Ada",
            admin_last_name="Admin",
            admin_password=SCHOOL_PASSWORD,
            subdomain=SUBDOMAIN,
            plan=Plan.PRO,
            trial_days=MAX_TRIAL_DAYS,
        )
        return TenantScope((await self._onboard(school, is_demo=True)).tenant_id)

    async def _have_people(self, scope: TenantScope) -> Actor:
        async with self._uow.begin(scope) as tx:
            admin = await tx.users.by_email(fold_email(ADMIN_EMAIL))
            teacher = await tx.users.by_email(fold_email(TEACHER_EMAIL))
        if admin is None:
            raise NotFound(f"The demo school has no {ADMIN_EMAIL} any more. “./just reset” starts afresh.")
        if teacher is None:
            password_hash = await self._hasher.hash(SCHOOL_PASSWORD)
            async with self._uow.begin(scope) as tx:
                await tx.users.add(
                    new_user(
                        user_id=self._ids.new(),
                        tenant_id=scope.tenant_id,
                        email=TEACHER_EMAIL,
                        first_name="Tara",
                        last_name="Teacher",
                        role=Role.TEACHER,
                        profile=Profile(department="Science"),
                        password_hash=password_hash,
                        must_change_password=False,
                        now=self._clock.now(),
                    )
                )
                await tx.commit()
        return Actor(user_id=admin.id, tenant_id=scope.tenant_id, role=admin.role, session_id=self._ids.new())

    async def _have_course(self, actor: Actor) -> CourseDetailView:
        scope = actor.school(Permission.MANAGE_SCHOOL)
        found = await self._courses.courses(scope, CourseFilter(search=COURSE_TITLE), PageRequest())
        for course in found.results:
            detail = await self._courses.course(scope, course.id) if course.title == COURSE_TITLE else None
            if detail is not None:
                return detail
        new = NewCourse(
            title=COURSE_TITLE,
            description="How to gather evidence of learning during a lesson, and what to do with it.",
            is_mandatory=True,
            deadline=None,
            estimated_hours=0.25,
            assigned_to_all=True,
            assigned_teachers=frozenset(),
        )
        return await self._create_course(actor, new)

    async def _new_module(self, actor: Actor, course_id: UUID) -> UUID:
        return (await self._add_module(actor, course_id, title=MODULE_TITLE, description="")).id


_DEMO = SystemScope("the demo school is opened")
