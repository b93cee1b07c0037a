"""Uploaded files as clients see them."""

from uuid import UUID

import msgspec


class UploadedFileView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was received. ``url`` of a picture holds as long as it is used, that of any other file some hours."""

    file_id: UUID
    url: str
    file_name: str
    media_type: str
    size_bytes: int
