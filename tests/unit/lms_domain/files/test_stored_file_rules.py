"""Which files people may upload, and what is kept of their names."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from lms_domain.errors import InvalidInput, LmsError, TooLarge
from lms_domain.files.stored_file import FILE_RULES, FilePurpose, StoredFile, new_file

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def stored(purpose: FilePurpose, media_type: str, size: int = 10, name: str = "a.png") -> StoredFile:
    return new_file(
        file_id=UUID(int=1),
        tenant_id=UUID(int=2),
        owner_id=UUID(int=3),
        purpose=purpose,
        key="tenant/x/files/y.bin",
        file_name=name,
        media_type=media_type,
        size_bytes=size,
        now=NOW,
    )


@pytest.mark.parametrize("purpose", FilePurpose)
def test_every_purpose_has_its_kinds_and_its_size(purpose: FilePurpose) -> None:
    rules = FILE_RULES[purpose]
    for media_type in rules.media_types:
        assert stored(purpose, media_type, rules.max_bytes).media_type == media_type
    refusals: list[tuple[str, int, type[LmsError], str]] = [
        ("image/png", 0, InvalidInput, "validation_error"),
        ("image/png", -1, InvalidInput, "validation_error"),
        ("image/png", rules.max_bytes + 1, TooLarge, "too_large"),
        # What a browser might run is never taken.
        ("image/svg+xml", 10, InvalidInput, "validation_error"),
        ("text/html", 10, InvalidInput, "validation_error"),
        ("application/octet-stream", 10, InvalidInput, "validation_error"),
        ("", 10, InvalidInput, "validation_error"),
    ]
    for media_type, size, error, code in refusals:
        with pytest.raises(error) as refused:
            stored(purpose, media_type, size)
        assert refused.value.code == code


@pytest.mark.parametrize(
    "purpose", [FilePurpose.COURSE_THUMBNAIL, FilePurpose.TENANT_LOGO, FilePurpose.PROFILE_PICTURE]
)
def test_pictures_are_pictures(purpose: FilePurpose) -> None:
    assert all(media_type.startswith("image/") for media_type in FILE_RULES[purpose].media_types)
    with pytest.raises(InvalidInput) as refused:
        stored(purpose, "application/pdf")
    assert refused.value.errors[0].code == "unsupported_file"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Plan.pdf", "Plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        ("", "file"),
        ("/", "file"),
    ],
)
def test_names_are_only_shown(name: str, kept: str) -> None:
    assert stored(FilePurpose.CONTENT_FILE, "application/pdf", name=name).file_name == kept
