"""The one place that knows what PostgreSQL's and asyncpg's errors mean to the rest of the program."""

from typing import NoReturn

import asyncpg

from lms_app.ports.repositories import Taken
from lms_domain.errors import InvalidInput, NotFound, Unavailable

FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""Everything that asking the database can raise. Cancellation is not among them."""

TAKEN = {
    "uq_tenants_subdomain": "subdomain",
    "uq_tenant_domains_hostname": "hostname",
    "uq_tenant_domains_tenant_id_hostname": "hostname",
    "uq_users_tenant_id_email_folded": "email",
    "uq_platform_users_email_folded": "email",
    "uq_teacher_groups_tenant_id_name_folded": "group_name",
    "uq_courses_title": "course_title",
    "uq_courses_slug": "course_slug",
    "uq_assignments_generated": "generated_assignment",
    "uq_submissions_tenant_id_assignment_id_user_id": "submission",
    "uq_quizzes_tenant_id_assignment_id_version": "quiz_version",
    "uq_quizzes_draft": "quiz_draft",
    "uq_quizzes_published": "quiz_published",
    "uq_quiz_attempts_tenant_id_quiz_id_user_id_number": "quiz_attempt",
    "uq_quiz_attempts_open": "quiz_attempt",
}
"""What people are told of, by the name of the constraint or unique index."""

_UNAVAILABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,  # the connection is gone; asyncpg has no narrower word for it
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shut down, starting up, statement timeout
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InvalidCachedStatementError,  # a migration changed a table under a prepared statement: once per connection
)

_UNFIT = (
    asyncpg.DataError,  # NUL in text, a number or a date out of range
    asyncpg.ProgramLimitExceededError,  # text that does not fit into an index
)


def translate(error: Exception) -> Exception | None:
    """What ``error`` means to the rest of the program; None: nothing that we expect, so it goes on as it is."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return Taken(TAKEN.get(error.constraint_name or "", "other"))
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return NotFound("Something that this belongs to does not exist (any more).")
    # asyncpg refuses a value that it cannot encode with an InterfaceError that is a ValueError too.
    if isinstance(error, _UNFIT) or (isinstance(error, asyncpg.InterfaceError) and isinstance(error, ValueError)):
        return InvalidInput("A value is too long, out of range or has characters that cannot be stored.")
    if isinstance(error, _UNAVAILABLE):
        return Unavailable("The database does not answer just now. Please try again in a moment.")
    return None


def reraise(error: Exception) -> NoReturn:
    """Raise what ``error`` means, with it as the cause; or ``error`` itself."""
    meaning = translate(error)
    if meaning is None:
        raise error
    raise meaning from error
