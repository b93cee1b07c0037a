"""A whole installation in memory, for tests of use cases."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from adapters.hmac_tokens.playback_tokens import HmacPlaybackTokens
from adapters.hmac_tokens.refresh_tokens import HmacRefreshTokens
from adapters.hmac_tokens.unsubscribe_tokens import HmacUnsubscribeTokens
from adapters.memory.clock import MemoryClock
from adapters.memory.course_queries import MemoryCourseQueries
from adapters.memory.database import MemoryDatabase
from adapters.memory.host_directory import MemoryHostDirectory
from adapters.memory.ids import SequentialIds
from adapters.memory.password_hasher import MemoryPasswordHasher
from adapters.memory.randomness import SequentialRandomness
from adapters.memory.session_directory import MemorySessionDirectory
from adapters.memory.storage import MemoryStorage
from adapters.memory.tables import Rows
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.nh3.html_sanitizer import Nh3HtmlSanitizer
from adapters.pyjwt.access_tokens import PyJwtAccessTokens
from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.desk import open_desk
from lms_app.accounts.own_password import OwnPassword
from lms_app.accounts.sessions import Device, Tokens
from lms_app.accounts.sign_in import Credentials, SignIn
from lms_app.accounts.tries import Turns
from lms_app.actor import Actor, Origin
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.show_course import ShowCourse
from lms_app.files.addresses import FileAddresses
from lms_app.learning.follow_captions import FollowCaptions
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.tell import Tell
from lms_app.notices.tell_of_captions import TellOfCaptions
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.schools.addresses import PublicAddresses
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.person import Operator, Profile, User, new_user
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Content, ContentType, Course, Module
from lms_domain.notices.mail_delivery import MailDelivery
from lms_domain.schools.host import SchoolSubdomain
from lms_domain.schools.tenant import Limits, Plan, Tenant, open_school

PASSWORD = "nine otters painted walls"
KEYS = {"k1": bytes(range(32))}
TEST = SystemScope("a test")
GIB = 1024**3


class World:
    """Everything that use cases ask for."""

    def __init__(self) -> None:
        self.clock = MemoryClock()
        self.ids = SequentialIds()
        self.database = MemoryDatabase()
        self.uow = MemoryUnitOfWork(self.database, self.clock)
        self.hasher = MemoryPasswordHasher()
        self.access_tokens = PyJwtAccessTokens(keys=KEYS, current="k1", issuer="lms", audience="lms", clock=self.clock)
        self.refresh_tokens = HmacRefreshTokens(keys=KEYS, current="k1")
        self.playback_tokens = HmacPlaybackTokens(keys=KEYS, current="k1")
        self.sessions = MemorySessionDirectory(self.database, self.clock)
        self.hosts = MemoryHostDirectory(self.database, self.clock)
        self.storage = MemoryStorage(self.clock)
        self.course_queries = MemoryCourseQueries(self.database)
        self.trail = AuditTrail(self.clock, self.ids)
        self.addresses = FileAddresses(self.playback_tokens, self.clock)
        self.show_course = ShowCourse(self.course_queries, self.addresses)
        self.sanitizer = Nh3HtmlSanitizer()
        self.randomness = SequentialRandomness()
        self.brands = MailBrands(PublicAddresses("https://lms.example", "lms.example"), "Brain LMS")
        self.account_mail = AccountMail(self.brands, self.randomness, self.clock, self.ids)
        self.unsubscribe_tokens = HmacUnsubscribeTokens(keys=KEYS, current="k1")
        self.tell = Tell(self.brands, self.unsubscribe_tokens, self.clock, self.ids)
        self.tell_of_courses = TellOfCourses(self.tell)
        self.follow_captions = FollowCaptions(TellOfCaptions(self.tell), self.clock, self.ids)
        self.turns = Turns()
        self.own_password = OwnPassword(self.uow, self.hasher, self.turns, self.clock)

    def pass_time(self, **time: float) -> None:
        """Let time pass: ``seconds=10``."""
        self.clock.advance(timedelta(**time))

    async def new_school(self, subdomain: str = "green", *, limits: Limits | None = None, **changes: object) -> Tenant:
        """A school on trial."""
        tenant = open_school(
            tenant_id=self.ids.new(),
            name=subdomain.title(),
            subdomain=subdomain,
            contact_email=f"head@{subdomain}.test",
            plan=Plan.FREE,
            trial_days=14,
            time_zone="UTC",
            now=self.clock.now(),
        )
        tenant = replace(tenant, limits=limits or tenant.limits, **changes)  # type: ignore[arg-type]  # of one test
        async with self.uow.begin(TEST) as system:
            await system.tenants.add(tenant)
            await system.commit()
        return tenant

    async def new_user(
        self, tenant: Tenant, email: str = "ada@green.test", *, role: Role = Role.TEACHER, is_active: bool = True
    ) -> User:
        """A person whose password is PASSWORD."""
        user = new_user(
            user_id=self.ids.new(),
            tenant_id=tenant.id,
            email=email,
            first_name="Ada",
            last_name="Lovelace",
            role=role,
            profile=Profile(),
            password_hash=await self.hasher.hash(PASSWORD),
            must_change_password=False,
            now=self.clock.now(),
        )
        user = replace(user, is_active=is_active)
        async with self.uow.begin(TenantScope(tenant.id)) as tx:
            await tx.users.add(user)
            await tx.commit()
        return user

    async def new_operator(self, email: str = "olive@lms.test", *, is_active: bool = True) -> Operator:
        """An operator whose password is PASSWORD."""
        operator = Operator(
            id=self.ids.new(),
            email=email,
            first_name="Olive",
            last_name="Operator",
            password_hash=await self.hasher.hash(PASSWORD),
            must_change_password=False,
            is_active=is_active,
            created_at=self.clock.now(),
        )
        async with self.uow.begin(TEST) as system:
            await system.operators.add(operator)
            await system.commit()
        return operator

    async def new_admin(self, tenant: Tenant) -> Actor:
        """A signed-in administrator of the school."""
        return self.actor(await self.new_user(tenant, f"admin@{tenant.subdomain}.test", role=Role.SCHOOL_ADMIN))

    def actor(self, user: User) -> Actor:
        """That person, signed in."""
        return Actor(
            user_id=user.id,
            tenant_id=user.tenant_id,
            role=user.role,
            session_id=self.ids.new(),
            email=user.email,
            origin=Origin("192.0.2.7", "request-1"),
        )

    async def hosted(self, tenant: Tenant) -> HostedSchool:
        """The school as its host names it now."""
        found = await self.hosts.school(SchoolSubdomain(tenant.subdomain))
        assert found is not None
        return found

    async def new_course(self, tenant: Tenant, title: str = "Formative assessment", **changes: object) -> Course:
        """An unpublished course for everybody."""
        now = self.clock.now()
        course = Course(
            id=self.ids.new(),
            tenant_id=tenant.id,
            title=title,
            slug=title.lower().replace(" ", "-"),
            description="",
            is_mandatory=False,
            deadline=None,
            estimated_hours=None,
            is_published=False,
            assigned_to_all=True,
            version=1,
            created_at=now,
            updated_at=now,
        )
        course = replace(course, **changes)  # type: ignore[arg-type]  # keywords of one test
        async with self.uow.begin(TenantScope(tenant.id)) as tx:
            await tx.courses.add(course)
            await tx.commit()
        return course

    async def new_module(self, course: Course) -> Module:
        """A module at the end of the course."""
        async with self.uow.begin(TenantScope(course.tenant_id)) as tx:
            module = Module(
                id=self.ids.new(),
                tenant_id=course.tenant_id,
                course_id=course.id,
                title="Evidence of learning",
                description="",
                position=await tx.courses.module_count(course.id),
                created_at=self.clock.now(),
            )
            await tx.courses.add_module(module)
            await tx.commit()
        return module

    async def new_link(self, module: Module) -> Content:
        """A link at the end of the module."""
        now = self.clock.now()
        async with self.uow.begin(TenantScope(module.tenant_id)) as tx:
            content = Content(
                id=self.ids.new(),
                tenant_id=module.tenant_id,
                course_id=module.course_id,
                module_id=module.id,
                title="A link",
                content_type=ContentType.LINK,
                position=await tx.courses.module_content_count(module.course_id, module.id) or 0,
                is_mandatory=True,
                url="https://example.test/",
                required_coverage=None,
                created_at=now,
                updated_at=now,
            )
            await tx.courses.add_content(content)
            await tx.commit()
        return content

    async def change_user(self, user: User, **changes: object) -> None:
        """Change what no use case changes yet."""
        with self.database.transaction() as tx:
            changed = replace(user, **changes)  # type: ignore[arg-type]  # of one test
            self.database.users.put(tx, user.id, (user.tenant_id, changed))
            tx.commit()

    async def user(self, user: User) -> User:
        """That person as they are now."""
        async with self.uow.begin(TenantScope(user.tenant_id)) as tx:
            found = await tx.users.get(user.id)
        assert found is not None
        return found

    async def sign_in(self, tenant: Tenant | None, email: str = "ada@green.test") -> Tokens:
        """The tokens of a new session; without a school on the platform's host."""
        school = await self.hosted(tenant) if tenant is not None else None
        shown = Credentials(email=email, password=PASSWORD)
        return (await self.new_sign_in()(school=school, shown=shown, device=Device("192.0.2.7"))).tokens

    def new_sign_in(self, hasher: PasswordHasher | None = None) -> SignIn:
        """The use case."""
        return SignIn(
            self.uow,
            hasher or self.hasher,
            self.access_tokens,
            self.refresh_tokens,
            self.turns,
            self.clock,
            self.ids,
        )

    async def live_sessions(self, tenant_id: UUID | None, user_id: UUID) -> int:
        """How many sessions of somebody hold."""
        async with open_desk(self.uow, tenant_id, "a test") as desk:
            return len(await desk.sessions.live(user_id, now=self.clock.now()))

    async def mails(self) -> list[MailDelivery]:
        """Everything queued, the oldest first."""
        with self.database.transaction() as tx:
            return sorted(Rows(self.database.mails, tx, None).values(), key=lambda mail: mail.id)

    async def is_live(self, tenant_id: UUID | None, access_token: str) -> bool:
        """Whether the session of an access token still holds."""
        session_id = self.access_tokens.verify(access_token).session_id
        return await self.sessions.live(tenant_id=tenant_id, session_id=session_id) is not None
