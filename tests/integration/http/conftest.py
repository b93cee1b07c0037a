"""The real application: PostgreSQL, storage on disk, an in-process broker; only passwords are hashed cheaply."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from dishka import AsyncContainer, Provider, Scope
from litestar import Litestar

from adapters.memory.password_hasher import MemoryPasswordHasher
from entrypoints.http.app import create_app
from entrypoints.http.options import HttpOptions
from entrypoints.settings import DatabaseUrls, Settings, load_settings
from entrypoints.wiring.container import build_container
from lms_app.accounts.create_operator import CreateOperator
from lms_app.ports.password_hasher import PasswordHasher
from lms_domain.accounts.second_factor import STEP_SECONDS, totp
from tests.integration.conftest import MIGRATED, NewDatabase
from tests.unit.entrypoints.http.kit import FakeLogger

OPERATOR = ("olive@lms.example", "three unrelated words here")
FIRST_PASSWORD = "first purple monkey dishwasher"
PASSWORD = "second orange giraffe bicycle"


@dataclass
class RunningApp:
    """An application in this process."""

    app: Litestar
    container: AsyncContainer
    settings: Settings
    log: FakeLogger

    def client(self, host: str = "lms.example") -> httpx.AsyncClient:
        """A client on ``host``, over https as far as the application knows."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=f"https://{host}")


@dataclass
class Person:
    """Somebody who is signed in."""

    client: httpx.AsyncClient
    email: str

    async def get(self, path: str, **more: object) -> httpx.Response:
        return await self.client.get(path, **more)  # type: ignore[arg-type]

    async def post(self, path: str, body: object = None, **more: object) -> httpx.Response:
        return await self.client.post(path, json=body, **more)  # type: ignore[arg-type]


@dataclass
class School:
    """A school that was onboarded."""

    running: RunningApp
    host: str
    admin: Person


def _cheap_hasher() -> PasswordHasher:
    return MemoryPasswordHasher()


class _CheapPasswords(Provider):
    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self.provide(_cheap_hasher, provides=PasswordHasher, override=True)


@asynccontextmanager
async def lifespan_of(app: Litestar) -> AsyncIterator[None]:
    """The lifespan in a task of its own: a fixture begins and ends in different ones, which anyio refuses."""
    started, stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    living = asyncio.create_task(live())
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({living, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        waiting.cancel()
        stop.set()
        await living


@asynccontextmanager
async def an_installation(new_database: NewDatabase, folder: Path, *others: Provider) -> AsyncIterator[RunningApp]:
    """The application with an operator and nothing else, over a database and files of its own."""
    dsns = await new_database(MIGRATED)
    settings = replace(
        load_settings({"LMS_DATA_DIR": str(folder), "LMS_PLATFORM_DOMAIN": "lms.example"}),
        database=DatabaseUrls(app=dsns.app, system=dsns.system, owner=dsns.owner, direct=dsns.system),
    )
    log = FakeLogger()
    container = build_container(settings, log, _CheapPasswords(), *others)
    await (await container.get(CreateOperator))(
        email=OPERATOR[0], first_name="Olive", last_name="Operator", password=OPERATOR[1]
    )
    options = HttpOptions(platform_domain="lms.example", is_local=False, upload_idle_seconds=0.5)
    app = create_app(container, options)
    async with lifespan_of(app):
        yield RunningApp(app, container, settings, log)
    await container.close()


@pytest.fixture(scope="module")
async def running(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningApp]:
    """The installation that the tests of a module share."""
    async with an_installation(new_database, tmp_path_factory.mktemp("http")) as running:
        yield running


async def signed_in_operator(running: RunningApp) -> Person:
    """An operator with a second factor, as away from localhost all have."""
    person = await sign_in(running, "lms.example", *OPERATOR)
    secret = (await person.post("/api/users/auth/otp/enrol/")).json()["secret"]
    code = totp(base64.b32decode(secret), int(time.time()) // STEP_SECONDS)
    confirmed = await person.post("/api/users/auth/otp/confirm/", {"code": code})
    assert confirmed.status_code == 200, confirmed.text
    return person


async def sign_in(running: RunningApp, host: str, email: str, password: str) -> Person:
    """Somebody signed in, with the token in every request."""
    client = running.client(host)
    response = await client.post("/api/users/auth/login/", json={"email": email, "password": password})
    assert response.status_code == 200, response.text
    client.headers["Authorization"] = f"Bearer {response.json()['tokens']['access']}"
    return Person(client, email)


async def first_sign_in(running: RunningApp, host: str, email: str) -> Person:
    """Somebody with an initial password, who has changed it."""
    person = await sign_in(running, host, email, FIRST_PASSWORD)
    body = {"current_password": FIRST_PASSWORD, "new_password": PASSWORD}
    response = await person.post("/api/users/auth/change-password/", body)
    assert response.status_code == 200, response.text
    person.client.headers["Authorization"] = f"Bearer {response.json()['tokens']['access']}"
    return person


@pytest.fixture(scope="module")
async def operator(running: RunningApp) -> Person:
    return await signed_in_operator(running)


async def onboard(running: RunningApp, operator: Person, subdomain: str) -> School:
    """A school whose administrator is signed in."""
    body = {
        "school_name": f"School {subdomain}",
        "admin_email": "admin@school.example",
        "admin_first_name": "Ada",
        "admin_last_name": "Admin",
        "admin_password": FIRST_PASSWORD,
        "subdomain": subdomain,
        "plan": "STARTER",
    }
    response = await operator.post("/api/super-admin/tenants/", body)
    assert response.status_code == 201, response.text
    host = f"{subdomain}.lms.example"
    return School(running, host, await first_sign_in(running, host, "admin@school.example"))


@pytest.fixture(scope="module")
async def school(running: RunningApp, operator: Person) -> School:
    return await onboard(running, operator, "north")


@pytest.fixture(scope="module")
async def other_school(running: RunningApp, operator: Person) -> School:
    return await onboard(running, operator, "south")


async def new_module(school: School, title: str) -> str:
    """The address of the contents of a new module in a new course."""
    course = (await school.admin.post("/api/courses/", {"title": title, "assigned_to_all": True})).json()
    module = (await school.admin.post(f"/api/courses/{course['id']}/modules/", {"title": "First"})).json()
    return f"/api/courses/{course['id']}/modules/{module['id']}/contents"
