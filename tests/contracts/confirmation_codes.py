"""What all ConfirmationCodes do."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from lms_app.ports.confirmations import ConfirmationCodes

Make = Callable[[Mapping[str, bytes], str], ConfirmationCodes]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
OLD, NEW = b"o" * 32, b"n" * 32
WHAT = "erase|7|green"


class ConfirmationCodesContract:
    """Runs over every adapter. A subclass gives ``make``, from keys by their id and the current id."""

    @pytest.fixture
    def make(self) -> Make:
        """Builds the one under test."""
        raise NotImplementedError

    @pytest.fixture
    def codes(self, make: Make) -> ConfirmationCodes:
        """With one key."""
        return make({"k1": OLD}, "k1")

    def test_a_code_holds_for_its_subject_until_it_expires(self, codes: ConfirmationCodes) -> None:
        code = codes.issue(WHAT, expires_at=LATER + timedelta(microseconds=1))
        assert codes.holds(code, WHAT, now=NOW)
        assert codes.holds(code, WHAT, now=LATER - timedelta(microseconds=1))
        assert not codes.holds(code, WHAT, now=LATER)
        for other in ("", WHAT + " ", WHAT.upper(), "erase|8|green"):
            assert not codes.holds(code, other, now=NOW)

    def test_a_subject_cannot_run_into_the_expiry(self, codes: ConfirmationCodes) -> None:
        code = codes.issue("x", expires_at=LATER)
        assert not codes.holds(code, f"{int(LATER.timestamp())}|x", now=NOW)

    def test_no_character_of_a_code_can_be_another(self, codes: ConfirmationCodes) -> None:
        code = codes.issue(WHAT, expires_at=LATER)
        for place in range(len(code)):
            other = "B" if code[place] == "A" else "A"
            assert not codes.holds(code[:place] + other + code[place + 1 :], WHAT, now=NOW)

    @pytest.mark.parametrize("code", ["", ".", "k1", "k1..", "k1.1.x", "k2.9.x", "x" * 10_000, "\x00", "ü", "\ud83d"])
    def test_whatever_a_client_sends_gets_an_answer(self, codes: ConfirmationCodes, code: str) -> None:
        assert not codes.holds(code, WHAT, now=NOW)

    def test_keys_can_be_replaced(self, codes: ConfirmationCodes, make: Make) -> None:
        code = codes.issue(WHAT, expires_at=LATER)
        during = make({"k2": NEW, "k1": OLD}, "k2")
        assert during.holds(code, WHAT, now=NOW)
        after = make({"k2": NEW}, "k2")
        assert not after.holds(code, WHAT, now=NOW)
        assert after.holds(during.issue(WHAT, expires_at=LATER), WHAT, now=NOW)
        assert not make({"k1": NEW}, "k1").holds(code, WHAT, now=NOW)

    def test_the_current_key_must_be_there(self, make: Make) -> None:
        with pytest.raises(ValueError, match="key"):
            make({"k1": OLD}, "k2")
