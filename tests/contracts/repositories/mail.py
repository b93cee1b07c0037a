"""What every repository of mail deliveries and of reminder campaigns promises. A subclass provides ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.notices.mail_delivery import MailDelivery, MailState
from lms_domain.notices.reminder import ReminderKind
from tests.contracts.learning_samples import new_assignment
from tests.contracts.notice_samples import a_campaign, a_mail, a_notification
from tests.contracts.samples import NOW, SYSTEM, new_course, new_school, new_user

LATER = NOW + timedelta(minutes=1)
LONG_AGO = NOW - timedelta(days=4000)
"""Before the mails of all other tests."""


class MailDeliveryRepositoryContract:
    """Mails of schools, and of the platform."""

    async def test_a_mail_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        course, _ = await new_course(uow, scope)
        campaign = a_campaign(course, user.id)
        reminder = a_mail(scope, user_id=user.id, campaign_id=campaign.id, unsubscribe_url="https://example.test/u")
        platforms = a_mail(None, unsubscribe_url="https://example.test/u")
        async with uow.begin(scope) as tx:
            await tx.reminders.add(campaign)
            assert await tx.mail.add_many((reminder,)) == {reminder.id}
            assert await tx.mail.add_many(()) == frozenset()
            assert await tx.mail.get(reminder.id) == await tx.mail.get(reminder.id, for_update=True) == reminder
            assert await tx.mail.get(uuid4()) is None
            await tx.commit()
        async with uow.begin(SYSTEM) as system:
            of_school = a_mail(scope)
            assert await system.mail.add_many((platforms, of_school)) == {platforms.id, of_school.id}
            for mail in (reminder, platforms, of_school):
                assert await system.mail.get(mail.id) == mail
                assert await system.mail.get(mail.id, for_update=True) == mail
            assert await system.mail.get(uuid4()) is None

    @pytest.mark.parametrize("of_platform", [False, True])
    async def test_one_occasion_one_mail(self, uow: UnitOfWork, *, of_platform: bool) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        first = a_mail(None if of_platform else scope)
        again, another = (
            replace(a_mail(None if of_platform else scope), dedupe_key=key) for key in (first.dedupe_key, "twice")
        )
        twice, elsewhere = replace(another, id=uuid4()), a_mail(other, dedupe_key=first.dedupe_key)
        async with uow.begin(SYSTEM) as system:
            assert await system.mail.add_many((first,)) == {first.id}
            added = await system.mail.add_many((again, another, twice, elsewhere))
            assert elsewhere.id in added
            assert again.id not in added
            assert len(added & {another.id, twice.id}) == 1
            assert await system.mail.get(again.id) is None

    async def test_what_is_queued_is_there_with_the_commit(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        of_school, platforms, later = a_mail(scope), a_mail(None), a_mail(scope)
        again = a_mail(scope, dedupe_key=of_school.dedupe_key)
        async with uow.begin(SYSTEM) as system:
            await system.mail.queue(())
            await system.mail.queue((of_school, platforms))
            await system.mail.queue((again,))
            assert await system.mail.get(of_school.id) == of_school
            await system.commit()
        async with uow.begin(scope) as tx:
            await tx.mail.queue((later, a_mail(scope, dedupe_key=of_school.dedupe_key)))
            with pytest.raises(ValueError, match="school"):
                await tx.mail.queue((platforms,))
            await tx.commit()
        async with uow.begin(scope) as tx:
            await tx.mail.queue((a_mail(scope, dedupe_key="dropped"),))
        async with uow.begin(SYSTEM) as system:
            for mail in (of_school, platforms, later):
                assert await system.mail.get(mail.id) == mail
            assert await system.mail.get(again.id) is None
            assert len(await system.mail.add_many((a_mail(scope, dedupe_key="dropped"),))) == 1

    async def test_of_many_that_queue_an_occasion_at_once_one_does(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)

        async def queue(number: int) -> frozenset[UUID]:
            mails = tuple(a_mail(scope, dedupe_key=key) for key in ("one", "two"))
            async with uow.begin(scope) as tx:
                new = await tx.mail.add_many(mails if number % 2 else mails[::-1])
                await tx.commit()
            return new

        assert sorted(map(len, await asyncio.gather(*(queue(n) for n in range(6))))) == [0, 0, 0, 0, 0, 2]

    async def test_what_is_due_the_longest_waiting_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        third, first, second = (a_mail(scope, next_attempt_at=LONG_AGO + timedelta(seconds=n)) for n in (3, 1, 2))
        later = a_mail(scope, next_attempt_at=LATER)
        sent = a_mail(scope, next_attempt_at=LONG_AGO, state=MailState.SENT, sent_at=NOW)
        failed = a_mail(scope, next_attempt_at=LONG_AGO, state=MailState.FAILED)
        await add(uow, scope, third, first, second, later, sent, failed)
        async with uow.begin(scope) as tx:
            assert await tx.mail.take_due(10, now=NOW) == (first, second, third)
            assert await tx.mail.take_due(2, now=NOW) == (first, second)
            assert await tx.mail.take_due(10, now=LATER) == (first, second, third, later)
        async with uow.begin(SYSTEM) as system:
            found = [mail for mail in await system.mail.take_due(10_000, now=NOW) if mail.tenant_id == scope.tenant_id]
            assert found == [first, second, third]

    async def test_two_that_send_never_take_the_same(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        mails = [a_mail(scope, next_attempt_at=LONG_AGO + timedelta(seconds=n)) for n in range(6)]
        platforms = [a_mail(None, next_attempt_at=LONG_AGO + timedelta(seconds=n)) for n in range(2)]
        await add(uow, scope, *mails)
        async with uow.begin(SYSTEM) as system:
            await system.mail.add_many(tuple(platforms))
            await system.commit()
        async with uow.begin(SYSTEM) as one, uow.begin(SYSTEM) as two:
            first = {mail.id for mail in await one.mail.take_due(5, now=NOW)}
            second = {mail.id for mail in await two.mail.take_due(10_000, now=NOW)}
            assert len(first) == 5
            assert not first & second
            assert first | second >= {mail.id for mail in (*mails, *platforms)}

    @pytest.mark.parametrize("of_platform", [False, True])
    async def test_what_was_begun_is_not_due_until_its_lease_ends(self, uow: UnitOfWork, *, of_platform: bool) -> None:
        scope = None if of_platform else await new_school(uow)
        mail = a_mail(scope, next_attempt_at=NOW)
        async with uow.begin(SYSTEM) as system:
            await system.mail.add_many((mail,))
            await system.commit()
        begun = mail.begun(now=NOW)
        async with uow.begin(SYSTEM) as system:
            taken = next(each for each in await system.mail.take_due(10_000, now=NOW) if each.id == mail.id)
            await system.mail.save(taken.begun(now=NOW))
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert mail.id not in {each.id for each in await system.mail.take_due(10_000, now=LATER)}
            again = {each.id for each in await system.mail.take_due(10_000, now=begun.next_attempt_at)}
            assert mail.id in again
            assert await system.mail.get(mail.id) == begun

    @pytest.mark.parametrize("of_platform", [False, True])
    async def test_a_mails_life_is_saved(self, uow: UnitOfWork, *, of_platform: bool) -> None:
        scope = None if of_platform else await new_school(uow)
        begun = a_mail(scope).begun(now=NOW)
        failed = begun.refused("No such mailbox.")
        lives = [
            begun,
            begun.unavailable("Not now.", now=LATER),
            begun.unavailable("Who knows.", now=LATER, may_have_been_sent=True),
            failed,
            failed.requeued(now=LATER),
            begun.sent(now=LATER),
        ]
        async with uow.begin(SYSTEM) as system:
            await system.mail.add_many((begun,))
            for mail in lives:
                await system.mail.save(replace(mail, to="eve@school.test", dedupe_key="stolen"))
                assert await system.mail.get(begun.id) == mail
            await system.mail.save(a_mail(scope))

    async def test_the_failed_mails_of_a_campaign_are_queued_again(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        course, _ = await new_course(uow, scope)
        campaign, other = a_campaign(course, user.id), a_campaign(course, user.id)
        failed = [a_mail(scope, campaign_id=campaign.id).begun(now=NOW).refused("No.") for _ in range(2)]
        sent = a_mail(scope, campaign_id=campaign.id).begun(now=NOW).sent(now=NOW)
        others = a_mail(scope, campaign_id=other.id).begun(now=NOW).refused("No.")
        async with uow.begin(scope) as tx:
            for each in (campaign, other):
                await tx.reminders.add(each)
            await tx.mail.add_many((*failed, sent, others))
            assert await tx.mail.requeue_failed(campaign.id, now=LATER) == 2
            assert await tx.mail.requeue_failed(campaign.id, now=LATER) == 0
            for mail in failed:
                assert await tx.mail.get(mail.id) == mail.requeued(now=LATER)
            assert (await tx.mail.get(sent.id), await tx.mail.get(others.id)) == (sent, others)

    async def test_another_schools_mails_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        mail, platforms = a_mail(theirs), a_mail(None)
        async with uow.begin(SYSTEM) as system:
            await system.mail.add_many((mail, platforms))
            await system.commit()
        async with uow.begin(ours) as tx:
            for foreign in (mail, platforms):
                assert await tx.mail.get(foreign.id) is None
                assert await tx.mail.get(foreign.id, for_update=True) is None
                await tx.mail.save(replace(foreign, state=MailState.FAILED))
                await tx.mail.save(replace(foreign, tenant_id=ours.tenant_id, state=MailState.FAILED))
                with pytest.raises(ValueError, match="school"):
                    await tx.mail.add_many((foreign,))
            assert await tx.mail.take_due(10, now=NOW) == ()
            assert len(await tx.mail.add_many((a_mail(ours, dedupe_key=mail.dedupe_key),))) == 1
            await tx.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.mail.get(mail.id) == mail
            assert await system.mail.get(platforms.id) == platforms


class ReminderRepositoryContract:
    """Campaigns of reminders."""

    async def test_a_campaign_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        user = await new_user(uow, ours)
        course, _ = await new_course(uow, ours)
        assignment = await new_assignment(uow, course)
        about_course = a_campaign(course, user.id)
        others = [
            replace(about_course, id=uuid4(), kind=kind, course_id=None, assignment_id=assignment_id)
            for kind, assignment_id in ((ReminderKind.ASSIGNMENT_DUE, assignment.id), (ReminderKind.CUSTOM, None))
        ]
        async with uow.begin(ours) as tx:
            for campaign in (about_course, *others):
                await tx.reminders.add(campaign)
                assert await tx.reminders.get(campaign.id) == campaign
            assert await tx.reminders.get(uuid4()) is None
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.reminders.get(about_course.id) is None
            with pytest.raises(ValueError, match="school"):
                await tx.reminders.add(about_course)

    async def test_whether_the_same_words_went_to_the_same_people(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        one, two = await new_user(uow, scope), await new_user(uow, scope)
        course, _ = await new_course(uow, scope)
        before = a_campaign(course, one.id)
        again = replace(before, id=uuid4())
        before_it = NOW - timedelta(seconds=1)
        async with uow.begin(scope) as tx:
            await tx.reminders.add(before)
            told = a_notification(scope, one.id, event_key=f"reminder:{before.id}")
            await tx.notifications.add_many((told,))
            both = frozenset({one.id, two.id})
            assert await tx.reminders.was_sent(again, to=both, since=before_it)
            assert not await tx.reminders.was_sent(again, to=both, since=NOW)
            assert not await tx.reminders.was_sent(again, to=frozenset({two.id}), since=before_it)
            for other in (replace(again, message="Else"), replace(again, kind=ReminderKind.CUSTOM, course_id=None)):
                assert not await tx.reminders.was_sent(other, to=both, since=before_it)


async def add(uow: UnitOfWork, scope: TenantScope, *mails: MailDelivery) -> None:
    """Queue and commit."""
    async with uow.begin(scope) as tx:
        await tx.mail.add_many(mails)
        await tx.commit()
