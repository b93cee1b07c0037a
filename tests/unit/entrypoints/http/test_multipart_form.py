"""Reading a form with one file while it arrives."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.http.multipart_form import FileForm, boundary_of
from entrypoints.http.refusals import ClientGone, UnsupportedMediaType
from lms_domain.errors import InvalidInput

BOUNDARY = "xYzZY"
CONTENT = bytes(range(256)) * 40 + b"\r\n--xYzZ not the boundary\r\n--" + b"\r\r\n\n"


def part(name: str, value: bytes, filename: str | None = None) -> bytes:
    disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename is not None else "")
    return f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + value + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()
TITLE = part("title", "Größe".encode())
FILE = part("file", CONTENT, "lesson.mp4")


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def read(data: bytes, size: int = 1000) -> tuple[str, bytes, dict[str, str]]:
    """File name, content and texts."""
    form = FileForm(pieces(data, size), boundary=BOUNDARY, text_names=frozenset({"title", "language"}))
    name = await form.filename()
    content = b"".join([chunk async for chunk in form.chunks()])
    return name, content, form.texts


async def test_fields_before_the_file() -> None:
    form = FileForm(pieces(TITLE + FILE + END, 10), boundary=BOUNDARY, text_names=frozenset({"title"}))
    assert await form.filename() == "lesson.mp4"
    assert form.texts == {"title": "Größe"}


async def test_fields_after_the_file() -> None:
    assert await read(FILE + TITLE + part("language", b"de") + END) == (
        "lesson.mp4",
        CONTENT,
        {"title": "Größe", "language": "de"},
    )


@given(st.integers(1, 400), st.booleans())
async def test_however_it_is_cut(size: int, title_first: bool) -> None:
    body = TITLE + FILE + END if title_first else FILE + TITLE + END
    assert await read(body, size) == ("lesson.mp4", CONTENT, {"title": "Größe"})


async def test_an_empty_file() -> None:
    assert await read(part("file", b"", "a.mp4") + END) == ("a.mp4", b"", {})


async def test_a_preamble_and_an_epilogue() -> None:
    name, content, _ = await read(b"hello\r\n" + FILE + END + b"\r\nbye")
    assert (name, content) == ("lesson.mp4", CONTENT)


@pytest.mark.parametrize("filename", ["../../etc/passwd", "a%0d%0ab.mp4", "ü.mp4", "", "a b.mp4", "-y.mp4"])
async def test_a_name_is_handed_on_as_it_came(filename: str) -> None:
    # What it may look like the use case decides; here it is text and nothing else.
    name, _, _ = await read(part("file", b"x", filename) + END)
    assert isinstance(name, str)


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (TITLE + END, "file", "required"),
        (END, "file", "required"),
        (FILE + FILE + END, "file", "duplicate"),
        (part("file", b"no file name") + END, "file", "wrong_type"),
        (TITLE + TITLE + FILE + END, "title", "invalid"),
        (FILE + TITLE + TITLE + END, "title", "invalid"),
        (part("title", b"x", "x.txt") + FILE + END, "title", "invalid"),
        (part("title", b"\xff\xfe") + FILE + END, "title", "invalid"),
        (part("title", b"x" * 1025) + FILE + END, "title", "too_long"),
        (FILE + part("title", b"x" * 1025) + END, "title", "too_long"),
        (part("tenant_id", b"1") + FILE + END, "tenant_id", "unknown_field"),
        (FILE + part("course_id", b"1") + END, "course_id", "unknown_field"),
        (part("", b"1") + FILE + END, "", "unknown_field"),
    ],
)
@pytest.mark.parametrize("size", [7, 100_000])
async def test_a_wrong_form(body: bytes, field: str, code: str, size: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        await read(body, size)
    assert [(e.field, e.code) for e in caught.value.errors] == ([(field, code)] if field else [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing of the kind",
        FILE,
        FILE[:200],
        TITLE[:10],
        FILE + TITLE,
        FILE + END[:-4],
        b"--xYzZY\r\nContent-Disposition: form-data",
        b"--xYzZY\r\nX: " + b"a" * 20_000 + b"\r\n\r\n" + END,
        b"--xYzZY\r\n" + b"X: a\r\n" * 100 + b"\r\n" + END,
        b"--xYzZY\r\n\r\nno disposition\r\n" + END,
        b"--xYzZY\r\nContent-Disposition: attachment\r\n\r\nx\r\n" + END,
        b"--xYzZY\n\n" + END,
        part("language", b"") * 20 + END,
        FILE + END + b"x" * 100_000,
        b"x" * 100_000 + FILE + END,
    ],
)
@pytest.mark.parametrize("size", [11, 5000])
async def test_a_broken_form(body: bytes, size: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        await read(body, size)
    assert caught.value.code in {"malformed_form", "validation_error"}


async def test_a_form_that_breaks_off_is_noticed_before_the_file_ends() -> None:
    form = FileForm(pieces(FILE, 100), boundary=BOUNDARY, text_names=frozenset())
    await form.filename()
    received = bytearray()

    async def receive() -> None:
        async for chunk in form.chunks():
            received.extend(chunk)

    with pytest.raises(InvalidInput):
        await receive()
    assert CONTENT.startswith(received)


async def test_what_the_connection_raises_passes_through() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield FILE[:300]
        raise ClientGone

    form = FileForm(broken(), boundary=BOUNDARY, text_names=frozenset())
    await form.filename()
    with pytest.raises(ClientGone):
        [chunk async for chunk in form.chunks()]


@given(st.binary(max_size=400), st.integers(1, 50))
async def test_garbage_is_never_anything_but_refused(garbage: bytes, size: int) -> None:
    with pytest.raises(InvalidInput):
        await read(b"--xYzZY\r\n" + garbage, size)


@pytest.mark.parametrize("header", ["multipart/form-data; boundary=abc", 'multipart/form-data; boundary="a b"'])
def test_a_boundary(header: str) -> None:
    assert boundary_of(header) in {"abc", "a b"}


@pytest.mark.parametrize(
    "header",
    ["multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={'x' * 71}",
     "multipart/form-data; boundary=ä"],
)  # fmt: skip
def test_no_boundary(header: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        boundary_of(header)
    assert caught.value.code == "malformed_form"


@pytest.mark.parametrize("header", ["", "application/json", "multipart/mixed; boundary=abc", "text/plain"])
def test_no_form(header: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        boundary_of(header)
