"""A school in memory whose administrator writes courses: every use case, and real pictures and files."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID, uuid4

from PIL import Image

from adapters.memory.inventory import MemoryInventory
from adapters.pillow.picture_encoder import PillowPictureEncoder
from lms_app.actor import Actor
from lms_app.courses.delete_course import DeleteCourse, RestoreCourse
from lms_app.courses.duplicate_course import DuplicateCourse
from lms_app.courses.edit_content import AddContent, EditContent, NewContent, RemoveContent
from lms_app.courses.edit_course import CreateCourse, EditCourse
from lms_app.courses.edit_module import EditModule, RemoveModule
from lms_app.courses.purge_courses import PurgeDeletedCourses
from lms_app.courses.set_outline import SetOutline
from lms_app.courses.views import ContentView
from lms_app.files.open_file import OpenFile
from lms_app.files.remove_unused_files import RemoveUnusedFiles
from lms_app.files.upload_file import IncomingFile, UploadFile
from lms_app.files.views import UploadedFileView
from lms_app.ports.storage_garbage import GarbageToCollect
from lms_app.schools.school_settings import EditSettings
from lms_app.scope import SystemScope, TenantScope
from lms_domain.audit.entry import AuditEntry
from lms_domain.courses.course import ContentType, Module
from lms_domain.files.stored_file import FilePurpose
from lms_domain.schools.tenant import Limits, Tenant
from lms_domain.video.asset import VideoAsset, new_video_asset
from lms_domain.video.steps import PLAN
from tests.unit.lms_app.world import GIB, World

PDF = b"%PDF-1.7\n" + b"words " * 100
LIMITS = Limits(teachers=9, courses=4, storage_bytes=GIB, video_seconds=60)


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 90)).save(out, "PNG")
    return out.getvalue()


async def pieces(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


class Writing:
    """One school, and what its administrator can do."""

    def __init__(self, world: World, tenant: Tenant, admin: Actor) -> None:
        self.world, self.tenant, self.admin = world, tenant, admin
        self.scope = TenantScope(tenant.id)
        uow, show, trail, clock, ids = world.uow, world.show_course, world.trail, world.clock, world.ids
        self.create = CreateCourse(uow, show, trail, clock, ids)
        self.edit = EditCourse(uow, show, world.tell_of_courses, trail, clock)
        self.delete = DeleteCourse(uow, trail, clock)
        self.restore = RestoreCourse(uow, show, trail, clock)
        self.duplicate = DuplicateCourse(uow, show, trail, clock, ids)
        self.set_outline = SetOutline(uow, show, trail, clock)
        self.edit_module = EditModule(uow, show, trail)
        self.remove_module = RemoveModule(uow, trail, clock)
        self.add_content = AddContent(uow, show, world.sanitizer, trail, clock, ids)
        self.edit_content = EditContent(uow, show, world.sanitizer, trail, clock)
        self.remove_content = RemoveContent(uow, trail, clock)
        self.purge = PurgeDeletedCourses(uow, trail, clock)
        self.remove_unused = RemoveUnusedFiles(uow, MemoryInventory(world.database), clock)
        self.upload = UploadFile(uow, world.storage, PillowPictureEncoder(), world.addresses, trail, clock, ids)
        self.open = OpenFile(uow, world.storage, world.playback_tokens, world.sessions, clock)
        self.edit_settings = EditSettings(uow, trail)

    async def send(
        self, purpose: FilePurpose, data: bytes, name: str = "a file", *, actor: Actor | None = None
    ) -> UploadedFileView:
        permit = await self.upload.permit(actor or self.admin, purpose, declared_bytes=len(data))
        return await self.upload.receive(permit, IncomingFile(name, pieces(data)))

    async def document(self, module: Module, title: str = "Handout") -> tuple[ContentView, UUID]:
        file = await self.send(FilePurpose.CONTENT_FILE, PDF)
        new = NewContent(title=title, content_type=ContentType.DOCUMENT, is_mandatory=True, file_id=file.file_id)
        return await self.add_content(self.admin, module.course_id, module.id, new), file.file_id

    async def video(self, module: Module, size: int = 1000) -> VideoAsset:
        """A video that was just uploaded."""
        world, now = self.world, self.world.clock.now()
        link = await world.new_link(module)
        asset = new_video_asset(
            asset_id=world.ids.new(),
            tenant_id=self.tenant.id,
            content_id=link.id,
            source_key=f"tenant/{self.tenant.id}/videos/{link.id}/source_{uuid4().hex}.bin",
            source_bytes=size,
            source_name="lesson.mp4",
            language=None,
            step_ids={name: world.ids.new() for name in PLAN},
            now=now,
        )
        asset.start()
        async with world.uow.begin(self.scope) as tx:
            await tx.courses.remove_content(link.id)
            await tx.courses.add_content(replace(link, content_type=ContentType.VIDEO, url=None, required_coverage=90))
            await tx.videos.add(asset)
            await tx.usage.add_stored_bytes(size)
            await tx.commit()
        return asset

    async def stored_bytes(self) -> int:
        async with self.world.uow.begin(self.scope) as tx:
            return (await tx.usage.limits())[1]

    async def garbage(self) -> tuple[GarbageToCollect, ...]:
        """What is to be collected some time."""
        self.world.pass_time(days=1)
        async with self.world.uow.begin(SystemScope("a test")) as system:
            found = await system.garbage.due(100, now=self.world.clock.now())
        self.world.pass_time(days=-1)
        return found

    def audited(self) -> list[AuditEntry]:
        return list(self.world.database.audit.rows())
