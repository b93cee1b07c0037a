"""What all PlaybackTokens do."""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms_app.ports.tokens import InvalidToken, PlaybackTokens
from lms_domain.video.playback import PlaybackGrant

Make = Callable[[Mapping[str, bytes], str], PlaybackTokens]

OLD, NEW = b"o" * 32, b"n" * 32
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GRANT = PlaybackGrant(
    tenant_id=UUID("01900000-0000-7000-8000-000000000001"),
    content_id=UUID("01900000-0000-7000-8000-0000000000c2"),
    session_id=UUID("01900000-0000-7000-8000-0000000000f3"),
    expires_at=NOW + timedelta(hours=1),
)


class PlaybackTokensContract:
    """Runs over every adapter. A subclass gives ``make``, from keys by their id and the current id."""

    @pytest.fixture
    def make(self) -> Make:
        """Builds the one under test."""
        raise NotImplementedError

    @pytest.fixture
    def tokens(self, make: Make) -> PlaybackTokens:
        """With one key."""
        return make({"k1": OLD}, "k1")

    def test_a_token_is_one_segment_of_an_address_and_says_the_grant(self, tokens: PlaybackTokens) -> None:
        token = tokens.issue(GRANT)
        assert re.fullmatch(r"[A-Za-z0-9_.-]{1,256}", token)
        assert not token.startswith(".")
        assert ".." not in token
        assert tokens.verify(token, now=NOW) == GRANT

    def test_the_same_grant_is_the_same_token_so_that_caches_hit(self, tokens: PlaybackTokens) -> None:
        assert tokens.issue(GRANT) == tokens.issue(GRANT)

    def test_it_holds_until_it_expires(self, tokens: PlaybackTokens) -> None:
        token = tokens.issue(GRANT)
        last = GRANT.expires_at - timedelta(microseconds=1)
        assert tokens.verify(token, now=last) == GRANT
        for late in (GRANT.expires_at, GRANT.expires_at + timedelta(days=400)):
            with pytest.raises(InvalidToken):
                tokens.verify(token, now=late)

    def test_every_part_of_the_grant_is_signed(self, tokens: PlaybackTokens) -> None:
        other = UUID("01900000-0000-7000-8000-0000000000ee")
        variants = [
            GRANT,
            replace(GRANT, tenant_id=other),
            replace(GRANT, content_id=other),
            replace(GRANT, session_id=other),
            replace(GRANT, expires_at=GRANT.expires_at + timedelta(seconds=1)),
            replace(GRANT, tenant_id=GRANT.content_id, content_id=GRANT.tenant_id),
        ]
        signatures = {tokens.issue(grant).rpartition(".")[2] for grant in variants}
        assert len(signatures) == len(variants)

    def test_every_changed_character_is_noticed(self, tokens: PlaybackTokens) -> None:
        token = tokens.issue(GRANT)
        alphabet = string.ascii_letters + string.digits + "_-.=~%/ +\n\x00é"
        for place in range(len(token)):
            for character in alphabet:
                if character != token[place]:
                    changed = token[:place] + character + token[place + 1 :]
                    with pytest.raises(InvalidToken):
                        tokens.verify(changed, now=NOW)

    def test_every_missing_or_added_character_is_noticed(self, tokens: PlaybackTokens) -> None:
        token = tokens.issue(GRANT)
        for place in range(len(token)):
            for changed in (token[:place] + token[place + 1 :], token[:place], token[:place] + "0" + token[place:]):
                with pytest.raises(InvalidToken):
                    tokens.verify(changed, now=NOW)

    @pytest.mark.parametrize("added", ["=", "==", ".", "..", " ", "\n", "\t", "\x00", "%20", "/", "A", "é", "\ud83d"])
    def test_nothing_may_stand_around_it(self, tokens: PlaybackTokens, added: str) -> None:
        token = tokens.issue(GRANT)
        for changed in (added + token, token + added):
            with pytest.raises(InvalidToken):
                tokens.verify(changed, now=NOW)

    def test_another_spelling_of_the_same_is_refused(self, tokens: PlaybackTokens) -> None:
        token = tokens.issue(GRANT)
        for changed in (token.upper(), token.replace("-", ""), token.replace(".", "|"), token.replace(".1", ".01", 1)):
            if changed != token:
                with pytest.raises(InvalidToken):
                    tokens.verify(changed, now=NOW)

    @pytest.mark.parametrize(
        "token", ["", ".", "." * 5, "a.b.c.d.e.f", "x" * 1_000_000, "k1." * 100_000, "\x00", "eyJhbGciOiJub25lIn0.e30."]
    )
    def test_junk_is_refused(self, tokens: PlaybackTokens, token: str) -> None:
        with pytest.raises(InvalidToken):
            tokens.verify(token, now=NOW)

    def test_keys_can_be_replaced(self, make: Make) -> None:
        old, during, after = make({"k1": OLD}, "k1"), make({"k2": NEW, "k1": OLD}, "k2"), make({"k2": NEW}, "k2")
        assert during.verify(old.issue(GRANT), now=NOW) == GRANT
        assert after.verify(during.issue(GRANT), now=NOW) == GRANT
        with pytest.raises(InvalidToken):
            after.verify(old.issue(GRANT), now=NOW)

    def test_another_key_under_the_same_id_is_refused(self, make: Make, tokens: PlaybackTokens) -> None:
        with pytest.raises(InvalidToken):
            tokens.verify(make({"k1": NEW}, "k1").issue(GRANT), now=NOW)

    def test_the_current_key_must_be_there(self, make: Make) -> None:
        with pytest.raises(ValueError, match="key"):
            make({"k1": OLD}, "k2")
