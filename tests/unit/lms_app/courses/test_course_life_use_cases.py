"""Courses that are rearranged, copied, deleted, restored and purged, with what lies in storage for them."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from lms_app.courses.edit_content import ContentChanges, NewContent
from lms_app.courses.edit_course import CourseChanges, NewCourse, StaleVersion
from lms_app.listing import PageRequest
from lms_app.ports.queries import CourseFilter
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import ContentType, Course, Module
from lms_domain.courses.outline import ModuleOrder
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, PlanLimitReached
from lms_domain.files.stored_file import FilePurpose
from lms_domain.video.asset import VideoStatus
from lms_domain.video.storage_keys import video_prefix
from tests.contracts.samples import a_group
from tests.unit.lms_app.courses.writing import LIMITS, PDF, Writing, png
from tests.unit.lms_app.world import World

NEW = NewCourse(
    title="Feedback",
    description="",
    is_mandatory=False,
    deadline=None,
    estimated_hours=None,
    assigned_to_all=False,
    assigned_teachers=frozenset(),
)


@pytest.fixture
async def green(world: World) -> Writing:
    tenant = await world.new_school("green", limits=LIMITS)
    return Writing(world, tenant, await world.new_admin(tenant))


@pytest.fixture
async def blue(world: World) -> Writing:
    tenant = await world.new_school("blue", limits=LIMITS)
    return Writing(world, tenant, await world.new_admin(tenant))


@pytest.fixture
async def course(green: Writing) -> Course:
    return await green.world.new_course(green.tenant)


@pytest.fixture
async def module(green: Writing, course: Course) -> Module:
    return await green.world.new_module(course)


class TestAssignment:
    async def test_groups_and_a_picture(self, green: Writing, blue: Writing) -> None:
        ours, theirs = a_group(green.scope), a_group(blue.scope)
        for writing, group in ((green, ours), (blue, theirs)):
            async with writing.world.uow.begin(writing.scope) as tx:
                await tx.groups.add(group)
                await tx.commit()
        picture = await green.send(FilePurpose.COURSE_THUMBNAIL, png())
        new = replace(NEW, assigned_groups=frozenset({ours.id}), thumbnail=picture.file_id)
        created = await green.create(green.admin, new)
        assert (created.assigned_groups, created.thumbnail_url) == ([ours.id], picture.url)
        for changes, field in (
            (CourseChanges(assigned_groups=frozenset({theirs.id})), "assigned_groups"),
            (CourseChanges(thumbnail=green.world.ids.new()), "thumbnail"),
            (CourseChanges(thumbnail=(await green.send(FilePurpose.CONTENT_FILE, PDF)).file_id), "thumbnail"),
            (CourseChanges(thumbnail=(await blue.send(FilePurpose.COURSE_THUMBNAIL, png())).file_id), "thumbnail"),
        ):
            with pytest.raises(InvalidInput) as refused:
                await green.edit(green.admin, created.id, changes)
            assert [(error.field, error.code) for error in refused.value.errors] == [(field, "unknown")]
        cleared = CourseChanges(assigned_groups=frozenset(), thumbnail=None)
        edited = await green.edit(green.admin, created.id, cleared)
        assert (edited.assigned_groups, edited.thumbnail_url) == ([], None)


class TestOutline:
    async def test_the_whole_order_in_one_request(self, green: Writing, course: Course) -> None:
        first, second = await green.world.new_module(course), await green.world.new_module(course)
        a, b = await green.world.new_link(first), await green.world.new_link(first)
        wanted = (ModuleOrder(second.id, (b.id,)), ModuleOrder(first.id, (a.id,)))
        shown = await green.set_outline(green.admin, course.id, wanted, if_version=1)
        assert [(m.id, m.order, [c.id for c in m.contents]) for m in shown.modules] == [
            (second.id, 1, [b.id]),
            (first.id, 2, [a.id]),
        ]
        assert shown.version == 2
        with pytest.raises(StaleVersion):
            await green.set_outline(green.admin, course.id, wanted, if_version=1)
        assert (await green.set_outline(green.admin, course.id, wanted)).version == 2
        assert [entry.action for entry in green.audited()] == ["course.reordered"]
        for incomplete in ((), wanted[:1], (*wanted, wanted[0]), (ModuleOrder(green.world.ids.new(), ()), *wanted)):
            with pytest.raises(InvalidInput):
                await green.set_outline(green.admin, course.id, incomplete)


class TestContents:
    @pytest.mark.parametrize(
        "html", ["<p>Read <b>this</b></p><script>x()</script>", "<p onclick=x()>Read <b>this</b></p>"]
    )
    async def test_a_text_is_cleaned(self, green: Writing, module: Module, html: str) -> None:
        new = NewContent(title="T", content_type=ContentType.TEXT, is_mandatory=False, text=html)
        view = await green.add_content(green.admin, module.course_id, module.id, new)
        assert (view.content_type, view.text, view.is_mandatory) == (ContentType.TEXT, "<p>Read <b>this</b></p>", False)
        changes = ContentChanges(text="<i>new</i><style>x</style>", is_mandatory=True)
        edited = await green.edit_content(green.admin, module.course_id, module.id, view.id, changes)
        assert (edited.text, edited.is_mandatory, edited.title) == ("<i>new</i>", True, "T")
        for refused in (
            ContentChanges(text="<br>"),
            ContentChanges(text=""),
            ContentChanges(url="https://x.example"),
            ContentChanges(required_coverage=80),
            ContentChanges(file_id=green.world.ids.new()),
        ):
            with pytest.raises(InvalidInput):
                await green.edit_content(green.admin, module.course_id, module.id, view.id, refused)

    async def test_a_document_is_fetched_and_replaced_and_goes_with_its_content(
        self, green: Writing, module: Module
    ) -> None:
        view, file_id = await green.document(module)
        assert view.file_url is not None
        assert view.file_url.startswith("/media/files/")
        newer = await green.send(FilePurpose.CONTENT_FILE, PDF + b"more")
        await green.edit_content(
            green.admin, module.course_id, module.id, view.id, ContentChanges(file_id=newer.file_id)
        )
        assert {file.id for file in green.world.database.files.rows()} == {newer.file_id}
        assert await green.stored_bytes() == len(PDF) + 4
        await green.remove_content(green.admin, module.course_id, module.id, view.id)
        assert await green.stored_bytes() == 0
        assert green.world.database.files.rows() == []
        prefixes = {each.garbage.prefix for each in await green.garbage()}
        assert prefixes == {f"tenant/{green.tenant.id}/files/{each.hex}.bin" for each in (file_id, newer.file_id)}
        assert [entry.action for entry in green.audited() if entry.object_type == "content"] == [
            "content.created", "content.updated", "content.deleted",
        ]  # fmt: skip

    @pytest.mark.parametrize("with_its_module", [False, True])
    async def test_a_video_that_goes_gives_its_bytes_back(
        self, green: Writing, module: Module, with_its_module: bool
    ) -> None:
        asset = await green.video(module, 5000)
        neighbour = await green.world.new_link(module)
        if with_its_module:
            await green.remove_module(green.admin, module.course_id, module.id)
            assert green.world.database.modules.rows() == []
        else:
            await green.remove_content(green.admin, module.course_id, module.id, asset.content_id)
            (left,) = green.world.database.contents.rows()
            assert (left.id, left.position) == (neighbour.id, 0)
        assert await green.stored_bytes() == 0
        assert green.world.database.videos.rows() == []
        assert [each.garbage.prefix for each in await green.garbage()] == [
            video_prefix(green.tenant.id, asset.content_id)
        ]

    async def test_contents_and_modules_of_others_are_unknown(
        self, green: Writing, blue: Writing, module: Module
    ) -> None:
        link = await green.world.new_link(module)
        ids = green.world.ids
        for writing, course_id, module_id, content_id in (
            (blue, module.course_id, module.id, link.id),
            (green, ids.new(), module.id, link.id),
            (green, module.course_id, ids.new(), link.id),
            (green, module.course_id, module.id, ids.new()),
        ):
            with pytest.raises(NotFound):
                await writing.remove_content(writing.admin, course_id, module_id, content_id)
            with pytest.raises(NotFound):
                await writing.edit_content(writing.admin, course_id, module_id, content_id, ContentChanges(title="x"))
        for writing, course_id, module_id in ((blue, module.course_id, module.id), (green, ids.new(), module.id)):
            with pytest.raises(NotFound):
                await writing.edit_module(writing.admin, course_id, module_id, title="x")
            with pytest.raises(NotFound):
                await writing.remove_module(writing.admin, course_id, module_id)
        assert (
            await green.edit_module(green.admin, module.course_id, module.id, title=" New  name ")
        ).title == "New name"


class TestDeletion:
    async def test_a_course_goes_and_comes_back_unpublished(self, green: Writing, module: Module) -> None:
        video = await green.video(module)
        await green.delete(green.admin, module.course_id)
        (asset,) = green.world.database.videos.rows()
        assert (asset.id, asset.status, asset.error_code) == (video.id, VideoStatus.FAILED, "cancelled")
        assert await green.stored_bytes() == 1000
        queries, page = green.world.course_queries, PageRequest()
        assert (await queries.courses(green.scope, CourseFilter(), page)).count == 0
        (deleted,) = (await queries.courses(green.scope, CourseFilter(is_deleted=True), page)).results
        assert deleted.deleted_at == green.world.clock.now()
        with pytest.raises(NotFound):
            await green.delete(green.admin, module.course_id)
        restored = await green.restore(green.admin, module.course_id)
        assert (restored.is_published, restored.deleted_at) == (False, None)
        with pytest.raises(Conflict, match="not deleted"):
            await green.restore(green.admin, module.course_id)
        assert [entry.action for entry in green.audited()] == ["course.deleted", "course.restored"]

    async def test_what_can_stand_in_the_way_of_coming_back(self, green: Writing, course: Course) -> None:
        await green.delete(green.admin, course.id)
        again = await green.create(green.admin, replace(NEW, title=course.title.upper()))
        with pytest.raises(Conflict) as taken:
            await green.restore(green.admin, course.id)
        assert taken.value.code == "course_title_taken"
        await green.edit(green.admin, again.id, CourseChanges(title="Formative-assessment"))
        restored = await green.restore(green.admin, course.id)
        assert restored.slug == "formative-assessment-2"
        await green.delete(green.admin, course.id)
        for number in range(3):
            await green.create(green.admin, replace(NEW, title=f"C{number}"))
        with pytest.raises(PlanLimitReached):
            await green.restore(green.admin, course.id)
        green.world.pass_time(days=30)
        with pytest.raises(Conflict) as late:
            await green.restore(green.admin, course.id)
        assert late.value.code == "not_restorable"

    async def test_a_stale_version_deletes_nothing(self, green: Writing, course: Course) -> None:
        with pytest.raises(StaleVersion):
            await green.delete(green.admin, course.id, if_version=7)
        await green.delete(green.admin, course.id, if_version=1)

    async def test_after_thirty_days_it_goes_for_good(self, green: Writing, module: Module) -> None:
        await green.video(module)
        await green.document(module)
        kept = await green.world.new_course(green.tenant, "Kept")
        await green.delete(green.admin, module.course_id)
        green.world.pass_time(days=30)
        assert await green.purge() == 0
        green.world.pass_time(seconds=1)
        assert await green.purge() == 1
        assert await green.purge() == 0
        assert [course.id for course in green.world.database.courses.rows()] == [kept.id]
        assert (await green.stored_bytes(), len(await green.garbage())) == (0, 2)
        assert (green.world.database.files.rows(), green.world.database.videos.rows()) == ([], [])
        last = green.audited()[-1]
        assert (last.action, last.tenant_id, last.actor_id) == ("course.purged", green.tenant.id, None)


class TestCopies:
    async def test_a_copy_has_everything_but_people_and_videos(self, green: Writing, course: Course) -> None:
        first, second = await green.world.new_module(course), await green.world.new_module(course)
        video = await green.video(first)
        link = await green.world.new_link(first)
        document, file_id = await green.document(second)
        copy = await green.duplicate(green.admin, course.id, title=None)
        assert (copy.title, copy.slug) == ("Formative assessment (copy)", "formative-assessment-copy")
        assert (copy.is_published, copy.assigned_to_all, copy.version) == (False, False, 1)
        assert [each.id for each in copy.left_out] == [video.content_id]
        assert [[(c.title, c.order, c.url is not None) for c in m.contents] for m in copy.modules] == [
            [(link.title, 1, True)],
            [(document.title, 1, False)],
        ]
        # The file is there once, and stays as long as one of the two courses has it.
        assert await green.stored_bytes() == 1000 + len(PDF)
        await green.remove_content(green.admin, course.id, second.id, document.id)
        assert [file.id for file in green.world.database.files.rows()] == [file_id]
        await green.remove_module(green.admin, copy.id, copy.modules[1].id)
        assert await green.stored_bytes() == 1000
        assert green.world.database.files.rows() == []

    async def test_titles_of_copies(self, green: Writing, course: Course) -> None:
        copies = await asyncio.gather(*(green.duplicate(green.admin, course.id, title=None) for _ in range(2)))
        assert {copy.title for copy in copies} == {
            "Formative assessment (copy)",
            "Formative assessment (copy 2)",
        }
        named = [green.duplicate(green.admin, course.id, title="Mine") for _ in range(2)]
        answers = await asyncio.gather(*named, return_exceptions=True)
        refused = [answer for answer in answers if isinstance(answer, Conflict | PlanLimitReached)]
        assert len(refused) == 1
        with pytest.raises(PlanLimitReached):
            await green.duplicate(green.admin, course.id, title="One too many")

    async def test_a_long_title_still_has_room_for_the_note(self, green: Writing) -> None:
        long = await green.world.new_course(green.tenant, "x" * 200)
        copy = await green.duplicate(green.admin, long.id, title=None)
        assert copy.title == "x" * 193 + " (copy)"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SCHOOL_ADMIN}))
async def test_only_administrators(green: Writing, course: Course, role: Role) -> None:
    actor = replace(green.admin, role=role, tenant_id=None if role is Role.SUPER_ADMIN else green.tenant.id)
    some: UUID = green.world.ids.new()
    new = NewContent(title="T", content_type=ContentType.TEXT, is_mandatory=True, text="x")
    for attempt in (
        green.delete(actor, course.id),
        green.restore(actor, course.id),
        green.duplicate(actor, course.id, title=None),
        green.set_outline(actor, course.id, ()),
        green.edit_module(actor, course.id, some),
        green.remove_module(actor, course.id, some),
        green.add_content(actor, course.id, some, new),
        green.edit_content(actor, course.id, some, some, ContentChanges()),
        green.remove_content(actor, course.id, some, some),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert green.audited() == []
