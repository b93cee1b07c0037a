"""Who counts as a learner, as one SQL expression for everything that asks."""

from sqlalchemy import ColumnElement, FromClause, and_

from adapters.postgres.statements import fixed
from lms_domain.accounts.roles import Role


def is_learner(users: FromClause) -> ColumnElement[bool]:
    """Active, and of one of the roles that learn: every role of a school but one."""
    return and_(users.c.is_active, users.c.role != fixed(Role.SCHOOL_ADMIN))
