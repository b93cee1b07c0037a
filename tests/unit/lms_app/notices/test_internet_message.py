"""Mails as bytes."""

import unicodedata
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms_app.notices.internet_message import Mailbox, compose, parse_mailbox
from tests.contracts.mailer import ALWAYS, BODY, MESSAGE

SENDER = parse_mailbox("no-reply@lms.example")
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(alphabet='ab ,;:<>@"\\()[]=?_.\r\n\t\u2028é学🎓\u200d', max_size=200),
)


def line(text: str, length: int) -> str:
    """What is left of ``text`` in a header."""
    joiners = "\u200c\u200d"
    kept = (" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in joiners else c for c in text)
    return " ".join("".join(kept).split())[:length].rstrip()


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
@example('"', "=?utf-8?q?a?=")
@example("a" * 200, "é" * 300)
@example(",", "a\r\n\r\nb")
def test_whatever_stands_in_names_and_subjects_a_mail_program_reads_just_that(name: str, subject: str) -> None:
    content = compose(replace(MESSAGE, to_name=name, from_name=name, subject=subject), SENDER).content
    mail = message_from_bytes(content, _class=EmailMessage, policy=SMTP)
    assert sorted(key.lower() for key in mail) == sorted(ALWAYS | BODY)
    # By the library's older decoder: the newer one reads some encoded words wrongly.
    raw = dict(message_from_bytes(content).items())
    assert str(make_header(decode_header(raw["Subject"].replace("\r\n", "")))) == line(subject, 250)
    for header, address in (("To", "ana@school.example"), ("From", str(SENDER))):
        assert [each.addr_spec for each in mail[header].addresses] == [address]
        phrase = raw[header].replace("\r\n", "").removesuffix(f"<{address}>").removesuffix(address).strip()
        if phrase.startswith('"'):
            shown = phrase[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        else:
            shown = str(make_header(decode_header(phrase)))
        assert shown == line(name, 100)
    header = content.split(b"\r\n\r\n", 1)[0]
    assert header.isascii()
    assert b"\n" not in header.replace(b"\r\n", b"")
    words = [word for word in header.split() if word.startswith(b"=?")]
    assert all(len(word) <= 75 for word in words), "RFC 2047 section 2"


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("ana@school.example", Mailbox("ana", "school.example")),
        ("ana@SCHOOL.Example", Mailbox("ana", "school.example")),
        ("ana@xn--bcher-kva.example", Mailbox("ana", "xn--bcher-kva.example")),
        ("ana@ｂücher．example", Mailbox("ana", "xn--bcher-kva.example")),
        ("e\u0301va@x.example", Mailbox("éva", "x.example")),
        ("a.b+c_d-e%f!g#h$i&j'k*l/m=n?o^p`q{r|s}t~u@x.example", None),
    ],
)
def test_addresses_in_their_one_form(address: str, mailbox: Mailbox | None) -> None:
    assert parse_mailbox(address) == (mailbox or Mailbox(*address.split("@")))


def test_a_name_outside_ascii_needs_a_server_that_can() -> None:
    assert not compose(MESSAGE, SENDER).needs_utf8
    assert not compose(replace(MESSAGE, to="ana@bücher.example", to_name="Änne"), SENDER).needs_utf8
    assert compose(replace(MESSAGE, to="änne@school.example"), SENDER).needs_utf8
    assert compose(replace(MESSAGE, reply_to="änne@school.example"), SENDER).needs_utf8
    assert compose(MESSAGE, parse_mailbox("ünal@lms.example")).needs_utf8
