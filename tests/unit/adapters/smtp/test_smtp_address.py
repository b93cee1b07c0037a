"""Addresses of mail servers."""

import pytest

from adapters.smtp.address import Encryption, SmtpAddress, parse_smtp_url


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://mail.example", SmtpAddress("mail.example", 25, Encryption.WHEN_OFFERED)),
        ("smtp://mail.example:2525/", SmtpAddress("mail.example", 2525, Encryption.WHEN_OFFERED)),
        ("smtp://mail.example?starttls=never", SmtpAddress("mail.example", 25, Encryption.NONE)),
        ("smtp://mail.example:587?starttls=always", SmtpAddress("mail.example", 587, Encryption.STARTTLS)),
        ("smtp://mail.example?starttls=auto", SmtpAddress("mail.example", 25, Encryption.WHEN_OFFERED)),
        ("smtp+starttls://mail.example", SmtpAddress("mail.example", 587, Encryption.STARTTLS)),
        ("smtps://mail.example", SmtpAddress("mail.example", 465, Encryption.TLS)),
        ("smtps://[::1]:465", SmtpAddress("::1", 465, Encryption.TLS)),
        # With a password nothing is opportunistic.
        ("smtp://me:pw@mail.example", SmtpAddress("mail.example", 587, Encryption.STARTTLS, "me", "pw")),
        (
            "smtps://me%40lms.example:p%3A%2F%40w%20d@mail.example",
            SmtpAddress("mail.example", 465, Encryption.TLS, "me@lms.example", "p:/@w d"),
        ),
        ("smtp://me:pw@127.0.0.1?starttls=never", SmtpAddress("127.0.0.1", 25, Encryption.NONE, "me", "pw")),
    ],
)
def test_every_form(url: str, address: SmtpAddress) -> None:
    assert parse_smtp_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp://",
        "mail.example:25",
        "http://mail.example",
        "smtp://mail.example/path",
        "smtp://mail.example#x",
        "smtp://mail.example:0",
        "smtp://mail.example:99999",
        "smtp://mail.example:port",
        "smtp://mail.example?tls=1",
        "smtp://mail.example?starttls=perhaps",
        "smtp://mail.example?starttls=never&x=1",
        "smtps://mail.example?starttls=never",
        "smtp+starttls://mail.example?starttls=never",
        "smtp://me@mail.example",
        "smtp://:secret@mail.example",
        "smtp://me:@mail.example",
        "smtp://me:secret@mail.example?starttls=auto",
        "smtp://me:secret@/",
        "smtp://me:secret@mail.example:port",
    ],
)
def test_what_is_no_mail_server(url: str) -> None:
    with pytest.raises(ValueError, match=r".+") as caught:
        parse_smtp_url(url)
    assert "secret" not in str(caught.value)


def test_a_password_is_never_shown() -> None:
    address = parse_smtp_url("smtps://me:secret@mail.example")
    assert "secret" not in repr(address) + str(address)
    assert str(address) == "mail.example:465"
