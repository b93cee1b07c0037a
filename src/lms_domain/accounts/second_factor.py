"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for the day it is lost."""

import base64
import hmac
import struct
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from lms_domain.errors import Conflict, InvalidInput

DIGITS = 6
STEP_SECONDS = 30
DRIFT_STEPS = 1
"""Steps by which a phone's clock may be wrong, either way (RFC 6238, section 5.2)."""
SECRET_BYTES = 20
"""As long as SHA-1's output (RFC 4226, section 4)."""
RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """A person's second factor. It counts from the moment it is confirmed by a code."""

    secret: bytes
    """Shared with the authenticator app. Storage seals it."""
    confirmed_at: datetime | None
    last_step: int | None
    """The newest time step of which a code was accepted; none up to it ever is again."""
    recovery_fingerprints: frozenset[bytes]
    """Of the recovery codes not yet used."""

    def __post_init__(self) -> None:
        if len(self.secret) < SECRET_BYTES:
            raise InvalidInput(f"A secret has at least {SECRET_BYTES} bytes.")

    @property
    def is_confirmed(self) -> bool:
        """Whether signing in asks for it."""
        return self.confirmed_at is not None

    def verify(self, code: str, now: datetime) -> "SecondFactor":
        """The factor after ``code`` was accepted; keep it, or the code could be used twice.

        Raises:
            InvalidInput: ``otp_invalid``: wrong, too old, or used already.
        """
        digits = code.replace(" ", "")
        current = int(now.timestamp()) // STEP_SECONDS
        for step in range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1):
            is_unused = self.last_step is None or step > self.last_step
            # Comparing as bytes: compare_digest refuses text beyond ASCII.
            if hmac.compare_digest(totp(self.secret, step).encode(), digits.encode()) and is_unused:
                return replace(self, last_step=step)
        raise otp_invalid()

    def confirm(self, code: str, recovery_fingerprints: frozenset[bytes], now: datetime) -> "SecondFactor":
        """The factor in force, since the person's app knows the secret, with its recovery codes.

        Raises:
            Conflict: ``otp_already_confirmed``.
            InvalidInput: ``otp_invalid``.
        """
        if self.is_confirmed:
            raise Conflict("A second factor is in force already.", code="otp_already_confirmed")
        return replace(self.verify(code, now), confirmed_at=now, recovery_fingerprints=recovery_fingerprints)

    def recover(self, fingerprint: bytes) -> "SecondFactor":
        """The factor after the recovery code with ``fingerprint`` was used, once.

        Raises:
            InvalidInput: ``otp_invalid``: there is no such code left.
        """
        if not self.is_confirmed or fingerprint not in self.recovery_fingerprints:
            raise otp_invalid()
        return replace(self, recovery_fingerprints=self.recovery_fingerprints - {fingerprint})

    def uri(self, *, issuer: str, account: str) -> str:
        """What the QR code for an authenticator app says (the Key URI format that Google Authenticator introduced)."""
        label = quote(f"{issuer.replace(':', ' ')}:{account}", safe="@:")
        secret = base64.b32encode(self.secret).decode().rstrip("=")
        parameters = {"secret": secret, "issuer": issuer.replace(":", " "), "digits": DIGITS, "period": STEP_SECONDS}
        return f"otpauth://totp/{label}?{urlencode(parameters, quote_via=quote)}"


def enrol(secret: bytes) -> SecondFactor:
    """A factor that waits to be confirmed, or InvalidInput when ``secret`` is too short."""
    return SecondFactor(secret=secret, confirmed_at=None, last_step=None, recovery_fingerprints=frozenset())


def totp(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of one time step: HOTP (RFC 4226, section 5.3) with HMAC-SHA-1, as authenticator apps expect it."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack_from(">I", digest, offset)[0] & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def otp_invalid() -> InvalidInput:
    """The one answer to every code that is not accepted."""
    return InvalidInput("This code is not valid. Please wait for the next one.", code="otp_invalid")
