"""What every keeper of answers promises: for people of one school and, kept apart, for operators. A subclass gives
``uow``."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.idempotency import IdempotencyRepository, KeptAnswer, KeyedRequest
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.contracts.samples import NOW, SYSTEM, new_school, new_user

FINGERPRINT, OTHER = b"1" * 32, b"2" * 32
ANSWER = KeptAnswer(201, "application/json", "/api/courses/1/", b'{"id":1}')
LONG_AGO = NOW - timedelta(seconds=120)


@dataclass(frozen=True)
class Desk:
    """Where requests come in: at a school, or (None) on the platform."""

    uow: UnitOfWork
    scope: TenantScope | None

    @asynccontextmanager
    async def keys(self) -> AsyncIterator[IdempotencyRepository]:
        """In a transaction that commits at its end."""
        if self.scope is None:
            async with self.uow.begin(SYSTEM) as system:
                yield system.operator_idempotency
                await system.commit()
        else:
            async with self.uow.begin(self.scope) as tx:
                yield tx.idempotency
                await tx.commit()

    async def begin(
        self, user_id: UUID, key: str, fingerprint: bytes = FINGERPRINT, now: datetime = NOW
    ) -> KeyedRequest | None:
        async with self.keys() as keys:
            return await keys.begin(user_id, key, fingerprint, now=now, abandoned_before=now - timedelta(seconds=120))


class IdempotencyRepositoryContract:
    """Keys."""

    @pytest.fixture(params=["school", "platform"])
    async def desk(self, uow: UnitOfWork, request: pytest.FixtureRequest) -> Desk:
        return Desk(uow, await new_school(uow) if request.param == "school" else None)

    @pytest.fixture
    async def user_id(self, desk: Desk) -> UUID:
        return uuid4() if desk.scope is None else (await new_user(desk.uow, desk.scope)).id

    async def test_of_many_at_once_one_begins(self, desk: Desk, user_id: UUID) -> None:
        found = await asyncio.gather(*(desk.begin(user_id, "key") for _ in range(8)))
        assert found.count(None) == 1
        assert all(each is None or each.answer is None for each in found)

    async def test_the_answer_is_kept_as_it_was_and_only_the_first(self, desk: Desk, user_id: UUID) -> None:
        assert await desk.begin(user_id, "key") is None
        async with desk.keys() as keys:
            await keys.keep(user_id, "key", ANSWER)
            await keys.keep(user_id, "key", KeptAnswer(200, None, None, b""))
            await keys.release(user_id, "key")
        assert await desk.begin(user_id, "key") == KeyedRequest(FINGERPRINT, NOW, ANSWER)
        much_later = NOW + timedelta(hours=1)
        assert await desk.begin(user_id, "key", now=much_later) == KeyedRequest(FINGERPRINT, NOW, ANSWER)

    async def test_what_was_cut_off_is_taken_over_by_the_same_request_only(self, desk: Desk, user_id: UUID) -> None:
        assert await desk.begin(user_id, "key", now=LONG_AGO - timedelta(seconds=1)) is None
        other = await desk.begin(user_id, "key", OTHER)
        assert other is not None
        assert other.fingerprint == FINGERPRINT
        assert await desk.begin(user_id, "key") is None
        assert await desk.begin(user_id, "key") == KeyedRequest(FINGERPRINT, NOW, None)

    async def test_a_released_key_is_free(self, desk: Desk, user_id: UUID) -> None:
        assert await desk.begin(user_id, "key") is None
        async with desk.keys() as keys:
            await keys.release(user_id, "key")
            await keys.release(user_id, "never begun")
        assert await desk.begin(user_id, "key", OTHER) is None

    async def test_keys_belong_to_a_person_and_a_place(self, desk: Desk, user_id: UUID) -> None:
        scope = await new_school(desk.uow)
        elsewhere, somebody = Desk(desk.uow, scope), (await new_user(desk.uow, scope)).id
        assert await desk.begin(user_id, "key") is None
        assert await elsewhere.begin(somebody, "key") is None
        assert await desk.begin(user_id, "another key") is None

    async def test_old_ones_are_forgotten(self, desk: Desk, user_id: UUID) -> None:
        assert await desk.begin(user_id, "old", now=LONG_AGO) is None
        assert await desk.begin(user_id, "new") is None
        async with desk.keys() as keys:
            assert await keys.forget(NOW) == 1
        assert await desk.begin(user_id, "old", OTHER) is None
        assert await desk.begin(user_id, "new", OTHER) == KeyedRequest(FINGERPRINT, NOW, None)
