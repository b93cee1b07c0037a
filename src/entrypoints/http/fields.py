"""From msgspec's words to what our clients get: which field, a stable code, a sentence for people."""

import re

import msgspec

from lms_domain.errors import FieldError, InvalidInput

_WHERE = re.compile(r" - at (?:`key` in )?`\$(?P<path>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
_LENGTH = re.compile(r"Expected `(?P<kind>\w+)` of length (?P<sign><=|>=) (?P<limit>\d+)")
_RANGE = re.compile(r"Expected `(?:int|float)` (?P<sign><=|>=|<|>) (?P<limit>-?[\d.e+]+)")
_TYPE = re.compile(r"Expected `(?P<kinds>[^`]+)`, got `\w+`")
_STEP = re.compile(r"\[(\d+)\]")

_KIND_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
    "uuid": "an id",
    "date": "a date such as 2026-01-31",
    "datetime": "an instant such as 2026-01-31T08:00:00Z",
}
_BEGINNINGS = (
    ("Number out of range", "out_of_range", "This number is out of range."),
    ("Integer value out of range", "out_of_range", "This number is out of range."),
    ("Expected `str` matching regex", "invalid", "This has characters that are not allowed here."),
    ("Invalid enum value", "invalid", "This is not one of the known values."),
    ("Invalid UUID", "invalid", "This is not an id."),
    ("Invalid RFC3339 encoded date", "invalid", "A date is written like 2026-01-31."),
)


def field_error(message: str, *, field: str | None = None) -> FieldError:
    """What msgspec said about one value.

    Args:
        message: msgspec's text, with or without its ``at `$.path` `` at the end.
        field: the name of the field, where the text does not say it.
    """
    where = _WHERE.search(message)
    path = field_path(where["path"]) if where else ""
    if field is not None:
        path = f"{field}.{path}" if path else field
    text = message[: where.start()] if where else message
    for pattern, code in ((_MISSING, "required"), (_UNKNOWN, "unknown_field")):
        if found := pattern.fullmatch(text):
            # The name comes from the client: what is shown of it is short and printable.
            name = "".join(c for c in found["name"] if c.isprintable())[:100]
            sentence = "This is required." if code == "required" else "There is no such field."
            return FieldError(f"{path}.{name}" if path else name, code, sentence)
    code, sentence = _code_and_sentence(text)
    return FieldError(path, code, sentence)


def invalid_body(error: Exception) -> InvalidInput:
    """The error about a JSON body that msgspec could not turn into what was asked for."""
    if not isinstance(error, msgspec.ValidationError):
        return InvalidInput("The body is not valid JSON in UTF-8.", code="malformed_json")
    return invalid((field_error(str(error)),))


def invalid(errors: tuple[FieldError, ...]) -> InvalidInput:
    """One error about all of ``errors``."""
    first = errors[0]
    detail = f"{first.field}: {first.message}" if first.field else first.message
    return InvalidInput(detail, errors=tuple(error for error in errors if error.field))


def field_path(raw: str) -> str:
    """``.a.b[0]`` as ``a.b.0``."""
    return _STEP.sub(r".\1", raw).replace("[...]", "").lstrip(".")


def _code_and_sentence(text: str) -> tuple[str, str]:
    if found := _LENGTH.match(text):
        return _length(found["kind"], found["sign"], int(found["limit"]))
    if found := _RANGE.match(text):
        word = "at most" if found["sign"].startswith("<") else "at least"
        return "out_of_range", f"This must be {word} {found['limit']}."
    if found := _TYPE.match(text):
        kinds = [_KIND_WORDS.get(kind, kind) for kind in found["kinds"].split(" | ") if kind != "null"]
        return "wrong_type", f"This must be {' or '.join(kinds)}."
    return next(
        ((code, sentence) for start, code, sentence in _BEGINNINGS if text.startswith(start)),
        ("invalid", "This is not valid here."),
    )


def _length(kind: str, sign: str, limit: int) -> tuple[str, str]:
    unit = "characters" if kind == "str" else "entries"
    if sign == "<=":
        return "too_long", f"Use at most {limit} {unit}."
    if limit == 1:
        return "required", "This cannot be empty."
    return "too_short", f"Use at least {limit} {unit}."
