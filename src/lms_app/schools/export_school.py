"""Take a whole school along."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.csv_text import csv_lines
from lms_app.jobs.run_job import JobHandler, Report
from lms_app.jobs.show_job import JobView, view_of_job
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.inventory import Inventory
from lms_app.ports.school_rows import ExportedTable, Row, SchoolRows, SchoolSnapshot
from lms_app.ports.storage import ObjectNotFound, ObjectStorage
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.zip_stream import ZipEntry, ZipStream
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.jobs.job import KEEP_RESULT, Job, JobKind, JobResult, new_job
from lms_domain.schools.tenant import Tenant
from lms_domain.video.garbage import referenced_keys
from lms_domain.video.storage_keys import export_key, tenant_prefix

FORMAT = 1
MAX_ARCHIVE_BYTES = 1 << 50
_ASK = SystemScope("an operator asks for a school's export")
_EXPORT = SystemScope("a school is exported")
_VIDEOS_AT_ONCE = 100
_SPOOL_BYTES = 1024 * 1024
_CHUNK = 256 * 1024
_MADE_AGAIN = "hls_key"
"""The stream of a video is made from its source."""


class RequestExport:
    """Have a whole school written into one archive: every table as JSON and as CSV, every uploaded file, every video as
    it was uploaded with its captions and picture, and a manifest with counts and SHA-256 sums. Passwords, tokens and
    other secrets are not in it. It is a job; its result can be fetched by who asked, for a week. Who asks again before
    it is done gets the same job."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, tenant_id: UUID) -> JobView:
        """Raises NotFound."""
        actor.require(Permission.RUN_PLATFORM)
        now = self._clock.now()
        async with self._uow.begin(_ASK) as system:
            # Locked: of two requests at once the second finds the first one's job.
            tenant = await system.tenants.lock(tenant_id)
            if tenant is None:
                raise NotFound("There is no such school.")
            known = await system.jobs.unfinished(tenant.id, JobKind.SCHOOL_EXPORT, actor.user_id)
            if known is not None:
                return view_of_job(known, now)
            job = new_job(
                job_id=self._ids.new(),
                tenant_id=tenant.id,
                kind=JobKind.SCHOOL_EXPORT,
                requested_by=actor.user_id,
                parameters={},
                now=now,
            )
            await system.jobs.add(job)
            about = AuditedObject("school", tenant.id, tenant.name)
            await self._trail.record(system, actor, "school.export_requested", about, tenant_id=tenant.id)
            await system.commit()
        return view_of_job(job, now)


class ManifestFile(msgspec.Struct, frozen=True):
    """A file of the archive."""

    path: str
    size: int
    sha256: str


class ManifestTable(msgspec.Struct, frozen=True):
    """A table: the same rows twice."""

    name: str
    rows: int
    json: ManifestFile
    csv: ManifestFile


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds; last in it. ``missing`` files are named by rows, but were not there."""

    format: int
    school_id: UUID
    school_name: str
    subdomain: str
    made_at: datetime
    tables: list[ManifestTable]
    media: list[ManifestFile]
    missing: list[str]


class ExportSchool(JobHandler):
    """Write a school into an archive in storage, piece by piece: memory does not grow with the school."""

    def __init__(
        self, uow: UnitOfWork, rows: SchoolRows, inventory: Inventory, storage: ObjectStorage, clock: Clock
    ) -> None:
        self._uow = uow
        self._rows = rows
        self._inventory = inventory
        self._storage = storage
        self._clock = clock

    async def __call__(self, job: Job, report: Report, /) -> JobResult:
        now = self._clock.now()
        key = export_key(job.tenant_id, job.id, job.attempt)
        async with self._uow.begin(_EXPORT) as system:
            tenant = await system.tenants.get(job.tenant_id)
            if tenant is None:
                raise NotFound("There is no such school (any more).")
            # Also when this worker dies after the last byte and before anybody knows of it.
            await system.garbage.add((Garbage(tenant.id, key, now + KEEP_RESULT + timedelta(days=1)),))
            await system.commit()
        async with aclosing(self._archive(tenant, report, now)) as chunks:
            await self._storage.put_stream(key, chunks, max_bytes=MAX_ARCHIVE_BYTES)
        return JobResult(key, f"{tenant.subdomain}-{now:%Y-%m-%d}.zip", "application/zip")

    async def _archive(self, tenant: Tenant, report: Report, now: datetime) -> AsyncGenerator[bytes]:
        scope, archive = TenantScope(tenant.id), ZipStream(now)
        tables: list[ManifestTable] = []
        async with self._rows.snapshot(scope) as snapshot:
            for number, table in enumerate(self._rows.tables):
                async with aclosing(_table(archive, snapshot, table, tables)) as chunks:
                    async for chunk in chunks:
                        yield chunk
                report(0.5 * number / len(self._rows.tables))
        media: list[ManifestFile] = []
        missing: list[str] = []
        async for key in self._media_keys(scope):
            path = f"media/{key.removeprefix(tenant_prefix(tenant.id))}"
            async with aclosing(self._medium(archive, key, path, media, missing)) as chunks:
                async for chunk in chunks:
                    yield chunk
            # How many there will be nobody knows beforehand.
            report(0.5 + 0.5 * len(media) / (len(media) + 20))
        manifest = Manifest(FORMAT, tenant.id, tenant.name, tenant.subdomain, now, tables, media, missing)
        with archive.entry("manifest.json", is_compressed=True) as entry:
            await asyncio.to_thread(entry.write, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
        archive.close()
        yield archive.take()

    async def _media_keys(self, scope: TenantScope) -> AsyncIterator[str]:
        after: UUID | None = None
        while videos := await self._inventory.videos(scope, after=after, limit=_VIDEOS_AT_ONCE):
            for video in videos:
                for name, key in referenced_keys(video).items():
                    if name != _MADE_AGAIN:
                        yield key
            after = videos[-1].content_id
        for key in sorted(await self._inventory.files(scope)):
            yield key

    async def _medium(
        self, archive: ZipStream, key: str, path: str, media: list[ManifestFile], missing: list[str]
    ) -> AsyncGenerator[bytes]:
        try:
            async with self._storage.open(key) as opened:
                with archive.entry(path, is_compressed=False) as entry:
                    async for chunk in opened.chunks:
                        await asyncio.to_thread(entry.write, chunk)
                        yield archive.take()
        except ObjectNotFound:
            missing.append(path)
            return
        media.append(_listed(entry))
        yield archive.take()


async def _table(
    archive: ZipStream, snapshot: SchoolSnapshot, table: ExportedTable, done: list[ManifestTable]
) -> AsyncGenerator[bytes]:
    """The table as JSON, and what is read for that also as CSV: an archive takes one file at a time, so the second
    waits in a temporary file."""
    count = 0
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as spooled:
        spooled.write(csv_lines([table.columns]))
        with archive.entry(f"data/{table.name}.json", is_compressed=True) as as_json:
            async for rows in snapshot.rows(table):
                await asyncio.to_thread(_write_rows, as_json, rows, is_first=count == 0)
                spooled.write(await asyncio.to_thread(csv_lines, _cells(table, rows)))
                count += len(rows)
                yield archive.take()
            as_json.write(b"\n]\n" if count else b"[]\n")
        spooled.seek(0)
        with archive.entry(f"csv/{table.name}.csv", is_compressed=True) as as_csv:
            while chunk := spooled.read(_CHUNK):
                await asyncio.to_thread(as_csv.write, chunk)
                yield archive.take()
    done.append(ManifestTable(table.name, count, _listed(as_json), _listed(as_csv)))
    yield archive.take()


def _write_rows(entry: ZipEntry, rows: tuple[Row, ...], *, is_first: bool) -> None:
    lines = b",\n".join(msgspec.json.encode(row) for row in rows)
    entry.write((b"[\n" if is_first else b",\n") + lines)


def _cells(table: ExportedTable, rows: tuple[Row, ...]) -> list[list[object]]:
    return [[row[name] for name in table.columns] for row in rows]


def _listed(entry: ZipEntry) -> ManifestFile:
    return ManifestFile(entry.path, entry.size, entry.sha256)
