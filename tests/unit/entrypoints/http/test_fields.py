"""msgspec's refusals in our words."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from entrypoints.http.fields import field_error, field_path, invalid_body


class Colour(StrEnum):
    RED = "RED"


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    title: Annotated[str, Meta(min_length=1, max_length=5, pattern="^[a-z]*$")]


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    count: Annotated[int, Meta(ge=0, le=10)] = 0
    ratio: Annotated[float, Meta(ge=0, le=1)] = 0
    colour: Colour = Colour.RED
    id: UUID | None = None
    day: date | None = None
    at: datetime | None = None
    inner: list[Inner] = msgspec.field(default_factory=list)
    tags: Annotated[list[str], Meta(max_length=2)] = msgspec.field(default_factory=list)
    by_name: dict[str, int] = msgspec.field(default_factory=dict)


def refusal(body: str | bytes) -> tuple[str, str]:
    """Field and code, or the code of the whole."""
    try:
        msgspec.json.decode(body, type=Outer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        refused = invalid_body(error)
        return (refused.errors[0].field, refused.errors[0].code) if refused.errors else ("", refused.code)
    raise AssertionError("this is fine")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ("{}", "name", "required"),
        ('{"name": null}', "name", "wrong_type"),
        ('{"name": 1}', "name", "wrong_type"),
        ('{"name": "a", "count": "1"}', "count", "wrong_type"),
        ('{"name": "a", "count": true}', "count", "wrong_type"),
        ('{"name": "a", "count": 1.5}', "count", "wrong_type"),
        ('{"name": "a", "count": 11}', "count", "out_of_range"),
        ('{"name": "a", "count": -1}', "count", "out_of_range"),
        (f'{{"name": "a", "count": {2**70}}}', "count", "out_of_range"),
        ('{"name": "a", "ratio": 1e400}', "ratio", "out_of_range"),
        ('{"name": "a", "colour": "GREEN"}', "colour", "invalid"),
        ('{"name": "a", "id": "no"}', "id", "invalid"),
        ('{"name": "a", "day": "2026-02-30"}', "day", "invalid"),
        ('{"name": "a", "at": "yesterday"}', "at", "invalid"),
        ('{"name": "a", "inner": [{"title": ""}]}', "inner.0.title", "required"),
        ('{"name": "a", "inner": [{"title": "abcdef"}]}', "inner.0.title", "too_long"),
        ('{"name": "a", "inner": [{"title": "A"}]}', "inner.0.title", "invalid"),
        ('{"name": "a", "inner": [{}]}', "inner.0.title", "required"),
        ('{"name": "a", "inner": [{"title": "a"}, {"title": "a", "x": 1}]}', "inner.1.x", "unknown_field"),
        ('{"name": "a", "tags": ["a", "b", "c"]}', "tags", "too_long"),
        ('{"name": "a", "tags": ["a", 2]}', "tags.1", "wrong_type"),
        ('{"name": "a", "surprise": 1}', "surprise", "unknown_field"),
        ('{"name": "a", "by_name": {"b": "c"}}', "by_name", "wrong_type"),
        ("[]", "", "validation_error"),
        ("null", "", "validation_error"),
        ("[" * 100_000, "", "validation_error"),
        ('{"name": "a"', "", "malformed_json"),
        ('{"name": "a"} x', "", "malformed_json"),
        ('{"name": NaN}', "", "malformed_json"),
        ('{"name": "\\ud800"}', "", "malformed_json"),
        (b'{"name": "\xff"}', "", "malformed_json"),
        (b'\xef\xbb\xbf{"name": "a"}', "", "malformed_json"),
    ],
)
def test_what_is_wrong_where(body: str | bytes, field: str, code: str) -> None:
    assert refusal(body) == (field, code)


def test_sentences_are_for_people() -> None:
    for body in ('{"name": 1}', '{"name": "a", "count": 11}', '{"name": "a", "id": "no"}', "{}"):
        with pytest.raises(msgspec.ValidationError) as caught:
            msgspec.json.decode(body, type=Outer)
        message = field_error(str(caught.value)).message
        assert message.endswith(".")
        assert "`" not in message
        assert "str" not in message.split()


def test_a_hostile_field_name_is_shortened_and_made_printable() -> None:
    field, code = refusal('{"name": "a", "' + "x\\u0007" * 1000 + '": 1}')
    assert code == "unknown_field"
    assert field == "x" * 100


@given(st.text())
def test_any_text_of_msgspec_becomes_an_error(text: str) -> None:
    error = field_error(text, field="title")
    assert error.field.startswith("title")
    assert error.code
    assert error.message


def test_paths() -> None:
    assert field_path(".a.b[0]") == "a.b.0"
    assert field_path("[0].title") == "0.title"
