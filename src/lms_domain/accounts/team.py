"""Whose progress somebody may see besides their own. Seeing is all: nobody may change anything of their team."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from lms_domain.accounts.roles import LEARNER_ROLES, Role


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What decides who sees whom. Both are of the same school."""

    user_id: UUID
    role: Role
    department: str
    in_ib_group: bool
    """Whether the person is in any group of kind IB."""


def sees(viewer: TeamFacts, other: TeamFacts) -> bool:
    """Whether ``other`` belongs to the team of ``viewer``.

    A head of department sees the learners of the same department; who has no department has no team. An IB coordinator
    sees the learners in groups of kind IB. Nobody is on their own team, and administrators are on none.
    """
    if other.user_id == viewer.user_id or other.role not in LEARNER_ROLES:
        return False
    if viewer.role is Role.HOD:
        department = fold_department(viewer.department)
        return department != "" and department == fold_department(other.department)
    return viewer.role is Role.IB_COORDINATOR and other.in_ib_group


def fold_department(department: str) -> str:
    """The form by which departments are compared: without differences of case, width or white space."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", department).casefold()).split())
