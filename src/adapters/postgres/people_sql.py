"""Who counts as what, each as one SQL expression for everything that asks."""

from sqlalchemy import ColumnElement, FromClause, Text, and_, cast, func, literal_column

from adapters.postgres.statements import fixed
from lms_domain.accounts.roles import Role


def is_learner(users: FromClause) -> ColumnElement[bool]:
    """Active, and of one of the roles that learn: every role of a school but one."""
    return and_(users.c.is_active, users.c.role != fixed(Role.SCHOOL_ADMIN))


def is_erased(users: FromClause) -> ColumnElement[bool]:
    """Whether everything personal of somebody is gone: `person.erased_email`."""
    erased = func.concat(literal_column("'erased-'"), cast(users.c.id, Text), literal_column("'@erased.invalid'"))
    return users.c.email_folded == erased
