"""Mail and DNS in memory under their contracts."""

from dataclasses import replace

import pytest

from adapters.memory.dns_resolver import MemoryDnsResolver
from adapters.memory.mailer import MemoryMailer
from lms_app.ports.mailer import Mailer, MailRefused, MailUnavailable
from tests.contracts.dns_resolver import RECORDS, BrokenDnsResolverContract, DnsResolverContract
from tests.contracts.mailer import MESSAGE, BrokenMailerContract, MailerContract, Received


class TestMemoryMailer(MailerContract, BrokenMailerContract):
    @pytest.fixture
    async def mailer(self) -> MemoryMailer:
        return MemoryMailer()

    @pytest.fixture
    async def broken(self) -> MemoryMailer:
        mailer = MemoryMailer()
        mailer.is_down = True
        return mailer

    async def received(self, mailer: Mailer) -> list[Received]:
        assert isinstance(mailer, MemoryMailer)
        return [Received((str(mail.recipient),), mail.content) for mail in mailer.composed]

    async def test_it_refuses_and_fails_as_it_is_told(self, mailer: MemoryMailer) -> None:
        mailer.refused.add(MESSAGE.to)
        mailer.failures = [MailUnavailable("later"), MailUnavailable("silence", may_have_been_sent=True)]
        with pytest.raises(MailUnavailable, match="later"):
            await mailer.send(MESSAGE)
        assert mailer.sent == []
        with pytest.raises(MailUnavailable, match="silence"):
            await mailer.send(MESSAGE)
        assert mailer.sent == [MESSAGE]
        with pytest.raises(MailRefused):
            await mailer.send(MESSAGE)
        other = replace(MESSAGE, to="ben@school.example")
        await mailer.send(other)
        assert mailer.sent == [MESSAGE, other]


class TestMemoryDnsResolver(DnsResolverContract, BrokenDnsResolverContract):
    @pytest.fixture
    async def resolver(self) -> MemoryDnsResolver:
        resolver = MemoryDnsResolver()
        resolver.records.update(RECORDS)
        return resolver

    @pytest.fixture
    async def broken(self) -> MemoryDnsResolver:
        resolver = MemoryDnsResolver()
        resolver.is_down = True
        return resolver
