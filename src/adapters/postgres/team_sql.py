"""Whose progress somebody may see, as one SQL expression: `lms_domain.accounts.team.sees`. A test compares them."""

from sqlalchemy import ColumnElement, FromClause, and_, or_, select

from adapters.postgres.statements import fixed, of_tenant
from adapters.postgres.tables import group_members, teacher_groups
from lms_domain.accounts.roles import Role
from lms_domain.courses.group import GroupKind


def is_seen_by(other: FromClause, viewer: FromClause) -> ColumnElement[bool]:
    """Whether ``other`` belongs to the team of ``viewer``, both of them rows of ``users`` of the school."""
    in_ib_group = (
        select(group_members.c.user_id)
        .join_from(
            group_members,
            teacher_groups,
            and_(of_tenant(teacher_groups), teacher_groups.c.id == group_members.c.group_id),
        )
        .where(
            of_tenant(group_members),
            group_members.c.user_id == other.c.id,
            teacher_groups.c.kind == fixed(GroupKind.IB),
        )
        .correlate(other)
        .exists()
    )
    same_department = and_(
        viewer.c.role == fixed(Role.HOD),
        viewer.c.department_folded != "",
        viewer.c.department_folded == other.c.department_folded,
    )
    return and_(
        other.c.id != viewer.c.id,
        other.c.role != fixed(Role.SCHOOL_ADMIN),
        or_(same_department, and_(viewer.c.role == fixed(Role.IB_COORDINATOR), in_ib_group)),
    )
