"""Tables of people as schools have them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_app.accounts.teacher_table import MAX_ROWS, decoded, read_row, read_table
from lms_app.csv_text import csv_lines
from lms_domain.accounts.roles import Role
from lms_domain.errors import InvalidInput


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_as_spreadsheets_write_them(encoding: str, separator: str, end: str) -> None:
    lines = [["E-Mail", "Vorname", "Nachname"], ["zoë@x.test", "Zoë", "Ångström"], [], ["b@x.test", "B", "C"]]
    data = end.join(separator.join(line) for line in lines).encode(encoding)
    table = read_table(decoded(data))
    assert [(row.number, row.cells["email"]) for row in table.rows] == [(2, "zoë@x.test"), (4, "b@x.test")]
    assert table.rows[0].cells == {"email": "zoë@x.test", "first_name": "Zoë", "last_name": "Ångström"}


@pytest.mark.parametrize("name", ["First Name", "first_name", "FIRSTNAME", " given name ", "Prénom", "\ufeffVorname"])
def test_a_column_has_many_names(name: str) -> None:
    table = read_table(f"{name},surname,Mail Address,Shoe size,\nA,B,c@d.test,38,\n")
    assert table.rows[0].cells["first_name"] == "A"
    assert table.ignored_columns == ("Shoe size",)
    assert not table.rows[0].is_odd


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        ("", "file", "empty"),
        (" \n,,\n", "file", "empty"),
        ("a,b\n1,2\n", "file.email", "required"),
        ("email,first_name,last_name,mail\n", "file.email", "duplicate"),
        ("email,first_name,last_name\n" + "a,b,c\n" * (MAX_ROWS + 1), "file", "too_long"),
        ('email,first_name,last_name\n"' + "a" * 200_000, "file", "invalid"),
    ],
)
def test_what_is_no_table(text: str, field: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_table(text)
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == (field, code)


@pytest.mark.parametrize("data", [b"\x81", b"a\0b", "email".encode("utf-16")])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        decoded(data)
    assert refused.value.errors[0].code == "encoding"


def test_the_largest_table_is_read() -> None:
    assert len(read_table("email,first_name,last_name\n" + "a@b.test,b,c\n" * MAX_ROWS).rows) == MAX_ROWS


def row_of(**cells: str) -> tuple[object, list[tuple[str, str]]]:
    given = {"email": "a@b.test", "first_name": "A", "last_name": "B", **cells}
    table = read_table("\t".join(given) + "\n" + "\t".join(given.values()) + "\n")
    said, errors = read_row(table.rows[0])
    return said, [(error.field, error.code) for error in errors]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("", Role.TEACHER),
        ("Teacher", Role.TEACHER),
        ("Head of Department", Role.HOD),
        ("hod", Role.HOD),
        ("ib_coordinator", Role.IB_COORDINATOR),
        ("School Admin", None),
        ("SUPER_ADMIN", None),
        ("janitor", None),
    ],
)
def test_roles(written: str, role: Role | None) -> None:
    said, errors = row_of(role=written)
    assert getattr(said, "role", None) is role
    assert errors == ([] if role else [("role", "invalid")])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024/3/4", date(2024, 3, 4)),
        ("4.3.2024", date(2024, 3, 4)),
        ("", None),
        ("03/04/2024", "error"),
        ("2023-02-29", "error"),
        ("soon", "error"),
    ],
)
def test_days(written: str, day: date | str | None) -> None:
    said, errors = row_of(**{"joining date": written})
    if day == "error":
        assert errors == [("date_of_joining", "invalid")]
    else:
        assert said.profile.date_of_joining == day  # type: ignore[attr-defined]  # else the row is refused


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said, errors = row_of(email="nobody", role="king", doj="never")
    assert said is None
    assert errors == [("role", "invalid"), ("date_of_joining", "invalid"), ("email", "invalid")]


def test_several_values_in_one_cell() -> None:
    said, _ = row_of(subjects="Physics|Chemistry ; Art", groups="A|B", grades="")
    assert said.profile.subjects == ("Physics", "Chemistry", "Art")  # type: ignore[attr-defined]  # it is fit
    assert (said.groups, said.profile.grades) == (("A", "B"), ())  # type: ignore[attr-defined]  # the same


_CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_what_we_write_we_read(rows: list[tuple[str, str, str]]) -> None:
    """Our own files keep spreadsheets from computing a cell; reading them again takes that off."""
    # An apostrophe of somebody's own before a sign cannot be told from ours, nor one inside, behind a separator.
    if any(
        cell.startswith("'") or cell[0] in "\uff1d\uff0b\uff0d\uff20" or ";" in cell for row in rows for cell in row
    ):
        return
    data = csv_lines([("email", "first_name", "last_name"), *rows])
    assert [tuple(row.cells.values()) for row in read_table(decoded(data)).rows] == rows


@given(st.text(max_size=200), st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_nothing_breaks_it(text: str, data: bytes) -> None:
    for content in (text, f"email,first_name,last_name\n{text}", data):
        try:
            table = read_table(content if isinstance(content, str) else decoded(content))
        except InvalidInput:
            continue
        for row in table.rows:
            said, errors = read_row(row)
            assert (said is None) == bool(errors)
