"""Who sees whose progress."""

from uuid import UUID

import pytest

from lms_domain.accounts.roles import SCHOOL_ROLES, Permission, Role, may
from lms_domain.accounts.team import TeamFacts, sees


def facts(number: int, role: Role, department: str = "", *, ib: bool = False) -> TeamFacts:
    return TeamFacts(UUID(int=number), role, department, ib)


@pytest.mark.parametrize(
    ("department", "other", "seen"),
    [
        ("Maths", "Maths", True),
        ("Maths", " MATHS ", True),
        ("Sciences  humaines", "sciences humaines", True),
        ("Straße", "STRASSE", True),
        ("Maths", "Physics", False),
        ("Maths", "", False),
        ("", "", False),
        ("  ", "", False),
    ],
)
def test_heads_see_their_department(department: str, other: str, seen: bool) -> None:
    head = facts(1, Role.HOD, department)
    assert sees(head, facts(2, Role.TEACHER, other)) == seen
    assert sees(head, facts(2, Role.TEACHER, other, ib=True)) == seen


def test_ib_coordinators_see_members_of_ib_groups_of_any_department() -> None:
    coordinator = facts(1, Role.IB_COORDINATOR, "Maths")
    assert sees(coordinator, facts(2, Role.TEACHER, "Physics", ib=True))
    assert not sees(coordinator, facts(2, Role.TEACHER, "Maths"))


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
@pytest.mark.parametrize("other", sorted(SCHOOL_ROLES))
def test_administrators_are_on_no_team_and_teachers_have_none(role: Role, other: Role) -> None:
    expected = may(role, Permission.SEE_TEAM) and other is not Role.SCHOOL_ADMIN
    assert sees(facts(1, role, "Maths", ib=True), facts(2, other, "Maths", ib=True)) == expected


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
def test_nobody_is_on_their_own_team(role: Role) -> None:
    assert not sees(facts(1, role, "Maths", ib=True), facts(1, role, "Maths", ib=True))
