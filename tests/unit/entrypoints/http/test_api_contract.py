"""The OpenAPI document against the contract, both ways: nothing due is missing, and nothing is there without a row."""

from typing import Any

import pytest
from _pytest.mark import ParameterSet

from tests.unit.entrypoints.http.committed_document import DOCUMENT
from tests.unit.entrypoints.http.contract import ANYBODY, NOT_YET, ROWS, Row

Json = dict[str, Any]

OPERATIONS: dict[tuple[str, str], Json] = {
    (method.upper(), path): operation for path, item in DOCUMENT["paths"].items() for method, operation in item.items()
}

DUE = [row for row in ROWS if row.operation_id not in NOT_YET]
BY_ID = {row.operation_id: row for row in ROWS}
PAGE = {"count", "next", "previous", "results"}
CURSORED = {"next", "previous", "results"}


def schema_of(piece: Json) -> Json:
    """A schema itself, wherever it stands; of what may be null, that of what else it may be."""
    while True:
        if "$ref" in piece:
            piece = DOCUMENT["components"]["schemas"][piece["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in piece:
            found = [choice for choice in piece["anyOf"] if choice.get("type") != "null"]
            if len(found) != 1:
                return piece
            piece = found[0]
        else:
            return piece


def field_of(schema: Json, path: str) -> Json | None:
    """The schema of ``a.b`` or ``a[].b`` below ``schema``, when it is always there."""
    for step in path.split("."):
        name = step.removesuffix("[]")
        schema = schema_of(schema)
        if name not in schema.get("required", ()):
            return None
        schema = schema_of(schema["properties"][name])
        if step.endswith("[]"):
            assert schema["type"] == "array", path
            schema = schema["items"]
    return schema


def answer_of(operation: Json, status: int) -> Json | None:
    """The schema of what an operation answers with."""
    content = operation["responses"][str(status)].get("content", {})
    return content["application/json"]["schema"] if "application/json" in content else None


def named(rows: list[Row]) -> list[ParameterSet]:
    return [pytest.param(row, id=row.operation_id) for row in rows]


def test_rows_and_operations_are_the_same() -> None:
    due = {(row.method, row.path): row.operation_id for row in DUE}
    there = {key: operation["operationId"] for key, operation in OPERATIONS.items()}
    assert there == due


def test_what_is_not_due_has_a_row_and_is_not_there() -> None:
    assert set(NOT_YET) <= set(BY_ID)
    assert {(row.method, row.path) for row in ROWS if row.operation_id in NOT_YET} & set(OPERATIONS) == set()


def test_no_row_stands_twice() -> None:
    assert len({row.operation_id for row in ROWS}) == len({(row.method, row.path) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", named(DUE))
def test_an_operation_answers_as_its_row_says(row: Row) -> None:
    operation = OPERATIONS[row.method, row.path]
    assert operation["security"] == ([] if row.roles == ANYBODY else [{"bearer": []}])
    expected = {str(row.status)} | ({"202"} if row.is_file_too else set())
    assert {status for status in operation["responses"] if status[0] in "23"} - {"304"} == expected
    if row.is_file_too:
        assert {"text/csv", "application/pdf"} <= set(operation["responses"]["200"]["content"])
    answer = answer_of(operation, row.status)
    if row.status == 204:
        assert "content" not in operation["responses"]["204"]
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    assert set(row.parameters.split()) <= parameters
    if row.is_list:
        assert answer is not None
        page = schema_of(answer)
        assert set(page["properties"]) >= (CURSORED if row.is_cursored else PAGE)
        answer = page["properties"]["results"]["items"]
    if row.fields:
        assert answer is not None
        missing = [field for field in row.fields.split() if field_of(answer, field) is None]
        assert missing == []


@pytest.mark.parametrize("row", named([row for row in DUE if row.body]))
def test_a_body_is_read_as_its_row_says(row: Row) -> None:
    body = schema_of(OPERATIONS[row.method, row.path]["requestBody"]["content"]["application/json"]["schema"])
    assert set(row.body.split()) <= set(body["properties"])
    assert set(body.get("required", ())) == set(row.required.split())


@pytest.mark.parametrize("row", named([row for row in DUE if row.is_list]))
def test_every_list_has_pages(row: Row) -> None:
    parameters = {p["name"]: p["schema"] for p in OPERATIONS[row.method, row.path]["parameters"] if p["in"] == "query"}
    assert parameters["page_size"] | {"type": "integer"} == {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
        "default": 20,
    }
    if not row.is_cursored:
        assert parameters["page"]["minimum"] == parameters["page"]["default"] == 1


def test_what_looks_like_a_list_is_one() -> None:
    """Whoever answers with a page has said so in the contract."""
    for (method, path), operation in OPERATIONS.items():
        if method == "GET":
            answer = answer_of(operation, BY_ID[operation["operationId"]].status)
            fields = set(schema_of(answer).get("properties", {})) if answer else set()
            assert ("results" in fields) == BY_ID[operation["operationId"]].is_list, path


def test_what_pages_poll_is_tagged() -> None:
    tagged = {operation["operationId"] for operation in OPERATIONS.values() if "304" in operation["responses"]}
    assert tagged >= {"getVideoStatus", "getJob", "countUnread", "getTeacherCourse"}
    for operation in OPERATIONS.values():
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert ("If-None-Match" in names) == ("304" in operation["responses"])
        if "304" in operation["responses"]:
            assert "ETag" in operation["responses"]["200"]["headers"]
            assert "content" not in operation["responses"]["304"]


def test_a_job_says_where_it_is() -> None:
    job = DOCUMENT["components"]["schemas"]["Job"]
    for (method, path), operation in OPERATIONS.items():
        answer = answer_of(operation, 202) if "202" in operation["responses"] else None
        if answer is not None and schema_of(answer) == job:
            assert "Location" in operation["responses"]["202"].get("headers", {}), (method, path)
