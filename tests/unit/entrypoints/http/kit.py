"""An application over fakes: everything of HTTP is real, nothing behind the ports is."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn, get_type_hints
from urllib.parse import unquote
from uuid import UUID

import httpx
from dishka import STRICT_VALIDATION, Provider, Scope, make_async_container
from litestar import Litestar

from adapters.hmac_tokens.playback_tokens import HmacPlaybackTokens
from adapters.hmac_tokens.refresh_tokens import HmacRefreshTokens
from adapters.memory.clock import MemoryClock
from adapters.memory.password_hasher import MemoryPasswordHasher
from adapters.memory.storage import MemoryStorage
from adapters.pyjwt.access_tokens import PyJwtAccessTokens
from adapters.system.ids import Uuid7Ids
from entrypoints.http.app import HANDLERS, OWN_PORTS, create_app
from entrypoints.http.health import Part, Readiness
from entrypoints.http.injected import injected_types
from entrypoints.http.options import HttpOptions
from entrypoints.http.spa import WebFiles
from lms_app.accounts.asked_mail import EvenAnswer
from lms_app.notices.mail_brands import MailBrands
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory, HostedSchool
from lms_app.ports.ids import Ids
from lms_app.ports.logger import Facts, Logger
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.people_queries import GroupQueries, OverviewQueries, PeopleQueries
from lms_app.ports.queries import CourseQueries, LearningQueries, SchoolQueries, VideoQueries
from lms_app.ports.session_directory import LiveSession, SessionDirectory
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.tokens import AccessClaims, AccessTokens, PlaybackTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.addresses import PublicAddresses
from lms_domain.accounts.roles import Role
from lms_domain.errors import Unavailable
from lms_domain.schools.host import CustomDomain, SchoolSubdomain, Site
from lms_domain.schools.tenant import TenantStatus
from lms_domain.video.playback import PlaybackGrant

NORTH = UUID("0190f7d0-0000-7000-8000-00000000000a")
SOUTH = UUID("0190f7d0-0000-7000-8000-00000000000b")
SHUT = UUID("0190f7d0-0000-7000-8000-00000000000c")
ENDED = UUID("0190f7d0-0000-7000-8000-00000000000d")
EMAIL = "somebody@north.test"
SOMEBODY = UUID("0190f7d0-0000-7000-8000-000000000001")
A_COURSE = UUID("0190f7d0-0000-7000-8000-000000000002")
A_MODULE = UUID("0190f7d0-0000-7000-8000-000000000003")
A_CONTENT = UUID("0190f7d0-0000-7000-8000-000000000004")
KEYS = {"k1": bytes(range(32))}

_PORTS = (
    (HostDirectory, "hosts"),
    (SessionDirectory, "sessions"),
    (AccessTokens, "access_tokens"),
    (RefreshTokens, "refresh_tokens"),
    (PlaybackTokens, "playback_tokens"),
    (Clock, "clock"),
    (Ids, "ids"),
    (Logger, "log"),
    (PasswordHasher, "hasher"),
    (ObjectStorage, "storage"),
    (UnitOfWork, "uow"),
    (MailBrands, "brands"),
    (PublicAddresses, "addresses"),
    (EvenAnswer, "even_answer"),
    (CourseQueries, "course_queries"),
    (LearningQueries, "learning_queries"),
    (SchoolQueries, "school_queries"),
    (PeopleQueries, "people_queries"),
    (GroupQueries, "group_queries"),
    (OverviewQueries, "overview_queries"),
    (VideoQueries, "video_queries"),
    (Readiness, "readiness"),
)


class FakeHosts(HostDirectory):
    """Schools by what stands before the platform's domain, or by their own domain."""

    def __init__(self) -> None:
        self.schools = {
            "north": HostedSchool(NORTH, TenantStatus.ACTIVE),
            "south": HostedSchool(SOUTH, TenantStatus.TRIAL),
            "shut": HostedSchool(SHUT, TenantStatus.SUSPENDED),
            "ended": HostedSchool(ENDED, TenantStatus.EXPIRED),
            "learn.school.example": HostedSchool(NORTH, TenantStatus.ACTIVE),
        }

    async def school(self, site: Site) -> HostedSchool | None:
        match site:
            case SchoolSubdomain(label=name) | CustomDomain(name=name):
                return self.schools.get(name)
        return None


class FakeSessions(SessionDirectory):
    """Sessions by tenant and id."""

    def __init__(self) -> None:
        self.known: dict[tuple[UUID | None, UUID], LiveSession] = {}

    async def live(self, *, tenant_id: UUID | None, session_id: UUID) -> LiveSession | None:
        return self.known.get((tenant_id, session_id))

    def forget(self, session_id: UUID) -> None:
        pass

    def forget_person(self, user_id: UUID) -> None:
        pass


class FakeLogger(Logger):
    """Remembers what was said."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, dict[str, object]]] = []
        self._facts: list[Facts] = []

    def info(self, event: str, **facts: object) -> None:
        self._say("info", event, facts)

    def warning(self, event: str, **facts: object) -> None:
        self._say("warning", event, facts)

    def exception(self, event: str, **facts: object) -> None:
        self._say("exception", event, facts)

    @contextmanager
    def within(self, facts: Facts) -> Iterator[None]:
        self._facts.append(facts)
        try:
            yield
        finally:
            self._facts.remove(facts)

    def _say(self, level: str, event: str, facts: dict[str, object]) -> None:
        around = {name: value for add in self._facts for name, value in add().items()}
        self.lines.append((level, event, {**around, **facts}))


class Nothing:
    """Stands for any port behind which nothing answers: whatever is called fails as a database does that is gone."""

    def __getattr__(self, name: str) -> object:
        def fail(*_: object, **__: object) -> NoReturn:
            raise Unavailable("The database does not answer.")

        return fail


@dataclass
class _Switch:
    """Which kit an application is over just now: building one takes 25 ms, and there are 700 tests."""

    kit: "Kit | None" = None


class _Late:
    """Stands for a port of the kit that is in use now."""

    def __init__(self, switch: _Switch, name: str) -> None:
        self._switch = switch
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(getattr(self._switch.kit, self._name), attribute)


_APPS: dict[HttpOptions, tuple[Litestar, _Switch]] = {}


def _giver(thing: object) -> Callable[[], object]:
    return lambda: thing


class _AsItStands:
    """Gives an application the path that a server would give it for ``raw_path``."""

    def __init__(self, app: Litestar, raw_path: str) -> None:
        self._app = app
        self._raw_path = raw_path

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path, raw_path = unquote(self._raw_path), self._raw_path.encode("latin-1")
        await self._app({**scope, "path": path, "raw_path": raw_path}, receive, send)


@dataclass
class Kit:
    """The fakes of one application."""

    platform_domain: str = "lms.example"
    is_local: bool = False
    operators_need_second_factor: bool = True
    frontend_dist: Path | None = None
    upload_idle_seconds: float = 30.0
    body_seconds: float = 15.0
    hosts: FakeHosts = field(default_factory=FakeHosts)
    sessions: FakeSessions = field(default_factory=FakeSessions)
    log: FakeLogger = field(default_factory=FakeLogger)
    clock: MemoryClock = field(default_factory=lambda: MemoryClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)))
    hasher: PasswordHasher = field(default_factory=MemoryPasswordHasher)
    storage: MemoryStorage = field(default_factory=MemoryStorage)
    ids: Ids = field(default_factory=Uuid7Ids)
    uow: object = field(default_factory=Nothing)
    brands: object = field(default_factory=Nothing)
    addresses: PublicAddresses = field(default_factory=lambda: PublicAddresses("https://lms.example", "lms.example"))
    even_answer: EvenAnswer = field(default_factory=lambda: EvenAnswer(seconds=0.0))
    course_queries: object = field(default_factory=Nothing)
    learning_queries: object = field(default_factory=Nothing)
    school_queries: object = field(default_factory=Nothing)
    people_queries: object = field(default_factory=Nothing)
    group_queries: object = field(default_factory=Nothing)
    overview_queries: object = field(default_factory=Nothing)
    video_queries: object = field(default_factory=Nothing)
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        self.access_tokens = PyJwtAccessTokens(
            keys=KEYS, current="k1", issuer="test", audience="test", clock=self.clock
        )
        self.refresh_tokens = HmacRefreshTokens(keys=KEYS, current="k1")
        self.playback_tokens = HmacPlaybackTokens(keys=KEYS, current="k1")
        self.readiness = Readiness(self.parts, self.log)

    def app(self) -> Litestar:
        """The application over these fakes; one for all kits with the same options, whatever files they serve."""
        options = HttpOptions(
            platform_domain=self.platform_domain,
            is_local=self.is_local,
            operators_need_second_factor=self.operators_need_second_factor,
            upload_idle_seconds=self.upload_idle_seconds,
            body_seconds=self.body_seconds,
        )
        if options not in _APPS:
            _APPS[options] = _new_app(options)
        app, switch = _APPS[options]
        switch.kit = self
        app.state.web_files = WebFiles(self.frontend_dist)
        return app

    @asynccontextmanager
    async def client(self, host: str = "north.lms.example", scheme: str = "https") -> AsyncIterator[httpx.AsyncClient]:
        """A client of a running application, on ``host``."""
        app = self.app()
        transport = httpx.ASGITransport(app)
        async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url=f"{scheme}://{host}") as client:
            yield client

    async def get(self, raw_path: str, host: str = "north.lms.example", **headers: str) -> httpx.Response:
        """GET exactly this path, which httpx would tidy up."""
        transport = httpx.ASGITransport(_AsItStands(self.app(), raw_path))
        async with httpx.AsyncClient(transport=transport, base_url=f"https://{host}") as client:
            return await client.get("/", headers=headers)

    def token(
        self,
        role: Role = Role.SCHOOL_ADMIN,
        tenant_id: UUID | None = NORTH,
        *,
        must_change_password: bool = False,
        has_second_factor: bool = True,
        lifetime: timedelta = timedelta(minutes=10),
    ) -> str:
        """An access token of a live session."""
        session = LiveSession(
            self.ids.new(), SOMEBODY, role, must_change_password, EMAIL, has_second_factor=has_second_factor
        )
        self.sessions.known[tenant_id, session.session_id] = session
        now = self.clock.now()
        claims = AccessClaims(
            user_id=SOMEBODY,
            tenant_id=tenant_id,
            role=role,
            session_id=session.session_id,
            expires_at=now + lifetime,
        )
        return self.access_tokens.issue(claims, now=now)

    def bearer(
        self,
        role: Role = Role.SCHOOL_ADMIN,
        tenant_id: UUID | None = NORTH,
        *,
        must_change_password: bool = False,
        has_second_factor: bool = True,
    ) -> dict[str, str]:
        """The header of somebody signed in."""
        token = self.token(
            role, tenant_id, must_change_password=must_change_password, has_second_factor=has_second_factor
        )
        return {"Authorization": f"Bearer {token}"}

    def grant(self, tenant_id: UUID = NORTH, content_id: UUID = A_CONTENT, *, minutes: float = 60) -> str:
        """A token of a media address, of a live session."""
        session = LiveSession(self.ids.new(), SOMEBODY, Role.TEACHER, must_change_password=False, email=EMAIL)
        self.sessions.known[tenant_id, session.session_id] = session
        expires_at = self.clock.now() + timedelta(minutes=minutes)
        return self.playback_tokens.issue(PlaybackGrant(tenant_id, content_id, session.session_id, expires_at))


def _with_what_they_need(kinds: Iterable[object], known: set[type]) -> set[type]:
    """``kinds`` and everything that their constructors ask for, except what is ``known``."""
    found: set[type] = set()
    waiting = [kind for kind in kinds if isinstance(kind, type)]
    while waiting:
        kind = waiting.pop()
        if kind in found | known:
            continue
        found.add(kind)
        if not getattr(kind, "_is_protocol", False):
            hints = get_type_hints(kind.__init__)
            waiting += [hint for name, hint in hints.items() if name != "return" and isinstance(hint, type)]
    return found


def _new_app(options: HttpOptions) -> tuple[Litestar, _Switch]:
    switch = _Switch()
    provider = Provider(scope=Scope.APP)
    for port, name in _PORTS:
        provider.provide(_giver(_Late(switch, name)), provides=port)
    known: set[type] = {port for port, _ in _PORTS}
    for kind in _with_what_they_need({*injected_types(HANDLERS), *OWN_PORTS} - known, known):
        if getattr(kind, "_is_protocol", False):
            provider.provide(_giver(Nothing()), provides=kind)
        else:
            provider.provide(kind)
    container = make_async_container(provider, validation_settings=STRICT_VALIDATION)
    return create_app(container, options), switch
