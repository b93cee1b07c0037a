"""Query strings."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.http.controllers import people
from entrypoints.http.query import check_query, never_null
from lms_domain.errors import InvalidInput


@pytest.mark.parametrize("query", [b"a=1", b"a=1&b=2", b"a", b"a=&b=", b"a=1&A=1", b"%ff=%00", b"&&", b"a=b=c"])
def test_fine(query: bytes) -> None:
    check_query(query)


@pytest.mark.parametrize("query", [b"page=1&page=2", b"a=1&%61=2", b"a&a", b"a=1&b=2&a=3", b"page=1&page=1"])
def test_a_parameter_twice_is_refused(query: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_query(query)
    assert caught.value.errors[0].code == "duplicate"


@pytest.mark.parametrize("query", [b"group=null", b"page=1&group=NULL", b"group=%6eull"])
def test_null_is_no_value(query: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_query(query, {"group"})
    assert [(error.field, error.code) for error in caught.value.errors] == [("group", "wrong_type")]
    check_query(query)


def test_texts_may_be_that_word() -> None:
    handler = next(handler for handler in people.HANDLERS if handler.operation_id == "listTeachers")
    assert never_null(handler) == {"role", "group", "is_active", "is_invited"}


def test_hundreds_of_parameters_are_refused() -> None:
    with pytest.raises(InvalidInput):
        check_query(b"&".join(b"a%d=1" % number for number in range(1000)))


@given(st.binary(max_size=300))
def test_never_anything_but_a_refusal(query: bytes) -> None:
    with suppress(InvalidInput):
        check_query(query)
