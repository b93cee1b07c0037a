"""Who may do what, as plain functions over roles."""

from enum import StrEnum


class Role(StrEnum):
    """SUPER_ADMIN belongs to no school; every other role belongs to exactly one."""

    SUPER_ADMIN = "SUPER_ADMIN"
    SCHOOL_ADMIN = "SCHOOL_ADMIN"
    TEACHER = "TEACHER"
    HOD = "HOD"
    IB_COORDINATOR = "IB_COORDINATOR"


LEARNER_ROLES = frozenset({Role.TEACHER, Role.HOD, Role.IB_COORDINATOR})
"""The three roles that learn: they use the Teacher Portal and count against the plan's teachers."""

SCHOOL_ROLES = LEARNER_ROLES | {Role.SCHOOL_ADMIN}


class Permission(StrEnum):
    """What a use case asks for."""

    RUN_PLATFORM = "run_platform"
    MANAGE_SCHOOL = "manage_school"
    LEARN = "learn"
    SEE_TEAM = "see_team"
    OWN_ACCOUNT = "own_account"


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.SUPER_ADMIN: frozenset({Permission.RUN_PLATFORM, Permission.OWN_ACCOUNT}),
    Role.SCHOOL_ADMIN: frozenset({Permission.MANAGE_SCHOOL, Permission.OWN_ACCOUNT}),
    Role.TEACHER: frozenset({Permission.LEARN, Permission.OWN_ACCOUNT}),
    **{
        role: frozenset({Permission.LEARN, Permission.SEE_TEAM, Permission.OWN_ACCOUNT})
        for role in (Role.HOD, Role.IB_COORDINATOR)
    },
}


def may(role: Role, permission: Permission) -> bool:
    """Whether ``role`` holds ``permission``."""
    return permission in _GRANTS[role]
