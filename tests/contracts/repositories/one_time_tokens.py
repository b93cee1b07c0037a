"""What every repository of one-time tokens promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import OneTimeToken, TokenPurpose
from tests.contracts.samples import NOW, a_one_time_token, fingerprint, new_school, new_user

RESET = TokenPurpose.PASSWORD_RESET


class OneTimeTokenRepositoryContract:
    """Links that work once."""

    async def test_a_token_works_once_and_for_its_purpose_only(self, uow: UnitOfWork) -> None:
        scope, token = await with_token(uow)
        async with uow.begin(scope) as tx:
            assert await tx.one_time_tokens.take(TokenPurpose.INVITATION, token.fingerprint, now=NOW) is None
            assert await tx.one_time_tokens.take(RESET, fingerprint(), now=NOW) is None
        assert await take(uow, scope, token) == replace(token, used_at=NOW)
        assert await take(uow, scope, token) is None

    async def test_an_expired_token_is_worth_nothing(self, uow: UnitOfWork) -> None:
        scope, token = await with_token(uow)
        late = token.expires_at
        async with uow.begin(scope) as tx:
            assert await tx.one_time_tokens.take(RESET, token.fingerprint, now=late) is None
            in_time = late - timedelta(seconds=1)
            assert await tx.one_time_tokens.take(RESET, token.fingerprint, now=in_time) is not None

    async def test_of_many_at_once_one_gets_it(self, uow: UnitOfWork) -> None:
        scope, token = await with_token(uow)
        taken = await asyncio.gather(*(take(uow, scope, token) for _ in range(20)))
        assert len([each for each in taken if each is not None]) == 1

    async def test_a_use_that_is_not_committed_uses_nothing(self, uow: UnitOfWork) -> None:
        scope, token = await with_token(uow)
        async with uow.begin(scope) as tx:
            assert await tx.one_time_tokens.take(RESET, token.fingerprint, now=NOW) is not None
        assert await take(uow, scope, token) is not None

    async def test_a_fingerprint_is_known_once(self, uow: UnitOfWork) -> None:
        scope, token = await with_token(uow)
        one, two = (a_one_time_token(token.user_id) for _ in range(2))
        again = a_one_time_token(token.user_id, fingerprint=token.fingerprint)

        async def commit(*tokens: OneTimeToken, at_once: bool) -> None:
            async with uow.begin(scope) as tx:
                if at_once:
                    await tx.one_time_tokens.add_many(tokens)
                for each in () if at_once else tokens:
                    await tx.one_time_tokens.add(each)
                await tx.commit()

        for at_once in (False, True):
            with pytest.raises(Taken) as taken:
                await commit(one, again, at_once=at_once)
            assert taken.value.what == "other"
            assert await take(uow, scope, one) is None
        await commit(at_once=True)
        await commit(one, two, at_once=True)
        for each in (one, two):
            assert await take(uow, scope, each) == replace(each, used_at=NOW)

    async def test_a_new_token_ends_those_that_it_replaces(self, uow: UnitOfWork) -> None:
        scope, earlier = await with_token(uow)
        new = a_one_time_token(earlier.user_id)
        kept = a_one_time_token(earlier.user_id, purpose=TokenPurpose.EMAIL_VERIFICATION)
        async with uow.begin(scope) as tx:
            await tx.one_time_tokens.add(kept)
            await tx.one_time_tokens.add(new, instead_of=frozenset({RESET}))
            await tx.commit()
        assert await take(uow, scope, earlier) is None
        assert await take(uow, scope, new) is not None
        assert await take(uow, scope, kept) is not None

    async def test_revoking_ends_a_persons_tokens_for_these_purposes(self, uow: UnitOfWork) -> None:
        scope, revoked = await with_token(uow)
        other_purpose = a_one_time_token(revoked.user_id, purpose=TokenPurpose.EMAIL_VERIFICATION)
        other_person = a_one_time_token((await new_user(uow, scope)).id)
        async with uow.begin(scope) as tx:
            await tx.one_time_tokens.add(other_purpose)
            await tx.one_time_tokens.add(other_person)
            await tx.one_time_tokens.revoke_all(revoked.user_id, frozenset(), now=NOW)
            purposes = frozenset({RESET, TokenPurpose.INVITATION})
            await tx.one_time_tokens.revoke_all(revoked.user_id, purposes, now=NOW)
            await tx.commit()
        assert await take(uow, scope, revoked) is None
        assert await take(uow, scope, other_purpose) is not None
        assert await take(uow, scope, other_person) is not None

    async def test_another_schools_tokens_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        theirs, token = await with_token(uow)
        assert await take(uow, ours, token) is None
        async with uow.begin(ours) as tx:
            await tx.one_time_tokens.revoke_all(token.user_id, frozenset({RESET}), now=NOW)
            await tx.commit()
        assert await take(uow, theirs, token) is not None


async def with_token(uow: UnitOfWork) -> tuple[TenantScope, OneTimeToken]:
    """A school with a person with a token."""
    scope = await new_school(uow)
    token = a_one_time_token((await new_user(uow, scope)).id)
    async with uow.begin(scope) as tx:
        await tx.one_time_tokens.add(token)
        await tx.commit()
    return scope, token


async def take(uow: UnitOfWork, scope: TenantScope, token: OneTimeToken) -> OneTimeToken | None:
    """Use it and commit; whose it is comes with it."""
    async with uow.begin(scope) as tx:
        taken = await tx.one_time_tokens.take(token.purpose, token.fingerprint, now=NOW)
        await tx.commit()
    if taken is None:
        return None
    used, person = taken
    assert person.id == used.user_id
    return used
