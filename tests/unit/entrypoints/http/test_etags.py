"""Entity tags."""

import pytest

from entrypoints.http.etags import matches, version_of, version_tag
from lms_app.courses.edit_course import StaleVersion


@pytest.mark.parametrize("header", ['"a"', 'W/"a"', '"b", "a"', 'W/"b" , W/"a"', "*", ' "a" '])
def test_matches(header: str) -> None:
    assert matches(header, '"a"')
    assert matches(header, 'W/"a"')


@pytest.mark.parametrize("header", [None, "", "a", '"b"', '"A"', '"aa"', "'a'", '"a'])
def test_does_not_match(header: str | None) -> None:
    assert not matches(header, '"a"')


@pytest.mark.parametrize(("header", "version"), [(None, None), ("*", None), ('"3"', 3), ('W/"3"', 3), (' "12" ', 12)])
def test_version(header: str | None, version: int | None) -> None:
    assert version_of(header) == version


@pytest.mark.parametrize("header", ["3", '"a"', '"3", "4"', '"-1"', '""', '"9999999999"', '"٣"'])
def test_no_version(header: str) -> None:
    with pytest.raises(StaleVersion):
        version_of(header)


def test_a_tag_comes_back_as_its_version() -> None:
    assert version_of(version_tag(7)) == 7
