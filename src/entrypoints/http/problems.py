"""The only place that knows which HTTP status an error becomes: problem details (RFC 9457) for every error there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from litestar.exceptions import HTTPException, ValidationException
from msgspec import UNSET, UnsetType

from entrypoints.http.fields import field_error, invalid
from entrypoints.http.refusals import ClientGone, HttpRefusal
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.password_hasher import HasherSaturated
from lms_app.ports.storage import StorageUnavailable
from lms_domain.accounts.lockout import TooManyTries
from lms_domain.errors import FieldError, InvalidInput, LmsError

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:lms:problem:"
INSTANCE_PREFIX = "urn:lms:request:"


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field. ``field`` is its path in the request, such as ``modules.0.title``."""

    field: str
    code: str
    message: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error. Rely on ``type``: it ends in a code that stays; ``detail`` is a sentence for people.

    ``instance`` names the one request that failed, as ``X-Request-ID`` does.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldProblem] | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same for all errors with one code."""

    status: int
    title: str
    headers: Mapping[str, str] = field(default_factory=dict)


_SOON = {"Retry-After": "2"}
_BEARER = {"WWW-Authenticate": "Bearer"}

KINDS: Mapping[str, Kind] = {
    "validation_error": Kind(400, "The request is not valid"),
    "malformed_json": Kind(400, "The body is not JSON"),
    "malformed_form": Kind(400, "The form cannot be read"),
    "bad_request": Kind(400, "The request is not valid"),
    "token_invalid": Kind(400, "The link is no longer valid"),
    "code_invalid": Kind(400, "The code is no longer valid"),
    "otp_invalid": Kind(400, "The code is not valid"),
    "content_type_unavailable": Kind(400, "This kind of content is added elsewhere"),
    "not_signed_in": Kind(401, "Not signed in", _BEARER),
    "invalid_credentials": Kind(401, "Wrong e-mail address or password", _BEARER),
    "otp_required": Kind(401, "A code of the second factor is required", _BEARER),
    "invalid_refresh_token": Kind(401, "The session has ended", _BEARER),
    "not_allowed": Kind(403, "Not allowed"),
    "password_change_required": Kind(403, "A new password is required"),
    "school_suspended": Kind(403, "The school is suspended"),
    "trial_expired": Kind(403, "The school's trial has ended"),
    "plan_limit": Kind(403, "The plan's limit is reached"),
    "step_up_required": Kind(403, "A new proof of who you are is required"),
    "second_factor_required": Kind(403, "A second factor is required"),
    "impersonating": Kind(403, "Not for visitors of the platform"),
    "origin_mismatch": Kind(403, "The request came from another site"),
    "not_found": Kind(404, "Not found"),
    "method_not_allowed": Kind(405, "Method not allowed"),
    "request_timeout": Kind(408, "The request took too long"),
    "conflict": Kind(409, "Not possible just now"),
    "already_joined": Kind(409, "The person has joined already"),
    "not_active": Kind(409, "The account is deactivated"),
    "not_on_trial": Kind(409, "The school is not on trial"),
    "trial_over": Kind(409, "The trial is over"),
    "school_closed": Kind(409, "The school is closed"),
    "no_administrator": Kind(409, "The school has no administrator"),
    "otp_already_confirmed": Kind(409, "A second factor is in force already"),
    "otp_not_begun": Kind(409, "No second factor was begun"),
    "otp_not_confirmed": Kind(409, "No second factor is in force"),
    "email_taken": Kind(409, "The e-mail address is taken"),
    "last_admin": Kind(409, "The last administrator"),
    "own_account": Kind(409, "Not to one's own account"),
    "group_name_taken": Kind(409, "The group's name is taken"),
    "import_undone": Kind(409, "The import was taken back already"),
    "undo_too_late": Kind(409, "The import is too old to be taken back"),
    "subdomain_taken": Kind(409, "The address is taken"),
    "course_title_taken": Kind(409, "The title is taken"),
    "course_empty": Kind(409, "The course is empty"),
    "already_submitted": Kind(409, "It is handed in already"),
    "attempt_open": Kind(409, "There is an open attempt"),
    "attempt_closed": Kind(409, "The attempt is over"),
    "quiz_not_open": Kind(409, "The quiz is not open"),
    "not_entered": Kind(409, "The visit has not begun"),
    "video_deleted": Kind(409, "The video is deleted"),
    "request_at_work": Kind(409, "The same request is at work", {"Retry-After": "1"}),
    "idempotency_key_reused": Kind(409, "The key was used for another request"),
    "not_deleted": Kind(409, "The course is not deleted"),
    "reminder_just_sent": Kind(409, "The reminder was sent just now"),
    "mail_not_failed": Kind(409, "The mail did not fail"),
    "mail_not_due": Kind(409, "The mail is not due"),
    "not_restorable": Kind(409, "The course cannot be restored any more"),
    "hostname_taken": Kind(409, "The host name is taken"),
    "too_many_domains": Kind(409, "The school has enough host names"),
    "domain_not_verified": Kind(409, "The host name is not proven yet"),
    "upload_incomplete": Kind(409, "The upload is not complete"),
    "step_running": Kind(409, "The step is at work"),
    "step_not_reached": Kind(409, "The step cannot run yet"),
    "not_processing": Kind(409, "Nothing is being processed"),
    "video_not_ready": Kind(409, "The video is not ready yet"),
    "not_watched_enough": Kind(409, "Not enough of the video was watched"),
    "already_decided": Kind(409, "Somebody else has decided it"),
    "already_graded": Kind(409, "It was graded already"),
    "not_submitted": Kind(409, "Nothing was handed in yet"),
    "is_quiz": Kind(409, "A quiz is answered, not handed in"),
    "quiz_empty": Kind(409, "The quiz has no question"),
    "attempt_not_begun": Kind(409, "No attempt was begun"),
    "already_passed": Kind(409, "The quiz is passed already"),
    "no_attempts_left": Kind(409, "No attempts are left"),
    "time_over": Kind(409, "The time is over"),
    "stale_version": Kind(412, "Somebody else was faster"),
    "too_large": Kind(413, "Too large"),
    "unsupported_media_type": Kind(415, "The body is of a kind that is not read here"),
    "range_not_satisfiable": Kind(416, "There are no such bytes"),
    "too_many_tries": Kind(429, "Too many tries"),
    "too_many_jobs": Kind(429, "Too many jobs at work", {"Retry-After": "15"}),
    "too_many_streams": Kind(429, "Too many open pages"),
    "internal_error": Kind(500, "Something went wrong"),
    "unavailable": Kind(503, "Not available just now", _SOON),
    "busy": Kind(503, "Busy", _SOON),
    "storage_unavailable": Kind(503, "The storage does not answer", _SOON),
    "queue_unavailable": Kind(503, "The queue does not answer", _SOON),
    "not_ready": Kind(503, "Not ready", _SOON),
}
"""By code. A code that is not here takes status and title of its class, see ``_kind_of``."""

_PORT_ERRORS: Mapping[type[Exception], tuple[str, str]] = {
    HasherSaturated: ("busy", "Too many people are signing in just now. Please try again in a moment."),
    StorageUnavailable: ("storage_unavailable", "The file storage does not answer. Please try again in a moment."),
    QueueUnavailable: ("queue_unavailable", "The queue does not answer. Please try again in a moment."),
}
_HTTP_CODES = {401: "not_signed_in", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_HTTP_DETAILS = {
    401: "Please sign in.",
    403: "This is not allowed.",
    404: "There is nothing here.",
    405: "This address does not know that method.",
    413: "The body is too large.",
}
_INTERNAL = "Something went wrong on our side. Please try again; if it stays so, tell us the request id."


@dataclass(frozen=True, slots=True)
class Answer:
    """A problem and the headers that go with it."""

    problem: Problem
    headers: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """The problem as JSON."""
        return msgspec.json.encode(self.problem)

    @property
    def code(self) -> str:
        """The stable part of the problem's type."""
        return self.problem.type.removeprefix(TYPE_PREFIX)


def answer_for(error: Exception, *, request_id: str) -> Answer:
    """What a client gets for ``error``. Of errors that nobody expected it gets nothing but the request's id."""
    if isinstance(error, LmsError):
        return _from_domain(error, request_id)
    if isinstance(error, ValidationException):
        return _from_domain(_from_parameters(error), request_id)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _from_framework(error, request_id)
    for known, (code, detail) in _PORT_ERRORS.items():
        if isinstance(error, known):
            return _answer(code, detail, request_id)
    if isinstance(error, RecursionError | UnicodeError | ClientGone):
        return _answer("bad_request", "This request cannot be read.", request_id)
    return _answer("internal_error", _INTERNAL, request_id)


def _from_domain(error: LmsError, request_id: str) -> Answer:
    headers = error.headers if isinstance(error, HttpRefusal) else {}
    if isinstance(error, TooManyTries):
        headers = {"Retry-After": str(error.wait_seconds)}
    return _answer(error.code, error.detail, request_id, errors=error.errors, headers=headers, kind=_kind_of(error))


def _kind_of(error: LmsError) -> Kind:
    """The kind of the error's own code, or that of the nearest class whose code we know."""
    codes = (error.code, *(getattr(cls, "code", "") for cls in type(error).__mro__))
    return next((KINDS[code] for code in codes if code in KINDS), KINDS["bad_request"])


def _from_framework(error: HTTPException, request_id: str) -> Answer:
    status = error.status_code
    code = _HTTP_CODES.get(status, "bad_request")
    detail = _HTTP_DETAILS.get(status, "This request cannot be read.")
    allow = (error.headers or {}).get("allow")
    return _answer(code, detail, request_id, headers={"Allow": _with_head(allow)} if allow else {})


def _with_head(allow: str) -> str:
    """Litestar's list of methods, in order, with HEAD where GET is (see ``site.py``)."""
    methods = set(allow.split(", "))
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def _from_parameters(error: ValidationException) -> InvalidInput:
    """What Litestar says about query parameters, headers and a body that is missing."""
    found = tuple(
        field_error(str(entry.get("message", "")), field=str(entry["key"]))
        for entry in (error.extra if isinstance(error.extra, list) else [])
        if isinstance(entry, dict) and entry.get("key") not in {None, "data"}
    )
    return invalid(found) if found else InvalidInput("A JSON body is required.")


def _answer(
    code: str,
    detail: str,
    request_id: str,
    *,
    errors: tuple[FieldError, ...] = (),
    headers: Mapping[str, str] | None = None,
    kind: Kind | None = None,
) -> Answer:
    kind = kind or KINDS[code]
    problem = Problem(
        type=TYPE_PREFIX + code,
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=INSTANCE_PREFIX + request_id,
        errors=[FieldProblem(field=e.field, code=e.code, message=e.message) for e in errors] or UNSET,
    )
    return Answer(problem, {**kind.headers, **(headers or {})})
