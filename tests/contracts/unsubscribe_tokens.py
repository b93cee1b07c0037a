"""What all UnsubscribeTokens do."""

import re
from collections.abc import Callable, Mapping
from uuid import UUID

import pytest

from lms_app.ports.unsubscribe_tokens import UnsubscribeTokens
from lms_domain.notices.notification import NotificationKind

Make = Callable[[Mapping[str, bytes], str], UnsubscribeTokens]

OLD, NEW = b"o" * 32, b"n" * 32
SCHOOL, OTHER_SCHOOL, ADA = (UUID(int=number) for number in (1, 2, 3))
REMINDER = NotificationKind.REMINDER


class UnsubscribeTokensContract:
    """Runs over every adapter. A subclass gives ``make``, from keys by their id and the current id."""

    @pytest.fixture
    def make(self) -> Make:
        """Builds the one under test."""
        raise NotImplementedError

    @pytest.fixture
    def tokens(self, make: Make) -> UnsubscribeTokens:
        """With one key."""
        return make({"k1": OLD}, "k1")

    def test_a_token_says_who_wants_no_mail_of_which_kind(self, tokens: UnsubscribeTokens) -> None:
        for kind in (*NotificationKind, None):
            token = tokens.issue(SCHOOL, ADA, kind)
            assert re.fullmatch(r"[A-Za-z0-9._-]{1,200}", token), "fit for an address"
            assert tokens.read(token, SCHOOL) == (ADA, kind)

    def test_it_is_the_same_in_every_mail_and_of_one_school_alone(self, tokens: UnsubscribeTokens) -> None:
        token = tokens.issue(SCHOOL, ADA, REMINDER)
        assert token == tokens.issue(SCHOOL, ADA, REMINDER)
        assert tokens.read(token, OTHER_SCHOOL) is None

    def test_no_character_can_be_another(self, tokens: UnsubscribeTokens) -> None:
        token = tokens.issue(SCHOOL, ADA, REMINDER)
        for place in range(len(token)):
            other = "1" if token[place] == "0" else "0"
            assert tokens.read(token[:place] + other + token[place + 1 :], SCHOOL) is None
        assert tokens.read(token.replace(REMINDER.value, NotificationKind.SYSTEM.value), SCHOOL) is None

    @pytest.mark.parametrize("token", ["", ".", "k1", "k1...", "k2.x.REMINDER.x", "x" * 10_000, "\x00", "ü", "\ud83d"])
    def test_whatever_a_client_sends_gets_an_answer(self, tokens: UnsubscribeTokens, token: str) -> None:
        assert tokens.read(token, SCHOOL) is None

    def test_mails_of_an_earlier_key_can_be_ended_while_it_is_kept(self, tokens: UnsubscribeTokens, make: Make) -> None:
        token = tokens.issue(SCHOOL, ADA, REMINDER)
        assert make({"k2": NEW, "k1": OLD}, "k2").read(token, SCHOOL) == (ADA, REMINDER)
        assert make({"k2": NEW}, "k2").read(token, SCHOOL) is None
        assert make({"k1": NEW}, "k1").read(token, SCHOOL) is None

    def test_the_current_key_must_be_there(self, make: Make) -> None:
        with pytest.raises(ValueError, match="key"):
            make({"k1": OLD}, "k2")
