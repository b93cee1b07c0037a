"""Receive a recording."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest

from adapters.memory.unit_of_work import MemoryTenantTransaction, MemoryUnitOfWork
from lms_app.actor import Actor
from lms_app.ports.storage import StorageUnavailable
from lms_app.scope import TenantScope
from lms_app.video.upload_video import MAX_UPLOAD_BYTES, Recording, UploadPermit, UploadVideo
from lms_app.video.views import UploadedVideoView
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import ContentType, Module
from lms_domain.errors import InvalidInput, NotAllowed, NotFound, PlanLimitReached, TooLarge, Unavailable
from lms_domain.schools.tenant import Limits, Tenant
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import PLAN, QueueName, StepName, StepState
from lms_domain.video.storage_keys import video_prefix
from tests.unit.lms_app.world import TEST, World

KIB = 1024
QUOTA = 100 * KIB


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def mp4(size: int) -> bytes:
    """A file of ``size`` bytes with the outermost frame of an MP4."""
    head = box(b"ftyp", b"isom\x00\x00\x02\x00isom") + box(b"moov", b"\x00" * 16)
    return head + box(b"mdat", b"\x00" * (size - len(head) - 8))


async def pieces(body: bytes, size: int = 7 * KIB) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


def recording(body: bytes, **changes: object) -> Recording:
    made = Recording(filename="lecture.mp4", title=None, language=None, chunks=pieces(body))
    return replace(made, **changes)  # type: ignore[arg-type]  # keywords of one test


class Studio:
    """A school with a module to upload into."""

    def __init__(self, world: World, tenant: Tenant, admin: Actor, module: Module) -> None:
        self.world = world
        self.tenant = tenant
        self.admin = admin
        self.module = module
        self.upload = UploadVideo(world.uow, world.storage, world.trail, world.clock, world.ids)

    async def permit(self, declared: int | None = None) -> UploadPermit:
        return await self.upload.permit(self.admin, self.module.course_id, self.module.id, declared_bytes=declared)

    async def send(self, body: bytes, **changes: object) -> UploadedVideoView:
        return await self.upload.receive(await self.permit(), recording(body, **changes))

    async def stored(self) -> set[str]:
        return {found.key async for found in self.world.storage.keys(f"tenant/{self.tenant.id}/")}

    async def used(self) -> int:
        async with self.world.uow.begin(TenantScope(self.tenant.id)) as tx:
            return (await tx.usage.limits())[1]

    async def is_untouched(self) -> bool:
        database = self.world.database
        rows = database.contents.rows() or database.videos.rows() or database.steps.rows() or database.outbox.rows()
        return not rows and await self.stored() == set() and await self.used() == 0


@pytest.fixture
async def studio(world: World) -> Studio:
    tenant = await world.new_school(
        "green", limits=Limits(teachers=9, courses=9, storage_bytes=QUOTA, video_seconds=3600)
    )
    course = await world.new_course(tenant)
    return Studio(world, tenant, await world.new_admin(tenant), await world.new_module(course))


# --- what becomes of it ---


async def test_content_video_and_doorbell_are_there_at_once(studio: Studio, world: World) -> None:
    body = mp4(20 * KIB)
    view = await studio.send(body, title=" A  lecture ", language=" EN ")
    assert (view.content.title, view.content.content_type, view.content.order) == ("A lecture", ContentType.VIDEO, 1)
    assert (view.content.required_coverage, view.content.is_mandatory) == (90, True)
    assert view.content.video_status is view.video_asset.status is VideoStatus.UPLOADED
    assert (view.video_asset.source_name, view.video_asset.source_bytes) == ("lecture.mp4", len(body))
    assert [step.name for step in view.video_asset.steps] == list(PLAN)
    async with world.uow.begin(TenantScope(studio.tenant.id)) as tx:
        asset = await tx.videos.lock_by_content(view.content.id)
        assert asset is not None
        assert (await tx.usage.limits())[1] == len(body)
    assert (asset.id, asset.language) == (view.video_asset.id, "en")
    assert asset.steps[StepName.VALIDATE].state is StepState.QUEUED
    async with world.uow.begin(TEST) as system:
        (message,) = await system.outbox.take(10)
    assert message.doorbell.queue is QueueName.MEDIA
    assert (message.doorbell.tenant_id, message.doorbell.step_id) == (
        studio.tenant.id,
        asset.steps[StepName.VALIDATE].id,
    )


async def test_the_bytes_are_kept_under_a_key_that_no_client_chose(studio: Studio, world: World) -> None:
    body = mp4(20 * KIB)
    view = await studio.send(body, filename="../../tenant/evil/videos/x.mp4")
    (key,) = await studio.stored()
    assert key.startswith(video_prefix(studio.tenant.id, view.content.id))
    assert "evil" not in key
    async with world.storage.open(key) as opened:
        assert b"".join([chunk async for chunk in opened.chunks]) == body


async def test_videos_of_a_module_come_one_after_the_other(studio: Studio) -> None:
    views = await asyncio.gather(*(studio.send(mp4(KIB)) for _ in range(5)))
    assert sorted(view.content.order for view in views) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("lecture.mp4", "lecture"),
        ("Lecture 1. Formative assessment.final.MOV", "Lecture 1. Formative assessment.final"),
        ("Вводная лекция №1.mp4", "Вводная лекция №1"),
        ("C:\\Videos\\Lecture 2.mp4", "Lecture 2"),
        ("../../etc/passwd", "passwd"),
        ("no extension", "no extension"),
        (".mp4", ".mp4"),
        ("", "recording"),
        ("\x00\r\n", "recording"),
        ("folder/", "recording"),
        ("cod\u202e4pm.exe", "cod4pm"),
        ("x" * 250 + ".mp4", "x" * 200),
        ("two  words .mp4", "two words"),
        ("a" * 199 + "  b.mp4", "a" * 199),
    ],
)
async def test_without_a_title_the_files_name_serves(studio: Studio, filename: str, title: str) -> None:
    for given in (None, "", "   "):
        view = await studio.send(mp4(KIB), filename=filename, title=given)
        assert view.content.title == title


@pytest.mark.parametrize(("given", "kept"), [(None, None), ("", None), ("  ", None), ("de", "de"), ("YUE", "yue")])
async def test_languages(studio: Studio, world: World, given: str | None, kept: str | None) -> None:
    await studio.send(mp4(KIB), language=given)
    assert [asset.language for asset in world.database.videos.rows()] == [kept]


# --- what is refused ---


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 201}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"language": "english"}, "language"),
        ({"language": "e"}, "language"),
        ({"language": "d3"}, "language"),
        ({"language": "ру"}, "language"),
    ],
)
async def test_a_wrong_label_is_refused_before_the_first_byte(
    studio: Studio, changes: dict[str, object], field: str
) -> None:
    read = 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal read
        async for piece in pieces(mp4(20 * KIB)):
            read += len(piece)
            yield piece

    with pytest.raises(InvalidInput) as refused:
        await studio.send(b"", chunks=counted(), **changes)
    assert refused.value.errors[0].field == field
    assert read == 0
    assert await studio.is_untouched()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "not_a_video"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\nfile:///etc/passwd\n", "not_a_video"),
        (b"PK\x03\x04" + b"\x00" * 1000, "not_a_video"),
        (mp4(20 * KIB)[:-1], "truncated"),
        (mp4(20 * KIB)[:10_000], "truncated"),
    ],
)
async def test_what_is_no_recording_leaves_nothing(studio: Studio, body: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await studio.send(body)
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == ("file", code)
    assert await studio.is_untouched()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SCHOOL_ADMIN}))
async def test_only_administrators_upload(studio: Studio, role: Role) -> None:
    actor = replace(studio.admin, role=role, tenant_id=None if role is Role.SUPER_ADMIN else studio.tenant.id)
    with pytest.raises(NotAllowed):
        await studio.upload.permit(actor, studio.module.course_id, studio.module.id, declared_bytes=None)


async def test_the_module_must_be_one_of_that_course_of_that_school(studio: Studio, world: World) -> None:
    stranger = await world.new_admin(await world.new_school("blue"))
    other = await world.new_course(studio.tenant, "Another")
    attempts: list[tuple[Actor, UUID, UUID]] = [
        (stranger, studio.module.course_id, studio.module.id),
        (studio.admin, other.id, studio.module.id),
        (studio.admin, studio.module.course_id, world.ids.new()),
    ]
    for actor, course_id, module_id in attempts:
        with pytest.raises(NotFound):
            await studio.upload.permit(actor, course_id, module_id, declared_bytes=None)


# --- how much ---


async def test_what_is_declared_too_large_is_refused_before_the_first_byte(studio: Studio, world: World) -> None:
    await studio.permit(QUOTA)
    await studio.permit(None)
    with pytest.raises(PlanLimitReached) as refused:
        await studio.permit(QUOTA + 65 * KIB)
    assert refused.value.code == "plan_limit"
    rich = await world.new_school("rich", limits=Limits(9, 9, 10 * MAX_UPLOAD_BYTES, 3600))
    module = await world.new_module(await world.new_course(rich))
    admin = await world.new_admin(rich)
    with pytest.raises(TooLarge) as too_large:
        await studio.upload.permit(admin, module.course_id, module.id, declared_bytes=MAX_UPLOAD_BYTES + 65 * KIB)
    assert too_large.value.code == "too_large"


async def test_a_declared_size_may_lie(studio: Studio) -> None:
    permit = await studio.permit(10)
    with pytest.raises(PlanLimitReached):
        await studio.upload.receive(permit, recording(mp4(QUOTA + 1)))
    assert await studio.is_untouched()


async def test_what_fits_to_the_byte_is_taken_and_then_nothing_more(studio: Studio) -> None:
    await studio.send(mp4(QUOTA))
    assert await studio.used() == QUOTA
    with pytest.raises(PlanLimitReached):
        await studio.permit(None)


async def test_more_than_any_upload_may_have(studio: Studio) -> None:
    permit = replace(await studio.permit(), max_bytes=10 * KIB)
    with pytest.raises(TooLarge):
        await studio.upload.receive(permit, recording(mp4(10 * KIB + 1)))
    assert await studio.is_untouched()
    await studio.upload.receive(permit, recording(mp4(10 * KIB)))


async def test_the_quota_holds_when_several_upload_at_once(studio: Studio) -> None:
    permits = [await studio.permit(40 * KIB) for _ in range(5)]
    results = await asyncio.gather(
        *(studio.upload.receive(permit, recording(mp4(40 * KIB))) for permit in permits), return_exceptions=True
    )
    assert sum(isinstance(result, UploadedVideoView) for result in results) == 2
    assert sum(isinstance(result, PlanLimitReached) for result in results) == 3
    assert await studio.used() == 80 * KIB
    assert len(await studio.stored()) == 2


# --- what breaks ---


async def test_a_client_that_goes_away_leaves_nothing(studio: Studio) -> None:
    class Gone(Exception):
        pass

    async def broken() -> AsyncIterator[bytes]:
        yield mp4(20 * KIB)[: 5 * KIB]
        raise Gone

    with pytest.raises(Gone):
        await studio.send(b"", chunks=broken())
    assert await studio.is_untouched()


async def test_an_upload_that_is_cancelled_leaves_nothing(studio: Studio) -> None:
    at_work = asyncio.Event()

    async def stuck() -> AsyncIterator[bytes]:
        yield mp4(20 * KIB)[: 5 * KIB]
        at_work.set()
        await asyncio.sleep(60)

    upload = asyncio.create_task(studio.send(b"", chunks=stuck()))
    await at_work.wait()
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert await studio.is_untouched()


async def test_a_storage_out_of_order(studio: Studio, world: World) -> None:
    permit = await studio.permit()
    world.storage.is_down = True
    with pytest.raises(StorageUnavailable):
        await studio.upload.receive(permit, recording(mp4(KIB)))
    world.storage.is_down = False
    assert await studio.is_untouched()


async def test_a_module_that_was_removed_meanwhile(studio: Studio, world: World) -> None:
    permit = replace(await studio.permit(), module_id=world.ids.new())
    with pytest.raises(NotFound):
        await studio.upload.receive(permit, recording(mp4(KIB)))
    assert await studio.is_untouched()


async def test_a_database_that_fails_leaves_no_object(
    studio: Studio, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    permit = await studio.permit()

    def begin(*_: object) -> object:
        raise Unavailable("The database does not answer.")

    with monkeypatch.context() as broken:
        broken.setattr(MemoryUnitOfWork, "begin", begin)
        with pytest.raises(Unavailable):
            await studio.upload.receive(permit, recording(mp4(KIB)))
    assert world.storage.written != []
    assert await studio.is_untouched()


async def test_a_commit_without_an_answer_keeps_the_file(
    studio: Studio, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The video may exist: it must not lose its file."""
    permit = await studio.permit()
    real_commit = MemoryTenantTransaction.commit

    async def commit(transaction: MemoryTenantTransaction) -> None:
        await real_commit(transaction)
        raise Unavailable("The answer was lost.")

    with monkeypatch.context() as broken:
        broken.setattr(MemoryTenantTransaction, "commit", commit)
        with pytest.raises(Unavailable):
            await studio.upload.receive(permit, recording(mp4(KIB)))
    (key,) = world.storage.written
    assert (await world.storage.head(key)).size == KIB


async def test_the_first_error_is_told_even_when_cleaning_up_fails_too(studio: Studio, world: World) -> None:
    permit = replace(await studio.permit(), module_id=world.ids.new())
    real_delete = world.storage.delete

    async def delete(key: str) -> None:
        world.storage.is_down = True
        await real_delete(key)

    world.storage.delete = delete  # type: ignore[method-assign]  # one fault of one object
    with pytest.raises(NotFound):
        await studio.upload.receive(permit, recording(mp4(KIB)))
