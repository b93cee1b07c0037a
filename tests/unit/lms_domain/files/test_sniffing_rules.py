"""What a file is, its bytes say."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.files.sniffing import PICTURE_TYPES, FileInspector

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


def archive(*parts: tuple[str, bytes], comment: bytes = b"") -> bytes:
    """A ZIP archive; the part ``mimetype`` is not packed, as OpenDocument wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts:
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(zipfile.ZipInfo(name), data, compress_type=method)
        packed.comment = comment
    return out.getvalue()


def office(*names: str, comment: bytes = b"") -> bytes:
    return archive(*((name, b"<x/>" * 500) for name in ("[Content_Types].xml", *names)), comment=comment)


def open_document(kind: str) -> bytes:
    return archive(("mimetype", kind.encode()), ("META-INF/manifest.xml", b"<x/>"), ("content.xml", b"<x/>"))


def media_type(data: bytes, piece: int = 1000) -> str | None:
    inspector = FileInspector()
    for at in range(0, len(data), piece):
        inspector.feed(data[at : at + piece])
    assert inspector.size == len(data)
    return inspector.media_type()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        ("Grüße, 你好 👋\r\n\tseite\f2".encode(), "text/plain"),
        (b"\xef\xbb\xbfwith a mark", "text/plain"),
        (office("word/document.xml"), f"{OOXML}wordprocessingml.document"),
        (office("ppt/presentation.xml"), f"{OOXML}presentationml.presentation"),
        (office("xl/workbook.xml", comment=b"hello"), f"{OOXML}spreadsheetml.sheet"),
        (open_document(f"{ODF}text"), f"{ODF}text"),
        (open_document(f"{ODF}presentation"), f"{ODF}presentation"),
        (open_document(f"{ODF}spreadsheet"), f"{ODF}spreadsheet"),
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 5000])
def test_kinds_that_are_known(data: bytes, expected: str, piece: int) -> None:
    assert media_type(data, piece) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"  \n<?xml version='1.0'?><svg/>",
        b"\xef\xbb\xbf<!DOCTYPE html><script>x()</script>",
        b"<HTML><body>",
        b"<script>x()</script>",
        b"{\\rtf1 hello",
        b"%!PS-Adobe-3.0",
        b"MZ\x90\x00program",
        b"\x7fELF",
        b"GIF89a\x01\x00",
        b"text and \x00 a NUL",
        b"latin-1: \xe9t\xe9",
        b"cut in a letter \xc3",
        b"\x1b[31mterminal",
        b"PK\x03\x04 no archive",
        archive(("a.txt", b"hello")),
        office("word/document.xml", "word/vbaProject.bin"),
        office("something/else.xml"),
        open_document(f"{ODF}text-template"),
        open_document("text/html"),
        archive(("META-INF/manifest.xml", b"<x/>"), ("mimetype", f"{ODF}text".encode())),
        office("word/document.xml")[:-30],
    ],
)
def test_what_is_of_no_kind(data: bytes) -> None:
    assert media_type(data) is None


def test_what_can_become_nothing_is_known_early() -> None:
    inspector = FileInspector()
    inspector.feed(b"MZ\x90\x00" * 300)
    assert not inspector.is_promising
    promising = FileInspector()
    promising.feed(b"plain so far")
    assert promising.is_promising


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18, b"%PDF-"]))
def test_whatever_comes_it_is_some_kind_or_none(data: bytes, start: bytes) -> None:
    # A picture begins with its few bytes, whatever follows: whether it is one shows when it is made anew.
    assert media_type(start + data) in {None, "application/pdf", "text/plain", *PICTURE_TYPES}
    assert media_type(b"PK\x03\x04" + data + b"PK\x05\x06" + data[:20]) is None
