"""HMAC tokens under their contracts, and the keys of every purpose."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

import pytest

from adapters.hmac_tokens.confirmation_codes import HmacConfirmationCodes
from adapters.hmac_tokens.keys import derive_key
from adapters.hmac_tokens.playback_tokens import HmacPlaybackTokens
from adapters.hmac_tokens.refresh_tokens import HmacRefreshTokens
from adapters.hmac_tokens.unsubscribe_tokens import HmacUnsubscribeTokens
from lms_app.ports.tokens import InvalidToken
from tests.contracts.confirmation_codes import ConfirmationCodesContract
from tests.contracts.confirmation_codes import Make as MakeConfirmation
from tests.contracts.playback_tokens import GRANT, NOW, OLD, PlaybackTokensContract
from tests.contracts.playback_tokens import Make as MakePlayback
from tests.contracts.refresh_tokens import Make as MakeRefresh
from tests.contracts.refresh_tokens import RefreshTokensContract
from tests.contracts.unsubscribe_tokens import Make as MakeUnsubscribe
from tests.contracts.unsubscribe_tokens import UnsubscribeTokensContract


class TestHmacRefreshTokens(RefreshTokensContract):
    @pytest.fixture
    def make(self) -> MakeRefresh:
        return lambda keys, current: HmacRefreshTokens(keys=keys, current=current)

    def test_a_key_id_has_no_dot(self) -> None:
        with pytest.raises(ValueError, match="dot"):
            HmacRefreshTokens(keys={"k.1": OLD}, current="k.1")


class TestHmacPlaybackTokens(PlaybackTokensContract):
    @pytest.fixture
    def make(self) -> MakePlayback:
        return lambda keys, current: HmacPlaybackTokens(keys=keys, current=current)

    def test_the_signature_is_what_a_web_server_computes(self, tokens: HmacPlaybackTokens) -> None:
        *fields, signature = tokens.issue(GRANT).split(".")
        assert fields == [
            "k1",
            str(int(GRANT.expires_at.timestamp())),
            str(GRANT.tenant_id),
            str(GRANT.content_id),
            str(GRANT.session_id),
        ]
        digest = hmac.new(OLD, "|".join(fields).encode(), hashlib.sha256).digest()
        assert signature == urlsafe_b64encode(digest).decode().rstrip("=")

    @pytest.mark.parametrize("expiry", ["01", "-1", "+9", "1e9", "9" * 12, "9" * 300, "٣", " 9", "9.0", "0x9", ""])
    def test_expiries_are_plain_numbers_even_when_signed(self, tokens: HmacPlaybackTokens, expiry: str) -> None:
        fields = ["k1", expiry, str(GRANT.tenant_id), str(GRANT.content_id), str(GRANT.session_id)]
        digest = hmac.new(OLD, "|".join(fields).encode(), hashlib.sha256).digest()
        with pytest.raises(InvalidToken):
            tokens.verify(".".join([*fields, urlsafe_b64encode(digest).decode().rstrip("=")]), now=NOW)


class TestHmacConfirmationCodes(ConfirmationCodesContract):
    @pytest.fixture
    def make(self) -> MakeConfirmation:
        return lambda keys, current: HmacConfirmationCodes(keys=keys, current=current)


class TestHmacUnsubscribeTokens(UnsubscribeTokensContract):
    @pytest.fixture
    def make(self) -> MakeUnsubscribe:
        return lambda keys, current: HmacUnsubscribeTokens(keys=keys, current=current)


class TestDeriveKey:
    SECRET = bytes(range(32))

    def test_it_is_the_first_block_of_hkdf_expand(self) -> None:
        block = hmac.new(self.SECRET, b"brain-lms playback\x01", hashlib.sha256).digest()
        assert derive_key(self.SECRET, "playback") == block

    def test_purposes_and_secrets_have_keys_of_their_own(self) -> None:
        keys = {
            derive_key(secret, purpose)
            for secret in (self.SECRET, self.SECRET[::-1])
            for purpose in ("access", "refresh", "playback")
        }
        assert len(keys) == 6
        assert {len(key) for key in keys} == {32}

    def test_short_secrets_and_empty_purposes_are_refused(self) -> None:
        with pytest.raises(ValueError, match="32 bytes"):
            derive_key(b"x" * 31, "access")
        with pytest.raises(ValueError, match="purpose"):
            derive_key(self.SECRET, "")
