"""CSV that no spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_app.csv_text import csv_cell, csv_lines


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t1",
        "\r1",
        "\n1",
        "  =1",
        "＝1",
        "=cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
    ],
)
def test_what_a_spreadsheet_would_compute_is_text(formula: str) -> None:
    assert csv_cell(formula) == f"'{formula}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (-3, "-3"),
        (0.5, "0.5"),
        ("plain = fine", "plain = fine"),
        (["a", "=b"], '["a","=b"]'),
        ({"a": None}, '{"a":null}'),
        ("Ελληνικά", "Ελληνικά"),
    ],
)
def test_other_values(value: object, cell: str) -> None:
    assert csv_cell(value) == cell


@pytest.mark.parametrize("text", ["Tom;=1+1", "Tom; +1", 'Tom;"=1', "Tom\n=1", "Tom\r\n@A1", "Tom\t-1", ["a;=b"]])
def test_no_formula_hides_behind_the_separator_of_another_country(text: object) -> None:
    for separator in ";\t":
        lines = csv.reader(io.StringIO(csv_lines([["a", text]]).decode(), newline=""), delimiter=separator)
        assert not [cell for line in lines for cell in line if cell.lstrip(' "').startswith(("=", "+", "-", "@"))]


@settings(max_examples=60)
@given(st.lists(st.text('a;,="\n\t -@', max_size=8), min_size=1, max_size=3), st.sampled_from(",;\t"))
def test_whatever_separates_no_cell_is_computed(row: list[str], separator: str) -> None:
    for line in csv.reader(io.StringIO(csv_lines([row]).decode(), newline=""), delimiter=separator):
        assert not [cell for cell in line if cell.lstrip(" ").startswith(("=", "+", "-", "@"))]


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=3),
        max_size=4,
    )
)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_lines(rows).decode(), newline="")))
    assert read == [[csv_cell(value) for value in row] for row in rows]
