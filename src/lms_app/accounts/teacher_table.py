"""Tables of people as schools have them: what the columns are called, how the file is encoded, what a cell means."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from lms_domain.accounts.email import clean_email
from lms_domain.accounts.person import Profile
from lms_domain.accounts.roles import Role
from lms_domain.errors import FieldError, InvalidInput

MAX_ROWS = 2000
MAX_BYTES = 1024 * 1024

_NAMES = {
    "email": ("email", "emailaddress", "mail", "mailaddress", "emailadresse", "correo", "courriel"),
    "first_name": ("firstname", "givenname", "forename", "vorname", "prenom", "nombre"),
    "last_name": ("lastname", "surname", "familyname", "nachname", "nom", "apellido", "apellidos"),
    "role": ("role", "rolle"),
    "employee_id": ("employeeid", "employeenumber", "staffid", "staffnumber", "personalnummer"),
    "subjects": ("subjects", "subject", "facher"),
    "grades": ("grades", "grade", "classes", "class"),
    "department": ("department", "dept", "faculty", "abteilung"),
    "designation": ("designation", "jobtitle", "position", "title"),
    "date_of_joining": ("dateofjoining", "joiningdate", "joined", "startdate", "hiredate", "doj"),
    "groups": ("groups", "group", "teams", "team"),
}
_COLUMNS = {alias: field for field, aliases in _NAMES.items() for alias in aliases}
_REQUIRED = ("email", "first_name", "last_name")
_ROLES = {
    "": Role.TEACHER,
    "teacher": Role.TEACHER,
    "hod": Role.HOD,
    "headofdepartment": Role.HOD,
    "ibcoordinator": Role.IB_COORDINATOR,
}
_ADMINISTRATORS = {"schooladmin", "admin", "administrator", "superadmin"}
# Never 03/04/2024, which is a day in March or one in April.
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})", re.ASCII)
_DOTTED_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})", re.ASCII)
_UNQUOTED = tuple("=+-@")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its cells by field. ``number`` counts as spreadsheets do: the names of the columns are row 1."""

    number: int
    cells: dict[str, str]
    is_odd: bool
    """Whether it has more cells than there are columns: a separator stands inside one of them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of people. ``ignored_columns`` are those of which nobody knows what they are."""

    rows: tuple[TableRow, ...]
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """What a row says of somebody."""

    email: str
    first_name: str
    last_name: str
    role: Role
    profile: Profile
    groups: tuple[str, ...]


def decoded(data: bytes) -> str:
    """The text of a file as spreadsheets write them: UTF-8, with or without a mark at its beginning, or Windows-1252.

    Raises:
        InvalidInput: ``encoding``: neither of them.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidInput.for_field("file", "encoding", "Save the file as CSV in UTF-8.")


def read_table(text: str, *, name: str = "file") -> Table:
    """The rows of a table whose first line names the columns, separated by commas, semicolons or tabs. Empty rows are
    left out, but counted.

    Args:
        name: what the table is called in errors.

    Raises:
        InvalidInput: no such table: required columns are missing, a column comes twice, too many rows.
    """
    text = text.removeprefix("\ufeff")
    header = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=header.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        found = list(enumerate(lines, start=1))
    except csv.Error:
        raise InvalidInput.for_field(name, "invalid", "This is not a table: a cell of it never ends.") from None
    found = [(number, cells) for number, cells in found if any(cell.strip() for cell in cells)]
    if not found:
        raise InvalidInput.for_field(name, "empty", "This file is empty.")
    (_, names), rows = found[0], found[1:]
    fields = _fields(names, name)
    if len(rows) > MAX_ROWS:
        raise InvalidInput.for_field(name, "too_long", f"Import at most {MAX_ROWS} people at once.")
    return Table(
        rows=tuple(_row(number, cells, fields) for number, cells in rows),
        ignored_columns=tuple(
            each.strip()[:100] for each, field in zip(names, fields, strict=True) if not field and each.strip()
        ),
    )


def read_row(row: TableRow) -> tuple[TeacherRow | None, tuple[FieldError, ...]]:
    """What a row says of somebody, or everything that is wrong with it."""
    errors: list[FieldError] = []
    cells = row.cells
    if row.is_odd:
        errors.append(FieldError("", "too_many_cells", "This row has more cells than there are columns."))
    role = _ROLES.get(_plain(cells.get("role", "")))
    if role is None:
        errors.append(FieldError("role", "invalid", _about_role(cells["role"])))
    joined = _day(cells.get("date_of_joining", ""))
    if cells.get("date_of_joining") and joined is None:
        errors.append(FieldError("date_of_joining", "invalid", "A date is written like 2026-01-31."))
    try:
        email = clean_email(cells.get("email", ""))
    except InvalidInput as error:
        errors.extend(error.errors)
        email = ""
    if role is None or errors:
        return None, tuple(errors)
    profile = Profile(
        employee_id=cells.get("employee_id", ""),
        subjects=_several(cells.get("subjects", "")),
        grades=_several(cells.get("grades", "")),
        department=cells.get("department", ""),
        designation=cells.get("designation", ""),
        date_of_joining=joined,
    )
    groups = _several(cells.get("groups", ""))
    return TeacherRow(email, cells.get("first_name", ""), cells.get("last_name", ""), role, profile, groups), ()


def _fields(names: list[str], table: str) -> list[str]:
    """What each column is; empty for one that nobody knows. Raises InvalidInput."""
    fields = [_COLUMNS.get(_plain(name), "") for name in names]
    missing = tuple(
        FieldError(f"{table}.{field}", "required", f"There is no column “{field}”.")
        for field in _REQUIRED
        if field not in fields
    )
    if missing:
        raise InvalidInput("The first line must name the columns: email, first_name, last_name.", errors=missing)
    twice = next((field for field in fields if field and fields.count(field) > 1), None)
    if twice is not None:
        raise InvalidInput.for_field(f"{table}.{twice}", "duplicate", f"There are two columns “{twice}”.")
    return fields


def _row(number: int, cells: list[str], fields: list[str]) -> TableRow:
    named = {field: _cell(cell) for field, cell in zip(fields, cells, strict=False) if field}
    return TableRow(number, named, is_odd=any(cell.strip() for cell in cells[len(fields) :]))


def _cell(text: str) -> str:
    """Without the apostrophe by which our own files keep spreadsheets from computing a cell."""
    stripped = text.strip()
    return stripped[1:] if stripped.startswith("'") and stripped[1:].startswith(_UNQUOTED) else stripped


def _several(text: str) -> tuple[str, ...]:
    """Values in one cell, separated by ``|`` or ``;``."""
    return tuple(part.strip() for part in text.replace(";", "|").split("|") if part.strip())


def _day(text: str) -> date | None:
    found = _ISO_DAY.fullmatch(text) or _DOTTED_DAY.fullmatch(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def _about_role(text: str) -> str:
    if _plain(text) in _ADMINISTRATORS:
        return "Administrators are registered one by one, never by a file."
    return "Roles are TEACHER, HOD and IB_COORDINATOR."


def _plain(text: str) -> str:
    """Without differences of case, accents, spaces and signs."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())
