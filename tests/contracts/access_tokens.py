"""What all AccessTokens do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.memory.clock import MORNING, MemoryClock
from lms_app.ports.tokens import AccessClaims, AccessTokens, InvalidToken
from lms_domain.accounts.roles import SCHOOL_ROLES, Role

Make = Callable[[Mapping[str, bytes], str, MemoryClock], AccessTokens]

OLD, NEW = b"o" * 32, b"n" * 32
CLAIMS = AccessClaims(
    user_id=UUID("01900000-0000-7000-8000-0000000000a1"),
    tenant_id=UUID("01900000-0000-7000-8000-000000000001"),
    role=Role.TEACHER,
    session_id=UUID("01900000-0000-7000-8000-0000000000f3"),
    expires_at=MORNING + timedelta(minutes=10),
)


class AccessTokensContract:
    """Runs over every adapter. A subclass gives ``make``, from keys by their id, the current id and a clock."""

    @pytest.fixture
    def make(self) -> Make:
        """Builds the one under test."""
        raise NotImplementedError

    @pytest.fixture
    def clock(self) -> MemoryClock:
        """The verifier's clock."""
        return MemoryClock()

    @pytest.fixture
    def tokens(self, make: Make, clock: MemoryClock) -> AccessTokens:
        """With one key."""
        return make({"k1": OLD}, "k1", clock)

    @pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
    def test_a_token_says_its_claims(self, tokens: AccessTokens, role: Role) -> None:
        claims = replace(CLAIMS, role=role)
        token = tokens.issue(claims, now=MORNING)
        assert tokens.verify(token) == claims
        assert len(token) <= 2048

    def test_operators_belong_to_no_school(self, tokens: AccessTokens) -> None:
        claims = replace(CLAIMS, role=Role.SUPER_ADMIN, tenant_id=None)
        assert tokens.verify(tokens.issue(claims, now=MORNING)) == claims

    def test_who_acts_as_somebody_is_named(self, tokens: AccessTokens) -> None:
        claims = replace(CLAIMS, acting=UUID("01900000-0000-7000-8000-0000000000a2"))
        assert tokens.verify(tokens.issue(claims, now=MORNING)) == claims

    @pytest.mark.parametrize(
        "claims",
        [
            replace(CLAIMS, tenant_id=None),
            replace(CLAIMS, role=Role.SUPER_ADMIN),
            replace(CLAIMS, tenant_id=None, role=Role.SUPER_ADMIN, acting=CLAIMS.user_id),
        ],
        ids=["teacher of no school", "operator of a school", "somebody acting as an operator"],
    )
    def test_claims_that_contradict_each_other_are_refused(self, tokens: AccessTokens, claims: AccessClaims) -> None:
        with pytest.raises(InvalidToken):
            tokens.verify(tokens.issue(claims, now=MORNING))

    def test_two_tokens_are_never_the_same(self, tokens: AccessTokens) -> None:
        assert tokens.issue(CLAIMS, now=MORNING) != tokens.issue(CLAIMS, now=MORNING)

    def test_it_holds_until_it_expires(self, tokens: AccessTokens, clock: MemoryClock) -> None:
        token = tokens.issue(CLAIMS, now=MORNING)
        clock.set(CLAIMS.expires_at - timedelta(milliseconds=1))
        assert tokens.verify(token) == CLAIMS
        for late in (timedelta(0), timedelta(seconds=1), timedelta(days=400)):
            clock.set(CLAIMS.expires_at + late)
            with pytest.raises(InvalidToken):
                tokens.verify(token)

    def test_clocks_may_differ_a_little(self, tokens: AccessTokens, clock: MemoryClock) -> None:
        token = tokens.issue(CLAIMS, now=MORNING)
        clock.set(MORNING - timedelta(seconds=20))
        assert tokens.verify(token) == CLAIMS
        clock.set(MORNING - timedelta(minutes=5))
        with pytest.raises(InvalidToken):
            tokens.verify(token)

    def test_every_changed_character_is_noticed(self, tokens: AccessTokens) -> None:
        token = tokens.issue(CLAIMS, now=MORNING)
        for place in range(len(token)):
            for character in "AQgwz09_-.=+/ \né":
                if character != token[place]:
                    changed = token[:place] + character + token[place + 1 :]
                    with pytest.raises(InvalidToken):
                        tokens.verify(changed)

    def test_keys_can_be_replaced(self, make: Make, clock: MemoryClock) -> None:
        old = make({"k1": OLD}, "k1", clock)
        during = make({"k2": NEW, "k1": OLD}, "k2", clock)
        after = make({"k2": NEW}, "k2", clock)
        assert during.verify(old.issue(CLAIMS, now=MORNING)) == CLAIMS
        assert after.verify(during.issue(CLAIMS, now=MORNING)) == CLAIMS
        with pytest.raises(InvalidToken):
            after.verify(old.issue(CLAIMS, now=MORNING))

    def test_another_key_under_the_same_id_is_refused(
        self, make: Make, tokens: AccessTokens, clock: MemoryClock
    ) -> None:
        with pytest.raises(InvalidToken):
            tokens.verify(make({"k1": NEW}, "k1", clock).issue(CLAIMS, now=MORNING))

    def test_a_token_for_a_day_is_not_issued(self, tokens: AccessTokens) -> None:
        with pytest.raises(ValueError, match="at most"):
            tokens.issue(replace(CLAIMS, expires_at=MORNING + timedelta(days=1)), now=MORNING)

    @pytest.mark.parametrize("key", [b"", b"short", b"x" * 31])
    def test_a_short_key_is_refused_at_the_start(self, make: Make, clock: MemoryClock, key: bytes) -> None:
        with pytest.raises(ValueError, match="bytes"):
            make({"k1": key}, "k1", clock)

    def test_the_current_key_must_be_there(self, make: Make, clock: MemoryClock) -> None:
        with pytest.raises(ValueError, match="key"):
            make({"k1": OLD}, "k2", clock)
