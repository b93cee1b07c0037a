"""TOTP against the vectors of its RFC; each code once; recovery codes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms_domain.accounts.second_factor import STEP_SECONDS, SecondFactor, enrol, totp
from lms_domain.errors import Conflict, InvalidInput

SECRET = b"12345678901234567890"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEP = int(NOW.timestamp()) // STEP_SECONDS
CODES = frozenset({b"one", b"two"})
FACTOR = SecondFactor(SECRET, confirmed_at=NOW, last_step=None, recovery_fingerprints=CODES)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    assert totp(SECRET, seconds // STEP_SECONDS, digits=8) == code
    assert totp(SECRET, seconds // STEP_SECONDS) == code[-6:]


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_may_be_wrong_by_half_a_minute(drift: int) -> None:
    assert FACTOR.verify(totp(SECRET, STEP + drift), NOW).last_step == STEP + drift


@pytest.mark.parametrize("drift", [-2, 2, 100])
def test_but_not_by_more(drift: int) -> None:
    refuse(FACTOR, totp(SECRET, STEP + drift), NOW)


@pytest.mark.parametrize(
    "code", ["", "0", "12345", "1234567", "abcdef", "１２３４５６", "9" * 10_000, "\x00", "-12345"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    refuse(FACTOR, code, NOW)


def test_people_type_a_gap_in_the_middle() -> None:
    code = totp(SECRET, STEP)
    assert FACTOR.verify(f" {code[:3]} {code[3:]}", NOW).last_step == STEP


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 45), st.integers(-3, 3)), max_size=20))
def test_no_step_is_accepted_twice_and_none_before_an_accepted_one(tries: list[tuple[int, int]]) -> None:
    factor, now = FACTOR, NOW
    accepted: list[int] = []
    for seconds, drift in tries:
        now += timedelta(seconds=seconds)
        step = int(now.timestamp()) // STEP_SECONDS + drift
        try:
            factor = factor.verify(totp(SECRET, step), now)
        except InvalidInput:
            continue
        assert factor.last_step is not None
        accepted.append(factor.last_step)
    assert accepted == sorted(set(accepted))


def test_it_counts_once_it_is_confirmed() -> None:
    waiting = enrol(SECRET)
    assert not waiting.is_confirmed
    with pytest.raises(InvalidInput):
        waiting.confirm("000000", CODES, NOW)
    confirmed = waiting.confirm(totp(SECRET, STEP), CODES, NOW)
    assert confirmed == replace(FACTOR, last_step=STEP)
    refuse(confirmed, totp(SECRET, STEP), NOW)
    with pytest.raises(Conflict) as refused:
        confirmed.confirm(totp(SECRET, STEP + 1), CODES, NOW)
    assert refused.value.code == "otp_already_confirmed"


def test_a_recovery_code_works_once() -> None:
    left = FACTOR.recover(b"one")
    assert left.recovery_fingerprints == {b"two"}
    for factor, fingerprint in [(left, b"one"), (FACTOR, b"three"), (replace(FACTOR, confirmed_at=None), b"one")]:
        with pytest.raises(InvalidInput) as refused:
            factor.recover(fingerprint)
        assert refused.value.code == "otp_invalid"


def test_short_secrets_are_refused() -> None:
    with pytest.raises(InvalidInput):
        enrol(b"x" * 19)


def test_the_uri_for_authenticator_apps() -> None:
    parts = urlsplit(enrol(SECRET).uri(issuer="École: Zoë & Co", account="zoë@school.test"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path == "/%C3%89cole%20%20Zo%C3%AB%20%26%20Co:zo%C3%AB@school.test"
    assert parse_qs(parts.query) == {
        "secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"],
        "issuer": ["École  Zoë & Co"],
        "digits": ["6"],
        "period": ["30"],
    }


def refuse(factor: SecondFactor, code: str, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        factor.verify(code, now)
    assert refused.value.code == "otp_invalid"
