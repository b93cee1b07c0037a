"""What people type, made fit to keep."""

import unicodedata

from lms_domain.errors import InvalidInput

_CONTROL = {"Cc", "Cs", "Co", "Cn"}


def clean_line(value: str, *, field: str, max_length: int) -> str:
    """One line of text: NFC, white space folded to single spaces, not empty.

    Raises:
        InvalidInput: empty, longer than ``max_length`` characters, or with control characters.
    """
    line = " ".join(unicodedata.normalize("NFC", value).split())
    if not line:
        raise InvalidInput.for_field(field, "required", "This cannot be empty.")
    if len(line) > max_length:
        raise InvalidInput.for_field(field, "too_long", f"Use at most {max_length} characters.")
    if any(unicodedata.category(character) in _CONTROL for character in line):
        raise InvalidInput.for_field(field, "invalid", "This has characters that cannot be shown.")
    return line


def clean_text(value: str, *, field: str, max_length: int) -> str:
    """Several lines of text, possibly none: NFC, line ends as ``\\n``, no other control characters.

    Raises:
        InvalidInput: longer than ``max_length`` characters, or with control characters.
    """
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > max_length:
        raise InvalidInput.for_field(field, "too_long", f"Use at most {max_length} characters.")
    if any(unicodedata.category(character) in _CONTROL and character not in "\n\t" for character in text):
        raise InvalidInput.for_field(field, "invalid", "This has characters that cannot be shown.")
    return text


def display_filename(value: str) -> str:
    """A client's file name as harmless text to show: no folders, no control or direction characters, at most 255."""
    name = unicodedata.normalize("NFC", value).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in name if unicodedata.category(c) not in (_CONTROL | {"Cf", "Zl", "Zp"}))
    return " ".join(kept.split())[:255]
