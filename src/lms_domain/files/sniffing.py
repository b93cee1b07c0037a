"""Which kind of file some bytes are. What their sender called them does not count.

Only the beginning and the end of a file are kept while it passes by, so that memory stays flat.
"""

import codecs
import struct

_HEAD = 4096
_TAIL = 1024 * 1024
"""Room for the directory of a ZIP archive with some ten thousand parts."""

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
PICTURE_TYPES = frozenset({PNG, JPEG, WEBP})

_OOXML = "application/vnd.openxmlformats-officedocument."
_OFFICE_PARTS = {
    b"word/document.xml": f"{_OOXML}wordprocessingml.document",
    b"ppt/presentation.xml": f"{_OOXML}presentationml.presentation",
    b"xl/workbook.xml": f"{_OOXML}spreadsheetml.sheet",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OPEN_DOCUMENT_KINDS = (b"text", b"presentation", b"spreadsheet")
_MACROS = (b"vbaproject.bin", b"vbadata.xml")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"%!ps", b"{\\rtf")
"""Texts that some program takes for more than text."""


class FileInspector:
    """Looks at a file while it passes by: ``feed`` every piece, then ask for the ``media_type``."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_text = True
        self.size = 0
        """Bytes so far."""

    def feed(self, chunk: bytes) -> None:
        """The next piece."""
        self.size += len(chunk)
        self._head = (self._head + chunk[:_HEAD])[:_HEAD] if len(self._head) < _HEAD else self._head
        self._tail = (self._tail + chunk)[-_TAIL:]
        if self._is_text:
            self._is_text = self._is_text_so_far(chunk, is_end=False)

    def picture_type(self) -> str | None:
        """The kind of picture that the first bytes say this is; None: no picture that we take."""
        return picture_type(self._head)

    @property
    def is_promising(self) -> bool:
        """Whether this can still become a kind that we know: what cannot need not be received to its end."""
        return self._is_text or self.picture_type() is not None or self._head.startswith((b"%PDF-", b"PK\x03\x04"))

    def media_type(self) -> str | None:
        """The kind of the whole file; None when we know none. Office documents with macros are of no kind."""
        if (picture := self.picture_type()) is not None:
            return picture
        if self._head.startswith(b"%PDF-"):
            return "application/pdf"
        if self._head.startswith(b"PK\x03\x04"):
            return self._archive_type()
        if self._is_text and self._is_text_so_far(b"", is_end=True) and not self._is_markup():
            return "text/plain"
        return None

    def _is_text_so_far(self, chunk: bytes, *, is_end: bool) -> bool:
        try:
            text = self._decoder.decode(chunk, is_end)
        except UnicodeDecodeError:
            return False
        return all(character.isprintable() or character in "\t\n\r\f\ufeff" or character > "\x9f" for character in text)

    def _is_markup(self) -> bool:
        start = self._head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
        return start.startswith(_MARKUP)

    def _archive_type(self) -> str | None:
        names = _names_in_archive(self._tail)
        if names is None or any(name.lower().endswith(_MACROS) for name in names):
            return None
        if b"[Content_Types].xml" in names:
            return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)
        if b"META-INF/manifest.xml" in names:
            return self._open_document_type()
        return None

    def _open_document_type(self) -> str | None:
        # Its first part, not packed, says what it is (OpenDocument 1.3, part 2, 3.3).
        if self._head[30:38] != b"mimetype":
            return None
        (extra,) = struct.unpack_from("<H", self._head, 28)
        kind = self._head[38 + extra :]
        for name in _OPEN_DOCUMENT_KINDS:
            if kind.startswith(_OPEN_DOCUMENT + name + b"PK"):
                return (_OPEN_DOCUMENT + name).decode("ascii")
        return None


def picture_type(head: bytes) -> str | None:
    """The kind of picture that begins with ``head`` (at least 12 bytes of it); None: none that we take."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return None


def _names_in_archive(tail: bytes) -> frozenset[bytes] | None:
    """The names of the parts of a ZIP archive, out of the directory at its end; None when it has none in ``tail``."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(tail):
        return None
    count, size = struct.unpack_from("<HI", tail, end + 10)
    at = end - size
    names: set[bytes] = set()
    if at < 0:
        return None
    for _ in range(count):
        if at + 46 > end or tail[at : at + 4] != b"PK\x01\x02":
            return None
        name, extra, comment = struct.unpack_from("<HHH", tail, at + 28)
        names.add(tail[at + 46 : at + 46 + name])
        at += 46 + name + extra + comment
    return frozenset(names)
