"""Takes secrets out of what is about to be written down. The last net: nobody is meant to log one."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from uuid import UUID

MASK = "•••"

_WORDS = (
    r"pass(?:word|wd|phrase|code)?|pwd|secret|token|authorization|cookie|credentials?|api[_-]?key|private[_-]?key|"
    r"secret[_-]?keys?|signature|dsn"
)
_SECRET_NAME = re.compile(rf"(?:^|[_\W])(?:{_WORDS})(?:s|_url|_hash)?$", re.IGNORECASE)
"""The name says what its value is: ``password``, ``new_password``, ``X-Api-Key``. ``token_count`` is a number."""

_SUSPECT = re.compile(r"[=:$]|eyJ|/media/|bearer|basic", re.IGNORECASE)
"""Nothing below can be in a text without one of these: most texts are done with after one look."""

_PATTERNS = (
    # A JSON web token, wherever it stands.
    (re.compile(r"\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*"), MASK),
    # scheme://user:password@host, as database drivers repeat it. Up to the last @: a password may hold one.
    (re.compile(r"(\w://[^\s:/@\"']*:)[^\s\"']+@"), rf"\1{MASK}@"),
    (re.compile(r"\b(bearer|basic)\s+(?=[\w.~+/-]*[\d=.])[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    (re.compile(r"((?:authorization|cookie)[\"']?\s*:\s*)[^\r\n]+", re.IGNORECASE), rf"\1{MASK}"),
    # Parameters of addresses and of DSNs: password=…, X-Amz-Signature=…
    (re.compile(rf"((?:{_WORDS})[\"']?\s*=\s*)(?:\"[^\"]*\"|'[^']*'|[^\s&,;\"')]+)", re.IGNORECASE), rf"\1{MASK}"),
    # Printed dictionaries and JSON: 'password': '…'
    (re.compile(rf"([\"'][\w-]*(?:{_WORDS})[\"']\s*:\s*)b?(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE), rf"\1{MASK}"),
    # Whoever has the address of a video may watch it.
    (re.compile(r"(/media/)[\w.~%=-]{16,}"), rf"\1{MASK}"),
    (re.compile(r"\$argon2\w*\$\S+"), MASK),
)

_MAX_DEPTH = 8
_PLAIN = (int, float, UUID, date, timedelta)
_PLAIN_KINDS = frozenset(_PLAIN)


def redact_text(text: str) -> str:
    """``text`` without passwords and tokens, as far as they can be told from their form."""
    # Every pattern has a sign in it that is neither letter nor digit; names, words and most ids have none.
    if text.isalnum() or _SUSPECT.search(text) is None:
        return text
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    """Lines have the same few names again and again."""
    return _SECRET_NAME.search(name) is not None


def redact(value: object, name: str = "", depth: int = 0) -> object:
    """``value`` without secrets, down to the leaves; what is no plain value becomes text.

    Args:
        name: what it is called where it stands; a name that says it is a secret is enough.
    """
    if value is None or isinstance(value, bool):
        return value
    if _is_secret(name):
        return MASK
    # Most are one of these, and lines are many: every request writes one.
    if type(value) is str:
        return redact_text(value)
    return value if type(value) in _PLAIN_KINDS else _redact_odd(value, depth)


def _redact_odd(value: object, depth: int) -> object:
    if isinstance(value, Mapping) and depth < _MAX_DEPTH:
        return {str(key): redact(inner, str(key), depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset) and depth < _MAX_DEPTH:
        return [redact(inner, depth=depth + 1) for inner in value]
    return value if isinstance(value, _PLAIN) and not isinstance(value, Enum) else redact_text(_as_text(value))


def _as_text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return repr(value) if isinstance(value, BaseException) else str(value)
