"""A school becomes an archive, piece by piece."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zipfile import ZipFile

import pytest

from adapters.memory.inventory import MemoryInventory
from lms_app.actor import Actor
from lms_app.jobs.show_job import JobView
from lms_app.ports.school_rows import ExportedTable, Row, SchoolRows, SchoolSnapshot
from lms_app.ports.storage import StorageUnavailable
from lms_app.schools.export_school import ExportSchool, RequestExport
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotAllowed, NotFound
from lms_domain.files.stored_file import FilePurpose, StoredFile
from lms_domain.jobs.job import Job
from lms_domain.schools.tenant import Tenant
from lms_domain.video.storage_keys import file_key
from tests.unit.lms_app.world import TEST, World

PEOPLE, NONE = ExportedTable("people", ("name", "text")), ExportedTable("nobody", ("name",))
BATCH = tuple({"name": f"@{number}", "text": "x" * 1000} for number in range(100))


class ManyRows(SchoolRows, SchoolSnapshot):
    """2,000 people, 2 MB of them, and a table that is empty."""

    tables = (PEOPLE, NONE)

    @asynccontextmanager
    async def snapshot(self, scope: TenantScope) -> AsyncIterator[SchoolSnapshot]:
        assert isinstance(scope, TenantScope)
        yield self

    async def rows(self, table: ExportedTable) -> AsyncIterator[tuple[Row, ...]]:
        for _ in range(20 if table is PEOPLE else 0):
            yield BATCH


@pytest.fixture
def operator(world: World) -> Actor:
    return Actor(user_id=world.ids.new(), tenant_id=None, role=Role.SUPER_ADMIN, session_id=world.ids.new())


async def ask(world: World, operator: Actor, school: Tenant) -> JobView:
    return await RequestExport(world.uow, world.trail, world.clock, world.ids)(operator, school.id)


async def claim(world: World) -> Job:
    async with world.uow.begin(TEST) as system:
        job = await system.jobs.claim(lease_seconds=60)
        await system.commit()
    assert job is not None
    return job


def exporter(world: World) -> ExportSchool:
    return ExportSchool(world.uow, ManyRows(), MemoryInventory(world.database), world.storage, world.clock)


async def new_file(world: World, school: Tenant, held: bytes | None) -> str:
    """The key of an uploaded file that is there, or is lost."""
    owner, file_id = await world.new_user(school, f"f{world.ids.new()}@x.test"), world.ids.new()
    key = file_key(school.id, file_id)
    async with world.uow.begin(TenantScope(school.id)) as tx:
        await tx.files.add(
            StoredFile(
                id=file_id,
                tenant_id=school.id,
                owner_id=owner.id,
                purpose=FilePurpose.CONTENT_FILE,
                key=key,
                file_name="a.pdf",
                media_type="application/pdf",
                size_bytes=3,
                created_at=world.clock.now(),
            )
        )
        await tx.commit()

    async def chunks() -> AsyncIterator[bytes]:
        yield held or b""

    if held is not None:
        await world.storage.put_stream(key, chunks(), max_bytes=100)
    return key.removeprefix(f"tenant/{school.id}/")


async def test_everything_is_in_it_and_nothing_grows_with_it(
    world: World, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = await world.new_school()
    there, lost = await new_file(world, school, b"pdf"), await new_file(world, school, None)
    await ask(world, operator, school)
    largest = 0
    told: list[float] = []
    put_stream = world.storage.put_stream

    async def measured(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        nonlocal largest
        async for chunk in chunks:
            largest = max(largest, len(chunk))
            yield chunk

    async def put(key: str, chunks: AsyncIterator[bytes], *, max_bytes: int) -> object:
        return await put_stream(key, measured(chunks), max_bytes=max_bytes)

    monkeypatch.setattr(world.storage, "put_stream", put)
    result = await exporter(world)(await claim(world), told.append)
    assert largest < 256 * 1024
    assert told == sorted(told)
    assert result.file_name == "green-2026-03-02.zip"
    async with world.storage.open(result.key) as opened:
        archive = ZipFile(io.BytesIO(b"".join([chunk async for chunk in opened.chunks])))
    assert archive.testzip() is None
    manifest = json.loads(archive.read("manifest.json"))
    assert [(table["name"], table["rows"]) for table in manifest["tables"]] == [("people", 2_000), ("nobody", 0)]
    assert json.loads(archive.read("data/people.json"))[:100] == list(BATCH)
    assert json.loads(archive.read("data/nobody.json")) == []
    assert archive.read("csv/people.csv").startswith(b"name,text\r\n'@0,xxx")
    assert archive.read("csv/nobody.csv") == b"name\r\n"
    assert [each["path"] for each in manifest["media"]] == [f"media/{there}"]
    assert manifest["missing"] == [f"media/{lost}"]


async def test_what_cannot_be_stored_leaves_nothing(
    world: World, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = await world.new_school()
    await ask(world, operator, school)

    async def full(key: str, chunks: AsyncIterator[bytes], *, max_bytes: int) -> object:
        assert key
        assert max_bytes
        async for _ in chunks:
            raise StorageUnavailable("disk full")
        raise AssertionError("an archive has pieces")

    with monkeypatch.context() as patch:
        patch.setattr(world.storage, "put_stream", full)
        with pytest.raises(StorageUnavailable):
            await exporter(world)(await claim(world), lambda _: None)
    # Named before, in case that the worker dies after the last byte.
    assert [row.garbage.prefix.split("/")[2] for row in world.database.garbage.rows()] == ["exports"]


async def test_who_may_ask_and_for_what(world: World, operator: Actor) -> None:
    school = await world.new_school()
    first = await ask(world, operator, school)
    assert await ask(world, operator, school) == first
    admin = await world.new_admin(school)
    request = RequestExport(world.uow, world.trail, world.clock, world.ids)
    with pytest.raises(NotAllowed):
        await request(admin, school.id)
    with pytest.raises(NotFound):
        await request(operator, world.ids.new())
    job = await claim(world)
    async with world.uow.begin(TEST) as system:
        await system.tenants.erase(school.id)
        await system.commit()
    with pytest.raises(NotFound):
        await exporter(world)(job, lambda _: None)
