"""Reading one uploaded file out of a form while it arrives, in flat memory."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from multipart import (  # type: ignore[import-untyped]  # it comes without types; only what is below meets it
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from entrypoints.http.fields import invalid
from entrypoints.http.refusals import UnsupportedMediaType
from lms_domain.errors import FieldError, InvalidInput

FILE = "file"
_MAX_FIELD_BYTES = 1024
_MAX_PARTS = 16
_MAX_OUTSIDE_BYTES = 16 * 1024
"""How much may stand before the first part and after the last one, where browsers send nothing at all."""


def boundary_of(content_type: str) -> str:
    """The boundary that a ``Content-Type`` header announces.

    Raises:
        UnsupportedMediaType: this is no form with files.
        InvalidInput: ``malformed_form``: there is no usable boundary.
    """
    kind, options = parse_options_header(content_type)
    if kind != "multipart/form-data":
        raise UnsupportedMediaType("Send a form: Content-Type: multipart/form-data.")
    boundary: str = options.get("boundary", "")
    # RFC 2046, 5.1.1.
    if not 1 <= len(boundary) <= 70 or not boundary.isascii() or not boundary.isprintable():
        raise _malformed("The form's boundary is missing or odd.")
    return boundary


@dataclass(frozen=True, slots=True)
class _Part:
    """The beginning of a part."""

    name: str
    filename: str | None


class FileForm:
    """A form with one file and a few short texts, before or after it.

    Use ``filename`` first, then read ``chunks`` to its end; only then ``texts`` is complete.

    Args:
        file_name: the name of the part that is the file.
    """

    def __init__(
        self, body: AsyncIterator[bytes], *, boundary: str, text_names: frozenset[str], file_name: str = FILE
    ) -> None:
        self._events = _events(body, boundary)
        self._text_names = text_names
        self._file_name = file_name
        self._has_file = False
        self.texts: dict[str, str] = {}
        """What stood in the form so far, by name."""

    async def filename(self) -> str:
        """Read up to the file and say what it is called.

        Raises:
            InvalidInput: a broken form (``malformed_form``), or one without a file.
        """
        filename = await self.find_file()
        if filename is None:
            raise invalid((FieldError(self._file_name, "required", "There is no file in this form."),))
        return filename

    async def find_file(self) -> str | None:
        """The same for a form that may come without a file: then None, and ``texts`` is complete.

        Raises:
            InvalidInput: a broken form.
        """
        async for event in self._events:
            if isinstance(event, _Part):
                if event.name == self._file_name:
                    return self._begin_file(event)
                await self._read_text(event)
        return None

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's bytes. They end only when the whole form has been read, so a form that breaks off is no file.

        Raises:
            InvalidInput: a broken form.
        """
        async for event in self._events:
            if event is None:
                break
            if isinstance(event, bytes):
                yield event
        async for event in self._events:
            if isinstance(event, _Part):
                if event.name == self._file_name:
                    raise invalid((FieldError(self._file_name, "duplicate", "Send one file per form."),))
                await self._read_text(event)

    def _begin_file(self, part: _Part) -> str:
        if part.filename is None:
            raise invalid((FieldError(self._file_name, "wrong_type", "This must be a file, with a file name."),))
        return part.filename

    async def _read_text(self, part: _Part) -> None:
        name = part.name
        if name not in self._text_names:
            shown = "".join(c for c in name if c.isprintable())[:100]
            raise invalid((FieldError(shown, "unknown_field", "There is no such field."),))
        if name in self.texts or part.filename is not None:
            raise invalid((FieldError(name, "invalid", "This must be one short text."),))
        value = b""
        async for event in self._events:
            if not isinstance(event, bytes):
                break
            value += event
            if len(value) > _MAX_FIELD_BYTES:
                raise invalid((FieldError(name, "too_long", f"Use at most {_MAX_FIELD_BYTES} bytes."),))
        try:
            self.texts[name] = value.decode("utf-8")
        except UnicodeDecodeError:
            raise invalid((FieldError(name, "invalid", "This is not text in UTF-8."),)) from None


async def _events(body: AsyncIterator[bytes], boundary: str) -> AsyncGenerator[_Part | bytes | None, None]:
    parser = PushMultipartParser(boundary, max_segment_count=_MAX_PARTS)
    outside = 0
    try:
        async for chunk in body:
            is_inside = False
            for event in parser.parse(chunk):
                is_inside = True
                yield _Part(event.name, event.filename) if isinstance(event, MultipartSegment) else event
            outside = 0 if is_inside else outside + len(chunk)
            if outside > _MAX_OUTSIDE_BYTES:
                raise _malformed("There is too much around the form's parts.")
        parser.close()
    except MultipartError as error:
        raise _malformed("The form is broken, or it broke off.") from error


def _malformed(detail: str) -> InvalidInput:
    return InvalidInput(detail, code="malformed_form")
