"""Mail by SMTP (RFC 5321)."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiosmtplib import SMTP
from aiosmtplib.errors import SMTPException, SMTPNotSupported

from adapters.smtp.address import Encryption, SmtpAddress
from adapters.smtp.errors import named_errors
from lms_app.notices.internet_message import InternetMessage, Mailbox, compose
from lms_app.ports.mailer import Mailer, MailMessage


@dataclass(frozen=True, slots=True)
class SmtpPatience:
    """How long a server may take, in seconds. Together less than what the port promises."""

    command: float = 20.0
    """For one answer."""
    session: float = 60.0
    """For everything up to the text."""
    text: float = 150.0
    """For the answer to the text: servers look for viruses before they answer, and a wait cut short here means that
    the mail may be sent twice."""
    farewell: float = 2.0


class SmtpMailer(Mailer):
    """A connection for each mail. Nothing is kept between two, so a server that restarts costs nothing."""

    def __init__(
        self,
        server: SmtpAddress,
        sender: Mailbox,
        *,
        patience: SmtpPatience | None = None,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        """``trusted``: whose certificates are good; what the machine trusts by default (``SSL_CERT_FILE``)."""
        self._server = server
        self._sender = sender
        self._patience = patience or SmtpPatience()
        self._tls = trusted or ssl.create_default_context()
        if server.encryption is Encryption.WHEN_OFFERED:
            self._tls = ssl.create_default_context()
            self._tls.check_hostname = False
            self._tls.verify_mode = ssl.CERT_NONE

    async def send(self, message: MailMessage) -> None:
        """See the port."""
        composed = compose(message, self._sender)
        async with self._session() as client:
            with named_errors(self._server):
                async with asyncio.timeout(self._patience.session):
                    await self._address(client, composed)
            with named_errors(self._server, after_data=True):
                await client.data(composed.content, timeout=self._patience.text)

    async def check(self) -> None:
        """See the port. Goes as far as signing in."""
        async with self._session():
            pass

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[SMTP]:
        """A connection on which mail may be sent."""
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            local_hostname=self._sender.domain,
            timeout=self._patience.command,
            use_tls=server.encryption is Encryption.TLS,
            start_tls=_START_TLS[server.encryption],
            tls_context=self._tls,
        )
        with named_errors(server):
            async with asyncio.timeout(self._patience.session):
                await client.connect()
                if client.is_ehlo_or_helo_needed:
                    await client.ehlo()
        try:
            yield client
        except asyncio.CancelledError:
            client.close()
            raise
        finally:
            with suppress(SMTPException, OSError):
                await client.quit(timeout=self._patience.farewell)
            client.close()

    @staticmethod
    async def _address(client: SMTP, message: InternetMessage) -> None:
        options = []
        if client.supports_extension("size"):
            options.append(f"SIZE={len(message.content)}")
        if message.needs_utf8:
            if not client.supports_extension("smtputf8"):
                raise SMTPNotSupported("it has letters outside ASCII before the @")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        encoding = "utf-8" if message.needs_utf8 else "ascii"
        await client.mail(str(message.sender), options=options, encoding=encoding)
        await client.rcpt(str(message.recipient), encoding=encoding)


_START_TLS = {Encryption.TLS: False, Encryption.STARTTLS: True, Encryption.WHEN_OFFERED: None, Encryption.NONE: False}
