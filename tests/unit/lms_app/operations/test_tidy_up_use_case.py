"""What is of no use any more is forgotten."""

from lms_app.operations.tidy_up import TidyUp
from lms_app.scope import TenantScope
from tests.unit.lms_app.world import TEST, World


async def test_after_its_time_and_not_before(world: World) -> None:
    school = await world.new_school()
    person, operator = await world.new_user(school), await world.new_operator()
    now = world.clock.now()
    async with world.uow.begin(TenantScope(school.id)) as tx:
        await tx.idempotency.begin(person.id, "k", b"1" * 32, now=now, abandoned_before=now)
        await tx.sign_in_failures.count_up("f", now=now)
        await tx.commit()
    async with world.uow.begin(TEST) as system:
        await system.operator_idempotency.begin(operator.id, "k", b"1" * 32, now=now, abandoned_before=now)
        await system.operator_sign_in_failures.count_up("f", now=now)
        await system.commit()
    await world.sign_in(school)
    await world.sign_in(None, operator.email)
    tidy_up = TidyUp(world.uow, world.clock)
    assert await tidy_up() == 0
    world.pass_time(hours=1, seconds=1)
    assert [await tidy_up(), await tidy_up()] == [2, 0]
    world.pass_time(days=1)
    assert [await tidy_up(), await tidy_up()] == [2, 0]
    world.pass_time(days=365)
    assert [await tidy_up(), await tidy_up()] == [2, 0]
