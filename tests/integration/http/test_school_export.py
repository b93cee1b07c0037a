"""A school is taken along as one archive, and the archive is read again."""

import asyncio
import csv
import hashlib
import io
import json
import re
from zipfile import ZIP_STORED, ZipFile

import httpx
import pytest

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.school_rows import NOT_EXPORTED, exported_columns
from adapters.postgres.tables import metadata
from lms_app.jobs.run_job import RunJob
from tests.integration.http.conftest import FIRST_PASSWORD, Person, RunningApp, School, new_module, onboard
from tests.integration.http.test_command_center import id_of
from tests.integration.http.test_first_slice import CLIP, teacher


@pytest.fixture(scope="module")
async def school(running: RunningApp, operator: Person) -> School:
    """With a little of everything, and a name that a spreadsheet would run."""
    school = await onboard(running, operator, "exported")
    contents = await new_module(school, '=HYPERLINK("http://evil.example","x")')
    link = {"title": "Ссылка 链接", "content_type": "LINK", "url": "https://example.org/"}
    assert (await school.admin.post(f"{contents}/", link)).status_code == 201
    for name in ("tom", "ann"):
        await teacher(school, name, department='Ελληνικά, "quoted"\nand more')
    with CLIP.open("rb") as clip:
        uploaded = await school.admin.client.post(
            f"{contents}/video-upload/", files={"file": ("clip.mp4", clip, "video/mp4")}, data={"title": "Clip"}
        )
    assert uploaded.status_code == 201, uploaded.text
    return school


@pytest.fixture(scope="module")
async def other_school(running: RunningApp, operator: Person) -> School:
    other = await onboard(running, operator, "not-exported")
    await other.admin.post("/api/courses/", {"title": "Of somebody else"})
    return other


@pytest.fixture(scope="module")
async def fetched(running: RunningApp, operator: Person, school: School, other_school: School) -> httpx.Response:
    assert other_school
    tenant_id = await id_of(operator, "exported")
    twice = await asyncio.gather(*(operator.get(f"/api/super-admin/tenants/{tenant_id}/export/") for _ in range(2)))
    asked = twice[0]
    assert asked.status_code == 202, asked.text
    assert asked.json() == twice[1].json()
    job = asked.json()
    assert asked.headers["location"] == f"/api/jobs/{job['id']}/"
    assert (job["kind"], job["status"]) == ("SCHOOL_EXPORT", "QUEUED")
    # Only who asked for it sees it, and not on the school's host.
    assert (await school.admin.get(f"/api/jobs/{job['id']}/")).status_code == 404
    run_job = await running.container.get(RunJob)
    assert [await run_job(), await run_job()] == [1, 0]
    done = (await operator.get(asked.headers["location"])).json()
    assert (done["status"], done["progress"], done["error"]) == ("SUCCEEDED", 1.0, None)
    assert (await school.admin.get(done["result_url"])).status_code == 404
    answer = await operator.get(done["result_url"])
    assert answer.status_code == 200
    return answer


@pytest.fixture(scope="module")
def archive(fetched: httpx.Response) -> ZipFile:
    assert fetched.headers["content-type"] == "application/zip"
    assert "attachment" in fetched.headers["content-disposition"]
    return ZipFile(io.BytesIO(fetched.content))


def test_the_archive_is_whole(archive: ZipFile) -> None:
    assert archive.testzip() is None
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["subdomain"], manifest["missing"]) == ("exported", [])
    listed = [each[form] for each in manifest["tables"] for form in ("json", "csv")] + manifest["media"]
    assert {each["path"] for each in listed} | {"manifest.json"} == set(archive.namelist())
    for each in listed:
        held = archive.read(each["path"])
        assert (len(held), hashlib.sha256(held).hexdigest()) == (each["size"], each["sha256"]), each["path"]


async def test_it_holds_what_the_database_holds(running: RunningApp, operator: Person, archive: ZipFile) -> None:
    tenant_id = await id_of(operator, "exported")
    manifest = json.loads(archive.read("manifest.json"))
    counts = {each["name"]: each["rows"] for each in manifest["tables"]}
    of_schools = {table.name for table in metadata.sorted_tables if "tenant_id" in table.c} | {"tenants"}
    assert set(counts) == of_schools - NOT_EXPORTED
    database = await running.container.get(PostgresDatabase)
    # Written since: that the export was asked for and is done is told afterwards only.
    async with database.system.connection() as connection:
        for table, count in counts.items():
            key = "id" if table == "tenants" else "tenant_id"
            sql = f'SELECT count(*) FROM "{table}" WHERE {key} = $1'  # noqa: S608  # names of our own tables
            assert await connection.fetchval(sql, tenant_id) == count, table
    for table, count in counts.items():
        rows = json.loads(archive.read(f"data/{table}.json"))
        lines = list(csv.reader(io.StringIO(archive.read(f"csv/{table}.csv").decode())))
        assert len(rows) == count == len(lines) - 1, table
        assert all(list(row) == lines[0] for row in rows), table
    assert {row["email"] for row in json.loads(archive.read("data/users.json"))} == {
        "admin@school.example",
        "tom@school.example",
        "ann@school.example",
    }
    assert "Of somebody else" not in archive.read("data/courses.json").decode()


def test_spreadsheets_run_nothing_of_it(archive: ZipFile) -> None:
    [course] = csv.DictReader(io.StringIO(archive.read("csv/courses.csv").decode()))
    assert course["title"] == '\'=HYPERLINK("http://evil.example","x")'
    [same] = json.loads(archive.read("data/courses.json"))
    assert same["title"] == '=HYPERLINK("http://evil.example","x")'


def test_media_are_as_they_were_uploaded(archive: ZipFile) -> None:
    media = [info for info in archive.infolist() if info.filename.startswith("media/")]
    assert [archive.read(info) for info in media if "/source_" in info.filename] == [CLIP.read_bytes()]
    assert {info.compress_type for info in media} == {ZIP_STORED}


def test_no_secret_leaves(archive: ZipFile) -> None:
    secret = re.compile(r"password_hash|fingerprint|\btoken\b|secret|recovery|lease")
    for table in metadata.sorted_tables:
        if ("tenant_id" in table.c and table.name not in NOT_EXPORTED) or table.name == "tenants":
            assert [column.name for column in exported_columns(table) if secret.search(column.name)] == [], table.name
    everything = b"".join(archive.read(name) for name in archive.namelist() if not name.startswith("media/"))
    for word in (b"$argon2", b"accept-invitation?", FIRST_PASSWORD.encode(), b"verify-email?"):
        assert word not in everything
