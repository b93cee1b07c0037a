"""What was done, by whom, to what. Entries are only ever added."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_domain.errors import InvalidInput

MAX_TEXT = 2000
"""Longest text kept of one value: the trail says what changed, it is no copy of the course."""
REDACTED = "(not kept)"

_ACTION = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", re.ASCII)
_SECRET = re.compile(
    r"passw|secret|token|fingerprint|hash|otp|recovery|cookie|authori[sz]ation|credential|api_?key|code$|_?keys?$",
    re.IGNORECASE | re.ASCII,
)
_NOT_SECRET = frozenset(
    {"must_change_password", "storage_key", "thumbnail_key", "picture_key", "dedupe_key", "event_key"}
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did. However it is made, ``before`` and ``after`` hold no secrets: see ``redact``."""

    id: UUID
    tenant_id: UUID | None
    """None for what concerns no single school."""
    at: datetime
    actor_id: UUID | None
    """The account that did it; None when the system did it by itself."""
    actor_email: str
    """The account's address at that time; empty for the system."""
    impersonated_by: UUID | None
    """The operator who acted as that account, if one did."""
    action: str
    """``noun.verb_in_the_past``, such as ``course.published``."""
    object_type: str
    object_id: UUID | None
    object_name: str
    """What people called the object at that time."""
    address: str
    """Of the client; empty for the system."""
    request_id: str
    before: Mapping[str, object] | None
    """JSON values of the fields that changed; None when there was nothing before."""
    after: Mapping[str, object] | None

    def __post_init__(self) -> None:
        if not _ACTION.fullmatch(self.action):
            raise InvalidInput(f"“{self.action}” is not the name of an action.")
        if self.impersonated_by is not None and self.actor_id is None:
            raise InvalidInput("An operator acts as somebody.")
        object.__setattr__(self, "before", None if self.before is None else redact(self.before))
        object.__setattr__(self, "after", None if self.after is None else redact(self.after))


def redact(facts: Mapping[str, object]) -> dict[str, object]:
    """``facts`` without secrets, at any depth: what is named like a secret and every run of bytes becomes a note that
    it is not kept; long texts are cut."""
    return {
        key: REDACTED if _is_secret(key) and value is not None else _redacted(value) for key, value in facts.items()
    }


def changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]] | None:
    """The fields of ``before`` and of ``after`` that differ; None when none does."""
    differing = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if not differing:
        return None
    return {key: before.get(key) for key in differing}, {key: after.get(key) for key in differing}


def _is_secret(key: str) -> bool:
    return key not in _NOT_SECRET and _SECRET.search(key) is not None


def _redacted(value: object) -> object:
    match value:
        case str():
            return value if len(value) <= MAX_TEXT else value[:MAX_TEXT] + "…"
        case bytes() | bytearray() | memoryview():
            return REDACTED
        case Mapping():
            return redact({str(key): each for key, each in value.items()})
        case Sequence() | set() | frozenset():
            return [_redacted(each) for each in value]
        case _:
            return value
