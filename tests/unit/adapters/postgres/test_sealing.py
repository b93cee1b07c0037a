"""What is sealed says nothing, belongs to somebody, and cannot be changed unnoticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.postgres.sealing import SealBroken, SecretSeal

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
OWNER = b"owner"
SEAL = SecretSeal({"old": OLD, "new": NEW}, "new")


@settings(max_examples=30)
@given(st.binary(max_size=100), st.binary(max_size=20))
def test_it_opens_for_its_owner_only(secret: bytes, owner: bytes) -> None:
    sealed = SEAL.seal(secret, owner=owner)
    assert SEAL.open(sealed, owner=owner) == secret
    with pytest.raises(SealBroken):
        SEAL.open(sealed, owner=owner + b"x")


def test_the_same_secret_never_looks_the_same() -> None:
    secret = b"the secret of a person"
    sealed = {SEAL.seal(secret, owner=OWNER) for _ in range(10)}
    assert len(sealed) == 10
    assert not any(secret in each for each in sealed)


def test_every_changed_byte_is_noticed() -> None:
    sealed = SEAL.seal(b"secret", owner=OWNER)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealBroken):
            SEAL.open(changed, owner=OWNER)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            SEAL.open(sealed[:length], owner=OWNER)


def test_old_keys_open_and_lost_ones_do_not() -> None:
    sealed = SecretSeal({"old": OLD}, "old").seal(b"secret", owner=OWNER)
    assert SEAL.open(sealed, owner=OWNER) == b"secret"
    with pytest.raises(SealBroken):
        SecretSeal({"new": NEW}, "new").open(sealed, owner=OWNER)
    with pytest.raises(SealBroken):
        SecretSeal({"old": NEW}, "old").open(sealed, owner=OWNER)
