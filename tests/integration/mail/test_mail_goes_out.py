"""Mail from its row in PostgreSQL to a real SMTP server, by the worker's own loop."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from dishka import AsyncContainer

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.mail_files.mailbox import written_mails
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.smtp.address import parse_smtp_url
from adapters.smtp.mailer import SmtpMailer, SmtpPatience
from adapters.system.clock import SystemClock
from entrypoints.settings import DatabaseUrls, load_settings
from entrypoints.wiring.container import build_container
from entrypoints.worker.draining import MAIL_GRACE_SECONDS, send_mail
from lms_app.notices.internet_message import parse_mailbox
from lms_app.notices.send_mail import MailRules, SendMail
from lms_app.scope import SystemScope
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, MailState, queue_mail
from tests.contracts.samples import a_tenant, next_id
from tests.integration.adapters.smtp.mail_server import CUT, SILENCE, MailServer, mail_server
from tests.unit.entrypoints.http.kit import FakeLogger

TEST = SystemScope("a test")
IMPATIENT = SmtpPatience(command=0.3, session=1.0, text=0.3, farewell=0.3)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


def a_mail(tenant_id: UUID | None = None, to: str = "ana@school.example") -> MailDelivery:
    """A mail that is due."""
    return queue_mail(
        delivery_id=next_id(),
        tenant_id=tenant_id,
        to=to,
        kind=MailKind.PASSWORD_RESET,
        subject="Your link",
        html="<p>secret-link</p>",
        text="secret-link",
        dedupe_key=str(next_id()),
        now=datetime.now(UTC),
    )


async def queue(uow: PostgresUnitOfWork, *mails: MailDelivery) -> None:
    async with uow.begin(TEST) as system:
        await system.mail.add_many(mails)
        await system.commit()


async def kept(uow: PostgresUnitOfWork, mail: MailDelivery) -> MailDelivery:
    async with uow.begin(TEST) as system:
        found = await system.mail.get(mail.id)
    assert found is not None
    return found


def sender(uow: PostgresUnitOfWork, server: MailServer) -> SendMail:
    """A worker that does not wait for long."""
    address = parse_smtp_url(f"smtp://127.0.0.1:{server.port}")
    mailer = SmtpMailer(address, parse_mailbox("no-reply@lms.example"), patience=IMPATIENT)
    return SendMail(uow, mailer, SystemClock(), MailRules(platform_name="Brain LMS"), FakeLogger())


async def test_workers_at_the_same_time_send_every_mail_once(uow: PostgresUnitOfWork, server: MailServer) -> None:
    school = a_tenant(name="Green School")
    async with uow.begin(TEST) as system:
        await system.tenants.add(school)
        await system.commit()
    mails = [a_mail(school.id if number % 2 else None, f"{number:02}@school.example") for number in range(40)]
    await queue(uow, *mails)

    async def drain(send: SendMail) -> None:
        while await send():
            pass

    await asyncio.gather(*(drain(sender(uow, server)) for _ in range(4)))
    assert sorted(mail.recipients for mail in server.received) == [(mail.to,) for mail in mails]
    senders = {str(mail.mail["From"].addresses[0].display_name) for mail in server.received}
    assert senders == {"Green School", "Brain LMS"}
    for mail in mails:
        after = await kept(uow, mail)
        assert (after.state, after.text, after.html) == (MailState.SENT, "", "")


@pytest.mark.parametrize(
    ("command", "answer", "state", "unknown", "arrived"),
    [
        ("RCPT", "450 4.2.0 greylisted", MailState.QUEUED, 0, 0),
        ("RCPT", "550 5.1.1 no such person", MailState.FAILED, 1, 0),
        ("DATA", "451 4.3.0 later", MailState.QUEUED, 0, 0),
        ("RCPT", SILENCE, MailState.QUEUED, 0, 0),
        ("DATA", SILENCE, MailState.QUEUED, 1, 1),
        ("DATA", CUT, MailState.QUEUED, 1, 1),
    ],
)
async def test_what_the_server_did_stands_in_the_row(
    uow: PostgresUnitOfWork,
    server: MailServer,
    command: str,
    answer: str,
    state: MailState,
    unknown: int,
    arrived: int,
) -> None:
    mail = a_mail()
    await queue(uow, mail)
    server.answers[command] = answer
    assert await sender(uow, server)() == 1
    after = await kept(uow, mail)
    assert (after.state, after.unknown_outcomes, after.attempts) == (state, unknown, 1)
    assert f"127.0.0.1:{server.port}" in after.error
    if answer[0].isdigit():
        assert answer in after.error
    assert len(server.received) == arrived
    assert await sender(uow, server)() == 0, "not yet"


@dataclass
class Worker:
    """The worker's loop, with what it works on."""

    container: AsyncContainer
    stop: asyncio.Event
    loop: "asyncio.Task[None]"


@asynccontextmanager
async def worker(dsns: EmbeddedDsns, folder: Path, **environment: str) -> AsyncIterator[Worker]:
    """The loop as the worker process runs it."""
    settings = replace(
        load_settings({"LMS_DATA_DIR": str(folder), **environment}),
        database=DatabaseUrls(app=dsns.app, system=dsns.system, owner=dsns.owner, direct=dsns.system),
    )
    container = build_container(settings, FakeLogger())
    stop = asyncio.Event()
    loop = asyncio.create_task(send_mail(container, stop=stop))
    try:
        yield Worker(container, stop, loop)
    finally:
        stop.set()
        await asyncio.wait_for(loop, MAIL_GRACE_SECONDS + 5)
        await container.close()


@pytest.mark.usefixtures("database")
class TestTheWorkersLoop:
    async def test_it_hears_of_new_mail_at_once(
        self, uow: PostgresUnitOfWork, server: MailServer, dsns: EmbeddedDsns, tmp_path: Path
    ) -> None:
        async with worker(dsns, tmp_path, LMS_SMTP_URL=f"smtp://127.0.0.1:{server.port}"):
            await queue(uow, a_mail(to="first@school.example"))
            await until(lambda: len(server.received) == 1)  # by now it listens
            await asyncio.sleep(0.2)
            started = time.monotonic()
            await queue(uow, a_mail(to="second@school.example"))
            await until(lambda: len(server.received) == 2)
            assert time.monotonic() - started < 1

    async def test_without_a_server_mail_lies_in_the_data_directory(
        self, uow: PostgresUnitOfWork, dsns: EmbeddedDsns, tmp_path: Path
    ) -> None:
        async with worker(dsns, tmp_path):
            await queue(uow, a_mail())
            await until(lambda: len(written_mails(tmp_path / "mail")) == 1)
        assert written_mails(tmp_path / "mail")[0].text == "secret-link\n"

    async def test_it_ends_in_time_although_a_server_keeps_it_waiting(
        self, uow: PostgresUnitOfWork, server: MailServer, dsns: EmbeddedDsns, tmp_path: Path
    ) -> None:
        server.answers["DATA"] = SILENCE
        mail = a_mail()
        async with worker(dsns, tmp_path, LMS_SMTP_URL=f"smtp://127.0.0.1:{server.port}") as running:
            await queue(uow, mail)
            await until(lambda: len(server.received) == 1)
            started = time.monotonic()
            running.stop.set()
            await running.loop
            assert time.monotonic() - started < MAIL_GRACE_SECONDS + 1
        after = await kept(uow, mail)
        assert (after.state, after.unknown_outcomes) == (MailState.QUEUED, 1)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for it, for at most 10 seconds."""
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.02)
