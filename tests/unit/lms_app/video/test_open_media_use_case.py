"""Fetch media under a grant."""

from datetime import timedelta
from uuid import UUID

import pytest

from lms_app.accounts.sign_out import SignOut
from lms_app.ports.storage import StorageUnavailable
from lms_app.video.open_media import OpenMedia
from lms_domain.errors import NotFound
from lms_domain.schools.tenant import Tenant
from lms_domain.video.playback import PlaybackGrant
from lms_domain.video.storage_keys import video_prefix
from tests.contracts.storage import put
from tests.unit.lms_app.world import World

CONTENT, OTHER = UUID(int=7), UUID(int=8)
PATH = "r1/hls/720p/seg_00001.ts"


@pytest.fixture
async def green(world: World) -> Tenant:
    tenant = await world.new_school("green")
    await world.new_user(tenant)
    for content in (CONTENT, OTHER):
        prefix = video_prefix(tenant.id, content)
        await put(world.storage, prefix + PATH, content.bytes)
        await put(world.storage, prefix + "source_1.bin", b"the source")
    return tenant


@pytest.fixture
def media(world: World) -> OpenMedia:
    return OpenMedia(world.storage, world.playback_tokens, world.sessions, world.clock)


@pytest.fixture
async def refresh_token(world: World, green: Tenant) -> str:
    return (await world.sign_in(green)).refresh


@pytest.fixture
async def token(world: World, green: Tenant, refresh_token: str) -> str:
    session_id = world.database.sessions.rows()[0].id
    return world.playback_tokens.issue(
        PlaybackGrant(green.id, CONTENT, session_id, world.clock.now() + timedelta(hours=1))
    )


async def test_media_are_served(green: Tenant, media: OpenMedia, token: str) -> None:
    found = await media.find(tenant_id=green.id, token=token, path=PATH)
    assert (found.info.key, found.info.size) == (video_prefix(green.id, CONTENT) + PATH, 16)
    async with media.read(found.info, start=4, end=10) as opened:
        assert b"".join([chunk async for chunk in opened.chunks]) == CONTENT.bytes[4:10]


@pytest.mark.parametrize(
    "path",
    [
        "r1/hls/720p/seg_00002.ts",
        "source_1.bin",
        f"../{OTHER}/{PATH}",
        f"../../videos/{OTHER}/{PATH}",
        "/etc/passwd",
        "",
        "r1/hls/720p/../720p/seg_00001.ts",
        "r1%2fhls%2f720p%2fseg_00001.ts",
        "r1/hls/720p/seg_00001.ts\x00",
    ],
)
async def test_nothing_else_is(green: Tenant, media: OpenMedia, token: str, path: str) -> None:
    with pytest.raises(NotFound):
        await media.find(tenant_id=green.id, token=token, path=path)


async def test_whatever_is_wrong_with_a_grant_looks_the_same(
    world: World, green: Tenant, media: OpenMedia, token: str
) -> None:
    blue = await world.new_school("blue")
    until = world.clock.now() + timedelta(hours=1)
    session_id = world.database.sessions.rows()[0].id
    issue = world.playback_tokens.issue
    attempts = [
        (blue.id, token),
        (green.id, issue(PlaybackGrant(blue.id, CONTENT, session_id, until))),
        (blue.id, issue(PlaybackGrant(blue.id, CONTENT, session_id, until))),
        (green.id, issue(PlaybackGrant(green.id, UUID(int=9), session_id, until))),
        (green.id, issue(PlaybackGrant(green.id, CONTENT, UUID(int=9), until))),
        (green.id, issue(PlaybackGrant(green.id, CONTENT, session_id, world.clock.now()))),
        (green.id, token[:-1] + ("A" if token[-1] != "A" else "B")),
        (green.id, ""),
        (green.id, "x" * 10_000),
    ]
    answers = set()
    for tenant_id, each in attempts:
        with pytest.raises(NotFound) as refused:
            await media.find(tenant_id=tenant_id, token=each, path=PATH)
        answers.add((refused.value.code, refused.value.detail))
    assert len(answers) == 1


async def test_a_grant_dies_with_its_session(
    world: World, green: Tenant, media: OpenMedia, token: str, refresh_token: str
) -> None:
    sign_out = SignOut(world.uow, world.refresh_tokens, world.sessions, world.clock)
    await sign_out(school=await world.hosted(green), refresh_token=refresh_token)
    with pytest.raises(NotFound):
        await media.find(tenant_id=green.id, token=token, path=PATH)


async def test_a_grant_expires(world: World, green: Tenant, media: OpenMedia, token: str) -> None:
    world.pass_time(minutes=59, seconds=59)
    await media.find(tenant_id=green.id, token=token, path=PATH)
    world.pass_time(seconds=1)
    with pytest.raises(NotFound):
        await media.find(tenant_id=green.id, token=token, path=PATH)


async def test_a_storage_out_of_order_is_not_nothing(world: World, green: Tenant, media: OpenMedia, token: str) -> None:
    world.storage.is_down = True
    with pytest.raises(StorageUnavailable):
        await media.find(tenant_id=green.id, token=token, path=PATH)
