"""What every repository of people, operators and their sessions promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lms_app.ports.repositories import OpenSession, RefreshState, Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Role
from tests.contracts.samples import NOW, SYSTEM, a_session, a_user, an_operator, fingerprint, new_school, new_user


class AccountRepositoryContract:
    """People, operators and their sessions."""

    async def test_a_person_comes_back_as_they_were(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.users.get(user.id) == user
            assert await tx.users.by_email(user.email_folded) == user
            assert await tx.users.get(uuid4()) is None
            assert await tx.users.by_email(user.email_folded + "x") is None

    async def test_an_address_is_compared_without_case(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope, email="Straße@School.test")
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.users.add(a_user(scope, email="STRASSE@school.TEST"))
            assert taken.value.what == "email"
            assert await tx.users.by_email("strasse@school.test") == user

    async def test_a_new_password(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.users.set_password(user.id, "$argon2id$two", must_change=False)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.users.get(user.id) == replace(
                user, password_hash="$argon2id$two", must_change_password=False
            )
            assert await tx.users.get(other.id) == other

    async def test_existing_are_active_learners(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        teacher, hod = await new_user(uow, scope), await new_user(uow, scope, role=Role.HOD)
        admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        inactive = await new_user(uow, scope, is_active=False)
        asked = frozenset({teacher.id, hod.id, admin.id, inactive.id, uuid4()})
        async with uow.begin(scope) as tx:
            assert await tx.users.existing(asked) == {teacher.id, hod.id}
            assert await tx.users.existing(frozenset()) == frozenset()

    async def test_operators(self, uow: UnitOfWork) -> None:
        operator = an_operator()
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            with pytest.raises(Taken) as taken:
                await system.operators.add(an_operator(email=operator.email.upper()))
            assert taken.value.what == "email"
            await system.operators.set_password(operator.id, "$argon2id$two", must_change=True)
            await system.operators.rename(operator.id, first_name="Zoë", last_name="Другова")
            await system.operators.rename(uuid4(), first_name="No", last_name="Body")
            await system.commit()
        changed = replace(
            operator,
            password_hash="$argon2id$two",
            must_change_password=True,
            first_name="Zoë",
            last_name="Другова",
        )
        async with uow.begin(SYSTEM) as system:
            assert await system.operators.get(operator.id) == changed
            assert await system.operators.by_email(operator.email_folded) == changed
            assert await system.operators.get(uuid4()) is None

    async def test_sessions_of_operators(self, uow: UnitOfWork) -> None:
        operator, second = an_operator(), fingerprint()
        session = a_session(operator.id)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.operator_sessions.add(session)
            rotated = await system.operator_sessions.rotate(session.fingerprint, second, now=NOW)
            assert rotated is not None
            assert rotated.user_id == operator.id
            assert await system.operator_sessions.revoke_all(operator.id, now=NOW) == (session.id,)
            assert await system.operator_sessions.rotate(second, fingerprint(), now=NOW) is None
            await system.commit()

    async def test_tokens_follow_each_other(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        session, second, third = a_session(user.id), fingerprint(), fingerprint()
        later = NOW + timedelta(minutes=10)

        def state(rotated_at: datetime | None, *, is_latest_parent: bool) -> RefreshState:
            return RefreshState(
                session_id=session.id,
                user_id=user.id,
                rotated_at=rotated_at,
                is_latest_parent=is_latest_parent,
                session_ends_at=session.expires_at,
                is_revoked=False,
            )

        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            assert await tx.sessions.refresh_state(session.fingerprint) == state(None, is_latest_parent=False)
            rotated = await tx.sessions.rotate(session.fingerprint, second, now=NOW)
            assert rotated == state(NOW, is_latest_parent=True)
            assert await tx.sessions.refresh_state(session.fingerprint) == rotated
            assert await tx.sessions.rotate(session.fingerprint, fingerprint(), now=NOW) is None
            assert await tx.sessions.rotate(second, third, now=later) == state(later, is_latest_parent=True)
            assert await tx.sessions.refresh_state(session.fingerprint) == state(NOW, is_latest_parent=False)
            assert await tx.sessions.refresh_state(third) == state(None, is_latest_parent=False)
            assert await tx.sessions.refresh_state(fingerprint()) is None
            await tx.commit()

    async def test_no_token_of_a_session_that_is_over_rotates(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        session = a_session(user.id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            assert await tx.sessions.rotate(session.fingerprint, fingerprint(), now=session.expires_at) is None
            assert await tx.sessions.revoke(session.id, now=NOW)
            assert not await tx.sessions.revoke(session.id, now=NOW)
            assert await tx.sessions.rotate(session.fingerprint, fingerprint(), now=NOW) is None
            state = await tx.sessions.refresh_state(session.fingerprint)
            assert state is not None
            assert state.is_revoked
            await tx.commit()

    async def test_all_sessions_of_a_person_end_but_one(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        first, second, third = (a_session(user.id) for _ in range(3))
        foreign = a_session(other.id)
        async with uow.begin(scope) as tx:
            for session in (first, second, third, foreign):
                await tx.sessions.add(session)
            await tx.sessions.revoke(first.id, now=NOW)
            assert await tx.sessions.revoke_all(user.id, now=NOW, except_for=third.id) == (second.id,)
            assert await tx.sessions.revoke_all(user.id, now=NOW) == (third.id,)
            assert await tx.sessions.revoke_all(user.id, now=NOW) == ()
            left = await tx.sessions.refresh_state(foreign.fingerprint)
            assert left is not None
            assert not left.is_revoked

    async def test_all_sessions_of_a_person_end_with_the_commit(self, uow: UnitOfWork) -> None:
        scope, operator = await new_school(uow), an_operator()
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        before, first, second, foreign = a_session(user.id), a_session(user.id), a_session(user.id), a_session(other.id)
        of_operator = a_session(operator.id)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.operator_sessions.add(of_operator)
            await system.operator_sessions.end_with_commit(operator.id, now=NOW)
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.operator_sessions.revoke_all(operator.id, now=NOW) == ()
        async with uow.begin(scope) as tx:
            for session in (before, first, second, foreign):
                await tx.sessions.add(session)
            await tx.sessions.revoke(before.id, now=NOW - timedelta(hours=1))
            await tx.commit()
        async with uow.begin(scope) as tx:
            await tx.sessions.end_with_commit(user.id, now=NOW)
        async with uow.begin(scope) as tx:
            assert len(await tx.sessions.live(user.id, now=NOW)) == 2
            await tx.sessions.end_with_commit(user.id, now=NOW)
            await tx.commit()
        async with uow.begin(scope) as tx:
            states = [await tx.sessions.refresh_state(each.fingerprint) for each in (before, first, second, foreign)]
            assert [state.is_revoked for state in states if state is not None] == [True, True, True, False]
            assert await tx.sessions.revoke_all(other.id, now=NOW) == (foreign.id,)

    async def test_a_session_too_many_ends_the_oldest(self, uow: UnitOfWork) -> None:
        scope, operator = await new_school(uow), an_operator()
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.commit()
        async with uow.begin(scope) as tx, uow.begin(SYSTEM) as system:
            for sessions, person_id in ((tx.sessions, user.id), (system.operator_sessions, operator.id)):
                kept = [a_session(person_id, created_at=NOW - timedelta(hours=age)) for age in (3, 1, 2)]
                over = a_session(person_id, created_at=NOW - timedelta(hours=9), expires_at=NOW)
                for session in (*kept, over):
                    assert await sessions.add(session) == ()
                newest, next_one = a_session(person_id), a_session(person_id, created_at=NOW + timedelta(hours=1))
                assert await sessions.add(newest, at_most=4) == ()
                ended = await sessions.add(next_one, at_most=3)
                assert sorted(ended) == sorted((kept[0].id, kept[2].id))
                live = [session.id for session in await sessions.live(person_id, now=NOW)]
                assert live == [next_one.id, newest.id, kept[1].id]
            foreign = a_session(other.id)
            assert await tx.sessions.add(foreign, at_most=1) == ()
            assert await tx.sessions.add(a_session(other.id), at_most=1) == (foreign.id,)
            assert not await tx.sessions.revoke(foreign.id, now=NOW)

    async def test_where_a_session_came_from_and_when_it_was_used(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        old = a_session(user.id, address="192.0.2.7", user_agent="Browser/1")
        new = a_session(user.id, created_at=NOW + timedelta(minutes=1))
        over, later = a_session(user.id, expires_at=NOW), NOW + timedelta(minutes=2)
        async with uow.begin(scope) as tx:
            for session in (old, new, over, a_session((await new_user(uow, scope)).id)):
                await tx.sessions.add(session)
            await tx.sessions.rotate(old.fingerprint, fingerprint(), now=later)
            assert await tx.sessions.live(user.id, now=NOW) == (
                OpenSession(old.id, old.created_at, later, old.expires_at, "192.0.2.7", "Browser/1"),
                OpenSession(new.id, new.created_at, new.created_at, new.expires_at, "", ""),
            )
            await tx.sessions.revoke(old.id, now=later)
            assert [each.id for each in await tx.sessions.live(user.id, now=NOW)] == [new.id]
            await tx.commit()

    async def test_when_a_person_last_proved_who_they_are(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        proven, unproven = a_session(user.id, confirmed_at=NOW), a_session(user.id)
        later = NOW + timedelta(minutes=2)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(proven)
            await tx.sessions.add(unproven)
            assert await tx.sessions.confirmed_at(proven.id) == NOW
            assert await tx.sessions.confirmed_at(unproven.id) is None
            assert await tx.sessions.confirmed_at(uuid4()) is None
            await tx.sessions.confirm(unproven.id, now=later)
            await tx.sessions.confirm(uuid4(), now=later)
            assert await tx.sessions.confirmed_at(unproven.id) == later
            assert await tx.sessions.confirmed_at(proven.id) == NOW
            await tx.commit()
        async with uow.begin(await new_school(uow)) as other:
            await other.sessions.confirm(proven.id, now=later)
            assert await other.sessions.confirmed_at(proven.id) is None
            await other.commit()
        async with uow.begin(scope) as tx:
            assert await tx.sessions.confirmed_at(proven.id) == NOW

    async def test_of_many_rotations_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        session = a_session((await new_user(uow, scope)).id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            await tx.commit()

        async def rotate() -> RefreshState | None:
            async with uow.begin(scope) as tx:
                state = await tx.sessions.rotate(session.fingerprint, fingerprint(), now=NOW)
                await tx.commit()
            return state

        states = await asyncio.gather(*(rotate() for _ in range(20)))
        assert len([state for state in states if state is not None]) == 1
