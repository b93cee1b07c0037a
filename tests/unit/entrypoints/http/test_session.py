"""Who may come in."""

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.pyjwt.access_tokens import PyJwtAccessTokens
from lms_app.ports.session_directory import LiveSession
from lms_domain.accounts.roles import Role
from tests.unit.entrypoints.http.kit import EMAIL, ENDED, KEYS, NORTH, SHUT, SOMEBODY, SOUTH, Kit


class Me:
    """Answers what it is asked with what it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    async def courses(self, *arguments: object) -> object:
        self.asked.append(arguments)
        return {"count": 0, "results": []}


async def status(kit: Kit, headers: dict[str, str], host: str = "north.lms.example", path: str = "/api/courses") -> int:
    async with kit.client(host) as client:
        response = await client.get(path, headers=headers)
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
    return response.status_code


def code_of(body: dict[str, str]) -> str:
    return body["type"].removeprefix("urn:lms:problem:")


async def test_somebody_signed_in_reaches_the_handler() -> None:
    # 503: behind the port there is nothing, so the handler ran.
    assert await status(kit := Kit(), kit.bearer()) == 503


@pytest.mark.parametrize(
    "value",
    [
        "", "Bearer", "Bearer ", "Basic abc", "Bearer  {token}", "Bearer {token} x", "Token {token}", "{token}",
        "Bearer {token}x", "Bearer x{token}", "Bearer {token}.", "Bearer ä", "Bearer " + "x" * 5000, "bearer\t{token}",
        "Bearer {token},{token}",
    ],
)  # fmt: skip
async def test_no_token_or_a_broken_one(value: str) -> None:
    kit = Kit()
    async with kit.client() as client:
        headers = {"Authorization": value.format(token=kit.token()).encode("utf-8")}
        response = await client.get("/api/courses", headers=headers)  # type: ignore[arg-type]
    assert response.status_code == 401
    assert code_of(response.json()) == "not_signed_in"


async def test_the_scheme_may_be_written_small() -> None:
    kit = Kit()
    assert await status(kit, {"Authorization": f"bearer {kit.token()}"}) == 503


async def test_two_tokens_are_none() -> None:
    kit = Kit()
    async with kit.client() as client:
        token = f"Bearer {kit.token()}"
        response = await client.get("/api/courses", headers=[("Authorization", token), ("Authorization", token)])
    assert response.status_code == 401


@pytest.mark.parametrize(
    ("tenant_id", "role", "host"),
    [
        (NORTH, Role.SCHOOL_ADMIN, "south.lms.example"),
        (NORTH, Role.SCHOOL_ADMIN, "lms.example"),
        (SOUTH, Role.TEACHER, "north.lms.example"),
        (SOUTH, Role.SCHOOL_ADMIN, "learn.school.example"),
        (None, Role.SUPER_ADMIN, "north.lms.example"),
        (None, Role.SUPER_ADMIN, "learn.school.example"),
    ],
)
async def test_a_token_of_another_site(tenant_id: UUID | None, role: Role, host: str) -> None:
    assert await status(kit := Kit(), kit.bearer(role, tenant_id), host) == 401


async def test_a_token_works_on_every_host_of_its_school() -> None:
    assert await status(kit := Kit(), kit.bearer(), "learn.school.example") == 503


async def test_a_session_that_ended() -> None:
    kit = Kit()
    headers = kit.bearer()
    kit.sessions.known.clear()
    assert await status(kit, headers) == 401


async def test_a_session_of_somebody_else() -> None:
    kit = Kit()
    headers = kit.bearer()
    (key, session), *_ = kit.sessions.known.items()
    kit.sessions.known[key] = LiveSession(
        session.session_id, UUID(int=7), Role.SCHOOL_ADMIN, must_change_password=False, email=EMAIL
    )
    assert await status(kit, headers) == 401


async def test_an_expired_token_also_when_it_was_good_a_moment_ago() -> None:
    kit = Kit()
    headers = kit.bearer()
    async with kit.client() as client:
        assert (await client.get("/api/courses", headers=headers)).status_code == 503
        kit.clock.advance(timedelta(minutes=9, seconds=59))
        assert (await client.get("/api/courses", headers=headers)).status_code == 503
        kit.clock.advance(timedelta(seconds=1))
        assert (await client.get("/api/courses", headers=headers)).status_code == 401


async def test_a_session_that_ends_between_two_requests() -> None:
    kit = Kit()
    headers = kit.bearer()
    async with kit.client() as client:
        assert (await client.get("/api/courses", headers=headers)).status_code == 503
        kit.sessions.known.clear()
        assert (await client.get("/api/courses", headers=headers)).status_code == 401


async def test_the_role_is_that_of_now_and_not_that_of_the_token() -> None:
    kit = Kit()
    headers = kit.bearer(Role.SCHOOL_ADMIN)
    key = next(iter(kit.sessions.known))
    kit.sessions.known[key] = LiveSession(key[1], SOMEBODY, Role.TEACHER, must_change_password=False, email=EMAIL)
    async with kit.client() as client:
        response = await client.get("/api/courses", headers=headers)
    assert response.status_code == 403
    assert code_of(response.json()) == "not_allowed"


async def test_other_kinds_of_tokens_are_no_access_tokens() -> None:
    kit = Kit()
    elsewhere = PyJwtAccessTokens(
        keys={"k1": bytes(reversed(KEYS["k1"]))}, current="k1", issuer="test", audience="test", clock=kit.clock
    )
    for token in (kit.grant(), kit.refresh_tokens.first()):
        assert await status(kit, {"Authorization": f"Bearer {token}"}) == 401
    kit.access_tokens = elsewhere
    token = kit.token()
    assert await status(Kit(sessions=kit.sessions), {"Authorization": f"Bearer {token}"}) == 401


@pytest.mark.parametrize(
    ("tenant_id", "host", "code"),
    [(SHUT, "shut.lms.example", "school_suspended"), (ENDED, "ended.lms.example", "trial_expired")],
)
async def test_a_school_that_is_closed(tenant_id: UUID, host: str, code: str) -> None:
    kit = Kit()
    async with kit.client(host) as client:
        for path in ("/api/courses", "/api/users/auth/me", "/api/teacher/courses"):
            response = await client.get(path, headers=kit.bearer(Role.TEACHER, tenant_id))
            assert (response.status_code, code_of(response.json())) == (403, code)
            # Only those with a token of the school get to know.
            assert (await client.get(path)).status_code == 401
        assert (await client.get("/api/tenants/theme")).status_code == 503


async def test_a_password_to_be_changed_first() -> None:
    kit = Kit()
    headers = kit.bearer(must_change_password=True)
    async with kit.client() as client:
        refused = await client.get("/api/courses", headers=headers)
        assert (refused.status_code, code_of(refused.json())) == (403, "password_change_required")
        assert (await client.get("/api/users/auth/me", headers=headers)).status_code == 503
        body = {"current_password": "a", "new_password": "b"}
        changed = await client.post("/api/users/auth/change-password", headers=headers, json=body)
        assert changed.status_code == 503


@pytest.mark.parametrize(
    ("role", "tenant_id", "host", "path"),
    [
        (Role.TEACHER, NORTH, "north.lms.example", "/api/courses"),
        (Role.HOD, NORTH, "north.lms.example", "/api/courses"),
        (Role.SCHOOL_ADMIN, NORTH, "north.lms.example", "/api/teacher/courses"),
        (Role.SCHOOL_ADMIN, NORTH, "north.lms.example", "/api/super-admin/tenants"),
        (Role.TEACHER, NORTH, "north.lms.example", "/api/super-admin/tenants"),
        (Role.SUPER_ADMIN, None, "lms.example", "/api/courses"),
        (Role.SUPER_ADMIN, None, "lms.example", "/api/teacher/courses"),
    ],
)
async def test_a_role_that_may_not(role: Role, tenant_id: UUID | None, host: str, path: str) -> None:
    kit = Kit()
    async with kit.client(host) as client:
        response = await client.get(path, headers=kit.bearer(role, tenant_id))
    assert (response.status_code, code_of(response.json())) == (403, "not_allowed")


async def test_public_routes_do_not_care_about_a_bad_token() -> None:
    async with Kit().client() as client:
        response = await client.get("/api/tenants/theme", headers={"Authorization": "Bearer nonsense"})
    assert response.status_code == 503
