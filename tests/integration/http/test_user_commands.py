"""``lms user``: help for people who cannot sign in, beside the running application."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from adapters.argon2.password_hasher import Argon2PasswordHasher
from entrypoints.cli.main import app
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.integration.http.conftest import FIRST_PASSWORD, PASSWORD, RunningApp, School

Command = Callable[..., Awaitable[Result]]
NEW = "third green elephant tricycle"
LOGIN = "/api/users/auth/login/"


@pytest.fixture
def command(running: RunningApp, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs ``lms user ...`` on the application's database; ``typed`` is what comes from standard input."""
    database = running.settings.database
    assert database is not None
    for name, value in (
        ("DATA_DIR", str(running.settings.data_dir)),
        ("DATABASE_URL", database.app),
        ("DATABASE_SYSTEM_URL", database.system),
        ("DATABASE_OWNER_URL", database.owner),
        ("DATABASE_DIRECT_URL", database.direct),
        ("PLATFORM_DOMAIN", "localhost"),
    ):
        monkeypatch.setenv(f"LMS_{name}", value)

    async def run(*arguments: str, typed: str = "") -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["user", *arguments], input=f"{typed}\n")

    return run


async def test_somebody_who_forgot_their_password(running: RunningApp, school: School, command: Command) -> None:
    email = "forgot@school.example"
    body = {"email": email, "first_name": "F", "last_name": "T", "password": FIRST_PASSWORD}
    assert (await school.admin.post("/api/users/auth/register-teacher/", body)).status_code == 201
    async with running.client(school.host) as client:
        for _ in range(6):
            last = await client.post(LOGIN, json={"email": email, "password": "wrong"})
        assert last.status_code == 429
        unlocked = await command("unlock", email, "--school", "north")
        assert unlocked.exit_code == 0, unlocked.output
        assert (await client.post(LOGIN, json={"email": email, "password": FIRST_PASSWORD})).status_code == 200

        refused = await command("reset-password", email, "--school", "north", typed="short")
        assert refused.exit_code == 1
        done = await command("reset-password", email, "--school", "north", typed=NEW)
        assert done.exit_code == 0, done.output
        assert NEW not in done.output
        old = await client.post(LOGIN, json={"email": email, "password": FIRST_PASSWORD})
        assert old.status_code == 401
    # The command hashes as in production; the application of these tests does not.
    tenant_id = UUID((await school.admin.get("/api/users/auth/me/")).json()["tenant_id"])
    uow: UnitOfWork = await running.container.get(UnitOfWork)
    async with uow.begin(TenantScope(tenant_id)) as tx:
        user = await tx.users.by_email(email)
        assert user is not None
        assert await tx.sessions.live(user.id, now=datetime.now(UTC)) == ()
    assert user.must_change_password
    assert await Argon2PasswordHasher().verify(user.password_hash, NEW)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("unlock", "nobody@school.example", "--school", "north"), 1),
        (("unlock", "admin@school.example", "--school", "nowhere"), 1),
        (("unlock", "admin@school.example"), 1),
        (("reset-password", "nobody@school.example", "--school", "north"), 1),
        (("reset-password", "admin@school.example", "--mail"), 2),
        (("reset-password", "admin@school.example", "--school", "north", "--mail"), 0),
        (("reset-password", "nobody@school.example", "--school", "north", "--mail"), 0),
    ],
)
async def test_what_it_says(school: School, command: Command, arguments: tuple[str, ...], code: int) -> None:
    assert school.host == "north.lms.example"
    done = await command(*arguments, typed=PASSWORD)
    assert done.exit_code == code, done.output
