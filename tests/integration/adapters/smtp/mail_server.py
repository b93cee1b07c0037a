"""A real SMTP server that answers as a test wants it to."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.contracts.mailer import Received

CUT = "cut"
"""As an answer: the connection breaks instead."""
SILENCE = "silence"
"""As an answer: none for as long as anybody waits."""


@dataclass(slots=True)
class MailServer:
    """What happened, and what is to happen. ``answers`` holds the answer to a command in place of a good one: ``MAIL``,
    ``RCPT``, ``DATA`` (to the text), ``QUIT``."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    """Mails that were taken, or whose text arrived before the connection broke."""
    was_encrypted: list[bool] = field(default_factory=list)
    passwords: list[tuple[bytes, bytes]] = field(default_factory=list)
    connections: int = 0
    """Now open."""

    # aiosmtpd calls these by their names, whence the capitals.

    async def handle_MAIL(self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("MAIL", server)

    async def handle_RCPT(self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]) -> str:  # noqa: N802
        answer = await self._answer("RCPT", server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content
        assert content is not None
        if self.answers.get("DATA", "250")[0] not in "45":
            self.received.append(Received(tuple(envelope.rcpt_tos), content))
            self.was_encrypted.append(session.ssl is not None)
        return await self._answer("DATA", server)

    async def handle_QUIT(self, server: SMTP, _: Session, __: Envelope) -> str:  # noqa: N802
        return await self._answer("QUIT", server, good="221 Bye")

    def authenticate(self, _: SMTP, __: Session, ___: Envelope, ____: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.passwords.append((given.login, given.password))
        return AuthResult(success=given.password == b"right horse", handled=False)

    async def _answer(self, command: str, server: SMTP, good: str = "250 OK") -> str:
        answer = self.answers.get(command, good)
        if answer == SILENCE:
            await asyncio.sleep(60)
        if answer == CUT:
            transport = server.transport
            assert transport is not None
            transport.abort()  # type: ignore[attr-defined]
        return answer


class _Connection(SMTP):
    """Counts itself."""

    owner: MailServer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.owner.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.owner.connections -= 1
        super().connection_lost(error)


@asynccontextmanager
async def mail_server(
    *,
    certificate: ssl.SSLContext | None = None,
    implicit_tls: ssl.SSLContext | None = None,
    has_smtputf8: bool = True,
    wants_password: bool = False,
) -> AsyncIterator[MailServer]:
    """A server on a free port of this machine.

    Args:
        certificate: STARTTLS is offered with it.
        implicit_tls: TLS from the first byte with it.
        wants_password: ``anybody`` with ``right horse``, once the connection is encrypted.
    """
    state = MailServer()
    loop = asyncio.get_running_loop()

    def connect() -> SMTP:
        connection = _Connection(
            state,
            hostname="mail.example",
            enable_SMTPUTF8=has_smtputf8,
            tls_context=certificate,
            auth_required=wants_password,
            authenticator=state.authenticate,
            timeout=60,
            loop=loop,
        )
        connection.owner = state
        return connection

    server = await loop.create_server(connect, "127.0.0.1", 0, ssl=implicit_tls)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        await server.wait_closed()
