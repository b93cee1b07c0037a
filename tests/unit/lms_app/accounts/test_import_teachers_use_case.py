"""Many people from a file, and back."""

import pytest

from lms_app.accounts.import_teachers import ImportTeachers, TeacherFile
from lms_app.accounts.import_views import TeacherImportView
from lms_app.accounts.shown_imports import ShowImport, result_file
from lms_app.accounts.undo_import import UndoImport
from lms_app.actor import Actor
from lms_app.ports.teacher_imports import RowStatus
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.group import GroupKind, TeacherGroup
from lms_domain.errors import Conflict, NotAllowed, NotFound
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.schools.tenant import Limits, Tenant
from tests.unit.lms_app.world import GIB, World

HEADER = "email,first_name,last_name,groups\n"
THREE = HEADER + "a@x.test,A,One,\nb@x.test,B,Two,Chess\nc@x.test,C,Three,\n"


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green", limits=Limits(teachers=3, courses=9, storage_bytes=GIB, video_seconds=60))


@pytest.fixture
async def admin(world: World, green: Tenant) -> Actor:
    return await world.new_admin(green)


@pytest.fixture
async def chess(world: World, green: Tenant) -> TeacherGroup:
    group = TeacherGroup(world.ids.new(), green.id, "chess", GroupKind.CUSTOM, world.clock.now())
    async with world.uow.begin(TenantScope(green.id)) as tx:
        await tx.groups.add(group)
        await tx.commit()
    return group


@pytest.fixture
def import_them(world: World) -> ImportTeachers:
    return ImportTeachers(world.uow, world.account_mail, world.trail, world.clock, world.ids)


def of(text: str) -> TeacherFile:
    return TeacherFile("../Staff.csv", text)


def statuses(shown: TeacherImportView) -> list[tuple[int, str, list[str]]]:
    return [(row.row, row.status.value, [error.code for error in row.errors]) for row in shown.rows]


async def test_people_are_invited_and_in_their_groups(
    world: World, admin: Actor, green: Tenant, chess: TeacherGroup, import_them: ImportTeachers
) -> None:
    await world.new_course(green, is_published=True)
    done = await import_them(admin, of(THREE), dry_run=False)
    assert done.file_name == "Staff.csv"
    assert (done.counts.created, done.counts.skipped, done.counts.error) == (3, 0, 0)
    mails = [mail for mail in await world.mails() if mail.kind is MailKind.INVITATION]
    assert sorted(mail.to for mail in mails) == ["a@x.test", "b@x.test", "c@x.test"]
    assert len({mail.dedupe_key for mail in mails}) == 3
    ids = [row.user_id for row in done.rows]
    async with world.uow.begin(TenantScope(green.id)) as tx:
        assert await tx.groups.members(chess.id) == {ids[1]}
        told = await tx.notifications.latest(ids[0], before=None, limit=9)  # type: ignore[arg-type]  # it was created
    assert told == (), "they are told of their courses when they join"
    (entry,) = [entry for entry in world.database.audit.rows() if entry.action == "teachers.imported"]
    assert (entry.after, entry.object_name) == ({"created": 3, "skipped": 0, "error": 0}, "Staff.csv")


async def test_a_dry_run_says_the_same_and_does_nothing(
    world: World, admin: Actor, chess: TeacherGroup, import_them: ImportTeachers
) -> None:
    before = (world.database.users.rows(), world.database.audit.rows())
    dry = await import_them(admin, of(THREE), dry_run=True)
    assert (dry.id, dry.undo_until, [row.user_id for row in dry.rows]) == (None, None, [None] * 3)
    assert (world.database.users.rows(), world.database.audit.rows()) == before
    assert not world.database.mails.rows()
    assert not world.database.teacher_imports.rows()
    assert statuses(await import_them(admin, of(THREE), dry_run=False)) == statuses(dry)


async def test_seats_go_to_the_first_that_are_fit(world: World, admin: Actor, import_them: ImportTeachers) -> None:
    text = HEADER + "".join(f"{name}@x.test,{name},X,\n" for name in ("a", "", "b", "a", "c", "d", "e"))
    assert statuses(await import_them(admin, of(text), dry_run=False)) == [
        (2, "created", []),
        (3, "error", ["invalid"]),
        (4, "created", []),
        (5, "error", ["duplicate"]),
        (6, "created", []),
        (7, "error", ["plan_limit"]),
        (8, "error", ["plan_limit"]),
    ]
    again = await import_them(admin, of(text), dry_run=False)
    assert [status for _, status, _ in statuses(again)].count("skipped") == 3


async def test_undo_leaves_those_who_have_been_here(
    world: World, admin: Actor, green: Tenant, chess: TeacherGroup, import_them: ImportTeachers
) -> None:
    undo, show = UndoImport(world.uow, world.trail, world.clock), ShowImport(world.uow)
    done = await import_them(admin, of(THREE), dry_run=False)
    assert done.id is not None
    async with world.uow.begin(TenantScope(green.id)) as tx:
        user = await tx.users.by_email("a@x.test")
        assert user is not None
        await tx.users.set_password(user.id, "hashed", must_change=False)
        await tx.commit()
    world.pass_time(hours=24)
    undone = await undo(admin, done.id)
    assert (undone.removed, undone.kept) == (2, 1)
    people = {user.email for user in world.database.users.rows()}
    assert people == {"admin@green.test", "a@x.test"}
    assert {mail.to for mail in await world.mails()} == {"a@x.test"}
    shown = await show(admin, done.id)
    assert [row.email for row in shown.rows] == ["a@x.test", "", ""]
    assert shown.undone_at == world.clock.now()
    with pytest.raises(Conflict) as refused:
        await undo(admin, done.id)
    assert refused.value.code == "import_undone"
    # Their addresses are free again.
    assert (await import_them(admin, of(THREE), dry_run=False)).counts.created == 2


async def test_undo_is_for_a_day_and_for_the_school(
    world: World, admin: Actor, chess: TeacherGroup, import_them: ImportTeachers
) -> None:
    undo = UndoImport(world.uow, world.trail, world.clock)
    done = await import_them(admin, of(THREE), dry_run=False)
    assert done.id is not None
    blue = await world.new_admin(await world.new_school("blue"))
    for attempt in (undo(blue, done.id), ShowImport(world.uow)(blue, done.id), undo(admin, world.ids.new())):
        with pytest.raises(NotFound):
            await attempt
    world.pass_time(hours=24, seconds=1)
    with pytest.raises(Conflict) as refused:
        await undo(admin, done.id)
    assert refused.value.code == "undo_too_late"


async def test_only_administrators(world: World, green: Tenant, import_them: ImportTeachers) -> None:
    head = world.actor(await world.new_user(green, role=Role.HOD))
    with pytest.raises(NotAllowed):
        await import_them(head, of(THREE), dry_run=True)


async def test_the_result_as_a_file(world: World, admin: Actor, import_them: ImportTeachers) -> None:
    done = await import_them(admin, of(HEADER + "+1@x.test,A,B,\nnobody,C,D,\n"), dry_run=False)
    assert [row.status for row in done.rows] == [RowStatus.CREATED, RowStatus.ERROR]
    assert result_file(done).decode("utf-8-sig").splitlines() == [
        "row,email,status,errors",
        "2,'+1@x.test,created,",
        "3,nobody,error,This is not an e-mail address.",
    ]
