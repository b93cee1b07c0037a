"""What every Inventory does. A subclass gives the fixtures ``uow`` and ``inventory``."""

from uuid import UUID

from lms_app.ports.inventory import Inventory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.video.asset import VideoAsset
from tests.contracts.samples import NOW, SYSTEM, a_file, new_school, new_user, new_video


class InventoryContract:
    """Everything, page by page, and nothing of another school."""

    async def test_all_schools_are_known(self, uow: UnitOfWork, inventory: Inventory) -> None:
        assert await inventory.schools(SYSTEM) == ()
        made = [await new_school(uow), await new_school(uow, is_suspended=True)]
        assert await inventory.schools(SYSTEM) == tuple(sorted(scope.tenant_id for scope in made))

    async def test_keys_of_files_are_those_of_one_school(self, uow: UnitOfWork, inventory: Inventory) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        keys = []
        for scope in (ours, theirs):
            file = a_file(await new_user(uow, scope))
            keys.append(file.key)
            async with uow.begin(scope) as tx:
                await tx.files.add(file)
                await tx.commit()
        assert await inventory.files(ours) == {keys[0]}

    async def test_videos_come_page_by_page_with_their_steps(self, uow: UnitOfWork, inventory: Inventory) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        videos = sorted([await new_video(uow, ours) for _ in range(3)], key=lambda asset: asset.content_id)
        await new_video(uow, theirs)
        async with uow.begin(ours) as tx:
            changed = await tx.videos.lock(videos[1].id)
            assert changed is not None
            changed.cancel(now=NOW)
            changed.hls_key, changed.stored_bytes = "a/b", 7
            await tx.videos.save(changed)
            await tx.commit()
        wanted = (videos[0], changed, videos[2])
        assert await inventory.videos(ours, after=None, limit=10) == wanted
        pages: list[VideoAsset] = []
        after: UUID | None = None
        while page := await inventory.videos(ours, after=after, limit=2):
            pages += page
            after = page[-1].content_id
        assert tuple(pages) == wanted
