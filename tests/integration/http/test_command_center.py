"""What operators do about schools."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from httpx import Response

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.sql import Sql
from lms_app.operations.tidy_up import TidyUp
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.warn_of_trial_ends import WarnOfTrialEnds
from lms_app.scope import SystemScope, TenantScope
from lms_domain.notices.mail_delivery import MailDelivery, MailKind
from tests.integration.http.conftest import FIRST_PASSWORD, OPERATOR, Person, RunningApp, School, new_module, onboard
from tests.integration.http.test_first_slice import CLIP, code_of, teacher

TENANTS = "/api/super-admin/tenants/"
TENANT_KEYS = {
    "id",
    "name",
    "subdomain",
    "status",
    "is_active",
    "is_trial",
    "trial_ends_on",
    "plan",
    "limits",
    "features",
    "usage",
    "admin_email",
    "teacher_count",
    "course_count",
    "notes",
    "suspension_reason",
    "created_at",
}
STATS_KEYS = {
    "total_tenants",
    "active_tenants",
    "trial_tenants",
    "suspended_tenants",
    "total_users",
    "total_teachers",
    "storage_bytes",
    "video_seconds",
    "plan_distribution",
    "recent_onboards",
    "schools_near_limits",
    "activity",
    "pipeline",
}


@contextmanager
def counted_statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    seen: list[str] = []
    original = Sql._arguments

    def note(self: Sql, statement: object, values: dict[str, object]) -> list[object]:
        seen.append(str(statement))
        return original(self, statement, values)  # type: ignore[arg-type]  # passed on as it came

    with monkeypatch.context() as patch:
        patch.setattr(Sql, "_arguments", note)
        yield seen


def new_school(name: str, **more: object) -> dict[str, object]:
    return {
        "school_name": name,
        "admin_email": "head@new.example",
        "admin_first_name": "Hedda",
        "admin_last_name": "Head",
        **more,
    }


async def id_of(operator: Person, subdomain: str) -> str:
    found = (await operator.get(f"{TENANTS}?search={subdomain}")).json()["results"]
    return next(str(each["id"]) for each in found if each["subdomain"] == subdomain)


async def edit(operator: Person, tenant_id: str, **changes: object) -> dict[str, object]:
    answer = await operator.client.patch(f"{TENANTS}{tenant_id}/", json=changes)
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    return body


async def mails(running: RunningApp, tenant_id: str) -> list[MailDelivery]:
    """Everything that waits to be sent to people of a school. Nothing sends here."""
    uow = await running.container.get(UnitOfWork)
    async with uow.begin(SystemScope("a test")) as system:
        waiting = await system.mail.take_due(1000, now=datetime.now(UTC) + timedelta(seconds=1))
    return [mail for mail in waiting if str(mail.tenant_id) == tenant_id]


async def audit(person: Person, query: str = "", path: str = "/api/audit/") -> list[dict[str, object]]:
    answer = await person.get(f"{path}?page_size=100&{query}")
    assert answer.status_code == 200, answer.text
    results: list[dict[str, object]] = answer.json()["results"]
    return results


@pytest.mark.parametrize("name", ["Школа № 57", "مدرسة النور", "北京大学附属中学", "🏫🎓"])
async def test_a_school_of_any_name_with_an_invitation(running: RunningApp, operator: Person, name: str) -> None:
    made = await operator.post(TENANTS, new_school(name, time_zone="Asia/Kathmandu"))
    assert made.status_code == 201, made.text
    tenant = made.json()["tenant"]
    assert set(tenant) == TENANT_KEYS
    assert (tenant["name"], tenant["admin_email"], tenant["usage"]["teachers"]) == (name, "head@new.example", 0)
    assert tenant["features"] == {
        "CUSTOM_DOMAIN": False,
        "REPORTS_PDF": False,
        "QUIZ_GENERATION": True,
        "REMOTE_QUIZ_GENERATION": False,
    }
    sent = {mail.kind: mail for mail in await mails(running, tenant["id"])}
    assert set(sent) == {MailKind.WELCOME, MailKind.INVITATION}
    url = f"://{tenant['subdomain']}.lms.example"
    assert url in sent[MailKind.WELCOME].text
    link = next(word for word in sent[MailKind.INVITATION].text.split() if "/accept-invitation?" in word)
    assert url in link
    asked = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    client = running.client(f"{tenant['subdomain']}.lms.example")
    accepted = await client.post(
        "/api/users/auth/accept-invitation/", json={**asked, "new_password": "fourteen calm rivers turning"}
    )
    assert accepted.status_code == 200, accepted.text
    signed_in = await client.post(
        "/api/users/auth/login/", json={"email": "head@new.example", "password": "fourteen calm rivers turning"}
    )
    assert signed_in.json()["user"]["role"] == "SCHOOL_ADMIN"
    entries = await audit(operator, f"object_id={tenant['id']}", "/api/super-admin/audit/")
    assert [entry["action"] for entry in entries] == ["school.onboarded"]
    assert entries[0]["actor_email"] == OPERATOR[0]


async def test_two_with_one_subdomain_at_once(operator: Person) -> None:
    body = new_school("Twice", subdomain="twice-wanted", admin_password=FIRST_PASSWORD)
    answers = await asyncio.gather(*(operator.post(TENANTS, body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {code_of(answer) for answer in answers if answer.status_code == 409} == {"subdomain_taken"}
    without = new_school("Without A Wish", admin_password=FIRST_PASSWORD)
    answers = await asyncio.gather(*(operator.post(TENANTS, without) for _ in range(3)))
    assert {answer.json()["subdomain"] for answer in answers} == {
        "without-a-wish",
        "without-a-wish-2",
        "without-a-wish-3",
    }


async def test_a_school_begins_with_what_its_plan_brings(operator: Person, school: School) -> None:
    plans = {each["plan"]: each for each in (await operator.get("/api/super-admin/plans/")).json()["plans"]}
    assert list(plans) == ["FREE", "STARTER", "PRO", "ENTERPRISE"]
    made = (await operator.post(TENANTS, new_school("Brought", subdomain="brought", plan="PRO"))).json()["tenant"]
    assert {name: made[name] for name in ("limits", "features")} == {
        name: plans["PRO"][name] for name in ("limits", "features")
    }


async def test_an_address_is_advised_on_before_the_school_is_opened(operator: Person, school: School) -> None:
    path = "/api/super-admin/school-addresses/"
    free = (await operator.get(path, params={"school_name": "Schülerhaus Örtli"})).json()
    assert free == {
        "subdomain": "schulerhaus-ortli",
        "problem": None,
        "message": None,
        "suggestion": "schulerhaus-ortli",
    }
    taken = (await operator.get(path, params={"school_name": "North", "subdomain": "north"})).json()
    assert (taken["problem"], taken["suggestion"]) == ("taken", "north-2")
    assert (await operator.get(path, params={"subdomain": "www"})).json()["problem"] == "reserved"


async def test_stats(operator: Person, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    await teacher(school, "counted")
    tenant_id = await id_of(operator, "north")
    limits = (await operator.get(f"{TENANTS}{tenant_id}/")).json()["limits"]
    await edit(operator, tenant_id, limits={"teachers": 1})
    with counted_statements(monkeypatch) as seen:
        answer = await operator.get("/api/super-admin/stats/")
    assert answer.status_code == 200, answer.text
    assert len(seen) <= 2
    stats = answer.json()
    assert set(stats) == STATS_KEYS
    assert set(stats["plan_distribution"]) == {"FREE", "STARTER", "PRO", "ENTERPRISE"}
    assert sum(stats["plan_distribution"].values()) == stats["total_tenants"] >= 1
    near = [each for each in stats["schools_near_limits"] if each["id"] == tenant_id]
    assert [(each["resource"], each["used"], each["maximum"], each["percentage"]) for each in near] == [
        ("teachers", 1, 1, 100)
    ]
    today = datetime.now(UTC).date()
    assert [day["date"] for day in stats["activity"]] == [
        (today - timedelta(days=ago)).isoformat() for ago in reversed(range(30))
    ]
    # Around midnight the last day may have nothing yet.
    assert sum(day["sign_ins"] for day in stats["activity"]) >= 2
    assert set(stats["activity"][-1]) == {"date", "new_schools", "new_users", "sign_ins", "active_users", "videos"}
    assert set(stats["pipeline"]) == {"queued", "running", "failed"}
    assert stats["recent_onboards"]
    await edit(operator, tenant_id, limits=limits)


async def test_usage(operator: Person, other_school: School) -> None:
    tenant_id = await id_of(operator, "south")
    await teacher(other_school, "one")
    usage = (await operator.get(f"{TENANTS}{tenant_id}/usage/")).json()
    assert usage["usage"] == {"teachers": 1, "courses": 0, "storage_bytes": 0}
    assert (usage["user_count"], usage["admin_count"], usage["active_user_count"]) == (2, 1, 2)
    assert usage["last_sign_in_at"] is not None
    assert (await operator.get(f"{TENANTS}{uuid4()}/usage/")).status_code == 404


async def test_the_list(running: RunningApp, operator: Person) -> None:
    await onboard(running, operator, "listed-a")
    await onboard(running, operator, "listed-b")
    await edit(operator, await id_of(operator, "listed-a"), plan="PRO", is_trial=False)
    await edit(operator, await id_of(operator, "listed-b"), is_active=False)

    async def found(query: str) -> list[str]:
        answer = await operator.get(f"{TENANTS}?search=listed&{query}")
        assert answer.status_code == 200, answer.text
        return [each["subdomain"] for each in answer.json()["results"]]

    assert await found("ordering=name") == ["listed-a", "listed-b"]
    assert await found("ordering=-created_at") == ["listed-b", "listed-a"]
    assert await found("is_active=true") == ["listed-a"]
    assert await found("is_active=false") == ["listed-b"]
    assert await found("is_trial=false&ordering=name") == ["listed-a", "listed-b"]
    assert await found("plan=PRO") == ["listed-a"]
    assert (await operator.get(f"{TENANTS}?ordering=notes")).status_code == 400


async def test_what_the_operator_changes(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "changing")
    tenant_id = await id_of(operator, "changing")
    before = (await operator.get(f"{TENANTS}{tenant_id}/")).json()
    longer = await edit(operator, tenant_id, extend_trial_days=10)
    assert longer["trial_ends_on"] == (date.fromisoformat(before["trial_ends_on"]) + timedelta(days=10)).isoformat()
    changed = await edit(
        operator,
        tenant_id,
        plan="FREE",
        limits={"courses": 7},
        features={"REPORTS_PDF": True, "QUIZ_GENERATION": False},
        notes="Pays late.",
    )
    assert (changed["plan"], changed["notes"]) == ("FREE", "Pays late.")
    assert changed["limits"] == {"teachers": 10, "courses": 7, "storage_bytes": 5 * 1024**3, "video_seconds": 3600}
    assert changed["features"] == {
        "CUSTOM_DOMAIN": False,
        "REPORTS_PDF": True,
        "QUIZ_GENERATION": False,
        "REMOTE_QUIZ_GENERATION": False,
    }
    paid = await edit(operator, tenant_id, is_trial=False)
    assert (paid["status"], paid["is_trial"], paid["limits"]) == ("ACTIVE", False, changed["limits"])
    # The same once more changes nothing, and is no entry.
    await edit(operator, tenant_id, is_trial=False, plan="FREE", notes="Pays late.")
    for refused in ({"is_trial": True}, {"extend_trial_days": 3}, {"trial_ends_on": "2030-01-01"}):
        answer = await operator.client.patch(f"{TENANTS}{tenant_id}/", json=refused)
        assert (answer.status_code, code_of(answer)) == (409, "not_on_trial")
    for odd in ({"limits": {"teachers": -1}}, {"features": {"MAGIC": True}}, {"plan": "GOLD"}, {"subdomain": "x"}):
        assert (await operator.client.patch(f"{TENANTS}{tenant_id}/", json=odd)).status_code == 400

    # The school reads what concerns it, and not the operator's notes.
    seen = await audit(school.admin, f"object_id={tenant_id}")
    assert [entry["action"] for entry in seen] == [
        "school.converted",
        "school.features_changed",
        "school.limits_changed",
        "school.plan_changed",
        "school.trial_changed",
    ]
    assert (seen[-2]["before"], seen[-2]["after"]) == ({"plan": "STARTER"}, {"plan": "FREE"})
    assert "Pays late" not in (await school.admin.get("/api/audit/?page_size=100")).text
    everything = await audit(operator, f"object_id={tenant_id}", "/api/super-admin/audit/")
    assert {entry["action"] for entry in everything} - {entry["action"] for entry in seen} == {
        "school.onboarded",
        "school.notes_changed",
    }


async def test_the_trails_filters(operator: Person, school: School, other_school: School) -> None:
    made = await school.admin.post("/api/courses/", {"title": "Audited: Schrödinger"})
    course_id = made.json()["id"]
    assert (await school.admin.post("/api/teachers/", None)).status_code in {400, 404, 405, 415}
    person = await teacher(school, "trailed")
    [entry] = await audit(school.admin, "action=user.registered&search=TRAILED")
    assert entry["object_name"] == person.email
    today = datetime.now(UTC).date()
    assert entry in await audit(school.admin, f"first_day={today - timedelta(days=1)}&last_day={today}")
    assert await audit(school.admin, f"first_day={today + timedelta(days=2)}") == []
    assert await audit(school.admin, f"last_day={today - timedelta(days=2)}") == []
    assert await audit(
        school.admin, f"actor_id={entry['actor_id']}&object_type=user&object_id={entry['object_id']}"
    ) == [entry]
    # Another school's trail is its own; the operator reads all.
    assert await audit(other_school.admin, f"object_id={entry['object_id']}") == []
    assert entry in await audit(operator, f"object_id={entry['object_id']}", "/api/super-admin/audit/")
    assert course_id
    for odd in ("first_day=yesterday", "actor_id=1", "action=%00", "last_day=0001-01-01&first_day=9999-12-31"):
        answer = await school.admin.get(f"/api/audit/?{odd}")
        assert answer.status_code in {200, 400}, answer.text


async def test_suspending_takes_effect_within_five_seconds(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "suspending")
    tenant_id = await id_of(operator, "suspending")
    assert (await school.admin.get("/api/courses/")).status_code == 200
    assert (await edit(operator, tenant_id, is_active=False))["status"] == "SUSPENDED"
    began = time.monotonic()
    while (answer := await school.admin.get("/api/courses/")).status_code == 200:
        assert time.monotonic() - began < 5.5
        await asyncio.sleep(0.2)
    assert (answer.status_code, code_of(answer)) == (403, "school_suspended")
    again = await operator.post(f"{TENANTS}{tenant_id}/impersonate/", {"reason": "to have a look"})
    assert (again.status_code, code_of(again)) == (409, "school_closed")
    assert (await edit(operator, tenant_id, is_active=True))["status"] == "TRIAL"


async def test_why_a_school_is_suspended(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "reasons")
    tenant_id = await id_of(operator, "reasons")
    path = f"{TENANTS}{tenant_id}/"
    for changes in ({"suspension_reason": "Why not"}, {"suspension_reason": "Why not", "is_active": True}):
        refused = await operator.client.patch(path, json=changes)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "suspension_reason"), refused.text
    long = await operator.client.patch(path, json={"is_active": False, "suspension_reason": "x" * 501})
    assert (long.status_code, long.json()["errors"][0]["code"]) == (400, "too_long")
    shut = await edit(operator, tenant_id, is_active=False, suspension_reason=" Three invoices are open. ")
    assert (shut["status"], shut["suspension_reason"]) == ("SUSPENDED", "Three invoices are open.")
    assert (await edit(operator, tenant_id, is_active=False))["suspension_reason"] == "Three invoices are open."
    assert (await edit(operator, tenant_id, suspension_reason="Two are."))["suspension_reason"] == "Two are."
    assert (await edit(operator, tenant_id, is_active=True))["suspension_reason"] == ""
    began = time.monotonic()
    while (answer := await school.admin.get("/api/audit/?action=school.suspended")).status_code != 200:
        assert time.monotonic() - began < 5.5
        await asyncio.sleep(0.2)
    told = [(entry["before"], entry["after"]) for entry in reversed(answer.json()["results"])]
    assert told == [
        (
            {"is_suspended": False, "reason": None},
            {"is_suspended": True, "reason": "Three invoices are open."},
        ),
        ({"reason": "Three invoices are open."}, {"reason": "Two are."}),
    ]


async def test_whom_to_write_to_at_a_school(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "writing")
    tenant_id = await id_of(operator, "writing")
    path = f"{TENANTS}{tenant_id}/administrators/"
    known = (await operator.get(path)).json()["administrators"]
    assert [(each["has_joined"], each["invited_at"], each["is_active"]) for each in known] == [(True, None, True)]
    assert known[0]["last_sign_in_at"] is not None
    newcomer = {"email": "second@new.example", "first_name": "Ada", "last_name": "Aal", "role": "SCHOOL_ADMIN"}
    made = (await school.admin.post("/api/teachers/", newcomer)).json()
    learner = (
        await school.admin.post("/api/teachers/", {**newcomer, "role": "TEACHER", "email": "t@new.example"})
    ).json()
    second = (await operator.get(path)).json()["administrators"][0]
    assert (second["id"], second["email"], second["has_joined"], second["last_sign_in_at"]) == (
        made["id"],
        "second@new.example",
        False,
        None,
    )
    assert (await operator.post(f"{path}{made['id']}/invite/")).status_code == 204
    assert (await operator.get(path)).json()["administrators"][0]["invited_at"] > second["invited_at"]
    sent = [mail for mail in await mails(running, tenant_id) if mail.to == "second@new.example"]
    assert {mail.kind for mail in sent} == {MailKind.INVITATION}
    assert len(sent) == 2
    entries = await audit(school.admin, "action=user.invited")
    assert [(entry["object_name"], entry["actor_email"]) for entry in entries] == [("second@new.example", OPERATOR[0])]
    for user_id, status in ((known[0]["id"], 409), (learner["id"], 404), (str(uuid4()), 404)):
        assert (await operator.post(f"{path}{user_id}/invite/")).status_code == status
    for elsewhere in (f"{TENANTS}{uuid4()}/administrators/", f"{TENANTS}{uuid4()}/administrators/{made['id']}/invite/"):
        method = "POST" if elsewhere.endswith("invite/") else "GET"
        assert (await operator.client.request(method, elsewhere)).status_code == 404


async def test_a_trial_that_is_over(running: RunningApp, operator: Person) -> None:
    await onboard(running, operator, "ending")
    tenant_id = await id_of(operator, "ending")
    database = await running.container.get(PostgresDatabase)
    async with database.system.transaction("BEGIN") as tx:
        await tx.connection.execute(
            "UPDATE tenants SET created_at = now() - interval '30 days', trial_ends_on = current_date - 5, "
            "trial_ends_at = now() - interval '4 days' WHERE subdomain = 'ending'"
        )
        await tx.commit()
    assert (await operator.get(f"{TENANTS}{tenant_id}/")).json()["status"] == "EXPIRED"
    refused = await operator.client.patch(f"{TENANTS}{tenant_id}/", json={"is_active": True})
    assert (refused.status_code, code_of(refused)) == (409, "trial_over")
    longer = await edit(operator, tenant_id, is_active=True, extend_trial_days=3)
    assert (longer["status"], longer["trial_ends_on"]) == (
        "TRIAL",
        (datetime.now(UTC).date() + timedelta(days=3)).isoformat(),
    )


async def test_a_visit(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "visited")
    tenant_id = await id_of(operator, "visited")
    path = f"{TENANTS}{tenant_id}/impersonate/"
    assert (await operator.post(path, {"reason": "hm"})).status_code == 400
    opened = await operator.post(path, {"reason": "A course cannot be found"})
    assert opened.status_code == 201, opened.text
    visit = opened.json()
    assert set(visit) == {"url", "code", "expires_at"}
    url = urlsplit(visit["url"])
    assert (url.hostname, url.path, url.fragment) == ("visited.lms.example", "/enter", f"code={visit['code']}")
    client = running.client("visited.lms.example")
    entered = await client.post("/api/users/auth/exchange/", json={"code": visit["code"]})
    assert entered.status_code == 200, entered.text
    client.headers["Authorization"] = f"Bearer {entered.json()['access']}"
    made = await client.post("/api/courses/", json={"title": "Made on a visit"})
    assert made.status_code == 201, made.text
    assert (await client.post("/api/users/auth/exchange/", json={"code": visit["code"]})).status_code == 400

    seen = await audit(school.admin, "object_type=impersonation")
    assert [entry["action"] for entry in seen] == ["impersonation.entered", "impersonation.opened"]
    assert seen[1]["actor_email"] == OPERATOR[0]
    assert seen[0]["impersonated_by"] == seen[1]["actor_id"]
    assert seen[1]["after"]["reason"] == "A course cannot be found"  # type: ignore[index]  # JSON
    # Everything that was asked for, under both identities; what nobody visiting asked for is not there.
    asked = await audit(school.admin, "action=impersonation.requested")
    assert [(entry["after"], entry["actor_email"], entry["impersonated_by"]) for entry in asked] == [
        ({"method": "POST", "path": "/api/courses"}, "admin@school.example", seen[1]["actor_id"])
    ]
    both = await audit(operator, "action=school.impersonated", "/api/super-admin/audit/")
    assert both[0]["object_id"] == tenant_id


async def test_a_visit_as_somebody_who_must_still_change_their_password(running: RunningApp, operator: Person) -> None:
    made = await operator.post(TENANTS, new_school("Fresh", admin_password=FIRST_PASSWORD))
    tenant = made.json()["tenant"]
    opened = await operator.post(f"{TENANTS}{tenant['id']}/impersonate/", {"reason": "Setting it up"})
    client = running.client(f"{tenant['subdomain']}.lms.example")
    entered = (await client.post("/api/users/auth/exchange/", json={"code": opened.json()["code"]})).json()
    client.headers["Authorization"] = f"Bearer {entered['access']}"
    assert (await client.get("/api/courses/")).status_code == 200


async def test_dangerous_things_ask_for_a_recent_proof(running: RunningApp, operator: Person) -> None:
    await onboard(running, operator, "dangerous")
    tenant_id = await id_of(operator, "dangerous")
    database = await running.container.get(PostgresDatabase)

    async def proven(when: str) -> None:
        async with database.system.transaction("BEGIN") as tx:
            await tx.connection.execute(f"UPDATE platform_sessions SET confirmed_at = {when}")  # noqa: S608  # of this test
            await tx.commit()

    asked = (await operator.client.delete(f"{TENANTS}{tenant_id}/")).json()
    await proven("now() - interval '6 minutes'")
    visit = await operator.post(f"{TENANTS}{tenant_id}/impersonate/", {"reason": "to have a look"})
    erased = await operator.post(f"{TENANTS}{tenant_id}/erase/", {"code": asked["code"], "phrase": asked["phrase"]})
    assert [code_of(answer) for answer in (visit, erased)] == ["step_up_required", "step_up_required"]
    assert [answer.status_code for answer in (visit, erased)] == [403, 403]
    await proven("now()")
    assert (await operator.post(f"{TENANTS}{tenant_id}/impersonate/", {"reason": "to look"})).status_code == 201


async def test_erasing_in_two_steps(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "erased")
    other = await onboard(running, operator, "not-erased")
    await school.admin.post("/api/courses/", {"title": "Gone"})
    tenant_id, other_id = await id_of(operator, "erased"), await id_of(operator, "not-erased")
    asked = await operator.client.delete(f"{TENANTS}{tenant_id}/")
    assert asked.status_code == 202
    code, phrase = asked.json()["code"], asked.json()["phrase"]
    assert phrase == "School erased"
    for path_id, sent in (
        (tenant_id, {"code": code, "phrase": "School Erased"}),
        (tenant_id, {"code": code[:-1] + ("A" if code[-1] != "A" else "B"), "phrase": phrase}),
        (tenant_id, {"code": "k", "phrase": phrase}),
        (other_id, {"code": code, "phrase": "School not-erased"}),
    ):
        assert (await operator.post(f"{TENANTS}{path_id}/erase/", sent)).status_code == 400
    assert (await school.admin.get("/api/courses/")).status_code == 200
    answers = await asyncio.gather(
        *(operator.post(f"{TENANTS}{tenant_id}/erase/", {"code": code, "phrase": phrase}) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404]
    assert (await operator.get(f"{TENANTS}{tenant_id}/")).status_code == 404
    assert (await other.admin.get("/api/courses/")).status_code == 200
    trail = await audit(operator, f"object_id={tenant_id}", "/api/super-admin/audit/")
    assert [entry["action"] for entry in trail] == ["school.erased", "school.erasure_requested", "school.onboarded"]
    uow = await running.container.get(UnitOfWork)
    async with uow.begin(SystemScope("a test")) as system:
        due = await system.garbage.due(1000, now=datetime.now(UTC) + timedelta(days=2))
    assert [each.garbage.prefix for each in due if str(each.garbage.tenant_id) == tenant_id] == [
        f"tenant/{tenant_id}/"
    ] * 2


async def test_the_pipelines_overview(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "stuck")
    tenant_id = await id_of(operator, "stuck")
    contents = await new_module(school, "Stuck")
    with CLIP.open("rb") as clip:
        form = {"file": ("clip.mp4", clip, "video/mp4")}
        sent = await school.admin.client.post(f"{contents}/video-upload/", files=form, data={"title": "Stuck clip"})
    assert sent.status_code == 201, sent.text
    content_id = sent.json()["content"]["id"]
    database = await running.container.get(PostgresDatabase)
    uow = await running.container.get(UnitOfWork)
    async with uow.begin(TenantScope(UUID(tenant_id))) as tx:
        asset = await tx.videos.lock_by_content(UUID(content_id))
        assert asset is not None
        asset.cancel(now=datetime.now(UTC))
        await tx.videos.save(asset)
        await tx.commit()
    async with database.app.transaction(f"BEGIN; SELECT set_config('app.tenant_id', '{tenant_id}', true)") as tx:
        await tx.connection.execute(
            "UPDATE video_steps SET state = 'FAILED', error = 'It broke.', error_code = 'broken', finished_at = now() "
            "WHERE asset_id = $1 AND name = 'VALIDATE'",
            asset.id,
        )
        await tx.commit()
    assert (await operator.get("/api/super-admin/stats/")).json()["pipeline"]["failed"] == 1
    [step] = (await operator.get(f"/api/super-admin/pipeline/?tenant_id={tenant_id}")).json()["results"]
    assert (step["content_id"], step["name"], step["state"], step["error"]) == (
        content_id,
        "VALIDATE",
        "FAILED",
        "It broke.",
    )
    body = {"tenant_id": tenant_id, "content_id": content_id, "step": "VALIDATE"}
    assert (await operator.post("/api/super-admin/pipeline/retry/", body)).status_code == 204
    assert (await operator.get(f"/api/super-admin/pipeline/?tenant_id={tenant_id}")).json()["count"] == 0
    [entry] = await audit(school.admin, "action=video.retried")
    assert (entry["object_name"], entry["actor_email"]) == ("Stuck clip", OPERATOR[0])
    elsewhere = await id_of(operator, "north")
    for odd in ({"tenant_id": elsewhere}, {"tenant_id": str(uuid4())}, {"content_id": str(uuid4())}):
        assert (await operator.post("/api/super-admin/pipeline/retry/", body | odd)).status_code == 404


async def test_trials_are_warned_of_once_and_old_keys_are_forgotten(running: RunningApp, operator: Person) -> None:
    await onboard(running, operator, "warned")
    tenant_id = await id_of(operator, "warned")
    await edit(operator, tenant_id, trial_ends_on=(datetime.now(UTC).date() + timedelta(days=3)).isoformat())
    warn = await running.container.get(WarnOfTrialEnds)
    runs = await asyncio.gather(*(warn() for _ in range(3)))
    assert sum(runs) >= 1
    assert await warn() == 0
    told = [mail for mail in await mails(running, tenant_id) if mail.kind is MailKind.TRIAL_WARNING]
    assert [mail.to for mail in told] == ["admin@school.example"]
    assert "ends in 3 days" in told[0].subject

    tidy_up = await running.container.get(TidyUp)
    await operator.post(TENANTS, new_school("Kept once"), headers={"Idempotency-Key": "kept"})
    database = await running.container.get(PostgresDatabase)
    for age, left in (("23 hours", 1), ("25 hours", 0)):
        async with database.system.transaction("BEGIN") as tx:
            await tx.connection.execute(
                f"UPDATE platform_idempotency_keys SET started_at = now() - interval '{age}' WHERE key = 'kept'"  # noqa: S608
            )
            await tx.commit()
        await tidy_up()
        async with database.system.connection() as connection:
            count = "SELECT count(*) FROM platform_idempotency_keys WHERE key = 'kept'"
            assert await connection.fetchval(count) == left


async def test_the_last_seat_of_a_lowered_limit(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "full")
    await edit(operator, await id_of(operator, "full"), limits={"teachers": 1, "courses": 1})

    async def register(name: str) -> Response:
        body = {"email": f"{name}@x.example", "first_name": "A", "last_name": "B"}
        return await school.admin.post("/api/users/auth/register-teacher/", body)

    async def create(title: str) -> Response:
        return await school.admin.post("/api/courses/", {"title": title})

    for ask in (register, create):
        answers = await asyncio.gather(*(ask(f"n{number}") for number in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]
        assert {code_of(answer) for answer in answers if answer.status_code == 403} == {"plan_limit"}


async def test_every_screen_is_one_statement(
    running: RunningApp, operator: Person, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much there is: the same at first, and with many more schools and entries."""
    tenant_id = await id_of(operator, "north")
    screens = (
        (operator, "/api/super-admin/stats/"),
        (operator, f"{TENANTS}?page_size=100&search=o&ordering=name"),
        (operator, f"{TENANTS}{tenant_id}/"),
        (operator, f"{TENANTS}{tenant_id}/usage/"),
        (operator, "/api/super-admin/audit/?page_size=100"),
        (operator, "/api/super-admin/pipeline/?page_size=100"),
        (school.admin, "/api/audit/?page_size=100"),
    )

    async def counts() -> list[int]:
        found = []
        for person, path in screens:
            await person.get(path)  # whoever asks is known for five seconds
            with counted_statements(monkeypatch) as seen:
                assert (await person.get(path)).status_code == 200
            found.append(len(seen))
        return found

    few = await counts()
    database = await running.container.get(PostgresDatabase)
    async with database.system.transaction("BEGIN") as tx:
        await tx.connection.execute(
            "INSERT INTO audit_log SELECT gen_random_uuid(), now(), null, '', null, 'course.published', 'course', "
            "null, 'Course ' || n, '', '', 'course', null, null, t.id FROM tenants AS t, generate_series(1, 500) AS n "
            "WHERE t.subdomain = 'north'"
        )
        await tx.commit()
    assert await counts() == few
    assert max(few) == 1


@pytest.fixture(scope="module")
async def routes(operator: Person, school: School) -> AsyncIterator[list[tuple[str, str, object]]]:
    """Every door of the Command Center."""
    tenant_id = await id_of(operator, "north")
    one = f"{TENANTS}{tenant_id}/"
    yield [
        ("GET", "/api/super-admin/stats/", None),
        ("GET", TENANTS, None),
        ("POST", TENANTS, new_school("Never")),
        ("GET", one, None),
        ("PATCH", one, {"is_active": False}),
        ("DELETE", one, None),
        ("POST", f"{one}erase/", {"code": "x", "phrase": "School north"}),
        ("GET", f"{one}usage/", None),
        ("GET", f"{one}export/", None),
        ("POST", f"{one}impersonate/", {"reason": "because I can"}),
        ("GET", "/api/super-admin/audit/", None),
        ("GET", "/api/super-admin/pipeline/", None),
        (
            "POST",
            "/api/super-admin/pipeline/retry/",
            {"tenant_id": tenant_id, "content_id": str(uuid4()), "step": "TRANSCODE"},
        ),
    ]
    assert school


async def test_nobody_else_gets_in(
    running: RunningApp, operator: Person, school: School, routes: list[tuple[str, str, object]]
) -> None:
    learner = await teacher(school, "curious")
    for method, path, body in routes:
        json = {"json": body} if body is not None else {}
        for person in (school.admin, learner):
            refused = await person.client.request(method, path, **json)  # type: ignore[arg-type]
            assert (refused.status_code, code_of(refused)) == (403, "not_allowed"), (method, path)
            token = person.client.headers["Authorization"]
            elsewhere = running.client("lms.example")
            on_platform = await elsewhere.request(method, path, headers={"Authorization": token}, **json)  # type: ignore[arg-type]
            assert on_platform.status_code == 401, (method, path)
        at_school = running.client(school.host)
        token = operator.client.headers["Authorization"]
        assert (await at_school.request(method, path, headers={"Authorization": token}, **json)).status_code == 401  # type: ignore[arg-type]
        assert (await at_school.request(method, path, **json)).status_code == 401  # type: ignore[arg-type]
    assert (await operator.get("/api/audit/")).status_code == 403
    assert (await learner.get("/api/audit/")).status_code == 403
    assert (await school.admin.get("/api/courses/")).status_code == 200
