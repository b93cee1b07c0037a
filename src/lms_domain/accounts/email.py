"""E-mail addresses: how they are kept and when two are the same."""

import re
import unicodedata

from lms_domain.errors import InvalidInput

MAX_LENGTH = 254
_SHAPE = re.compile(r"[^\s@,;<>()\"\\]+@[^\s@,;<>()\"\\]+\.[^\s@.,;<>()\"\\]+")


def clean_email(value: str, *, field: str = "email") -> str:
    """The address as it is kept and shown.

    Raises:
        InvalidInput: it does not look like an address. (Whether it works only a mail can tell.)
    """
    address = unicodedata.normalize("NFC", value).strip()
    if len(address) > MAX_LENGTH or not _SHAPE.fullmatch(address) or not address.isprintable():
        raise InvalidInput.for_field(field, "invalid", "This is not an e-mail address.")
    return address


def fold_email(address: str) -> str:
    """The form by which addresses are compared; stored beside the address, since an index needs it ready-made."""
    return unicodedata.normalize("NFKC", address).strip().casefold()
