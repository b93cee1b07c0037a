"""The audit trail keeps what changed and never a secret."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.audit.entry import MAX_TEXT, REDACTED, AuditEntry, changes, redact
from lms_domain.errors import InvalidInput

ENTRY = AuditEntry(
    id=UUID(int=1),
    tenant_id=UUID(int=2),
    at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    actor_id=UUID(int=3),
    actor_email="head@school.test",
    impersonated_by=None,
    action="course.published",
    object_type="course",
    object_id=UUID(int=4),
    object_name="Formative assessment",
    address="203.0.113.9",
    request_id="r1",
    before={"is_published": False, "password": "hunter2"},
    after={"is_published": True, "people": [{"refresh_token": "abc", "email": "a@b.test"}]},
)

SECRETS = [
    "password", "password_hash", "new_password", "refresh_token", "token", "client_secret", "otp", "otp_code",
    "recovery_codes", "recovery_fingerprints", "code", "code_fingerprint", "Cookie", "Authorization", "api_key",
    "secret_keys", "signing_key", "credentials", "LMS_SECRET_KEYS",
]  # fmt: skip
FACTS = [
    "title", "is_published", "must_change_password", "thumbnail_key", "picture_key", "dedupe_key", "event_key",
    "employee_id", "grades", "key_stage", "monkeys_name", "encoded_name",
]  # fmt: skip


def test_however_an_entry_is_made_it_holds_no_secret() -> None:
    assert ENTRY.before == {"is_published": False, "password": REDACTED}
    assert ENTRY.after == {"is_published": True, "people": [{"refresh_token": REDACTED, "email": "a@b.test"}]}
    assert "hunter2" not in repr(replace(ENTRY, before={"user": {"Password": "hunter2"}}))


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_known_by_their_names(name: str) -> None:
    assert redact({name: "x"}) == {name: REDACTED}
    assert redact({name: None}) == {name: None}


@pytest.mark.parametrize("name", FACTS)
def test_facts_stay(name: str) -> None:
    assert redact({name: "x"}) == {name: "x"}


def test_bytes_go_and_long_texts_are_cut() -> None:
    kept = redact({"raw": b"x", "list": (bytearray(b"x"), 1), "text": "x" * (MAX_TEXT + 1), "short": "x" * MAX_TEXT})
    assert kept == {"raw": REDACTED, "list": [REDACTED, 1], "text": "x" * MAX_TEXT + "…", "short": "x" * MAX_TEXT}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just("hunter2"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(SECRETS + FACTS), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_nothing_below_a_secret_name_survives_and_redacting_again_changes_nothing(value: object) -> None:
    kept = redact({"password": value, "title": {"token": value}})
    assert "hunter2" not in repr(kept)
    once = redact({"title": value})
    assert redact(once) == once


def test_only_what_differs_is_kept() -> None:
    assert changes({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5, "d": 4}) == (
        {"b": 2, "c": 3, "d": None},
        {"b": 5, "c": None, "d": 4},
    )
    assert changes({"a": 1}, {"a": 1}) is None


@pytest.mark.parametrize(
    "action", ["", "published", "course.", "Course.published", "course published", "a.b.c", "course.é"]
)
def test_actions_have_names_of_one_form(action: str) -> None:
    with pytest.raises(InvalidInput):
        replace(ENTRY, action=action)


def test_an_operator_acts_as_somebody() -> None:
    assert replace(ENTRY, impersonated_by=UUID(int=9)).actor_id is not None
    with pytest.raises(InvalidInput):
        replace(ENTRY, impersonated_by=UUID(int=9), actor_id=None)
