"""Files that nobody needs go, everything else stays, and the school gets its bytes back."""

from datetime import timedelta
from uuid import UUID

import pytest

from adapters.memory.inventory import MemoryInventory
from adapters.memory.media import MemoryMedia
from lms_app.ports.storage import StorageUnavailable
from lms_app.ports.storage_garbage import Garbage
from lms_app.video.collect_garbage import Collected, CollectGarbage, CollectionRules
from lms_app.video.rerun_pipeline import RerunPipeline
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName
from lms_domain.video.storage_keys import file_key, run_name, run_prefix, source_key
from tests.contracts.samples import a_file
from tests.unit.lms_app.video.pipeline import SPEECH, Pipeline, Silence, chunk
from tests.unit.lms_app.world import TEST

FIVE_HOURS = timedelta(hours=5, seconds=1)


@pytest.fixture
def collect(pipeline: Pipeline) -> CollectGarbage:
    world = pipeline.world
    inventory = MemoryInventory(world.database)
    return CollectGarbage(world.uow, inventory, world.storage, CollectionRules(), world.clock, Silence())


async def kept(pipeline: Pipeline) -> dict[str, int]:
    return {found.key: found.size async for found in pipeline.world.storage.keys("tenant/")}


async def stored_bytes(pipeline: Pipeline) -> int:
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        return (await tx.usage.limits())[1]


async def ready(pipeline: Pipeline) -> UUID:
    content = await pipeline.upload(MemoryMedia(speech=SPEECH))
    await pipeline.work_off(pipeline.worker())
    assert (await pipeline.asset(content)).status is VideoStatus.READY
    return content


async def put(pipeline: Pipeline, key: str, body: bytes = b"x" * 1000) -> None:
    await pipeline.world.storage.put_stream(key, chunk(body), max_bytes=10_000)


async def test_after_a_rerun_the_earlier_run_goes_when_nobody_can_watch_it(
    pipeline: Pipeline, collect: CollectGarbage
) -> None:
    content = await ready(pipeline)
    before = await kept(pipeline)
    pipeline.world.pass_time(days=30)
    assert await collect() == Collected(), "all of it is in use, however old"
    again = RerunPipeline(pipeline.world.uow, pipeline.show, pipeline.world.trail)
    await again.by_content(pipeline.scope, content, from_step=StepName.TRANSCRIBE, only=True)
    assert await collect() == Collected()
    await pipeline.work_off(pipeline.worker())
    both = await kept(pipeline)
    assert await stored_bytes(pipeline) == sum(both.values())
    pipeline.world.pass_time(hours=4, minutes=59)
    assert await collect() == Collected(), "a viewer may still be watching"
    pipeline.world.pass_time(hours=1)
    gone = {key for key in before if key.endswith("captions.vtt")}
    assert await collect() == Collected(1, sum(before[key] for key in gone))
    after = await kept(pipeline)
    assert after.keys() == both.keys() - gone
    assert await stored_bytes(pipeline) == sum(after.values()) == (await pipeline.asset(content)).stored_bytes
    assert await collect() == Collected()


async def test_a_losers_run_and_an_upload_without_a_video_go(pipeline: Pipeline, collect: CollectGarbage) -> None:
    content = await ready(pipeline)
    tenant, ids, needed = pipeline.tenant.id, pipeline.world.ids, await kept(pipeline)
    pipeline.world.pass_time(hours=6)
    for name in ("hls/master.m3u8", "thumb.jpg"):
        await put(pipeline, run_prefix(tenant, content, run_name(UUID(int=7))) + name)
    await put(pipeline, source_key(tenant, ids.new(), ids.new()))
    elsewhere = {f"tenant/{tenant}/reports/x.pdf", f"tenant/{ids.new()}/videos/{content}/r{'0' * 32}/x", "check/1"}
    for key in elsewhere:
        await put(pipeline, key)
    assert await collect() == Collected(), "they may be part of something that is not finished"
    pipeline.world.pass_time(seconds=FIVE_HOURS.total_seconds())
    assert await collect() == Collected(2, 3000)
    assert (await kept(pipeline)).keys() == needed.keys() | {key for key in elsewhere if key.startswith("tenant/")}
    assert await stored_bytes(pipeline) == sum(needed.values())


async def test_a_video_that_failed_keeps_its_upload_and_is_weighed(pipeline: Pipeline, collect: CollectGarbage) -> None:
    content = await pipeline.upload(MemoryMedia(failures={"transcode": "transcode_failed"}))
    for _ in range(3):
        await pipeline.work_off(pipeline.worker())
        pipeline.world.pass_time(hours=1)
        await pipeline.sweep()
    asset = await pipeline.asset(content)
    assert asset.status is VideoStatus.FAILED
    pipeline.world.pass_time(seconds=FIVE_HOURS.total_seconds())
    await collect()
    left = await kept(pipeline)
    assert asset.source_key in left
    assert asset.poster_key in left
    assert await stored_bytes(pipeline) == sum(left.values())


async def test_while_work_is_under_way_nothing_of_the_video_goes(pipeline: Pipeline, collect: CollectGarbage) -> None:
    content = await ready(pipeline)
    await put(pipeline, run_prefix(pipeline.tenant.id, content, run_name(UUID(int=7))) + "thumb.jpg")
    again = RerunPipeline(pipeline.world.uow, pipeline.show, pipeline.world.trail)
    await again.by_content(pipeline.scope, content, from_step=StepName.THUMBNAIL, only=True)
    pipeline.world.pass_time(days=1)
    before = await stored_bytes(pipeline)
    assert await collect() == Collected()
    assert await stored_bytes(pipeline) == before


async def test_what_was_named_goes_at_its_time_even_of_a_school_that_is_gone(
    pipeline: Pipeline, collect: CollectGarbage
) -> None:
    world, now = pipeline.world, pipeline.world.clock.now()
    gone, stays = world.ids.new(), pipeline.tenant.id
    keys = {f"tenant/{gone}/a/1", f"tenant/{gone}/a/2", f"tenant/{stays}/reports/1.csv", f"tenant/{stays}/reports/2"}
    for key in keys:
        await put(pipeline, key)
    async with world.uow.begin(TEST) as system:
        await system.garbage.add(
            (
                Garbage(gone, f"tenant/{gone}/", now),
                Garbage(stays, f"tenant/{stays}/reports/1.csv", now + timedelta(hours=1)),
                Garbage(gone, f"tenant/{stays}/reports/", now),
                Garbage(gone, "", now),
            )
        )
        await system.commit()
    assert (await collect()).holdings == 3
    assert (await kept(pipeline)).keys() == {f"tenant/{stays}/reports/1.csv", f"tenant/{stays}/reports/2"}
    pipeline.world.pass_time(hours=2)
    assert (await collect()).holdings == 1
    assert (await kept(pipeline)).keys() == {f"tenant/{stays}/reports/2"}
    assert await collect() == Collected()


async def test_a_file_whose_row_was_never_written_goes(pipeline: Pipeline, collect: CollectGarbage) -> None:
    user = (await pipeline.admin()).user_id
    async with pipeline.world.uow.begin(pipeline.scope) as tx:
        admin = await tx.users.get(user)
        assert admin is not None
        known = a_file(admin, key=file_key(pipeline.tenant.id, UUID(int=1)))
        await tx.files.add(known)
        await tx.commit()
    await put(pipeline, known.key)
    await put(pipeline, file_key(pipeline.tenant.id, UUID(int=2)))
    assert await collect() == Collected()
    pipeline.world.pass_time(seconds=FIVE_HOURS.total_seconds())
    assert await collect() == Collected(1, 1000)
    assert (await kept(pipeline)).keys() == {known.key}


async def test_schools_are_collected_one_by_one(pipeline: Pipeline, collect: CollectGarbage) -> None:
    other = await pipeline.world.new_school("blue")
    for tenant in (pipeline.tenant.id, other.id):
        await put(pipeline, source_key(tenant, UUID(int=1), UUID(int=1)))
    pipeline.world.pass_time(days=1)
    assert await collect() == Collected(2, 2000)


async def test_a_storage_that_is_away_says_so(pipeline: Pipeline, collect: CollectGarbage) -> None:
    await ready(pipeline)
    pipeline.world.storage.is_down = True
    with pytest.raises(StorageUnavailable):
        await collect()
