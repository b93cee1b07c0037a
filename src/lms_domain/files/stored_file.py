"""Files that people upload, other than videos."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import InvalidInput, TooLarge
from lms_domain.text import display_filename

MIB = 1024**2

_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
"""Never SVG: it is a document with scripts."""
_DOCUMENTS = _PICTURES | {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
    "text/plain",
}


class FilePurpose(StrEnum):
    """What a file is for; decides who may upload and fetch it, its kinds and its size."""

    CONTENT_FILE = "CONTENT_FILE"
    SUBMISSION_FILE = "SUBMISSION_FILE"
    COURSE_THUMBNAIL = "COURSE_THUMBNAIL"
    TENANT_LOGO = "TENANT_LOGO"
    PROFILE_PICTURE = "PROFILE_PICTURE"


@dataclass(frozen=True, slots=True)
class FileRules:
    """Which files a purpose takes. ``media_types`` are those found in the file, never those claimed for it."""

    media_types: frozenset[str]
    max_bytes: int


FILE_RULES: dict[FilePurpose, FileRules] = {
    FilePurpose.CONTENT_FILE: FileRules(_DOCUMENTS, 100 * MIB),
    FilePurpose.SUBMISSION_FILE: FileRules(_DOCUMENTS, 25 * MIB),
    FilePurpose.COURSE_THUMBNAIL: FileRules(_PICTURES, 5 * MIB),
    FilePurpose.TENANT_LOGO: FileRules(_PICTURES, 2 * MIB),
    FilePurpose.PROFILE_PICTURE: FileRules(_PICTURES, 5 * MIB),
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in storage. Immutable: a replacement is another file."""

    id: UUID
    tenant_id: UUID
    owner_id: UUID
    """Who uploaded it."""
    purpose: FilePurpose
    key: str
    """Where it lies in storage."""
    file_name: str
    """What its owner called it, for people only."""
    media_type: str
    size_bytes: int
    created_at: datetime

    def __post_init__(self) -> None:
        check_file(self.purpose, media_type=self.media_type, size_bytes=self.size_bytes)


def check_file(purpose: FilePurpose, *, media_type: str, size_bytes: int) -> None:
    """Whether a file may serve ``purpose``.

    Raises:
        InvalidInput: ``empty``, or ``unsupported_file`` for a kind that the purpose does not take.
        TooLarge: more bytes than the purpose takes.
    """
    rules = FILE_RULES[purpose]
    if media_type not in rules.media_types:
        raise InvalidInput.for_field("file", "unsupported_file", "Files of this kind are not accepted here.")
    if size_bytes <= 0:
        raise InvalidInput.for_field("file", "empty", "This file is empty.")
    if size_bytes > rules.max_bytes:
        raise TooLarge(f"At most {rules.max_bytes // MIB} MiB are accepted here.")


def new_file(
    *,
    file_id: UUID,
    tenant_id: UUID,
    owner_id: UUID,
    purpose: FilePurpose,
    key: str,
    file_name: str,
    media_type: str,
    size_bytes: int,
    now: datetime,
) -> StoredFile:
    """A file just stored, with a name that is harmless to show.

    Raises:
        InvalidInput, TooLarge: see ``check_file``.
    """
    return StoredFile(
        id=file_id,
        tenant_id=tenant_id,
        owner_id=owner_id,
        purpose=purpose,
        key=key,
        file_name=display_filename(file_name) or "file",
        media_type=media_type,
        size_bytes=size_bytes,
        created_at=now,
    )
