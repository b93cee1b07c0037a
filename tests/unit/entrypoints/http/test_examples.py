"""What the document gives as an example is one."""

import msgspec
import pytest

from entrypoints.http.examples import BODIES, example_of
from entrypoints.http.openapi import API_HANDLERS, answer_type, body_type
from tests.unit.entrypoints.http.committed_document import DOCUMENT
from tests.unit.entrypoints.http.test_bodies import VALID


def _shape(value: object) -> object:
    """``value`` without its numbers and instants, which can be written in several ways."""
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items()}
    return (
        [_shape(each) for each in value] if isinstance(value, list) else type(value) in {int, float} or str(value)[:19]
    )


ANSWERS = {kind: handler.operation_id for handler in API_HANDLERS if (kind := answer_type(handler)) is not None}
TYPES = {handler.operation_id: body_type(handler) for handler in API_HANDLERS}


def test_every_body_has_one() -> None:
    assert set(BODIES) == set(VALID)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_as_it_would_be(name: str) -> None:
    read = msgspec.json.decode(msgspec.json.encode(BODIES[name]), type=TYPES[name])
    # Nothing in it is lost, and nothing is what it would be without.
    assert msgspec.to_builtins(BODIES[name]).keys() <= msgspec.to_builtins(read).keys()


@pytest.mark.parametrize("kind", ANSWERS, ids=ANSWERS.values())
def test_an_answer_is_one(kind: object) -> None:
    example = msgspec.json.encode(example_of(kind))
    read = msgspec.json.decode(msgspec.json.encode(msgspec.json.decode(example, type=kind)))
    assert _shape(read) == _shape(msgspec.json.decode(example))


def test_the_document_has_them() -> None:
    missing = [
        (operation["operationId"], place)
        for item in DOCUMENT["paths"].values()
        for operation in item.values()
        for place, holder in (
            ("body", operation.get("requestBody", {})),
            *((status, answer) for status, answer in operation["responses"].items() if int(status) < 300),
        )
        for kind, media in holder.get("content", {}).items()
        if kind == "application/json" and "example" not in media
    ]
    assert not missing
