"""From errors to problems: the one table of statuses."""

import ast
from http import HTTPStatus
from pathlib import Path

import msgspec
import pytest
from litestar.exceptions import (
    HTTPException,
    InternalServerException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)

from entrypoints.http.problems import KINDS, answer_for
from entrypoints.http.refusals import ClientGone, NotReady, RangeNotSatisfiable, RequestTimedOut, UnsupportedMediaType
from lms_app.courses.edit_course import StaleVersion
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.password_hasher import HasherSaturated
from lms_app.ports.storage import StorageUnavailable
from lms_domain.errors import (
    Conflict,
    FieldError,
    InvalidInput,
    LmsError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PlanLimitReached,
    TooLarge,
    Unavailable,
)

SRC = Path(__file__).parents[4] / "src"
ERRORS = {"Conflict", "InvalidInput", "NotAllowed", "NotFound", "NotSignedIn", "PlanLimitReached", "TooLarge"}


def codes_in_source() -> set[str]:
    """Every code that is given to an error of the family, or that a class of it has."""
    codes = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                codes |= {k.value.value for k in node.keywords if k.arg == "code" and isinstance(k.value, ast.Constant)}
    waiting = [LmsError]
    while waiting:
        waiting += (kind := waiting.pop()).__subclasses__()
        codes.add(kind.code)
    return codes - {"error"}


def test_every_code_that_the_source_knows_has_a_kind() -> None:
    assert codes_in_source() - set(KINDS) == set()


def test_no_kind_is_odd() -> None:
    for code, kind in KINDS.items():
        assert 400 <= HTTPStatus(kind.status) < 600
        assert kind.status != HTTPStatus.UNPROCESSABLE_ENTITY
        assert code.replace("_", "").isalpha()
        assert kind.title
        assert not kind.title.endswith(".")
        assert ("WWW-Authenticate" in kind.headers) == (kind.status == HTTPStatus.UNAUTHORIZED)
        assert "Retry-After" in kind.headers or kind.status != HTTPStatus.SERVICE_UNAVAILABLE


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InvalidInput("no"), 400, "validation_error"),
        (NotSignedIn("no"), 401, "not_signed_in"),
        (NotSignedIn("no", code="invalid_credentials"), 401, "invalid_credentials"),
        (NotAllowed("no"), 403, "not_allowed"),
        (NotAllowed("no", code="school_suspended"), 403, "school_suspended"),
        (NotAllowed("no", code="trial_expired"), 403, "trial_expired"),
        (NotAllowed("no", code="password_change_required"), 403, "password_change_required"),
        (PlanLimitReached("no"), 403, "plan_limit"),
        (NotFound("no"), 404, "not_found"),
        (Conflict("no"), 409, "conflict"),
        (Conflict("no", code="course_empty"), 409, "course_empty"),
        (StaleVersion("no"), 412, "stale_version"),
        (TooLarge("no"), 413, "too_large"),
        (UnsupportedMediaType("no"), 415, "unsupported_media_type"),
        (RequestTimedOut("no"), 408, "request_timeout"),
        (RangeNotSatisfiable(7), 416, "range_not_satisfiable"),
        (Unavailable("no"), 503, "unavailable"),
        (NotReady("no"), 503, "not_ready"),
        (HasherSaturated("no"), 503, "busy"),
        (StorageUnavailable("no"), 503, "storage_unavailable"),
        (QueueUnavailable("no"), 503, "queue_unavailable"),
        (NotFoundException(), 404, "not_found"),
        (MethodNotAllowedException(), 405, "method_not_allowed"),
        (HTTPException(status_code=413), 413, "too_large"),
        (HTTPException(status_code=422), 400, "bad_request"),
        (ValidationException(), 400, "validation_error"),
        (RecursionError(), 400, "bad_request"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), 400, "bad_request"),
        (ClientGone(), 400, "bad_request"),
        (InternalServerException("secret"), 500, "internal_error"),
        (RuntimeError("secret"), 500, "internal_error"),
    ],
)
def test_status_and_code(error: Exception, status: int, code: str) -> None:
    answer = answer_for(error, request_id="abcdefgh")
    assert (answer.problem.status, answer.code) == (status, code)
    assert answer.problem.title == KINDS[code].title
    assert answer.problem.instance == "urn:lms:request:abcdefgh"


def test_a_code_that_nobody_knows_takes_the_kind_of_its_class() -> None:
    answer = answer_for(Conflict("no", code="something_new"), request_id="abcdefgh")
    assert (answer.problem.status, answer.code, answer.problem.title) == (
        409,
        "something_new",
        KINDS["conflict"].title,
    )


def test_an_unexpected_error_says_nothing_of_itself() -> None:
    answer = answer_for(RuntimeError("select * from secret"), request_id="abcdefgh")
    assert b"secret" not in answer.body
    assert b"RuntimeError" not in answer.body


def test_fields_are_named() -> None:
    error = InvalidInput("no", errors=(FieldError("modules.0.title", "too_long", "Too long."),))
    assert msgspec.json.decode(answer_for(error, request_id="abcdefgh").body)["errors"] == [
        {"field": "modules.0.title", "code": "too_long", "message": "Too long."}
    ]


def test_without_fields_there_is_no_empty_list() -> None:
    assert "errors" not in msgspec.json.decode(answer_for(NotFound("no"), request_id="abcdefgh").body)


def test_a_wrong_method_says_which_are_right() -> None:
    error = MethodNotAllowedException(headers={"allow": "POST, GET, OPTIONS"})
    assert answer_for(error, request_id="abcdefgh").headers == {"Allow": "GET, HEAD, OPTIONS, POST"}


def test_an_unsatisfiable_range_says_the_size() -> None:
    assert answer_for(RangeNotSatisfiable(7), request_id="abcdefgh").headers == {"Content-Range": "bytes */7"}


def test_all_wrong_parameters_are_named() -> None:
    error = ValidationException(
        extra=[
            {"key": "page", "message": "Expected `int`, got `str`", "source": "query"},
            {"key": "page_size", "message": "Expected `int` <= 100", "source": "query"},
        ]
    )
    problem = answer_for(error, request_id="abcdefgh").problem
    assert isinstance(problem.errors, list)
    assert [(e.field, e.code) for e in problem.errors] == [("page", "wrong_type"), ("page_size", "out_of_range")]
