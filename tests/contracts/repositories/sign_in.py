"""What every count of failed sign-ins and every store of second factors promises: of one school's people and, kept
apart, of operators. A subclass provides the fixture ``uow``."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.lockout import SignInFailureRepository
from lms_app.ports.second_factors import SecondFactorRepository
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.lockout import FORGET_AFTER, SignInFailures, account_and_network_key, account_key, network_key
from lms_domain.errors import NotFound
from tests.contracts.samples import NOW, SYSTEM, a_second_factor, an_operator, new_school, new_user


@dataclass(frozen=True)
class Desk:
    """Where people sign in: at a school, or (None) on the platform."""

    uow: UnitOfWork
    scope: TenantScope | None

    @asynccontextmanager
    async def failures(self) -> AsyncIterator[SignInFailureRepository]:
        """In a transaction that commits at its end."""
        if self.scope is None:
            async with self.uow.begin(SYSTEM) as system:
                yield system.operator_sign_in_failures
                await system.commit()
        else:
            async with self.uow.begin(self.scope) as tx:
                yield tx.sign_in_failures
                await tx.commit()

    @asynccontextmanager
    async def factors(self) -> AsyncIterator[SecondFactorRepository]:
        """In a transaction that commits at its end."""
        if self.scope is None:
            async with self.uow.begin(SYSTEM) as system:
                yield system.operator_second_factors
                await system.commit()
        else:
            async with self.uow.begin(self.scope) as tx:
                yield tx.second_factors
                await tx.commit()

    async def new_person(self) -> UUID:
        """Somebody who signs in here."""
        if self.scope is not None:
            return (await new_user(self.uow, self.scope)).id
        operator = an_operator()
        async with self.uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.commit()
        return operator.id


class AtEitherDesk:
    """Every test twice."""

    @pytest.fixture(params=["school", "platform"])
    async def desk(self, request: pytest.FixtureRequest, uow: UnitOfWork) -> Desk:
        """A school's, then the platform's."""
        return Desk(uow, await new_school(uow) if request.param == "school" else None)


class SignInFailureRepositoryContract(AtEitherDesk):
    """Failures by key."""

    async def test_failures_count_up_and_are_forgotten_in_time(self, desk: Desk) -> None:
        key, later = f"network:{uuid4()}", NOW + timedelta(seconds=1)
        async with desk.failures() as failures:
            assert await failures.get(key) is None
            assert await failures.count_up(key, now=NOW) == SignInFailures(1, NOW)
            assert await failures.count_up(key, now=later) == SignInFailures(2, later)
            assert await failures.get(key) == SignInFailures(2, later)
            assert await failures.get_many(key, "network:nobody") == {key: SignInFailures(2, later)}
            assert await failures.get_many() == {}
            afresh = later + FORGET_AFTER
            assert await failures.count_up(key, now=afresh) == SignInFailures(1, afresh)

    async def test_of_many_at_once_each_counts(self, desk: Desk) -> None:
        key = f"network:{uuid4()}"

        async def fail() -> int:
            async with desk.failures() as failures:
                return (await failures.count_up(key, now=NOW)).count

        assert sorted(await asyncio.gather(*(fail() for _ in range(20)))) == list(range(1, 21))

    async def test_clearing_a_key_and_an_account(self, desk: Desk) -> None:
        email, other = f"{uuid4().hex}@school.test", f"{uuid4().hex}@school.test"
        of_account = [account_key(email), *(account_and_network_key(email, f"192.0.2.{n}") for n in (1, 2))]
        cleared, kept = network_key("192.0.2.1"), account_and_network_key(other, "192.0.2.1")
        async with desk.failures() as failures:
            for key in (*of_account, cleared, kept):
                await failures.count_up(key, now=NOW)
            await failures.clear(cleared)
            await failures.clear("nobody")
            await failures.clear_account(email)
        async with desk.failures() as failures:
            assert [await failures.get(key) for key in (*of_account, cleared)] == [None] * 4
            assert await failures.get(kept) == SignInFailures(1, NOW)

    async def test_what_no_longer_counts_is_removed(self, desk: Desk) -> None:
        old, new = f"network:{uuid4()}", f"network:{uuid4()}"
        long_ago = NOW - timedelta(days=4000)
        async with desk.failures() as failures:
            await failures.count_up(old, now=long_ago)
            await failures.count_up(new, now=long_ago + timedelta(seconds=1))
            assert await failures.forget(long_ago + timedelta(seconds=1)) == 1
            assert await failures.get(old) is None
            assert await failures.get(new) is not None
            await failures.clear(new)

    async def test_schools_and_the_platform_count_apart(self, uow: UnitOfWork) -> None:
        key = f"network:{uuid4()}"
        desks = [Desk(uow, await new_school(uow)), Desk(uow, await new_school(uow)), Desk(uow, None)]
        for count, desk in enumerate(desks, start=1):
            async with desk.failures() as failures:
                for _ in range(count):
                    await failures.count_up(key, now=NOW)
        async with desks[0].failures() as failures:
            await failures.clear(key)
            assert await failures.forget(NOW + timedelta(days=4000)) == 0
        for count, desk in [(0, desks[0]), (2, desks[1]), (3, desks[2])]:
            async with desk.failures() as failures:
                found = await failures.get(key)
                assert (found.count if found is not None else 0) == count


class SecondFactorRepositoryContract(AtEitherDesk):
    """At most one second factor for each person."""

    async def test_a_factor_takes_the_place_of_an_earlier_one(self, desk: Desk) -> None:
        person, other = await desk.new_person(), await desk.new_person()
        factor, theirs = a_second_factor(), a_second_factor(confirmed_at=None, last_step=None)
        changed = replace(factor, last_step=58_000_001, recovery_fingerprints=frozenset())
        async with desk.factors() as factors:
            assert await factors.get(person) is None
            assert await factors.get(person, for_update=True) is None
            await factors.save(person, factor)
            await factors.save(other, theirs)
            assert await factors.get(person) == factor
            await factors.save(person, changed)
        async with desk.factors() as factors:
            assert await factors.get(person, for_update=True) == changed
            assert await factors.get(other) == theirs

    async def test_no_factor_any_more(self, desk: Desk) -> None:
        person, other = await desk.new_person(), await desk.new_person()
        async with desk.factors() as factors:
            await factors.save(person, a_second_factor())
            await factors.save(other, a_second_factor())
            await factors.delete(person)
            await factors.delete(person)
            await factors.delete(uuid4())
            assert await factors.get(person) is None
            assert await factors.get(other) is not None

    async def test_of_many_that_show_one_code_one_gets_in(self, desk: Desk) -> None:
        person = await desk.new_person()
        async with desk.factors() as factors:
            await factors.save(person, a_second_factor(last_step=1))

        async def use() -> bool:
            async with desk.factors() as factors:
                factor = await factors.get(person, for_update=True)
                assert factor is not None
                if factor.last_step == 2:
                    return False
                await factors.save(person, replace(factor, last_step=2))
                return True

        assert sum(await asyncio.gather(*(use() for _ in range(10)))) == 1

    async def test_a_factor_has_a_person(self, desk: Desk) -> None:
        with pytest.raises(NotFound):
            async with desk.factors() as factors:
                await factors.save(uuid4(), a_second_factor())

    async def test_another_desks_factors_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs, platform = Desk(uow, await new_school(uow)), Desk(uow, await new_school(uow)), Desk(uow, None)
        person, factor = await theirs.new_person(), a_second_factor()
        async with theirs.factors() as factors:
            await factors.save(person, factor)
        for desk in (ours, platform):
            async with desk.factors() as factors:
                assert await factors.get(person) is None
                assert await factors.get(person, for_update=True) is None
                await factors.delete(person)
            with pytest.raises(NotFound):
                async with desk.factors() as factors:
                    await factors.save(person, a_second_factor())
        async with theirs.factors() as factors:
            assert await factors.get(person) == factor
