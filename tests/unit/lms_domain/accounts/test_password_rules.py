"""Passwords that may be chosen."""

import pytest

from lms_domain.accounts.password import MAX_LENGTH, check_new_password
from lms_domain.accounts.roles import Role
from lms_domain.errors import InvalidInput

CONTEXT = ("Ada", "Lovelace", "ada.lovelace", "Green Valley", "green-valley")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "nine otters painted walls",
        "vK7#pQ2!zR9w",
        "приходите завтра вечером",
        "昨日の夕方に庭で猫が三匹",
        "x9 y8 z7 w6 v5 u4",
        "o" * 3 + "wl counts 47 stars",
        "ada likes counting stars",
        "my password is a long sentence about otters",
        "7402958316480275",
    ],
)
def test_good_ones(password: str) -> None:
    check_new_password(password, role=Role.TEACHER, context=CONTEXT)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HOD, Role.IB_COORDINATOR])
def test_teachers_need_twelve_characters(role: Role) -> None:
    check_new_password("otters swim!", role=role)
    with pytest.raises(InvalidInput) as refused:
        check_new_password("otters swim", role=role)
    assert refused.value.errors[0].code == "too_short"


@pytest.mark.parametrize("role", [Role.SCHOOL_ADMIN, Role.SUPER_ADMIN])
def test_administrators_need_fifteen(role: Role) -> None:
    check_new_password("otters swim now", role=role)
    with pytest.raises(InvalidInput, match="15"):
        check_new_password("otters swim no", role=role)


def test_there_is_an_upper_limit() -> None:
    words = "nine otters painted walls " * 10
    check_new_password(words[:MAX_LENGTH], role=Role.TEACHER)
    with pytest.raises(InvalidInput) as refused:
        check_new_password(words[: MAX_LENGTH + 1], role=Role.TEACHER)
    assert refused.value.errors[0].code == "too_long"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PASSWORD1234",
        "passwordpassword",
        "ＰＡＳＳＷＯＲＤ１２３４",
        "qwertyqwerty",
        "letmein12345",
        "welcome12345!",
        "123456123456",
        "admin123admin123",
        "aaaaaaaaaaaaaaa",
        "abababababab",
        "abcabcabcabc",
        "            ",
        "!!!!!!!!!!!!!!!!",
        "adalovelace1",
        "lovelace-ada-1",
        "AdaLovelace!!!",
        "green-valley1",
        "GreenValleyAda",
        "passwortpasswort",
    ],
)
def test_what_anybody_would_guess_first(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_new_password(password, role=Role.TEACHER, context=(*CONTEXT, "GreenValley"))
    assert refused.value.errors[0].code == "too_common"
    assert refused.value.errors[0].field == "new_password"


def test_short_words_of_the_context_do_not_count() -> None:
    check_new_password("an otter and a fox in a box", role=Role.TEACHER, context=("an", "a", "", "in"))
