"""Create, change, publish courses; add modules and links."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lms_app.actor import Actor
from lms_app.courses.add_module import AddModule
from lms_app.courses.edit_content import AddContent, NewContent
from lms_app.courses.edit_course import CourseChanges, CreateCourse, EditCourse, NewCourse, StaleVersion
from lms_app.courses.publish_course import PublishCourse
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import ContentType
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, PlanLimitReached
from lms_domain.schools.tenant import Limits, Tenant
from tests.unit.lms_app.world import GIB, World

NEW = NewCourse(
    title="  Formative   Assessment ",
    description="What it is.\r\nAnd why.",
    is_mandatory=True,
    deadline=date(2026, 6, 30),
    estimated_hours=1.5,
    assigned_to_all=False,
    assigned_teachers=frozenset(),
)


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green", limits=Limits(teachers=9, courses=3, storage_bytes=GIB, video_seconds=60))


@pytest.fixture
async def admin(world: World, green: Tenant) -> Actor:
    return await world.new_admin(green)


@pytest.fixture
async def stranger(world: World) -> Actor:
    return await world.new_admin(await world.new_school("blue"))


@pytest.fixture
def create(world: World) -> CreateCourse:
    return CreateCourse(world.uow, world.show_course, world.trail, world.clock, world.ids)


@pytest.fixture
def edit(world: World) -> EditCourse:
    return EditCourse(world.uow, world.show_course, world.tell_of_courses, world.trail, world.clock)


@pytest.fixture
def publish(world: World) -> PublishCourse:
    return PublishCourse(world.uow, world.show_course, world.tell_of_courses, world.trail, world.clock)


def new_add_content(world: World) -> AddContent:
    return AddContent(world.uow, world.show_course, world.sanitizer, world.trail, world.clock, world.ids)


def link(title: str, url: str, *, is_mandatory: bool = True) -> NewContent:
    return NewContent(title=title, content_type=ContentType.LINK, is_mandatory=is_mandatory, url=url)


async def assigned_on(world: World, course_id: UUID, user_id: UUID) -> object:
    with world.database.transaction() as tx:
        row = world.database.course_assignments.get(tx, (course_id, user_id))
    return row[1] if row is not None else None


class TestCreate:
    async def test_a_course_is_unpublished_and_empty(self, world: World, admin: Actor, create: CreateCourse) -> None:
        view = await create(admin, NEW)
        assert (view.title, view.slug) == ("Formative Assessment", "formative-assessment")
        assert view.description == "What it is.\nAnd why."
        assert (view.is_mandatory, view.deadline, view.estimated_hours) == (True, date(2026, 6, 30), 1.5)
        assert (view.is_published, view.version, view.modules, view.content_count) == (False, 1, [], 0)
        assert view.created_at == view.updated_at == world.clock.now()

    async def test_it_is_assigned_to_teachers_of_the_school(
        self, world: World, green: Tenant, admin: Actor, create: CreateCourse
    ) -> None:
        people = [await world.new_user(green, f"{role}@green.test", role=role) for role in (Role.TEACHER, Role.HOD)]
        view = await create(admin, replace(NEW, assigned_teachers=frozenset(user.id for user in people)))
        assert set(view.assigned_teachers) == {user.id for user in people}
        assert view.assigned_teacher_count == 2

    async def test_nobody_else_can_be_assigned(
        self, world: World, green: Tenant, admin: Actor, stranger: Actor, create: CreateCourse
    ) -> None:
        inactive = await world.new_user(green, "gone@green.test", is_active=False)
        foreign = await world.new_user(await world.new_school("red"), "red@red.test")
        for somebody in (inactive.id, foreign.id, admin.user_id, stranger.user_id, world.ids.new()):
            with pytest.raises(InvalidInput) as refused:
                await create(admin, replace(NEW, assigned_teachers=frozenset({somebody})))
            assert refused.value.errors[0].field == "assigned_teachers"
        assert world.database.courses.rows() == []

    @pytest.mark.parametrize("title", ["Formative Assessment", "FORMATIVE assessment", " formative  assessment "])
    async def test_a_title_is_taken_once(self, admin: Actor, create: CreateCourse, title: str) -> None:
        await create(admin, NEW)
        with pytest.raises(Conflict) as refused:
            await create(admin, replace(NEW, title=title))
        assert refused.value.code == "course_title_taken"
        assert refused.value.errors[0].field == "title"

    async def test_titles_that_look_alike_in_an_address_are_numbered(self, admin: Actor, create: CreateCourse) -> None:
        titles = ["Été!", "Ete?", "ete..."]
        views = [await create(admin, replace(NEW, title=title)) for title in titles]
        assert [view.slug for view in views] == ["ete", "ete-2", "ete-3"]

    async def test_titles_without_latin_letters(self, admin: Actor, create: CreateCourse) -> None:
        views = [await create(admin, replace(NEW, title=title)) for title in ("教学", "评估")]
        assert [view.slug for view in views] == ["course", "course-2"]

    async def test_the_plan_has_room_for_so_many(self, world: World, admin: Actor, create: CreateCourse) -> None:
        attempts = (create(admin, replace(NEW, title=f"Course {number}")) for number in range(8))
        results = await asyncio.gather(*attempts, return_exceptions=True)
        refused = [result for result in results if isinstance(result, PlanLimitReached)]
        assert len(refused) == 5
        assert refused[0].code == "plan_limit"
        assert len(world.database.courses.rows()) == 3

    @pytest.mark.parametrize(
        ("new", "field"),
        [
            (replace(NEW, title=" "), "title"),
            (replace(NEW, title="x" * 201), "title"),
            (replace(NEW, description="x" * 10_001), "description"),
            (replace(NEW, description="\x00"), "description"),
            (replace(NEW, estimated_hours=-1), "estimated_hours"),
            (replace(NEW, estimated_hours=float("nan")), "estimated_hours"),
        ],
    )
    async def test_what_is_refused(
        self, world: World, admin: Actor, create: CreateCourse, new: NewCourse, field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            await create(admin, new)
        assert refused.value.errors[0].field == field
        assert world.database.courses.rows() == []


class TestEdit:
    async def test_only_what_is_given_changes(
        self, world: World, admin: Actor, create: CreateCourse, edit: EditCourse
    ) -> None:
        before = await create(admin, NEW)
        world.pass_time(hours=1)
        after = await edit(admin, before.id, CourseChanges(title="Another"))
        assert (after.title, after.version, after.updated_at) == ("Another", 2, world.clock.now())
        assert after.slug == before.slug, "an address that was given out stays"
        assert (after.description, after.deadline, after.is_mandatory, after.estimated_hours) == (
            before.description,
            before.deadline,
            before.is_mandatory,
            before.estimated_hours,
        )

    async def test_null_takes_a_value_away(self, admin: Actor, create: CreateCourse, edit: EditCourse) -> None:
        before = await create(admin, NEW)
        after = await edit(admin, before.id, CourseChanges(deadline=None, estimated_hours=None, description=""))
        assert (after.deadline, after.estimated_hours, after.description) == (None, None, "")

    async def test_who_stays_keeps_the_date(
        self, world: World, green: Tenant, admin: Actor, create: CreateCourse, edit: EditCourse
    ) -> None:
        stays, leaves, comes = [(await world.new_user(green, f"t{n}@green.test")).id for n in range(3)]
        course = await create(admin, replace(NEW, assigned_teachers=frozenset({stays, leaves})))
        then = world.clock.now()
        world.pass_time(days=1)
        view = await edit(admin, course.id, CourseChanges(assigned_teachers=frozenset({stays, comes})))
        assert set(view.assigned_teachers) == {stays, comes}
        assert await assigned_on(world, course.id, stays) == then
        assert await assigned_on(world, course.id, comes) == world.clock.now()
        assert await assigned_on(world, course.id, leaves) is None

    async def test_somebody_elses_change_is_not_overwritten(
        self, admin: Actor, create: CreateCourse, edit: EditCourse
    ) -> None:
        course = await create(admin, NEW)
        await edit(admin, course.id, CourseChanges(title="First", if_version=1))
        with pytest.raises(StaleVersion):
            await edit(admin, course.id, CourseChanges(title="Second", if_version=1))
        after = await edit(admin, course.id, CourseChanges(is_mandatory=False, if_version=2))
        assert (after.title, after.version) == ("First", 3)

    async def test_of_many_changes_to_one_version_one_wins(
        self, admin: Actor, create: CreateCourse, edit: EditCourse
    ) -> None:
        course = await create(admin, NEW)
        changes = (edit(admin, course.id, CourseChanges(title=f"T{number}", if_version=1)) for number in range(6))
        results = await asyncio.gather(*changes, return_exceptions=True)
        assert sum(isinstance(result, StaleVersion) for result in results) == 5

    async def test_a_course_may_keep_its_title_in_other_letters(
        self, admin: Actor, create: CreateCourse, edit: EditCourse
    ) -> None:
        course = await create(admin, NEW)
        assert (await edit(admin, course.id, CourseChanges(title="FORMATIVE ASSESSMENT"))).title.isupper()

    async def test_a_title_of_another_course(self, admin: Actor, create: CreateCourse, edit: EditCourse) -> None:
        await create(admin, NEW)
        other = await create(admin, replace(NEW, title="Another"))
        with pytest.raises(Conflict) as refused:
            await edit(admin, other.id, CourseChanges(title="formative assessment"))
        assert refused.value.code == "course_title_taken"

    async def test_a_refused_change_changes_nothing(
        self, world: World, admin: Actor, create: CreateCourse, edit: EditCourse
    ) -> None:
        course = await create(admin, NEW)
        before = world.database.courses.rows()
        for changes in (
            CourseChanges(title=""),
            CourseChanges(title="Another", assigned_teachers=frozenset({world.ids.new()})),
            CourseChanges(description="\x00"),
            CourseChanges(estimated_hours=-1.0),
        ):
            with pytest.raises(InvalidInput):
                await edit(admin, course.id, changes)
        assert world.database.courses.rows() == before

    async def test_another_schools_course_does_not_exist(
        self, admin: Actor, stranger: Actor, create: CreateCourse, edit: EditCourse, world: World
    ) -> None:
        course = await create(admin, NEW)
        for actor, course_id in ((stranger, course.id), (admin, world.ids.new())):
            with pytest.raises(NotFound):
                await edit(actor, course_id, CourseChanges(title="Mine"))


class TestPublish:
    async def test_an_empty_course_cannot_be_published(
        self, world: World, green: Tenant, admin: Actor, publish: PublishCourse
    ) -> None:
        course = await world.new_course(green)
        await world.new_module(course)
        with pytest.raises(Conflict) as refused:
            await publish(admin, course.id, is_published=True)
        assert refused.value.code == "course_empty"

    async def test_there_and_back(self, world: World, green: Tenant, admin: Actor, publish: PublishCourse) -> None:
        course = await world.new_course(green)
        await world.new_link(await world.new_module(course))
        world.pass_time(hours=1)
        view = await publish(admin, course.id, is_published=True)
        assert (view.is_published, view.version, view.updated_at) == (True, 2, world.clock.now())
        assert [content.title for content in view.modules[0].contents] == ["A link"]
        view = await publish(admin, course.id, is_published=False)
        assert (view.is_published, view.version) == (False, 3)

    async def test_another_schools_course_does_not_exist(
        self, world: World, green: Tenant, stranger: Actor, publish: PublishCourse
    ) -> None:
        course = await world.new_course(green)
        for course_id in (course.id, world.ids.new()):
            with pytest.raises(NotFound):
                await publish(stranger, course_id, is_published=True)


class TestAddModule:
    async def test_modules_come_one_after_the_other(self, world: World, green: Tenant, admin: Actor) -> None:
        add, course = AddModule(world.uow, world.trail, world.clock, world.ids), await world.new_course(green)
        views = await asyncio.gather(*(add(admin, course.id, title=f" M{n} ", description="") for n in range(5)))
        assert sorted(view.order for view in views) == [1, 2, 3, 4, 5]
        assert {view.title for view in views} == {f"M{n}" for n in range(5)}
        detail = await world.course_queries.course(TenantScope(green.id), course.id)
        assert detail is not None
        assert [module.order for module in detail.modules] == [1, 2, 3, 4, 5]

    async def test_what_is_refused(self, world: World, green: Tenant, admin: Actor, stranger: Actor) -> None:
        add, course = AddModule(world.uow, world.trail, world.clock, world.ids), await world.new_course(green)
        for title, description in (("", ""), ("x" * 201, ""), ("ok", "\x00")):
            with pytest.raises(InvalidInput):
                await add(admin, course.id, title=title, description=description)
        for actor, course_id in ((stranger, course.id), (admin, world.ids.new())):
            with pytest.raises(NotFound):
                await add(actor, course_id, title="ok", description="")
        assert world.database.modules.rows() == []


class TestAddContent:
    async def test_links_come_one_after_the_other(self, world: World, green: Tenant, admin: Actor) -> None:
        add, course = new_add_content(world), await world.new_course(green)
        module = await world.new_module(course)
        attempts = (
            add(admin, course.id, module.id, link(f"L{n}", f" https://example.test/{n} ", is_mandatory=n == 0))
            for n in range(4)
        )
        views = await asyncio.gather(*attempts)
        assert sorted(view.order for view in views) == [1, 2, 3, 4]
        first = next(view for view in views if view.title == "L0")
        assert (first.content_type, first.url, first.is_mandatory) == (
            ContentType.LINK,
            "https://example.test/0",
            True,
        )
        assert (first.required_coverage, first.video_status) == (None, None)
        assert await world.course_queries.content(TenantScope(green.id), course.id, module.id, first.id) == first

    async def test_what_is_refused(self, world: World, green: Tenant, admin: Actor, stranger: Actor) -> None:
        add, course = new_add_content(world), await world.new_course(green)
        module, other = await world.new_module(course), await world.new_course(green, "Another")
        for title, url in (("", "https://example.test"), ("ok", "javascript:alert(1)"), ("ok", "")):
            with pytest.raises(InvalidInput):
                await add(admin, course.id, module.id, link(title, url))
        for actor, course_id, module_id in (
            (stranger, course.id, module.id),
            (admin, other.id, module.id),
            (admin, course.id, world.ids.new()),
            (admin, world.ids.new(), module.id),
        ):
            with pytest.raises(NotFound):
                await add(actor, course_id, module_id, link("ok", "https://example.test"))
        assert world.database.contents.rows() == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SCHOOL_ADMIN}))
async def test_only_administrators_write_courses(
    world: World,
    green: Tenant,
    admin: Actor,
    create: CreateCourse,
    edit: EditCourse,
    publish: PublishCourse,
    role: Role,
) -> None:
    course = await world.new_course(green)
    module = await world.new_module(course)
    actor = replace(admin, role=role, tenant_id=None if role is Role.SUPER_ADMIN else green.id)
    add_module = AddModule(world.uow, world.trail, world.clock, world.ids)
    add_content = new_add_content(world)
    for attempt in (
        create(actor, NEW),
        edit(actor, course.id, CourseChanges(title="Mine")),
        publish(actor, course.id, is_published=True),
        add_module(actor, course.id, title="Mine", description=""),
        add_content(actor, course.id, module.id, link("Mine", "https://example.test")),
    ):
        with pytest.raises(NotAllowed):
            await attempt
