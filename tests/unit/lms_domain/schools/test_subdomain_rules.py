"""Addresses of schools: which are allowed, and which a name in any script suggests."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms_domain.errors import InvalidInput
from lms_domain.schools.subdomain import (
    MAX_LENGTH,
    RESERVED,
    check_subdomain,
    suggest_subdomain,
    with_suffix,
)

ANY_TEXT = st.text(max_size=120)


@given(name=ANY_TEXT)
@example(name="")
@example(name="xn--" + "a" * 60)
@example(name="xn--")
@example(name="-" * 50)
@example(name="a" * 39 + "-b")
@example(name="www")
@example(name="a-" * 40)
@example(name="㍿")
@example(name="ﬁ")
def test_a_suggestion_is_always_allowed(name: str) -> None:
    assert check_subdomain(suggest_subdomain(name)) == suggest_subdomain(name)


@given(name=ANY_TEXT, number=st.integers(2, 10**6))
@example(name="a" * 38 + "-b", number=2)
def test_a_numbered_one_is_allowed_too_and_another(name: str, number: int) -> None:
    label = suggest_subdomain(name)
    numbered = with_suffix(label, number)
    assert check_subdomain(numbered) == numbered
    assert numbered != label or label.endswith(f"-{number}")
    assert numbered.endswith(f"-{number}")


@given(label=st.sampled_from(sorted(RESERVED)))
def test_names_of_ours_suggest_something_else(label: str) -> None:
    assert suggest_subdomain(label) != label
    assert suggest_subdomain(label.upper()) != label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Green Valley International", "green-valley-international"),
        ("  St. Mary's   School!  ", "st-marys-school"),
        ("École Élémentaire", "ecole-elementaire"),
        ("Größe Straße", "grosse-strasse"),
        ("Łódź Ørsted Æther", "lodz-orsted-aether"),
        ("İstanbul Lisesi", "istanbul-lisesi"),
        ("Школа № 57", "shkola-no-57"),
        ("Київська гімназія", "kiyivska-gimnaziya"),
        ("Ελληνικό Σχολείο", "elliniko-scholeio"),
        ("北京大学附属中学", "school"),
        ("مدرسة النور", "school"),
        ("विद्यालय", "school"),
        ("北京 Beijing", "beijing"),
        ("🏫", "school"),
        ("A", "school-a"),
        ("Q1", "school-q1"),
        ("", "school"),
        ("---", "school"),
        ("ＦＵＬＬ　ＷＩＤＴＨ", "full-width"),
        ("Admin", "school-admin"),
        ("xn--80ak6aa92e", "xn-80ak6aa92e"),
        ("x" * 60, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
        ("Rock & Roll / Academy", "rock-roll-academy"),
        ("demo", "demo"),
        ("100", "100"),
    ],
)
def test_suggestions(name: str, label: str) -> None:
    assert suggest_subdomain(name) == label


@pytest.mark.parametrize("label", ["abc", "a-b", "a1b", "123", "demo", "x" * MAX_LENGTH, "a--b", "school-2"])
def test_allowed(label: str) -> None:
    assert check_subdomain(label) == label


@pytest.mark.parametrize(
    "label",
    [
        "", "a", "ab", "x" * 41, "-abc", "abc-", "-", "---", "ABC", "a.b", "a_b", "a b", " abc", "abc\n", "äbc", "абв",
        "ａｂｃ", "abc\x00", "xn--abc", "a/b", "a@b", "a%62c", "½ab", "abc٣",
    ],
)  # fmt: skip
def test_refused(label: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_subdomain(label)
    assert refused.value.errors[0].field == "subdomain"
    assert refused.value.errors[0].code == "invalid"


@pytest.mark.parametrize("label", ["www", "api", "admin", "app", "mail", "static", "media", "status", "login"])
def test_reserved(label: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_subdomain(label)
    assert refused.value.errors[0].code == "reserved"
