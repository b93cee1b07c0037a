"""People, operators, and what roles may do."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from lms_domain.accounts.person import Operator, Profile, User, check_admin_remains, clean_profile, new_user
from lms_domain.accounts.roles import LEARNER_ROLES, SCHOOL_ROLES, Permission, Role, may
from lms_domain.errors import Conflict, InvalidInput

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def person(**changes: object) -> User:
    values: dict[str, object] = {
        "user_id": UUID(int=1),
        "tenant_id": UUID(int=2),
        "email": " Zoë@School.test ",
        "first_name": "  Zoë ",
        "last_name": "von  Neumann",
        "role": Role.TEACHER,
        "profile": Profile(),
        "password_hash": "hash",
        "must_change_password": True,
        "now": NOW,
    }
    return new_user(**{**values, **changes})  # type: ignore[arg-type]  # keyword arguments of one test


def test_a_new_person_is_active_with_clean_names_and_an_address_not_yet_verified() -> None:
    user = person()
    assert (user.email, user.first_name, user.last_name) == ("Zoë@School.test", "Zoë", "von Neumann")
    assert (user.is_active, user.email_verified, user.must_change_password) == (True, False, True)
    assert user.email_folded == "zoë@school.test"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "nobody", "field_prefix": "admin_"}, "admin_email"),
        ({"last_name": "", "field_prefix": "admin_"}, "admin_last_name"),
        ({"first_name": " "}, "first_name"),
        ({"first_name": "x" * 101}, "first_name"),
        ({"last_name": "\x00"}, "last_name"),
        ({"last_name": "a\u0007b"}, "last_name"),
        ({"role": Role.SUPER_ADMIN}, "role"),
    ],
)
def test_what_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        person(**changes)
    assert refused.value.errors[0].field == field


def test_a_profile_is_cleaned() -> None:
    cleaned = clean_profile(
        Profile(
            employee_id="  E  7 ",
            subjects=(" Physics ",),
            grades=("9  a",),
            department="  ",
            designation="",
            bio=" one\r\ntwo ",
            date_of_joining=date(2020, 1, 31),
        )
    )
    assert cleaned == Profile(
        employee_id="E 7", subjects=("Physics",), grades=("9 a",), bio="one\ntwo", date_of_joining=date(2020, 1, 31)
    )


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (Profile(employee_id="x" * 61), "employee_id"),
        (Profile(subjects=("",)), "subjects"),
        (Profile(grades=("x" * 41,)), "grades"),
        (Profile(department="a\x00b"), "department"),
        (Profile(designation="x" * 121), "designation"),
        (Profile(bio="x" * 2001), "bio"),
    ],
)
def test_a_profile_that_is_refused(profile: Profile, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_profile(profile)
    assert refused.value.errors[0].field == field


def test_an_operators_address_folds_like_a_persons() -> None:
    operator = Operator(
        id=UUID(int=1),
        email="Olive@Platform.TEST",
        first_name="Olive",
        last_name="Operator",
        password_hash="hash",
        must_change_password=False,
        is_active=True,
        created_at=NOW,
    )
    assert operator.email_folded == "olive@platform.test"


GRANTS = {
    Role.SUPER_ADMIN: {Permission.RUN_PLATFORM, Permission.OWN_ACCOUNT},
    Role.SCHOOL_ADMIN: {Permission.MANAGE_SCHOOL, Permission.OWN_ACCOUNT},
    Role.TEACHER: {Permission.LEARN, Permission.OWN_ACCOUNT},
    Role.HOD: {Permission.LEARN, Permission.SEE_TEAM, Permission.OWN_ACCOUNT},
    Role.IB_COORDINATOR: {Permission.LEARN, Permission.SEE_TEAM, Permission.OWN_ACCOUNT},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_permissions(role: Role, permission: Permission) -> None:
    assert may(role, permission) == (permission in GRANTS[role])


def test_every_role_but_one_belongs_to_a_school() -> None:
    assert set(Role) == SCHOOL_ROLES | {Role.SUPER_ADMIN}
    assert {*LEARNER_ROLES, Role.SCHOOL_ADMIN} == SCHOOL_ROLES


def test_an_address_is_proven_by_a_link_that_was_sent_there() -> None:
    user = person()
    assert user.verified("ZOË@school.test") == replace(user, email_verified=True)
    moved = user.verified(user.email).with_email("zoe@new.test", verified=False)
    assert (moved.email, moved.email_verified) == ("zoe@new.test", False)
    with pytest.raises(InvalidInput) as refused:
        moved.verified(user.email)
    assert refused.value.code == "token_invalid"
    with pytest.raises(InvalidInput):
        user.with_email("nobody", verified=False)


def test_nothing_personal_is_left_of_an_erased_person() -> None:
    user = replace(person(profile=Profile(employee_id="E7", bio="Likes tea")), picture_key="tenant/x.png")
    erased = user.erased()
    assert (erased.id, erased.tenant_id, erased.role, erased.created_at) == (user.id, user.tenant_id, user.role, NOW)
    assert not erased.is_active
    assert erased.password_hash == ""
    for personal in ["Zoë", "Neumann", "E7", "tea", "School.test", "tenant/x.png"]:
        assert personal not in repr(erased)
    other = replace(user, id=UUID(int=9)).erased()
    assert other.email_folded != erased.email_folded


ADMIN = person(role=Role.SCHOOL_ADMIN)


@pytest.mark.parametrize("after", [None, replace(ADMIN, is_active=False), replace(ADMIN, role=Role.TEACHER)])
def test_a_school_keeps_an_administrator(after: User | None) -> None:
    check_admin_remains(ADMIN, after, active_admins=frozenset({ADMIN.id, UUID(int=5)}))
    with pytest.raises(Conflict) as refused:
        check_admin_remains(ADMIN, after, active_admins=frozenset({ADMIN.id}))
    assert refused.value.code == "last_admin"


def test_whoever_does_not_run_the_school_may_go() -> None:
    alone = frozenset({ADMIN.id})
    check_admin_remains(ADMIN, replace(ADMIN, first_name="Zo"), active_admins=alone)
    check_admin_remains(person(), None, active_admins=alone)
    check_admin_remains(replace(ADMIN, id=UUID(int=5), is_active=False), None, active_admins=alone)


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
def test_who_counts(role: Role) -> None:
    user = person(role=role)
    assert (user.is_learner, user.is_active_admin) == (role in LEARNER_ROLES, role is Role.SCHOOL_ADMIN)
    gone = replace(user, is_active=False)
    assert (gone.is_learner, gone.is_active_admin) == (False, False)


def test_people_change_their_names() -> None:
    assert person().renamed(first_name=" Zoe ", last_name="Neumann").first_name == "Zoe"
    for names, field in [(("", "x"), "first_name"), (("x", "x" * 101), "last_name")]:
        with pytest.raises(InvalidInput) as refused:
            person().renamed(first_name=names[0], last_name=names[1])
        assert refused.value.errors[0].field == field
