"""Files that are sent, fetched, and removed when nobody wants them."""

import asyncio
import io
from dataclasses import replace

import pytest
from PIL import Image

from lms_app.courses.edit_course import CourseChanges
from lms_app.files.upload_file import IncomingFile
from lms_app.schools.school_settings import SettingsChanges
from lms_domain.accounts.roles import Role
from lms_domain.errors import InvalidInput, NotAllowed, NotFound, PlanLimitReached, TooLarge, Unavailable
from lms_domain.files.stored_file import MIB, FilePurpose
from lms_domain.schools.tenant import Limits
from tests.unit.lms_app.courses.writing import LIMITS, PDF, Writing, pieces, png
from tests.unit.lms_app.world import World

MANAGED = (FilePurpose.CONTENT_FILE, FilePurpose.COURSE_THUMBNAIL, FilePurpose.TENANT_LOGO)
SHOWN = (FilePurpose.COURSE_THUMBNAIL, FilePurpose.TENANT_LOGO, FilePurpose.PROFILE_PICTURE)


@pytest.fixture
async def green(world: World) -> Writing:
    tenant = await world.new_school("green", limits=LIMITS)
    return Writing(world, tenant, await world.new_admin(tenant))


class TestSending:
    async def test_a_document_is_kept_as_it_came_and_fetched_by_its_address(self, green: Writing) -> None:
        sent = await green.send(FilePurpose.CONTENT_FILE, PDF, "../Le\u202ectures/1.pdf")
        assert (sent.file_name, sent.media_type, sent.size_bytes) == ("1.pdf", "application/pdf", len(PDF))
        assert await green.stored_bytes() == len(PDF)
        token = sent.url.removeprefix("/media/files/")
        with pytest.raises(NotFound):  # nobody is signed in with that session
            await green.open.find(tenant_id=green.tenant.id, token=token)

    @pytest.mark.parametrize("purpose", SHOWN)
    async def test_a_shown_picture_is_made_anew_under_an_address_of_its_own(
        self, green: Writing, purpose: FilePurpose
    ) -> None:
        data = png((800, 800))
        first, second = await green.send(purpose, data), await green.send(purpose, data)
        assert first.url != second.url
        shown = await green.open.picture(tenant_id=green.tenant.id, name=first.url.removeprefix("/media/public/"))
        assert (shown.media_type, len(shown.data)) == (first.media_type, first.size_bytes)
        assert max(Image.open(io.BytesIO(shown.data)).size) in {512, 720}
        assert shown.data != data
        other = await green.world.new_school("blue")
        for tenant_id, name in ((other.id, first.url[-32:]), (green.tenant.id, "0" * 32), (green.tenant.id, "../x")):
            with pytest.raises(NotFound):
                await green.open.picture(tenant_id=tenant_id, name=name)

    async def test_a_picture_among_documents_is_made_anew_and_not_shown_to_everybody(self, green: Writing) -> None:
        sent = await green.send(FilePurpose.CONTENT_FILE, png() + b"hidden behind it")
        assert sent.url.startswith("/media/files/")
        (key,) = green.world.storage.written
        async with green.world.storage.open(key) as opened:
            assert b"hidden" not in b"".join([chunk async for chunk in opened.chunks])

    async def test_a_profile_picture_is_that_of_its_sender_at_once(self, green: Writing) -> None:
        teacher = await green.world.new_user(green.tenant)
        await green.send(FilePurpose.PROFILE_PICTURE, png(), actor=green.world.actor(teacher))
        (file,) = green.world.database.files.rows()
        assert (await green.world.user(teacher)).picture_key == file.key

    @pytest.mark.parametrize("purpose", FilePurpose)
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported_file"),
            (b"<!doctype html><script>x()</script>", "unsupported_file"),
            (b"MZ" + bytes(20_000), "unsupported_file"),
            (b"GIF89a\x01\x00", "unsupported_file"),
            (png()[:60], "broken_picture"),
        ],
    )
    async def test_what_is_refused_leaves_nothing(
        self, green: Writing, purpose: FilePurpose, data: bytes, code: str
    ) -> None:
        actor = green.admin
        if purpose is FilePurpose.SUBMISSION_FILE:
            actor = green.world.actor(await green.world.new_user(green.tenant))
        with pytest.raises(InvalidInput) as refused:
            await green.send(purpose, data, actor=actor)
        assert [(error.field, error.code) for error in refused.value.errors] == [("file", code)]
        assert [found async for found in green.world.storage.keys("tenant/")] == []
        assert (green.world.database.files.rows(), await green.stored_bytes()) == ([], 0)

    async def test_an_empty_file(self, green: Writing) -> None:
        with pytest.raises(InvalidInput) as refused:
            await green.send(FilePurpose.CONTENT_FILE, b"")
        assert [error.code for error in refused.value.errors] == ["empty"]

    async def test_who_may_send_what(self, green: Writing) -> None:
        teacher = green.world.actor(await green.world.new_user(green.tenant))
        operator = replace(teacher, role=Role.SUPER_ADMIN, tenant_id=None)
        for actor, purposes in (
            (teacher, MANAGED),
            (green.admin, (FilePurpose.SUBMISSION_FILE,)),
            (operator, tuple(FilePurpose)),
        ):
            for purpose in purposes:
                with pytest.raises(NotAllowed):
                    await green.upload.permit(actor, purpose, declared_bytes=10)
        await green.send(FilePurpose.SUBMISSION_FILE, b"my essay", actor=teacher)

    async def test_what_is_too_large_is_refused_before_the_first_byte_and_while_it_comes(self, green: Writing) -> None:
        with pytest.raises(TooLarge):
            await green.upload.permit(green.admin, FilePurpose.TENANT_LOGO, declared_bytes=3 * MIB)
        permit = await green.upload.permit(green.admin, FilePurpose.TENANT_LOGO, declared_bytes=None)
        with pytest.raises(TooLarge):
            await green.upload.receive(permit, IncomingFile("x", pieces(png() + bytes(2 * MIB), MIB)))
        assert green.world.storage.written == []

    async def test_the_plan_has_room_for_so_many_bytes(self, world: World) -> None:
        limits = Limits(teachers=1, courses=1, storage_bytes=1000, video_seconds=1)
        tenant = await world.new_school("small", limits=limits)
        small = Writing(world, tenant, await world.new_admin(tenant))
        answers = await asyncio.gather(
            *(small.send(FilePurpose.CONTENT_FILE, b"x" * 400) for _ in range(4)), return_exceptions=True
        )
        assert sum(isinstance(answer, PlanLimitReached) for answer in answers) == 2
        assert (await small.stored_bytes(), len(world.database.files.rows())) == (800, 2)
        assert len([found async for found in world.storage.keys("tenant/")]) == 2
        with pytest.raises(PlanLimitReached):
            await small.send(FilePurpose.CONTENT_FILE, b"x" * 201)

    async def test_a_commit_that_nobody_knows_of_keeps_the_file(
        self, green: Writing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def lost(_: object) -> None:
            raise Unavailable("gone")

        permit = await green.upload.permit(green.admin, FilePurpose.CONTENT_FILE, declared_bytes=None)
        async with green.world.uow.begin(green.scope) as tx:
            monkeypatch.setattr(type(tx), "commit", lost)
        with pytest.raises(Unavailable):
            await green.upload.receive(permit, IncomingFile("x", pieces(PDF)))
        assert len([found async for found in green.world.storage.keys("tenant/")]) == 1


class TestRemoval:
    async def test_what_nothing_refers_to_goes_after_a_day(self, green: Writing) -> None:
        course = await green.world.new_course(green.tenant)
        thumbnail = await green.send(FilePurpose.COURSE_THUMBNAIL, png())
        logo = await green.send(FilePurpose.TENANT_LOGO, png())
        await green.send(FilePurpose.PROFILE_PICTURE, png())
        forgotten = await green.send(FilePurpose.CONTENT_FILE, PDF)
        await green.edit(green.admin, course.id, CourseChanges(thumbnail=thumbnail.file_id))
        await green.edit_settings(green.admin, SettingsChanges(logo=logo.file_id))
        assert await green.remove_unused() == 0
        green.world.pass_time(days=1, seconds=1)
        before = await green.stored_bytes()
        assert await green.remove_unused() == 1
        assert forgotten.file_id not in {file.id for file in green.world.database.files.rows()}
        assert await green.stored_bytes() == before - len(PDF)
        await green.edit(green.admin, course.id, CourseChanges(thumbnail=None))
        await green.edit_settings(green.admin, SettingsChanges(logo=None))
        assert await green.remove_unused() == 2
        assert len(await green.garbage()) == 3
        assert [file.purpose for file in green.world.database.files.rows()] == [FilePurpose.PROFILE_PICTURE]
