"""Deleted courses, for as long as they can be had back; and what each kind of content holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms_domain.courses.course import MAX_TEXT, RESTORE_DAYS, Content, ContentType, Course
from lms_domain.courses.group import MAX_NAME, clean_group_name
from lms_domain.errors import Conflict, InvalidInput

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
END = NOW + timedelta(days=RESTORE_DAYS)
COURSE = Course(
    id=UUID(int=1),
    tenant_id=UUID(int=2),
    title="Formative assessment",
    slug="formative-assessment",
    description="",
    is_mandatory=False,
    deadline=None,
    estimated_hours=None,
    is_published=True,
    assigned_to_all=True,
    version=4,
    created_at=NOW,
    updated_at=NOW,
)


def test_a_deleted_course_comes_back_unpublished() -> None:
    deleted = COURSE.delete(now=NOW)
    assert deleted == replace(COURSE, deleted_at=NOW, version=5)
    assert deleted.delete(now=END) == deleted  # deleting again does not prolong its time
    later = END - timedelta(microseconds=1)
    assert deleted.is_restorable(later)
    assert deleted.restore(now=later) == replace(COURSE, is_published=False, version=6, updated_at=later)


def test_what_cannot_be_restored() -> None:
    deleted = COURSE.delete(now=NOW)
    assert not deleted.is_restorable(END)
    assert not COURSE.is_restorable(NOW)
    for course, code in [(deleted, "not_restorable"), (COURSE, "not_deleted")]:
        with pytest.raises(Conflict) as refused:
            course.restore(now=END)
        assert refused.value.code == code


ATTRIBUTES: dict[str, object] = {"url": "https://a.test/", "text": "<p>Hi</p>", "file_id": UUID(int=7)}
OWN = {ContentType.LINK: "url", ContentType.TEXT: "text", ContentType.DOCUMENT: "file_id"}


def content(content_type: ContentType, **attributes: object) -> Content:
    values: dict[str, object] = {"url": None, "required_coverage": None, **attributes}
    return Content(
        id=UUID(int=1),
        tenant_id=UUID(int=2),
        course_id=UUID(int=3),
        module_id=UUID(int=4),
        title="One",
        content_type=content_type,
        position=0,
        is_mandatory=True,
        created_at=NOW,
        updated_at=NOW,
        **values,  # type: ignore[arg-type]  # keyword arguments of one test
    )


@pytest.mark.parametrize("content_type", ContentType)
def test_every_kind_of_content_has_what_is_its_own_and_nothing_else(content_type: ContentType) -> None:
    own = {name: ATTRIBUTES[name] for name in ATTRIBUTES if name == OWN.get(content_type)}
    assert content(content_type, **own).content_type is content_type
    for name in own:
        with pytest.raises(InvalidInput) as refused:
            content(content_type)
        assert refused.value.errors[0].field == name
    for name in ATTRIBUTES.keys() - own.keys():
        with pytest.raises(InvalidInput):
            content(content_type, **own, **{name: ATTRIBUTES[name]})
    if content_type is not ContentType.VIDEO:
        with pytest.raises(InvalidInput) as refused:
            content(content_type, **own, required_coverage=90)
        assert refused.value.errors[0].field == "required_coverage"


def test_texts_have_an_end() -> None:
    assert content(ContentType.TEXT, text="x" * MAX_TEXT).text is not None
    with pytest.raises(InvalidInput) as refused:
        content(ContentType.TEXT, text="x" * (MAX_TEXT + 1))
    assert refused.value.errors[0].code == "too_long"


def test_names_of_groups() -> None:
    assert clean_group_name("  Grade  5 ") == "Grade 5"
    for name in ["", " ", "x" * (MAX_NAME + 1), "a\x00b"]:
        with pytest.raises(InvalidInput) as refused:
            clean_group_name(name)
        assert refused.value.errors[0].field == "name"
