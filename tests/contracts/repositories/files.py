"""What every repository of stored files promises. A subclass provides the fixture ``uow``."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lms_app.files.addresses import public_address
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.person import User
from lms_domain.courses.course import ContentType
from lms_domain.files.stored_file import StoredFile
from lms_domain.schools.branding import Branding
from lms_domain.video.storage_keys import public_file_key
from tests.contracts.learning_samples import a_submission, new_assignment
from tests.contracts.samples import NOW, a_content, a_file, new_course, new_school, new_user

LATER = NOW + timedelta(seconds=1)


class FileRepositoryContract:
    """What is known of uploaded files."""

    async def test_files_come_back_as_they_were(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        file, other = await new_file(uow, user), await new_file(uow, user)
        async with uow.begin(scope) as tx:
            assert await tx.files.get(file.id) == file
            assert await tx.files.get(uuid4()) is None
            assert set(await tx.files.get_many(frozenset({file.id, other.id, uuid4()}))) == {file, other}
            assert await tx.files.get_many(frozenset()) == ()
            gone = sorted([file, await new_file(uow, user)], key=lambda each: each.id)
            ids = frozenset({*(each.id for each in gone), uuid4()})
            assert await tx.files.delete_unreferred(ids) == tuple(gone)
            assert await tx.files.delete_unreferred(ids) == await tx.files.delete_unreferred(frozenset()) == ()
            assert await tx.files.get(file.id) is None
            assert await tx.files.get(other.id) == other

    async def test_what_a_content_or_a_submission_has_stays(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        handout, essay = await new_file(uow, user), await new_file(uow, user)
        await use(uow, user, handout, essay)
        unused = await new_file(uow, user)
        async with uow.begin(scope) as tx:
            assert await tx.files.delete_unreferred(frozenset({handout.id, essay.id, unused.id})) == (unused,)
            assert set(await tx.files.get_many(frozenset({handout.id, essay.id}))) == {handout, essay}

    async def test_what_nothing_refers_to_the_oldest_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        handout, essay, picture, thumbnail = [await new_file(uow, user) for _ in range(4)]
        former, logo = [
            await new_file(uow, user, key=public_file_key(scope.tenant_id, uuid4().hex), created_at=created_at)
            for created_at in (NOW - timedelta(days=3), NOW)
        ]
        await use(uow, user, handout, essay)
        await new_user(uow, scope, picture_key=picture.key)
        await new_course(uow, scope, thumbnail_key=thumbnail.key)
        fresh = await new_file(uow, user, created_at=LATER)
        younger, oldest = [await new_file(uow, user, created_at=NOW - timedelta(days=day)) for day in (1, 2)]
        async with uow.begin(scope) as tx:
            school = await tx.school.lock()
            assert school is not None
            await tx.school.save_settings(replace(school, branding=Branding(logo_url=public_address(logo.key))))
            assert await tx.files.unused(LATER, 10) == (former, oldest, younger)
            assert await tx.files.unused(LATER, 1) == (former,)
            assert fresh in await tx.files.unused(LATER + timedelta(seconds=1), 10)

    async def test_another_schools_files_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        file = await new_file(uow, await new_user(uow, theirs))
        async with uow.begin(ours) as tx:
            assert await tx.files.get(file.id) is None
            assert await tx.files.get_many(frozenset({file.id})) == ()
            assert await tx.files.unused(LATER, 10) == ()
            assert await tx.files.delete_unreferred(frozenset({file.id})) == ()
            with pytest.raises(ValueError, match="school"):
                await tx.files.add(file)
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.files.get(file.id) == file


async def new_file(uow: UnitOfWork, user: User, **changes: object) -> StoredFile:
    """A file that is there."""
    file = a_file(user, **changes)
    async with uow.begin(TenantScope(user.tenant_id)) as tx:
        await tx.files.add(file)
        await tx.commit()
    return file


async def use(uow: UnitOfWork, user: User, handout: StoredFile, essay: StoredFile) -> None:
    """Let a document be ``handout`` and a submission have ``essay``."""
    scope = TenantScope(user.tenant_id)
    course, module = await new_course(uow, scope)
    assignment = await new_assignment(uow, course)
    document = a_content(module, content_type=ContentType.DOCUMENT, file_id=handout.id, required_coverage=None)
    async with uow.begin(scope) as tx:
        await tx.courses.add_content(document)
        await tx.submissions.add(a_submission(assignment, user.id, file_ids=(essay.id,)))
        await tx.commit()
