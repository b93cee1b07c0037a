"""What every unit of work refuses: things whose parent is not there, or belongs to another school."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.errors import NotFound
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_content,
    a_course,
    a_module,
    a_session,
    a_tenant,
    a_transcript,
    a_user,
    an_asset,
    new_content,
    new_course,
    new_school,
    new_user,
    new_video,
)

Attempt = Callable[[TenantTransaction], Awaitable[None]]


async def refuses(uow: UnitOfWork, scope: TenantScope, attempt: Attempt) -> None:
    """The attempt is refused, in a transaction of its own."""
    async with uow.begin(scope) as tx:
        with pytest.raises(NotFound):
            await attempt(tx)


class ParentContract:
    """Fixture: ``uow``."""

    async def test_a_school_must_be_there(self, uow: UnitOfWork) -> None:
        nowhere = TenantScope(a_tenant().id)
        await refuses(uow, nowhere, lambda tx: tx.users.add(a_user(nowhere)))
        await refuses(uow, nowhere, lambda tx: tx.courses.add(a_course(nowhere)))
        async with uow.begin(SYSTEM) as system:
            with pytest.raises(NotFound):
                await system.users_of(nowhere.tenant_id).add(a_user(nowhere))

    async def test_a_session_has_a_person(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        foreign = await new_user(uow, theirs)
        for user_id in (uuid4(), foreign.id):
            await refuses(uow, ours, lambda tx, user_id=user_id: tx.sessions.add(a_session(user_id)))
        async with uow.begin(SYSTEM) as system:
            with pytest.raises(NotFound):
                await system.operator_sessions.add(a_session(foreign.id))

    async def test_a_module_has_a_course(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await refuses(uow, scope, lambda tx: tx.courses.add_module(a_module(a_course(scope))))

    async def test_a_content_has_a_module_of_its_course(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        other, _ = await new_course(uow, scope)
        missing = a_content(a_module(course))
        elsewhere = a_content(module, course_id=other.id)
        for content in (missing, elsewhere):
            await refuses(uow, scope, lambda tx, content=content: tx.courses.add_content(content))

    async def test_a_course_is_assigned_to_people_of_the_school(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, _ = await new_course(uow, ours)
        user, foreign = await new_user(uow, ours), await new_user(uow, theirs)
        for user_ids in ({uuid4()}, {foreign.id}, {user.id, foreign.id}):
            await refuses(
                uow,
                ours,
                lambda tx, user_ids=user_ids: tx.courses.assign(course.id, frozenset(user_ids), on=NOW),
            )
        await refuses(uow, ours, lambda tx: tx.courses.assign(uuid4(), frozenset({user.id}), on=NOW))

    async def test_a_video_has_a_content_and_a_content_one_video(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        _, module = await new_course(uow, scope)
        await refuses(uow, scope, lambda tx: tx.videos.add(an_asset(a_content(module))))
        content = await new_content(uow, module)
        async with uow.begin(scope) as tx:
            await tx.videos.add(an_asset(content))
            await tx.commit()
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.videos.add(an_asset(content))
        assert taken.value.what == "other"

    async def test_a_transcript_has_a_content(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        foreign = await new_video(uow, theirs)
        await refuses(uow, ours, lambda tx: tx.videos.put_transcript(a_transcript(foreign)))
