"""What everybody promises who removes what is left of ended sessions. A subclass provides the fixture ``uow``."""

from datetime import datetime, timedelta
from uuid import UUID

from lms_app.ports.repositories import NewSession
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.contracts.samples import NOW, SYSTEM, a_session, an_operator, fingerprint, new_school, new_user

WEEK_AGO = NOW - timedelta(days=7)
LONG_AGO = NOW - timedelta(days=30)


class EndedSessionRepositoryContract:
    """Sessions that ran out or were revoked."""

    async def test_tokens_of_sessions_that_ended_long_ago_go(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        person = (await new_user(uow, scope)).id
        holds, ran_out = session(person, ends=NOW), session(person, ends=WEEK_AGO - timedelta(seconds=1))
        ran_out_lately, revoked, revoked_lately = (
            session(person, ends=WEEK_AGO),
            session(person, ends=NOW),
            session(person, ends=NOW),
        )
        successor = fingerprint()
        async with uow.begin(scope) as tx:
            for each in (holds, ran_out, ran_out_lately, revoked, revoked_lately):
                await tx.sessions.add(each)
            assert await tx.sessions.rotate(ran_out.fingerprint, successor, now=LONG_AGO) is not None
            await tx.sessions.revoke(revoked.id, now=WEEK_AGO - timedelta(seconds=1))
            await tx.sessions.revoke(revoked_lately.id, now=WEEK_AGO)
            await tx.commit()
        assert await forget(uow) == 3
        assert await forget(uow) == 0
        assert [await is_known(uow, scope, each.fingerprint) for each in (ran_out, revoked)] == [False, False]
        assert not await is_known(uow, scope, successor)
        kept = (holds, ran_out_lately, revoked_lately)
        assert [await is_known(uow, scope, each.fingerprint) for each in kept] == [True, True, True]

    async def test_of_operators_too_and_not_all_at_once(self, uow: UnitOfWork) -> None:
        operator = an_operator()
        old = [session(operator.id, ends=LONG_AGO + timedelta(seconds=1)) for _ in range(3)]
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            for each in old:
                await system.operator_sessions.add(each)
            await system.commit()
        assert [await forget(uow, limit=2) for _ in range(3)] == [2, 1, 0]
        async with uow.begin(SYSTEM) as system:
            assert await system.operator_sessions.refresh_state(old[0].fingerprint) is None


def session(user_id: UUID, *, ends: datetime) -> NewSession:
    """A sign-in of long ago."""
    return a_session(user_id, created_at=LONG_AGO, expires_at=ends)


async def forget(uow: UnitOfWork, limit: int = 100) -> int:
    """Remove what ended more than a week ago."""
    async with uow.begin(SYSTEM) as system:
        count = await system.ended_sessions.forget_tokens(WEEK_AGO, limit)
        await system.commit()
    return count


async def is_known(uow: UnitOfWork, scope: TenantScope, token: bytes) -> bool:
    """Whether a token was ever given out, as far as anybody remembers."""
    async with uow.begin(scope) as tx:
        return await tx.sessions.refresh_state(token) is not None
