"""Courses, contents, links and slugs."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.courses.course import (
    Content,
    ContentType,
    Course,
    check_estimated_hours,
    check_link,
    clean_description,
    clean_title,
    slug_from_title,
)
from lms_domain.errors import Conflict, InvalidInput

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
COURSE = Course(
    id=UUID(int=1),
    tenant_id=UUID(int=2),
    title="Formative assessment",
    slug="formative-assessment",
    description="",
    is_mandatory=False,
    deadline=None,
    estimated_hours=None,
    is_published=False,
    assigned_to_all=True,
    version=4,
    created_at=NOW,
    updated_at=NOW,
)
VIDEO = Content(
    id=UUID(int=1),
    tenant_id=UUID(int=2),
    course_id=UUID(int=3),
    module_id=UUID(int=4),
    title="A video",
    content_type=ContentType.VIDEO,
    position=0,
    is_mandatory=True,
    url=None,
    required_coverage=90,
    created_at=NOW,
    updated_at=NOW,
)


def test_publishing_counts_as_a_change() -> None:
    later = NOW + timedelta(hours=1)
    published = COURSE.publish(content_count=1, now=later)
    assert published == replace(COURSE, is_published=True, version=5, updated_at=later)
    assert published.unpublish(now=later) == replace(COURSE, is_published=False, version=6, updated_at=later)
    assert not COURSE.is_published


def test_an_empty_course_is_not_published() -> None:
    with pytest.raises(Conflict) as refused:
        COURSE.publish(content_count=0, now=NOW)
    assert refused.value.code == "course_empty"


@pytest.mark.parametrize("coverage", [49, 0, -1, 101, 1000])
def test_between_half_and_all_of_a_video_must_be_watched(coverage: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(VIDEO, required_coverage=coverage)
    assert refused.value.errors[0].field == "required_coverage"


@pytest.mark.parametrize("coverage", [None, 50, 90, 100])
def test_coverage(coverage: int | None) -> None:
    assert replace(VIDEO, required_coverage=coverage).required_coverage == coverage


@pytest.mark.parametrize("content_type", sorted(set(ContentType) - {ContentType.LINK}))
def test_only_a_link_has_an_address(content_type: ContentType) -> None:
    with pytest.raises(InvalidInput):
        replace(VIDEO, content_type=content_type, url="https://example.test/")
    with pytest.raises(InvalidInput):
        replace(VIDEO, content_type=ContentType.LINK)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.test",
        "http://example.test/path?q=1#part",
        "HTTPS://EXAMPLE.TEST/",
        "https://user@example.test:8443/",
        "https://例子.广告/页",
        "https://[2001:db8::1]/",
        "  https://example.test/  ",
        "https://example.test/" + "x" * 1900,
    ],
)
def test_links(address: str) -> None:
    assert check_link(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "", " ", "example.test", "//example.test", "/path", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
        " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<script>",
        "vbscript:x", "file:///etc/passwd", "ftp://example.test", "mailto:a@example.test", "https:", "https://",
        "https:///path", "https:example.test", "https://?q", "https://#x", "https://exam ple.test",
        "https://example.test/a b", "https://example.test/\x00", "https://exa\tmple.test", "https://example.test/\u202egpj",
        "https://[::1", "https://[zz]/", "https://example.test/" + "x" * 2000, "\ud83d", "https://\ud83d.test",
        "https://user:pass@/", "blob:https://example.test/x", "view-source:https://example.test",
    ],
)  # fmt: skip
def test_no_links(address: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_link(address)
    assert refused.value.errors[0].field == "url"


@pytest.mark.parametrize("hours", [None, 0, 0.25, 1000])
def test_hours(hours: float | None) -> None:
    assert check_estimated_hours(hours) == hours


@pytest.mark.parametrize("hours", [-0.1, 1000.1, float("nan"), float("inf"), float("-inf")])
def test_no_hours(hours: float) -> None:
    with pytest.raises(InvalidInput):
        check_estimated_hours(hours)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Formative Assessment!", "formative-assessment"),
        ("Évaluation  formative", "evaluation-formative"),
        ("北京", "course"),
        ("", "course"),
        ("---", "course"),
        ("x" * 200, "x" * 80),
        ("a" * 79 + " b", "a" * 79),
        ("C++ & C#", "c-c"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slug_from_title(title) == slug


@given(title=st.text(max_size=300))
def test_a_slug_is_always_fit_for_an_address(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", slug_from_title(title))


def test_titles_and_descriptions() -> None:
    assert clean_title(" A  title ") == "A title"
    assert clean_description(" a\r\nb ") == "a\nb"
    with pytest.raises(InvalidInput):
        clean_title("x" * 201)
    with pytest.raises(InvalidInput):
        clean_description("x" * 10_001)
