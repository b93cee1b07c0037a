"""DNS asked over UDP, of a small real name server."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from adapters.dns.resolver import DnspythonResolver
from lms_app.ports.dns_resolver import DnsResolver, DnsUnavailable
from tests.contracts.dns_resolver import RECORDS, BrokenDnsResolverContract, DnsResolverContract

Answer = Callable[[dns.message.QueryMessage], dns.message.Message | bytes | None]

ALIAS = "alias.school.example"


def answer_from_records(query: dns.message.QueryMessage) -> dns.message.Message:
    """What a server that knows ``RECORDS`` and one alias says."""
    response = dns.message.make_response(query)
    response.flags |= dns.flags.RA
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    if name == ALIAS:
        response.answer.append(dns.rrset.from_text(question.name, 60, "IN", "CNAME", "two.school.example."))
        name = "two.school.example"
    texts = RECORDS.get(name, ())
    if texts and question.rdtype == dns.rdatatype.TXT:
        response.answer.append(
            dns.rrset.from_text_list(name + ".", 60, "IN", "TXT", [_in_pieces(text) for text in texts])
        )
    elif not any(f".{known}".endswith(f".{name}") for known in RECORDS):
        response.set_rcode(dns.rcode.NXDOMAIN)
    return response


def _in_pieces(text: str) -> str:
    """As a zone file writes it: pieces of at most 255 bytes."""
    data = text.encode()
    pieces = [data[start : start + 255] for start in range(0, len(data), 255)] or [b""]
    return " ".join('"' + "".join(f"\\{byte:03d}" for byte in piece) + '"' for piece in pieces)


class _NameServer(asyncio.DatagramProtocol):
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        assert isinstance(query, dns.message.QueryMessage)
        answer = self._answer(query)
        if answer is not None:
            self._transport.sendto(answer if isinstance(answer, bytes) else answer.to_wire(), address)


@asynccontextmanager
async def name_server(answer: Answer, *, total_seconds: float = 3.0) -> AsyncIterator[DnspythonResolver]:
    """A resolver that asks a server which answers so."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _NameServer(answer), local_addr=("127.0.0.1", 0))
    try:
        port = transport.get_extra_info("sockname")[1]
        yield DnspythonResolver(("127.0.0.1",), port=port, total_seconds=total_seconds)
    finally:
        transport.close()


class TestDnspythonResolver(DnsResolverContract):
    @pytest.fixture
    async def resolver(self) -> AsyncIterator[DnsResolver]:
        async with name_server(answer_from_records) as resolver:
            yield resolver

    async def test_an_alias_is_followed(self, resolver: DnsResolver) -> None:
        assert sorted(await resolver.txt(ALIAS)) == sorted(RECORDS["two.school.example"])

    async def test_a_new_record_is_seen_at_once(self, monkeypatch: pytest.MonkeyPatch, resolver: DnsResolver) -> None:
        assert await resolver.txt("new.school.example") == ()
        monkeypatch.setitem(RECORDS, "new.school.example", ("now",))
        assert await resolver.txt("new.school.example") == ("now",)


class TestSilentServer(BrokenDnsResolverContract):
    @pytest.fixture
    async def broken(self) -> AsyncIterator[DnsResolver]:
        async with name_server(lambda _: None, total_seconds=0.3) as resolver:
            yield resolver

    async def test_it_is_not_waited_for_longer_than_said(self, broken: DnsResolver) -> None:
        started = time.monotonic()
        with pytest.raises(DnsUnavailable):
            await broken.txt("school.example")
        assert time.monotonic() - started < 2


class TestServerThatFails(BrokenDnsResolverContract):
    @pytest.fixture
    async def broken(self) -> AsyncIterator[DnsResolver]:
        def fail(query: dns.message.QueryMessage) -> dns.message.Message:
            response = dns.message.make_response(query)
            response.set_rcode(dns.rcode.SERVFAIL)
            return response

        async with name_server(fail, total_seconds=0.5) as resolver:
            yield resolver


class TestServerThatTalksNonsense(BrokenDnsResolverContract):
    @pytest.fixture
    async def broken(self) -> AsyncIterator[DnsResolver]:
        async with name_server(lambda _: b"\x00\x01nonsense", total_seconds=0.5) as resolver:
            yield resolver


class TestAnswerToAnotherQuestion(BrokenDnsResolverContract):
    """What somebody sends who guesses: another id, or another name."""

    @pytest.fixture(params=["id", "name"])
    async def broken(self, request: pytest.FixtureRequest) -> AsyncIterator[DnsResolver]:
        def forge(query: dns.message.QueryMessage) -> dns.message.Message:
            if request.param == "name":
                other = dns.message.make_query("other.example.", dns.rdatatype.TXT, id=query.id)
                return dns.message.make_response(other)
            response = answer_from_records(query)
            response.id ^= 1
            return response

        async with name_server(forge, total_seconds=0.5) as resolver:
            yield resolver
