"""Many people at once, from a file."""

import asyncio
import csv
import io
import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from entrypoints.cli.main import app
from tests.integration.http.conftest import Person, RunningApp, School, onboard
from tests.integration.http.test_first_slice import code_of, teacher

PATH = "/api/teachers/import/"
HEADER = "E-Mail;First Name;Surname;Rôle;Dept.;Groups;Shoe size;Joining date\n"


@pytest.fixture(scope="module")
async def school(running: RunningApp, operator: Person) -> School:
    return await onboard(running, operator, "imports")


async def send(school: School, data: bytes, **fields: str) -> httpx.Response:
    return await school.admin.client.post(PATH, files={"file": ("Staff.csv", data, "text/csv")}, data=fields)


async def how_many(school: School) -> int:
    count: int = (await school.admin.get("/api/teachers/?page_size=1")).json()["count"]
    return count


async def test_no_bad_row_stops_the_others(school: School) -> None:
    await school.admin.post("/api/teacher-groups/", {"name": "Größe"})
    await school.admin.post("/api/teacher-groups/", {"name": "Chess"})
    lines = [
        "zoë@imports.example;Zoë;Ångström;hod;Science;GRÖSSE|chess;38;31.01.2024",
        "ADMIN@school.example;Ada;Again;;;;;",
        "",
        "not an address;No;Address;;;;;",
        "boss@imports.example;Big;Boss;school_admin;;;;",
        "zoë@IMPORTS.example;Zoë;Twice;;;;;",
        "lost@imports.example;Lost;Group;;;No such group;;",
        "nameless@imports.example; ;X;;;;;",
        "odd@imports.example;a;b;;;;;;too;many",
        "day@imports.example;a;b;;;;;03/04/2024",
        "'=cmd@imports.example;'=HYPERLINK(1);Formula;;;;;",
    ]
    data = (HEADER + "\n".join(lines)).encode("cp1252")
    before = await how_many(school)
    dry = await send(school, data, dry_run="true")
    assert dry.status_code == 200, dry.text
    assert (dry.json()["id"], dry.json()["dry_run"], await how_many(school)) == (None, True, before)
    done = await send(school, data)
    body = done.json()
    assert body["counts"] == dry.json()["counts"] == {"created": 2, "skipped": 1, "error": 7}
    assert body["ignored_columns"] == ["Shoe size"]
    assert [(row["row"], row["status"], [e["code"] for e in row["errors"]]) for row in body["rows"]] == [
        (2, "created", []),
        (3, "skipped", ["taken"]),
        (5, "error", ["invalid"]),
        (6, "error", ["invalid"]),
        (7, "error", ["duplicate"]),
        (8, "error", ["unknown"]),
        (9, "error", ["required"]),
        (10, "error", ["too_many_cells"]),
        (11, "error", ["invalid"]),
        (12, "created", []),
    ]
    assert await how_many(school) == before + 2
    zoe = (await school.admin.get(f"/api/teachers/{body['rows'][0]['user_id']}/")).json()
    assert (zoe["first_name"], zoe["role"], zoe["department"], zoe["date_of_joining"], zoe["is_invited"]) == (
        "Zoë",
        "HOD",
        "Science",
        "2024-01-31",
        True,
    )
    assert len(zoe["group_ids"]) == 2
    mails = (await school.admin.get(f"/api/teachers/{zoe['id']}/export/")).json()["mails"]
    assert [(mail["kind"], mail["to"]) for mail in mails] == [("INVITATION", "zoë@imports.example")]
    # What is shown later, and its file.
    shown = (await school.admin.get(done.headers["location"])).json()
    assert shown["counts"] == body["counts"]
    assert [row["email"] for row in shown["rows"]][:3] == ["zoë@imports.example", "admin@school.example", ""]
    result = await school.admin.get(f"{done.headers['location']}result/")
    assert result.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in result.headers["content-disposition"]
    table = list(csv.reader(io.StringIO(result.content.decode("utf-8-sig"))))
    assert [line[0] for line in table] == ["row", *(str(row["row"]) for row in body["rows"])]
    assert table[-1][1] == "'=cmd@imports.example"
    # The same once more makes nobody.
    again = (await send(school, data)).json()
    assert again["counts"] == {"created": 0, "skipped": 3, "error": 7}
    audit = (await school.admin.get("/api/audit/?page_size=100")).json()
    imported = [entry for entry in audit["results"] if entry["action"] == "teachers.imported"]
    assert [entry["after"]["created"] for entry in imported] == [0, 2]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("", "csv"),
        ("name,mail\nA,a@x.example\n", "csv.first_name"),
        ("email,first_name,last_name,mail\n", "csv.email"),
        ("email,first_name,last_name\n" + "a@x.example,A,B\n" * 2001, "csv"),
    ],
)
async def test_what_is_no_table_of_people(school: School, body: str, field: str) -> None:
    answer = await school.admin.post(PATH, {"csv": body})
    assert (answer.status_code, code_of(answer)) == (400, "validation_error")
    assert answer.json()["errors"][0]["field"] == field


async def test_bodies_that_are_refused(school: School) -> None:
    client = school.admin.client
    assert (await client.post(PATH, content=b"email", headers={"content-type": "text/csv"})).status_code == 415
    assert (await client.post(PATH, content=b"{", headers={"content-type": "application/json"})).status_code == 400
    assert (await school.admin.post(PATH, {"csv": "", "dry": True})).status_code == 400
    assert (await send(school, b"x" * (1024 * 1024 + 1))).status_code == 413
    assert (await send(school, b"email", dry_run="maybe")).status_code == 400
    assert (await send(school, b"\x81\x8d")).json()["errors"][0]["code"] == "encoding"
    person = await teacher(school, "nobody")
    assert (await person.post(PATH, {"csv": "email"})).status_code == 403


async def test_two_thousand_people_and_back(school: School, running: RunningApp, other_school: School) -> None:
    """The plan has 50 seats or so: everybody else is told that there is none."""
    text = "email,first_name,last_name\n" + "".join(f"m{n}@many.example,Many,{n}\n" for n in range(2000))
    seats = (await school.admin.get("/api/tenants/stats/")).json()["teachers"]
    free = seats["limit"] - seats["active"] - seats["invited"]
    done = await school.admin.post(PATH, {"csv": text})
    assert done.json()["counts"] == {"created": free, "skipped": 0, "error": 2000 - free}
    assert {error["code"] for row in done.json()["rows"] for error in row["errors"]} == {"plan_limit"}
    undo = f"{done.headers['location']}undo/"
    assert (await other_school.admin.post(undo)).status_code == 404
    assert (await other_school.admin.get(done.headers["location"])).status_code == 404
    answers = await asyncio.gather(school.admin.post(undo), school.admin.post(undo))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert next(a.json() for a in answers if a.status_code == 200)["removed"] == free
    assert code_of(next(a for a in answers if a.status_code == 409)) == "import_undone"
    after = (await school.admin.get("/api/tenants/stats/")).json()["teachers"]
    assert after == seats


async def test_the_last_seats_and_the_same_people_at_once(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "races")
    limit = (await school.admin.get("/api/tenants/stats/")).json()["teachers"]["limit"]
    text = "email,first_name,last_name\n" + "".join(f"r{n}@races.example,Race,{n}\n" for n in range(limit - 2))
    answers = await asyncio.gather(*(school.admin.post(PATH, {"csv": text}) for _ in range(3)))
    counts = [answer.json()["counts"] for answer in answers]
    assert sorted(c["created"] for c in counts) == [0, 0, limit - 2]
    assert sum(c["skipped"] for c in counts) == 2 * (limit - 2)
    files = [
        "email,first_name,last_name\n" + "".join(f"{who}{n}@races.example,Last,{n}\n" for n in range(2)) for who in "ab"
    ]
    answers = await asyncio.gather(
        *(school.admin.post(PATH, {"csv": text}) for text in files),
        school.admin.post("/api/teachers/", {"email": "c@races.example", "first_name": "C", "last_name": "C"}),
    )
    made = sum(a.json()["counts"]["created"] for a in answers[:2]) + (answers[2].status_code == 201)
    assert made == 2
    assert (await school.admin.get("/api/tenants/stats/")).json()["teachers"]["invited"] == limit


async def test_from_the_command_line(
    running: RunningApp, school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    staff = tmp_path / "staff.csv"
    staff.write_text("email,first_name,last_name\ncli@imports.example,C,Li\nadmin@school.example,A,A\nx,y,z\n")

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["school", "import-teachers", *arguments])

    dry = await run("imports", str(staff), "--dry-run")
    assert dry.exit_code == 1
    assert "1 would be created, 1 would be skipped, 1 with errors." in dry.output
    assert "row 4 x: error: This is not an e-mail address." in dry.output
    done = await run("imports", str(staff), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["counts"] == {"created": 1, "skipped": 1, "error": 1}
    staff.write_text("email,first_name,last_name\ncli@imports.example,C,Li\n")
    again = await run("imports", str(staff))
    assert (again.exit_code, "0 created, 1 skipped, 0 with errors." in again.output) == (0, True)
    assert (await run("nowhere", str(staff))).exit_code == 1
    audit = (await school.admin.get("/api/audit/?page_size=100")).json()["results"]
    by_command = [entry for entry in audit if entry["action"] == "teachers.imported" and entry["actor_id"] is None]
    assert [entry["object_name"] for entry in by_command] == ["staff.csv", "staff.csv"]
