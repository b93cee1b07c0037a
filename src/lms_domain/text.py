"""What people type, made fit to keep."""

import unicodedata

from lms_domain.errors import InvalidInput

_CONTROL = {"Cc", "Cs", "Co"}


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
    if any(_is_unfit(character) for character in line):
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
    if any(_is_unfit(character) and character not in "\n\t" for character in text):
        raise InvalidInput.for_field(field, "invalid", "This has characters that cannot be shown.")
    return text


def display_filename(value: str) -> str:
    """A client's file name as harmless text to show: no folders, no control or direction characters, at most 255."""
    name = unicodedata.normalize("NFC", value).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in name if not _is_unfit(c) and unicodedata.category(c) not in {"Cf", "Zl", "Zp"})
    return " ".join(kept.split())[:255]


def _is_unfit(character: str) -> bool:
    """Control characters, halves of surrogate pairs, private ones, and those that are none (Unicode 23.7). What is
    merely not assigned in Python's version of Unicode is fine: people have newer emoji than we have Python."""
    point = ord(character)
    return unicodedata.category(character) in _CONTROL or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
