"""The library's errors, as those of the port, in words for administrators."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from adapters.smtp.address import SmtpAddress
from lms_app.ports.mailer import MailRefused, MailUnavailable

_AUTHENTICATION_REQUIRED = 530
_MAX_ANSWER = 300


@contextmanager
def named_errors(server: SmtpAddress, *, after_data: bool = False) -> Iterator[None]:
    """Raise MailRefused or MailUnavailable instead of what aiosmtplib and the operating system raise.

    Args:
        after_data: the text may have been handed over, so silence from here on leaves the outcome unknown.
    """
    try:
        yield
    except SMTPNotSupported as error:
        raise MailRefused(f"The mail server {server} cannot deliver to this address: {error.message}.") from error
    except SMTPAuthenticationError as error:
        raise MailUnavailable(
            f"The mail server {server} refused user and password of LMS_SMTP_URL: {_answer(error)}"
        ) from error
    except (SMTPSenderRefused, SMTPRecipientRefused, SMTPDataError) as error:
        # About this mail: what begins with 5 will be said again however often it is tried (RFC 5321 section 4.2.1).
        if 500 <= error.code < 600 and error.code != _AUTHENTICATION_REQUIRED:
            raise MailRefused(f"The mail server {server} refused this mail: {_answer(error)}") from error
        raise MailUnavailable(
            f"The mail server {server} put this mail off: {_answer(error)}",
            may_have_been_sent=after_data and not _is_refusal(error.code),
        ) from error
    except SMTPResponseException as error:
        # About the connection, not the mail: a server that turns us away today may be repaired tomorrow.
        raise MailUnavailable(
            f"The mail server {server} turned us away: {_answer(error)}",
            may_have_been_sent=after_data and not _is_refusal(error.code),
        ) from error
    except (SMTPServerDisconnected, SMTPConnectError, SMTPTimeoutError, OSError, EOFError) as error:
        raise MailUnavailable(
            f"The mail server {server} does not answer: {_words(error)}", may_have_been_sent=after_data
        ) from error
    except SMTPException as error:
        raise MailUnavailable(f"The mail server {server} cannot be used: {_words(error)}") from error


def _is_refusal(code: int) -> bool:
    """Whether a server that answers so has not taken the mail. Nonsense instead of an answer has the code -1."""
    return 400 <= code < 600


def _answer(error: SMTPResponseException) -> str:
    return f"{error.code} {_line(error.message)}"


def _words(error: Exception) -> str:
    """Timeouts often have no words of their own."""
    return _line(str(error)) or type(error).__name__


def _line(text: str) -> str:
    """A server may answer anything: one line, of characters that can be kept and shown."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:_MAX_ANSWER]
