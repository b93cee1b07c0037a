"""Byte ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.http.ranges import ByteRange, parse_range
from entrypoints.http.refusals import RangeNotSatisfiable


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=0-9", ByteRange(0, 10)),
        ("bytes=0-99", ByteRange(0, 10)),
        ("bytes=3-", ByteRange(3, 10)),
        ("bytes=-3", ByteRange(7, 10)),
        ("bytes=-99", ByteRange(0, 10)),
        ("BYTES=1-2", ByteRange(1, 3)),
        (" bytes=1-2 ", ByteRange(1, 3)),
        ("bytes=0-999999999999999999", ByteRange(0, 10)),
    ],
)
def test_one_range(header: str, expected: ByteRange) -> None:
    assert parse_range(header, 10) == expected


@pytest.mark.parametrize(
    "header",
    [
        None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1-2,4-5", "bytes = 1-2", "bytes=1 - 2", "items=0-1",
        "bytes=5-3", "bytes=0x1-2", "bytes=٣-٤", "bytes=1-2-3", "bytes=--1", "bytes=1-99999999999999999999",
        ",".join(["bytes=0-1"] * 1000), "bytes=0-0," * 1000,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_ignored(header: str | None) -> None:
    assert parse_range(header, 10) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-11", "bytes=999-", "bytes=-0"])
def test_nothing_to_send(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable) as caught:
        parse_range(header, 10)
    assert caught.value.headers == {"Content-Range": "bytes */10"}


@given(st.text(), st.integers(min_value=0, max_value=10**12))
def test_a_range_lies_within_the_file(header: str, size: int) -> None:
    try:
        found = parse_range(header, size)
    except RangeNotSatisfiable:
        return
    assert found is None or 0 <= found.start < found.end <= size


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_it_is_the_slice_that_python_gives(first: int, last: int, size: int) -> None:
    expected = range(size)[first : last + 1]
    try:
        found = parse_range(f"bytes={first}-{last}", size)
    except RangeNotSatisfiable:
        assert first >= size
        return
    if last < first:
        assert found is None
    else:
        assert found == ByteRange(expected.start, expected.stop)
