"""Mail to a real SMTP server: its contract, and every way in which the server may fail."""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from adapters.smtp.address import parse_smtp_url
from adapters.smtp.mailer import SmtpMailer, SmtpPatience
from lms_app.notices.internet_message import parse_mailbox
from lms_app.ports.mailer import Mailer, MailRefused, MailUnavailable
from tests.contracts.mailer import MESSAGE, BrokenMailerContract, MailerContract, Received
from tests.integration.adapters.smtp.certificates import server_and_client_context
from tests.integration.adapters.smtp.mail_server import CUT, SILENCE, MailServer, mail_server

SENDER = parse_mailbox("no-reply@lms.example")
IMPATIENT = SmtpPatience(command=0.3, session=1.0, text=0.3, farewell=0.3)
PATIENT = SmtpPatience(command=5, session=10, text=10, farewell=1)

Contexts = tuple[ssl.SSLContext, ssl.SSLContext]


def mailer_for(
    port: int,
    *,
    scheme: str = "smtp",
    credentials: str = "",
    query: str = "",
    patience: SmtpPatience = PATIENT,
    trusted: ssl.SSLContext | None = None,
) -> SmtpMailer:
    """A mailer to this machine."""
    address = parse_smtp_url(f"{scheme}://{credentials}127.0.0.1:{port}{query}")
    return SmtpMailer(address, SENDER, patience=patience, trusted=trusted)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture(scope="session")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Contexts:
    return server_and_client_context(tmp_path_factory.mktemp("tls"))


class TestSmtpMailer(MailerContract):
    @pytest.fixture
    async def mailer(self, server: MailServer) -> SmtpMailer:
        self.server = server
        return mailer_for(server.port)

    async def received(self, mailer: Mailer) -> list[Received]:
        return list(self.server.received)


class TestNobodyListens(BrokenMailerContract):
    @pytest.fixture
    async def broken(self) -> SmtpMailer:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        return mailer_for(port)


class TestNoSuchHost(BrokenMailerContract):
    @pytest.fixture
    async def broken(self) -> SmtpMailer:
        return SmtpMailer(parse_smtp_url("smtp://mail.invalid"), SENDER, patience=PATIENT)


class TestServerThatSaysNothing(BrokenMailerContract):
    @pytest.fixture
    async def broken(self) -> AsyncIterator[SmtpMailer]:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            yield mailer_for(silent.getsockname()[1], patience=IMPATIENT)


class GreetingServerContract(BrokenMailerContract):
    """Over servers that greet oddly."""

    greeting: bytes

    @pytest.fixture
    async def broken(self) -> AsyncIterator[SmtpMailer]:
        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(self.greeting)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        yield mailer_for(server.sockets[0].getsockname()[1])
        server.close()
        await server.wait_closed()


class TestServerThatTurnsUsAway(GreetingServerContract):
    greeting = b"554 your \xff\x00\x1b[31m address is \xe2\x80\xae blocked\r\n"


class TestServerOfAnotherKind(GreetingServerContract):
    greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n"


class TestServerThatHangsUp(GreetingServerContract):
    greeting = b""


class TestWhatTheServerAnswers:
    @pytest.mark.parametrize(
        ("command", "answer"),
        [
            ("MAIL", "550 5.7.1 not from here"),
            ("MAIL", "552 5.3.4 too large"),
            ("RCPT", "550 5.1.1 No such person"),
            ("RCPT", "553 strange"),
            ("DATA", "554 5.7.1 spam"),
            ("DATA", "550 no"),
        ],
    )
    async def test_five_is_for_good(self, server: MailServer, command: str, answer: str) -> None:
        server.answers[command] = answer
        with pytest.raises(MailRefused) as caught:
            await mailer_for(server.port).send(MESSAGE)
        assert answer in caught.value.reason
        assert f"127.0.0.1:{server.port}" in caught.value.reason
        assert server.received == []

    @pytest.mark.parametrize(
        ("command", "answer"),
        [
            ("MAIL", "451 4.7.1 come again"),
            ("MAIL", "421 shutting down"),
            ("MAIL", "530 sign in first"),
            ("RCPT", "450 4.2.0 greylisted"),
            ("RCPT", "452 4.2.2 full"),
            ("DATA", "451 4.3.0 no room"),
            ("DATA", "421 4.3.2 shutting down"),
        ],
    )
    async def test_four_is_for_now(self, server: MailServer, command: str, answer: str) -> None:
        server.answers[command] = answer
        with pytest.raises(MailUnavailable) as caught:
            await mailer_for(server.port).send(MESSAGE)
        assert answer in caught.value.reason
        assert not caught.value.may_have_been_sent
        assert server.received == []
        server.answers.clear()
        await mailer_for(server.port).send(MESSAGE)
        assert len(server.received) == 1

    @pytest.mark.parametrize("trouble", [CUT, SILENCE])
    @pytest.mark.parametrize("command", ["MAIL", "RCPT"])
    async def test_silence_before_the_text_has_sent_nothing(
        self, server: MailServer, command: str, trouble: str
    ) -> None:
        server.answers[command] = trouble
        with pytest.raises(MailUnavailable) as caught:
            await mailer_for(server.port, patience=IMPATIENT).send(MESSAGE)
        assert not caught.value.may_have_been_sent
        assert server.received == []

    @pytest.mark.parametrize("trouble", [CUT, SILENCE, "what? nonsense", "199 hm"])
    async def test_silence_after_the_text_leaves_the_outcome_open(self, server: MailServer, trouble: str) -> None:
        server.answers["DATA"] = trouble
        with pytest.raises(MailUnavailable) as caught:
            await mailer_for(server.port, patience=IMPATIENT).send(MESSAGE)
        assert caught.value.may_have_been_sent
        assert len(server.received) == 1

    @pytest.mark.parametrize("trouble", [CUT, SILENCE, "500 what?"])
    async def test_a_mail_that_was_taken_is_sent_however_the_server_parts(
        self, server: MailServer, trouble: str
    ) -> None:
        server.answers["QUIT"] = trouble
        await mailer_for(server.port, patience=IMPATIENT).send(MESSAGE)
        assert len(server.received) == 1

    async def test_many_small_waits_do_not_add_up(self, server: MailServer) -> None:
        server.answers["MAIL"] = SILENCE
        patience = replace(IMPATIENT, command=60, session=0.3)
        started = time.monotonic()
        with pytest.raises(MailUnavailable):
            await mailer_for(server.port, patience=patience).send(MESSAGE)
        assert time.monotonic() - started < 5

    async def test_cancelling_closes_the_connection(self, server: MailServer) -> None:
        server.answers["DATA"] = SILENCE
        sending = asyncio.create_task(mailer_for(server.port).send(MESSAGE))
        await until(lambda: bool(server.received))
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await until(lambda: server.connections == 0)

    async def test_without_smtputf8_only_ascii_names_can_be_reached(self) -> None:
        async with mail_server(has_smtputf8=False) as server:
            mailer = mailer_for(server.port)
            with pytest.raises(MailRefused, match="letters"):
                await mailer.send(replace(MESSAGE, to="ünal@school.example"))
            await mailer.send(replace(MESSAGE, to="unal@bücher.example", to_name="Ünal"))
        assert [mail.recipients for mail in server.received] == [("unal@xn--bcher-kva.example",)]


class TestEncryption:
    @pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls", "smtp"])
    async def test_a_password_travels_encrypted(self, contexts: Contexts, scheme: str) -> None:
        certificate, trusted = contexts
        tls = {"implicit_tls": certificate} if scheme == "smtps" else {"certificate": certificate}
        async with mail_server(**tls, wants_password=scheme != "smtps") as server:
            mailer = mailer_for(server.port, scheme=scheme, credentials="any%40body:right%20horse@", trusted=trusted)
            if scheme == "smtps":
                # aiosmtpd offers no sign-in when TLS was there before it; that we then say so is all there is to see.
                with pytest.raises(MailUnavailable, match="AUTH"):
                    await mailer.check()
                mailer = mailer_for(server.port, scheme=scheme, trusted=trusted)
            await mailer.check()
            await mailer.send(MESSAGE)
        assert len(server.received) == 1
        assert set(server.passwords) == (set() if scheme == "smtps" else {(b"any@body", b"right horse")})

    @pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls", "smtp"])
    async def test_a_certificate_that_nobody_trusts_gets_neither_password_nor_mail(
        self, contexts: Contexts, scheme: str
    ) -> None:
        certificate, _ = contexts
        tls = {"implicit_tls": certificate} if scheme == "smtps" else {"certificate": certificate}
        async with mail_server(**tls) as server:
            mailer = mailer_for(server.port, scheme=scheme, credentials="anybody:right%20horse@")
            with pytest.raises(MailUnavailable, match=r"(?i)certificate"):
                await mailer.send(MESSAGE)
        assert (server.received, server.passwords) == ([], [])

    @pytest.mark.parametrize("query", ["", "?starttls=always"])
    async def test_a_server_without_encryption_gets_no_password(self, server: MailServer, query: str) -> None:
        with pytest.raises(MailUnavailable, match="STARTTLS"):
            await mailer_for(server.port, credentials="anybody:right%20horse@", query=query).send(MESSAGE)
        assert (server.received, server.passwords) == ([], [])

    async def test_a_wrong_password_is_named_and_the_mail_waits(self, contexts: Contexts) -> None:
        certificate, trusted = contexts
        async with mail_server(certificate=certificate, wants_password=True) as server:
            mailer = mailer_for(server.port, credentials="anybody:wrong@", trusted=trusted)
            for attempt in (mailer.check(), mailer.send(MESSAGE)):
                with pytest.raises(MailUnavailable, match="LMS_SMTP_URL") as caught:
                    await attempt
                assert "wrong" not in caught.value.reason
                assert not caught.value.may_have_been_sent
        assert server.received == []

    @pytest.mark.parametrize(("query", "is_encrypted"), [("", True), ("?starttls=never", False)])
    async def test_without_password_encryption_is_taken_when_offered(
        self, contexts: Contexts, query: str, is_encrypted: bool
    ) -> None:
        certificate, _ = contexts
        async with mail_server(certificate=certificate) as server:
            await mailer_for(server.port, query=query).send(MESSAGE)
        assert server.was_encrypted == [is_encrypted]


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for it, for at most 5 seconds."""
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)
