"""What all RefreshTokens do."""

import re
from collections.abc import Callable, Mapping

import pytest

from lms_app.ports.tokens import RefreshTokens

Make = Callable[[Mapping[str, bytes], str], RefreshTokens]

OLD, NEW = b"o" * 32, b"n" * 32


class RefreshTokensContract:
    """Runs over every adapter. A subclass gives ``make``, from keys by their id and the current id."""

    @pytest.fixture
    def make(self) -> Make:
        """Builds the one under test."""
        raise NotImplementedError

    @pytest.fixture
    def tokens(self, make: Make) -> RefreshTokens:
        """With one key."""
        return make({"k1": OLD}, "k1")

    def test_a_first_token_is_long_random_text_for_headers_and_cookies(self, tokens: RefreshTokens) -> None:
        made = [tokens.first() for _ in range(100)]
        assert len(set(made)) == 100
        for token in made:
            assert re.fullmatch(r"[A-Za-z0-9._-]{43,128}", token)

    def test_a_successor_is_always_the_same_and_looks_like_a_first_one(self, tokens: RefreshTokens, make: Make) -> None:
        token = tokens.first()
        successor = tokens.successor(token)
        assert successor == tokens.successor(token) == make({"k1": OLD}, "k1").successor(token)
        assert re.fullmatch(r"[A-Za-z0-9._-]{43,128}", successor)

    def test_a_chain_never_repeats(self, tokens: RefreshTokens) -> None:
        token, seen = tokens.first(), set()
        for _ in range(1000):
            assert token not in seen
            seen.add(token)
            token = tokens.successor(token)
        assert {len(token) for token in seen} == {len(token)}

    def test_a_successor_cannot_be_found_without_the_key(self, tokens: RefreshTokens, make: Make) -> None:
        token = tokens.first()
        assert make({"k1": NEW}, "k1").successor(token) != tokens.successor(token)

    def test_replacing_keys_does_not_change_successors(self, tokens: RefreshTokens, make: Make) -> None:
        token = tokens.first()
        during = make({"k2": NEW, "k1": OLD}, "k2")
        assert during.successor(token) == tokens.successor(token)
        after = make({"k2": NEW}, "k2")
        moved = after.successor(token)
        assert moved != tokens.successor(token), "who took the old key can follow no session any more"
        assert after.successor(moved) == during.successor(moved)

    @pytest.mark.parametrize("token", ["", ".", "k1", "k1.", "x" * 10_000, "\x00", "ü", "\ud83d", "k1.\ud83d", "a.b.c"])
    def test_whatever_a_client_sends_has_a_fingerprint_and_a_successor(self, tokens: RefreshTokens, token: str) -> None:
        assert len(tokens.fingerprint(token)) == 32
        assert tokens.successor(token) != token

    def test_fingerprints_differ_and_hide_the_token(self, tokens: RefreshTokens) -> None:
        one, two = tokens.first(), tokens.first()
        assert tokens.fingerprint(one) == tokens.fingerprint(one) != tokens.fingerprint(two)
        assert one.encode() not in tokens.fingerprint(one)

    def test_the_current_key_must_be_there(self, make: Make) -> None:
        with pytest.raises(ValueError, match="key"):
            make({"k1": OLD}, "k2")
