"""What every repository of notifications promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.notifications import MailOfNotices
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.notices.notification import Notification
from tests.contracts.notice_samples import a_mail, a_notification
from tests.contracts.samples import NOW, new_school, new_user

LATER = NOW + timedelta(hours=1)


class NotificationRepositoryContract:
    """What people are told inside the application."""

    async def test_the_newest_come_first_page_by_page(self, uow: UnitOfWork) -> None:
        scope, one, two = await with_people(uow)
        mine = [a_notification(scope, one, created_at=NOW + timedelta(seconds=n)) for n in range(3)]
        async with uow.begin(scope) as tx:
            added = await tx.notifications.add_many((mine[2], mine[0], mine[1], a_notification(scope, two)))
            assert added >= {each.id for each in mine}
            assert await tx.notifications.add_many(()) == frozenset()
            assert await tx.notifications.latest(one, before=None, limit=10) == (mine[2], mine[1], mine[0])
            assert await tx.notifications.latest(one, before=None, limit=2) == (mine[2], mine[1])
            assert await tx.notifications.latest(one, before=mine[1].id, limit=2) == (mine[0],)
            assert await tx.notifications.latest(one, before=mine[0].id, limit=2) == ()
            assert await tx.notifications.latest(uuid4(), before=None, limit=2) == ()

    async def test_nobody_is_told_the_same_fact_twice(self, uow: UnitOfWork) -> None:
        scope, one, two = await with_people(uow)
        told = a_notification(scope, one)
        again, doubled = (a_notification(scope, one, event_key=key) for key in (told.event_key, "another"))
        to_other = a_notification(scope, two, event_key=told.event_key)
        async with uow.begin(scope) as tx:
            assert await tx.notifications.add_many((told,)) == {told.id}
            twice = replace(doubled, id=uuid4())
            added = await tx.notifications.add_many((again, to_other, doubled, twice))
            assert to_other.id in added
            assert again.id not in added
            assert len(added & {doubled.id, twice.id}) == 1
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.notifications.unread_count(one) == 2
            assert await tx.notifications.unread_count(two) == 1
            assert told in await tx.notifications.latest(one, before=None, limit=10)

    async def test_a_mail_goes_with_news_only(self, uow: UnitOfWork) -> None:
        scope, one, two = await with_people(uow)
        told = a_notification(scope, one)
        again, new, other = (
            a_notification(scope, who, event_key=key) for who, key in ((one, told.event_key), (one, "n"), (two, "n"))
        )
        mixed, fresh = a_mail(scope, user_id=one), a_mail(scope, user_id=two)
        await add(uow, scope, told)
        async with uow.begin(scope) as tx:
            mails = (MailOfNotices(mixed, (again.id, new.id)), MailOfNotices(fresh, (other.id,)))
            assert await tx.notifications.add_many((again, new, other), mails) == {new.id, other.id}
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.mail.get(mixed.id) is None
            assert await tx.mail.get(fresh.id) == fresh

    async def test_of_many_that_tell_a_fact_at_once_one_does(self, uow: UnitOfWork) -> None:
        scope, one, two = await with_people(uow)

        async def tell(number: int) -> frozenset[UUID]:
            facts = tuple(a_notification(scope, user_id, event_key="fact") for user_id in (one, two))
            async with uow.begin(scope) as tx:
                new = await tx.notifications.add_many(facts if number % 2 else facts[::-1])
                await tx.commit()
            return new

        assert sorted(map(len, await asyncio.gather(*(tell(n) for n in range(6))))) == [0, 0, 0, 0, 0, 2]

    async def test_reading_one_and_all(self, uow: UnitOfWork) -> None:
        scope, one, two = await with_people(uow)
        first, second, third = (a_notification(scope, one) for _ in range(3))
        async with uow.begin(scope) as tx:
            await tx.notifications.add_many((first, second, third, other := a_notification(scope, two)))
            assert await tx.notifications.mark_read(one, first.id, now=NOW)
            assert await tx.notifications.mark_read(one, first.id, now=LATER)
            assert not await tx.notifications.mark_read(one, other.id, now=NOW)
            assert not await tx.notifications.mark_read(one, uuid4(), now=NOW)
            assert await tx.notifications.unread_count(one) == 2
            assert await tx.notifications.mark_all_read(one, now=LATER) == 2
            assert await tx.notifications.mark_all_read(one, now=LATER) == 0
            await tx.commit()
        async with uow.begin(scope) as tx:
            read = [each.read(now=LATER) for each in (third, second)]
            assert await tx.notifications.latest(one, before=None, limit=10) == (*read, first.read(now=NOW))
            assert await tx.notifications.unread_count(one) == 0
            assert await tx.notifications.unread_count(two) == 1

    async def test_another_schools_notifications_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        theirs, one, _ = await with_people(uow)
        notification = a_notification(theirs, one)
        await add(uow, theirs, notification)
        async with uow.begin(ours) as tx:
            assert await tx.notifications.latest(one, before=None, limit=10) == ()
            assert await tx.notifications.unread_count(one) == 0
            assert not await tx.notifications.mark_read(one, notification.id, now=NOW)
            assert await tx.notifications.mark_all_read(one, now=NOW) == 0
            with pytest.raises(ValueError, match="school"):
                await tx.notifications.add_many((a_notification(theirs, one),))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.notifications.latest(one, before=None, limit=10) == (notification,)


async def with_people(uow: UnitOfWork) -> tuple[TenantScope, UUID, UUID]:
    """A school with two people."""
    scope = await new_school(uow)
    return scope, (await new_user(uow, scope)).id, (await new_user(uow, scope)).id


async def add(uow: UnitOfWork, scope: TenantScope, *notifications: Notification) -> None:
    """Tell and commit."""
    async with uow.begin(scope) as tx:
        await tx.notifications.add_many(notifications)
        await tx.commit()
