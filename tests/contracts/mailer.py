"""What every Mailer does."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTPUTF8
from uuid import UUID, uuid4

import pytest

from lms_app.ports.mailer import Mailer, MailMessage, MailRefused, MailUnavailable

MESSAGE = MailMessage(
    id=UUID("01900000-0000-7000-8000-0000000000aa"),
    to="ana@school.example",
    to_name="Ana Silva",
    from_name="Green School",
    subject="Your course is ready",
    text="Hello Ana.\n\n.A line that begins with a full stop.\nOpen https://green.lms.example/courses?a=1&b=2\n",
    html='<p>Hello Ana.</p>\n<p><a href="https://green.lms.example/courses?a=1&amp;b=2">Open</a></p>\n',
    created_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
)

ALWAYS = {"from", "to", "subject", "date", "message-id", "auto-submitted", "x-auto-response-suppress"}
BODY = {"mime-version", "content-type"}

HOSTILE_TEXTS = [
    "Hi\r\nBcc: victim@other.example",
    "Hi\nBcc: victim@other.example",
    "Hi\rBcc: victim@other.example",
    "Hi\r\n\r\n<b>another body</b>",
    "Hi\r\n.\r\nMAIL FROM:<evil@other.example>",
    "Hi\u2028Bcc: victim@other.example",
    "Hi\u2029Bcc: victim@other.example",
    "Hi\x85Bcc: victim@other.example",
    "Hi\x0b\x0cBcc: victim@other.example",
    "Hi\x00Bcc: victim@other.example",
    "=?utf-8?q?Hi=0D=0ABcc:_victim@other.example?=",
    'Hi" <victim@other.example>, "',
    "Hi, victim@other.example",
    "Ana <victim@other.example>",
    "Ana\\",
    "Ana (comment) [x] ; : @",
    "\u202eevil\u202c",
    "\ud800 half",
    "é" * 500,
    "a" * 3000,
    " ",
    "",
]  # fmt: skip

HOSTILE_ADDRESSES = [
    "",
    "ana",
    "@school.example",
    "ana@",
    "ana@school.example\r\nRCPT TO:<victim@other.example>",
    "ana@school.example\nBcc: victim@other.example",
    "ana@school.example\r\n.\r\nQUIT",
    "ana@school.example>",
    "ana@school.example> SIZE=0",
    "<ana@school.example>",
    "Ana <ana@school.example>",
    "ana@school.example,victim@other.example",
    "ana@school.example;victim@other.example",
    "ana@other.example@school.example",
    '"ana bell"@school.example',
    "ana bell@school.example",
    "ana@school example",
    "ana@[127.0.0.1]",
    "ana@school..example",
    "ana@-school.example",
    "ana\x00@school.example",
    "ana@school.example\u2028x",
    "ana\u202e@school.example",
    "ana@\ud800.example",
    "@relay.example:ana@school.example",
    "ana%other@school.example\t",
    "a" * 65 + "@school.example",
    "ana@" + "a." * 130 + "example",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """A mail as the other side got it. ``recipients`` are those of the envelope."""

    recipients: tuple[str, ...]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        """The mail as a mail program reads it."""
        return message_from_string(self.content.decode(), _class=EmailMessage, policy=SMTPUTF8)

    def part(self, subtype: str) -> str:
        """Its text, or its HTML, with ``\\n`` at the end of a line."""
        part = self.mail.get_body((subtype,))
        assert part is not None
        text: str = part.get_content()
        return text.replace("\r\n", "\n")


class MailerContract:
    """Over a mailer that works. A subclass gives the fixture and ``received``."""

    @pytest.fixture
    async def mailer(self) -> Mailer:
        """A mailer whose mails nobody has got yet."""
        raise NotImplementedError

    async def received(self, mailer: Mailer) -> list[Received]:
        """Every mail that arrived, in order."""
        raise NotImplementedError

    async def one(self, mailer: Mailer, message: MailMessage) -> Received:
        """``message``, sent as a delivery of its own, as the one mail that arrived."""
        before = len(await self.received(mailer))
        message = replace(message, id=uuid4())
        await mailer.send(message)
        arrived = await self.received(mailer)
        assert len(arrived) == before + 1
        (received,) = (mail for mail in arrived if str(message.id).encode() in mail.content)
        assert str(message.id) in received.mail["Message-ID"]
        return received

    async def test_a_mail_arrives_as_text_and_as_html(self, mailer: Mailer) -> None:
        received = await self.one(mailer, MESSAGE)
        mail = received.mail
        assert received.recipients == ("ana@school.example",)
        assert {key.lower() for key in mail} == ALWAYS | BODY
        assert mail["To"] == "Ana Silva <ana@school.example>"
        assert mail["From"].addresses[0].display_name == "Green School"
        assert mail["Subject"] == "Your course is ready"
        assert mail["Date"].datetime == MESSAGE.created_at
        assert mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert received.part("plain") == MESSAGE.text
        assert received.part("html") == MESSAGE.html

    async def test_every_script_arrives(self, mailer: Mailer) -> None:
        received = await self.one(
            mailer,
            replace(
                MESSAGE,
                to_name="Łukasz “Ω” Ñandú, 学校",
                from_name="مدرسة النور",
                subject="Ваш курс готов 🎓 — " + "すぐに始めましょう " * 8,
                text="Grüße, " + "ж" * 2000,
                html="<p>ñ 👩‍🏫</p>",
            ),
        )
        mail = received.mail
        assert mail["To"].addresses[0].display_name == "Łukasz “Ω” Ñandú, 学校"
        assert mail["From"].addresses[0].display_name == "مدرسة النور"
        assert mail["Subject"] == "Ваш курс готов 🎓 — " + ("すぐに始めましょう " * 8).strip()
        assert received.part("plain") == "Grüße, " + "ж" * 2000 + "\n"
        assert received.part("html") == "<p>ñ 👩‍🏫</p>\n"
        assert received.content.isascii()
        assert max(map(len, received.content.split(b"\r\n"))) <= 998

    async def test_every_attempt_is_the_same_mail(self, mailer: Mailer) -> None:
        await mailer.send(MESSAGE)
        await mailer.send(MESSAGE)
        await mailer.send(replace(MESSAGE, id=UUID(int=2)))
        arrived = await self.received(mailer)
        assert len({mail.mail["Message-ID"] for mail in arrived}) == 2
        assert len({mail.content for mail in arrived}) == 2

    async def test_a_link_to_unsubscribe_and_an_address_for_answers_stand_in_the_header(self, mailer: Mailer) -> None:
        url = "https://green.lms.example/unsubscribe?token=" + "a1-_" * 60
        received = await self.one(mailer, replace(MESSAGE, unsubscribe_url=url, reply_to="head@school.example"))
        assert {key.lower() for key in received.mail} - ALWAYS - BODY == {
            "list-unsubscribe",
            "list-unsubscribe-post",
            "reply-to",
        }
        # As one line of the wire: mail programs do not look into encoded words here.
        assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in received.content
        assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in received.content
        assert received.mail["Reply-To"] == "head@school.example"

    @pytest.mark.parametrize("field", ["to_name", "from_name", "subject"])
    async def test_no_text_becomes_a_header_an_address_or_a_second_mail(self, mailer: Mailer, field: str) -> None:
        for text in HOSTILE_TEXTS:
            received = await self.one(mailer, replace(MESSAGE, **{field: text}))
            mail = received.mail
            assert received.recipients == ("ana@school.example",), text
            assert sorted(key.lower() for key in mail) == sorted(ALWAYS | BODY), text
            assert [address.addr_spec for address in mail["To"].addresses] == ["ana@school.example"], text
            assert len(mail["From"].addresses) == 1, text
            assert received.part("plain") == MESSAGE.text, text
            assert max(map(len, received.content.split(b"\r\n"))) <= 998, text

    async def test_what_cannot_be_encoded_in_a_body_is_replaced(self, mailer: Mailer) -> None:
        received = await self.one(mailer, replace(MESSAGE, text="a\ud800b\r\n.\r\nc", html="<p>\x00</p>"))
        assert received.part("plain") == "a?b\n.\nc\n"
        assert received.part("html") == "<p></p>\n"

    @pytest.mark.parametrize("field", ["to", "reply_to"])
    async def test_what_is_no_address_is_refused(self, mailer: Mailer, field: str) -> None:
        for address in HOSTILE_ADDRESSES:
            with pytest.raises(MailRefused) as refusal:
                await mailer.send(replace(MESSAGE, **{field: address}))
            assert refusal.value.reason.isprintable(), address
        assert await self.received(mailer) == []

    @pytest.mark.parametrize("url", ["", "mailto:a@b.example", "https://a.example/\r\nBcc: x@y.example", "https://a>b"])
    async def test_what_is_no_link_to_unsubscribe_is_refused(self, mailer: Mailer, url: str) -> None:
        with pytest.raises(MailRefused):
            await mailer.send(replace(MESSAGE, unsubscribe_url=url))

    @pytest.mark.parametrize(
        ("address", "ascii_address"),
        [
            ("ana@BÜCHER.example", "ana@xn--bcher-kva.example"),
            ("ana@faß.example", "ana@xn--fa-hia.example"),
            ("ana@学校。example", "ana@xn--48s290a.example"),
            ("Ana.O'Neil+x@School.Example", "Ana.O'Neil+x@school.example"),
            ("ana@localhost", "ana@localhost"),
        ],
    )
    async def test_domains_of_every_script_are_found(self, mailer: Mailer, address: str, ascii_address: str) -> None:
        received = await self.one(mailer, replace(MESSAGE, to=address))
        assert received.recipients == (ascii_address,)
        assert received.mail["To"].addresses[0].addr_spec == ascii_address

    async def test_a_name_of_every_script_may_stand_before_the_at(self, mailer: Mailer) -> None:
        received = await self.one(mailer, replace(MESSAGE, to="ünal@bücher.example"))
        assert received.recipients == ("ünal@xn--bcher-kva.example",)
        assert "<ünal@xn--bcher-kva.example>".encode() in received.content

    async def test_a_working_mailer_passes_the_check_and_sends_nothing(self, mailer: Mailer) -> None:
        await mailer.check()
        assert await self.received(mailer) == []


class BrokenMailerContract:
    """Over a mailer that cannot take mail just now. A subclass gives the fixture."""

    @pytest.fixture
    async def broken(self) -> Mailer:
        """A mailer out of order."""
        raise NotImplementedError

    async def test_a_broken_mailer_says_so_and_has_sent_nothing(self, broken: Mailer) -> None:
        for attempt in (broken.send(MESSAGE), broken.check()):
            with pytest.raises(MailUnavailable) as caught:
                await attempt
            assert caught.value.reason.strip()
            assert caught.value.reason.isprintable()
            assert not caught.value.may_have_been_sent
