"""Sending what is due, and what becomes of it when it goes wrong."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from adapters.memory.mailer import MemoryMailer
from lms_app.notices.send_mail import MailRules, SendMail
from lms_app.ports.logger import Logger
from lms_app.ports.mailer import Mailer, MailMessage, MailRefused, MailUnavailable
from lms_app.scope import SystemScope, TenantScope
from lms_domain.errors import Unavailable
from lms_domain.notices.mail_delivery import (
    BACK_OFF,
    GIVE_UP_AFTER,
    LEASE,
    MailDelivery,
    MailKind,
    MailState,
    queue_mail,
)
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import TEST, World

AT_ONCE = 3
DARK = MailUnavailable("no answer", may_have_been_sent=True)
BUSY = MailUnavailable("450 greylisted")


class Notes(Logger):
    """Log lines, remembered."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Mapping[str, object]]] = []

    def info(self, event: str, **facts: object) -> None:
        self.lines.append((event, facts))

    warning = exception = info


class Post:
    """A world with a mail server."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.mailer = MemoryMailer()
        self.log = Notes()
        self.send = self.worker(self.mailer)

    def worker(self, mailer: Mailer, uow: "Any" = None) -> SendMail:
        """Another worker on the same database."""
        rules = MailRules(platform_name="Brain LMS", at_once=AT_ONCE, pauses_seconds=(0.0, 0.0))
        return SendMail(uow or self.world.uow, mailer, self.world.clock, rules, self.log)

    async def queue(self, tenant: Tenant | None, to: str = "ada@green.test", **changes: Any) -> UUID:
        """A mail that is due."""
        delivery = queue_mail(
            delivery_id=self.world.ids.new(),
            tenant_id=tenant.id if tenant is not None else None,
            to=to,
            kind=MailKind.PASSWORD_RESET,
            subject="Your link",
            html="<p>secret-link</p>",
            text="secret-link",
            dedupe_key=str(self.world.ids.new()),
            now=self.world.clock.now(),
            **changes,
        )
        async with self.world.uow.begin(TEST) as system:
            await system.mail.add_many((delivery,))
            await system.commit()
        return delivery.id

    async def kept(self, delivery_id: UUID) -> MailDelivery:
        """The mail as it is now."""
        async with self.world.uow.begin(TEST) as system:
            found = await system.mail.get(delivery_id)
        assert found is not None
        return found

    def recipients(self) -> list[str]:
        """Who got mail, sorted."""
        return sorted(message.to for message in self.mailer.sent)


@pytest.fixture
def post(world: World) -> Post:
    return Post(world)


async def test_mail_of_schools_and_of_the_platform_goes_out_under_their_names(post: Post) -> None:
    school = await post.world.new_school("green", name="Green School")
    odd = await post.world.new_school("odd", contact_email="what ever")
    url = "https://green.lms.example/unsubscribe?t=1"
    ids = [
        await post.queue(school, "a@green.test", unsubscribe_url=url),
        await post.queue(odd, "b@odd.test"),
        await post.queue(None, "c@lms.test"),
    ]
    assert await post.send() == 3
    assert await post.send() == 0
    by_recipient = {message.to: message for message in post.mailer.sent}
    ours = by_recipient["a@green.test"]
    assert (ours.id, ours.from_name, ours.reply_to) == (ids[0], "Green School", "head@green.test")
    assert (ours.subject, ours.text, ours.html) == ("Your link", "secret-link", "<p>secret-link</p>")
    assert ours.unsubscribe_url == url
    assert (by_recipient["b@odd.test"].from_name, by_recipient["b@odd.test"].reply_to) == (odd.name, None)
    assert (by_recipient["c@lms.test"].from_name, by_recipient["c@lms.test"].reply_to) == ("Brain LMS", None)
    for each in ids:
        kept = await post.kept(each)
        assert (kept.state, kept.sent_at, kept.attempts) == (MailState.SENT, post.world.clock.now(), 1)
        assert "secret" not in kept.html + kept.text


async def test_nothing_is_sent_before_its_time_and_the_longest_waiting_first(post: Post) -> None:
    await post.queue(None, "later@lms.test", due_at=post.world.clock.now() + timedelta(hours=1))
    for number in range(AT_ONCE + 1):
        await post.queue(None, f"{number}@lms.test")
        post.world.pass_time(seconds=1)
    assert await post.send() == AT_ONCE
    assert post.recipients() == ["0@lms.test", "1@lms.test", "2@lms.test"]
    assert await post.send() == 1
    assert await post.send() == 0
    post.world.pass_time(hours=1)
    assert await post.send() == 1
    assert "later@lms.test" in post.recipients()


async def test_workers_at_the_same_time_send_every_mail_once(post: Post) -> None:
    school = await post.world.new_school()
    for number in range(20):
        await post.queue(school, f"{number:02}@green.test")
    workers = [post.worker(post.mailer) for _ in range(4)]

    async def drain(worker: SendMail) -> None:
        while await worker():
            pass

    await asyncio.gather(*(drain(worker) for worker in workers))
    assert post.recipients() == [f"{number:02}@green.test" for number in range(20)]


async def test_a_refused_mail_fails_at_once_with_the_reason_and_others_go_out(post: Post) -> None:
    post.mailer.refused.add("nobody@green.test")
    school = await post.world.new_school()
    refused, sent = await post.queue(school, "nobody@green.test"), await post.queue(school)
    no_address = await post.queue(school, "not an address")
    assert await post.send() == 3
    kept = await post.kept(refused)
    assert (kept.state, kept.error) == (MailState.FAILED, "550 No such person here.")
    assert kept.text == "secret-link", "it may be sent again"
    assert (await post.kept(no_address)).error == "“not an address” is not an e-mail address."
    assert (await post.kept(sent)).state is MailState.SENT
    post.world.pass_time(days=2)
    assert await post.send() == 0


async def test_what_the_server_puts_off_is_tried_again_later_and_later_for_a_day(post: Post) -> None:
    mail = await post.queue(None)
    post.mailer.is_down = True
    began = post.world.clock.now()
    tries = []
    while (kept := await post.kept(mail)).state is MailState.QUEUED:
        post.world.clock.set(kept.next_attempt_at)
        if await post.send():
            tries.append(post.world.clock.now() - began)
    assert tries[0] == timedelta()
    assert [later - earlier for earlier, later in pairwise(tries)] == list(BACK_OFF[: len(tries) - 1])
    assert tries[-1] < GIVE_UP_AFTER
    assert len(tries) >= 6
    assert (kept.error, kept.unknown_outcomes) == ("told so", 0)
    assert post.mailer.sent == []


async def test_a_server_that_comes_back_gets_the_mail(post: Post) -> None:
    mail = await post.queue(None)
    post.mailer.failures = [BUSY]
    assert await post.send() == 1
    kept = await post.kept(mail)
    assert (kept.state, kept.error, kept.next_attempt_at - post.world.clock.now()) == (
        MailState.QUEUED,
        "450 greylisted",
        BACK_OFF[0],
    )
    assert await post.send() == 0
    post.world.clock.advance(BACK_OFF[0])
    assert await post.send() == 1
    assert (await post.kept(mail)).state is MailState.SENT
    assert len(post.mailer.sent) == 1


class TestTheOutcomeIsUnknown:
    """A person gets one copy too many at the most."""

    async def work_off(self, post: Post, mail: UUID) -> MailDelivery:
        """Until the mail has come to an end."""
        for _ in range(20):
            kept = await post.kept(mail)
            if kept.state is not MailState.QUEUED:
                return kept
            post.world.clock.set(max(kept.next_attempt_at, post.world.clock.now()))
            await post.send()
        raise AssertionError("it never ends")

    async def test_it_is_tried_once_more(self, post: Post) -> None:
        mail = await post.queue(None)
        post.mailer.failures = [DARK]
        assert (await self.work_off(post, mail)).state is MailState.SENT
        assert len(post.mailer.sent) == 2
        assert len({message.id for message in post.mailer.sent}) == 1

    async def test_twice_in_the_dark_is_the_end(self, post: Post) -> None:
        mail = await post.queue(None)
        post.mailer.failures = [BUSY, DARK, BUSY, DARK, DARK, DARK]
        kept = await self.work_off(post, mail)
        assert kept.state is MailState.FAILED
        assert "twice" in kept.error
        assert len(post.mailer.sent) == 2

    async def test_a_worker_that_dies_leaves_the_mail_to_others_after_the_lease(self, post: Post) -> None:
        mail = await post.queue(None)
        post.mailer.failures = []
        await die_after_sending(post)
        assert await post.send() == 0, "the lease holds"
        post.world.clock.advance(LEASE)
        assert (await self.work_off(post, mail)).state is MailState.SENT
        assert len(post.mailer.sent) == 2

    async def test_two_dead_workers_are_the_end(self, post: Post) -> None:
        mail = await post.queue(None)
        for _ in range(2):
            await die_after_sending(post)
            post.world.clock.advance(LEASE)
        assert await post.send() == 1
        kept = await post.kept(mail)
        assert (kept.state, len(post.mailer.sent)) == (MailState.FAILED, 2)
        assert "twice" in kept.error

    async def test_what_nobody_foresaw_counts_as_unknown(self, post: Post) -> None:
        class Broken(MemoryMailer):
            async def send(self, message: MailMessage) -> None:
                raise KeyError(message.to)

        mail = await post.queue(None)
        assert await post.worker(Broken())() == 1
        kept = await post.kept(mail)
        assert (kept.state, kept.unknown_outcomes) == (MailState.QUEUED, 1)
        assert "KeyError" not in kept.error
        assert ("sending a mail broke", {"mail_id": str(mail)}) in post.log.lines


async def die_after_sending(post: Post) -> None:
    """A worker that is killed when the server has the mail and before anything is written down."""

    class Gate(MemoryMailer):
        async def send(self, message: MailMessage) -> None:
            await post.mailer.send(message)
            sent.set()
            await asyncio.sleep(60)

    sent = asyncio.Event()
    worker = asyncio.create_task(post.worker(Gate())())
    await asyncio.wait_for(sent.wait(), 5)
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker


@pytest.mark.parametrize("late", [None, BUSY, MailRefused("550 no")], ids=["sent", "put off", "refused"])
async def test_an_attempt_that_outlives_its_lease_changes_nothing_unless_it_succeeds(
    post: Post, late: MailUnavailable | MailRefused | None
) -> None:
    class Slow(MemoryMailer):
        async def send(self, message: MailMessage) -> None:
            begun.set()
            await go_on.wait()
            if late is not None:
                raise late

    begun, go_on = asyncio.Event(), asyncio.Event()
    mail = await post.queue(None)
    slow = asyncio.create_task(post.worker(Slow())())
    await begun.wait()
    post.world.clock.advance(LEASE)
    post.mailer.failures = [BUSY]
    assert await post.send() == 1
    second = await post.kept(mail)
    assert (second.state, second.attempts) == (MailState.QUEUED, 2)
    go_on.set()
    assert await slow == 1
    kept = await post.kept(mail)
    assert kept.state is (MailState.SENT if late is None else MailState.QUEUED)
    if late is not None:
        assert kept == second


class TestTheDatabaseFails:
    async def test_while_nothing_is_sent_the_mails_wait(self, post: Post) -> None:
        await post.queue(None)
        with pytest.raises(Unavailable):
            await post.worker(post.mailer, Failing(post.world, [True]))()
        assert post.mailer.sent == []
        assert await post.send() == 1

    async def test_what_was_sent_is_written_down_as_soon_as_it_is_back(self, post: Post) -> None:
        mail = await post.queue(None)
        assert await post.worker(post.mailer, Failing(post.world, [False, True, True, False]))() == 1
        assert (await post.kept(mail)).state is MailState.SENT

    async def test_if_it_stays_away_the_mail_is_sent_once_more(self, post: Post) -> None:
        mail = await post.queue(None)
        assert await post.worker(post.mailer, Failing(post.world, [False, True, True, True]))() == 1
        post.world.clock.advance(LEASE)
        assert await post.send() == 1
        assert (await post.kept(mail)).state is MailState.SENT
        assert len(post.mailer.sent) == 2


class Failing:
    """Transactions of ``world``, of which those fail whose turn in ``failures`` is true."""

    def __init__(self, world: World, failures: list[bool]) -> None:
        self._world = world
        self._failures = failures

    def begin(self, scope: SystemScope | TenantScope) -> AbstractAsyncContextManager[Any]:
        return self._begin(scope)

    @asynccontextmanager
    async def _begin(self, scope: Any) -> AsyncIterator[Any]:
        if self._failures and self._failures.pop(0):
            raise Unavailable("The database does not answer.")
        async with self._world.uow.begin(scope) as tx:
            yield tx


async def test_no_transaction_is_open_while_a_server_is_spoken_to(post: Post) -> None:
    class Watching(MemoryMailer):
        async def send(self, message: MailMessage) -> None:
            async with post.world.uow.begin(TEST) as system:
                seen.append(await system.mail.get(message.id, for_update=True))

    seen: list[MailDelivery | None] = []
    await post.queue(None)
    await asyncio.wait_for(post.worker(Watching())(), 5)
    assert seen
    assert seen[0] is not None
    assert seen[0].attempts == 1


async def test_the_log_says_what_became_of_mails_and_names_nobody(post: Post) -> None:
    school = await post.world.new_school()
    post.mailer.failures = [MailRefused("550 5.1.1 <nobody@green.test>: no such person")]
    refused = await post.queue(school, "nobody@green.test")
    await post.queue(school, "ada@green.test")
    await post.send()
    assert "<nobody@green.test>" in (await post.kept(refused)).error, "administrators see all of it"
    assert sorted(str(facts["state"]) for _, facts in post.log.lines) == ["FAILED", "SENT"]
    text = json.dumps(post.log.lines, default=str)
    assert "no such person" in text
    assert "@green.test" not in text
    assert "secret" not in text
