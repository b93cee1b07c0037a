"""What every PasswordHasher does."""

import asyncio

import pytest

from lms_app.ports.password_hasher import HasherSaturated, PasswordHasher

PASSWORDS = [
    "correct horse battery staple",
    " ",
    "пароль и ещё",
    "密碼",
    "a\x00b",
    "half a pair \ud83d",
    "é" * 500,
    "😀" * 200,
]


class PasswordHasherContract:
    """Runs over every adapter."""

    @pytest.fixture
    def hasher(self) -> PasswordHasher:
        """The one under test."""
        raise NotImplementedError

    @pytest.fixture
    def stronger(self) -> PasswordHasher:
        """One with stronger parameters than ``hasher``."""
        raise NotImplementedError

    @pytest.mark.parametrize("password", PASSWORDS, ids=range(len(PASSWORDS)))
    async def test_only_the_same_password_is_right(self, hasher: PasswordHasher, password: str) -> None:
        made = await hasher.hash(password)
        assert await hasher.verify(made, password) is True
        assert await hasher.verify(made, password + "x") is False
        assert await hasher.verify(made, password[:-1]) is False
        assert await hasher.verify(made, "") is False

    async def test_a_hash_is_short_plain_text_that_tells_nothing(self, hasher: PasswordHasher) -> None:
        made = await hasher.hash("correct horse battery staple")
        assert "correct" not in made
        assert made.isascii()
        assert made.isprintable()
        assert len(made) < 256

    async def test_composed_and_decomposed_letters_are_the_same(self, hasher: PasswordHasher) -> None:
        assert await hasher.verify(await hasher.hash("caf\u00e9 au lait"), "cafe\u0301 au lait")

    @pytest.mark.parametrize(
        "none",
        [None, "", "!", "plain", "$argon2id$", "$argon2id$v=19$m=1,t=1,p=1$x$y", "memory$", "memory$1", "\ud83d"],
    )
    async def test_what_is_no_hash_is_nobodys(self, hasher: PasswordHasher, none: str | None) -> None:
        for password in ("", "x", "correct horse battery staple"):
            assert await hasher.verify(none, password) is False

    async def test_weaker_hashes_are_to_be_made_anew(self, hasher: PasswordHasher, stronger: PasswordHasher) -> None:
        weak, strong = await hasher.hash("a password"), await stronger.hash("a password")
        assert hasher.needs_rehash(weak) is False
        assert stronger.needs_rehash(weak) is True
        assert hasher.needs_rehash(strong) is False, "a stronger hash is never made weaker"
        assert hasher.needs_rehash("") is True
        assert await stronger.verify(weak, "a password") is True
        assert await hasher.verify(strong, "a password") is True


class SaturatedHasherContract:
    """A subclass gives one that is at its limit."""

    @pytest.fixture
    def saturated(self) -> PasswordHasher:
        """One that can take no more."""
        raise NotImplementedError

    async def test_a_full_queue_refuses_at_once(self, saturated: PasswordHasher) -> None:
        for attempt in (saturated.hash("x"), saturated.verify("x", "x"), saturated.verify(None, "x")):
            with pytest.raises(HasherSaturated):
                await asyncio.wait_for(attempt, 1)
