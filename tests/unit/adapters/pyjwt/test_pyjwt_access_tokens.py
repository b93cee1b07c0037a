"""JWT access tokens under their contract, and what attackers send instead."""

import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from uuid import UUID

import pytest

from adapters.hmac_tokens.keys import derive_key
from adapters.hmac_tokens.playback_tokens import HmacPlaybackTokens
from adapters.hmac_tokens.refresh_tokens import HmacRefreshTokens
from adapters.memory.clock import MORNING, MemoryClock
from adapters.pyjwt.access_tokens import PyJwtAccessTokens
from lms_app.ports.tokens import InvalidToken
from tests.contracts.access_tokens import CLAIMS, AccessTokensContract, Make
from tests.contracts.playback_tokens import GRANT

SECRET = bytes(range(32))
KEY = derive_key(SECRET, "access")
OTHER_KEY = b"another key of thirty-two bytes!"
NOW = int(MORNING.timestamp())

HEADER: dict[str, object] = {"alg": "HS256", "kid": "k1", "typ": "at+jwt"}
PAYLOAD: dict[str, object] = {
    "iss": "brain-lms",
    "aud": "api",
    "sub": str(CLAIMS.user_id),
    "tenant_id": str(CLAIMS.tenant_id),
    "role": "TEACHER",
    "sid": str(CLAIMS.session_id),
    "jti": "an-id",
    "typ": "access",
    "iat": NOW,
    "exp": NOW + 600,
}


def new(keys: Mapping[str, bytes], current: str, clock: MemoryClock) -> PyJwtAccessTokens:
    return PyJwtAccessTokens(keys=keys, current=current, issuer="brain-lms", audience="api", clock=clock)


class TestPyJwtAccessTokens(AccessTokensContract):
    @pytest.fixture
    def make(self) -> Make:
        return new

    def test_a_key_id_is_plain(self) -> None:
        with pytest.raises(ValueError, match="id"):
            new({"../k": KEY}, "../k", MemoryClock())


# --- a forge ---


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def sign(signing_input: str, key: bytes = KEY, algorithm: str = "sha256") -> str:
    return b64(hmac.new(key, signing_input.encode(), algorithm).digest())


def token_of(header: bytes | dict[str, object], payload: bytes | dict[str, object], key: bytes = KEY) -> str:
    """A token with a right signature over whatever it says."""
    parts = [part if isinstance(part, bytes) else compact(part) for part in (header, payload)]
    signing_input = ".".join(b64(part) for part in parts)
    return f"{signing_input}.{sign(signing_input, key)}"


def with_header(**changes: object) -> str:
    header = {**HEADER, **changes}
    return token_of({name: value for name, value in header.items() if value is not ...}, PAYLOAD)


def with_claims(**changes: object) -> str:
    payload = {**PAYLOAD, **changes}
    return token_of(HEADER, {name: value for name, value in payload.items() if value is not ...})


def raw_claims(change: Callable[[str], str]) -> str:
    return token_of(HEADER, change(compact(PAYLOAD).decode()).encode())


GOOD = token_of(HEADER, PAYLOAD)
HEAD, BODY, SIGNATURE = GOOD.split(".")
HS512_INPUT = f"{b64(compact({**HEADER, 'alg': 'HS512'}))}.{BODY}"
PUBLIC_KEY = b"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n"
PADDED_CLAIMS = b64encode(compact(PAYLOAD) + b" " * (-len(compact(PAYLOAD)) % 3 + 2)).decode()

ATTACKS: dict[str, str] = {
    # algorithms
    "alg none": token_of({**HEADER, "alg": "none"}, PAYLOAD),
    "alg none, no signature": f"{b64(compact({**HEADER, 'alg': 'none'}))}.{BODY}.",
    "alg None": with_header(alg="None"),
    "alg NONE": with_header(alg="NONE"),
    "alg nOnE without kid": with_header(alg="nOnE", kid=...),
    "alg empty": with_header(alg=""),
    "alg null": with_header(alg=None),
    "alg missing": with_header(alg=...),
    "alg a number": with_header(alg=256),
    "alg a list": with_header(alg=["HS256"]),
    "alg in lower case": with_header(alg="hs256"),
    "alg HS384": with_header(alg="HS384"),
    "alg HS512 rightly signed": f"{HS512_INPUT}.{sign(HS512_INPUT, KEY, 'sha512')}",
    "alg RS256": with_header(alg="RS256"),
    "alg RS256 signed with a public key": token_of({**HEADER, "alg": "RS256"}, PAYLOAD, PUBLIC_KEY),
    "HS256 signed with a public key": token_of(HEADER, PAYLOAD, PUBLIC_KEY),
    "alg ES256": with_header(alg="ES256"),
    "alg EdDSA": with_header(alg="EdDSA"),
    "alg PS256": with_header(alg="PS256"),
    # keys
    "another key": token_of(HEADER, PAYLOAD, OTHER_KEY),
    "an empty key": token_of(HEADER, PAYLOAD, b""),
    "the master secret": token_of(HEADER, PAYLOAD, SECRET),
    "the key of refresh tokens": token_of(HEADER, PAYLOAD, derive_key(SECRET, "refresh")),
    "kid unknown": with_header(kid="k9"),
    "kid missing": with_header(kid=...),
    "kid null": with_header(kid=None),
    "kid a number": with_header(kid=1),
    "kid a list": with_header(kid=["k1"]),
    "kid a path": with_header(kid="../../../../dev/null"),
    "kid a path, empty key": token_of({**HEADER, "kid": "../../../../dev/null"}, PAYLOAD, b""),
    "kid SQL": with_header(kid="k1' UNION SELECT 'x' --"),
    "kid a command": with_header(kid="k1|whoami"),
    "kid in upper case": with_header(kid="K1"),
    "kid with a space": with_header(kid="k1 "),
    "kid with NUL": with_header(kid="k1\x00"),
    "kid a URL": with_header(kid="https://evil.example/key"),
    # other headers
    "jku": with_header(jku="https://evil.example/jwks.json"),
    "jwk": with_header(jwk={"kty": "oct", "k": b64(OTHER_KEY)}),
    "jwk signed with itself": token_of({**HEADER, "jwk": {"kty": "oct", "k": b64(OTHER_KEY)}}, PAYLOAD, OTHER_KEY),
    "x5u": with_header(x5u="https://evil.example/cert.pem"),
    "x5c": with_header(x5c=["MIIB"]),
    "crit unknown": with_header(crit=["exp"], exp=1),
    "crit empty": with_header(crit=[]),
    "b64 false": with_header(b64=False, crit=["b64"]),
    "cty JWT": with_header(cty="JWT"),
    "zip": with_header(zip="DEF"),
    "typ JWT": with_header(typ="JWT"),
    "typ missing": with_header(typ=...),
    "typ upper case": with_header(typ="AT+JWT"),
    "typ application/at+jwt": with_header(typ="application/at+jwt"),
    "header keys twice": token_of(b'{"alg":"none","alg":"HS256","kid":"k1","typ":"at+jwt"}', PAYLOAD),
    "header in another order": token_of(b'{"typ":"at+jwt","kid":"k1","alg":"HS256"}', PAYLOAD),
    "header with white space": token_of(b'{"alg": "HS256", "kid": "k1", "typ": "at+jwt"}', PAYLOAD),
    "header a list": token_of(b"[]", PAYLOAD),
    "header null": token_of(b"null", PAYLOAD),
    "header a string": token_of(b'"HS256"', PAYLOAD),
    "header not JSON": token_of(b"{alg:HS256}", PAYLOAD),
    "header empty": token_of(b"", PAYLOAD),
    "header not UTF-8": token_of(b'{"alg":"\xff\xfe"}', PAYLOAD),
    "header with a byte order mark": token_of(b"\xef\xbb\xbf" + compact(HEADER), PAYLOAD),
    "header nested deep": token_of(b"[" * 1000, PAYLOAD),
    # times
    "expired a second ago": with_claims(iat=NOW - 600, exp=NOW - 1),
    "expires now": with_claims(iat=NOW - 600, exp=NOW),
    "expired long ago": with_claims(iat=0, exp=600),
    "exp missing": with_claims(exp=...),
    "exp null": with_claims(exp=None),
    "exp a string": with_claims(exp=str(NOW + 600)),
    "exp a float": with_claims(exp=NOW + 600.5),
    "exp a whole float": with_claims(exp=float(NOW + 600)),
    "exp true": with_claims(exp=True),
    "exp a list": with_claims(exp=[NOW + 600]),
    "exp negative": with_claims(exp=-1),
    "exp in a year": with_claims(exp=NOW + 365 * 86400),
    "exp in milliseconds": with_claims(exp=(NOW + 600) * 1000),
    "exp 10**18": with_claims(exp=10**18),
    "exp 10**400": with_claims(exp=10**400),
    "exp 1e400": raw_claims(lambda text: text.replace(str(NOW + 600), "1e400")),
    "exp in scientific notation": raw_claims(lambda text: text.replace(str(NOW + 600), f"{NOW + 600}e0")),
    "exp Infinity": raw_claims(lambda text: text.replace(str(NOW + 600), "Infinity")),
    "exp NaN": raw_claims(lambda text: text.replace(str(NOW + 600), "NaN")),
    "exp with a leading zero": raw_claims(lambda text: text.replace(str(NOW + 600), f"0{NOW + 600}")),
    "exp of 5000 digits": raw_claims(lambda text: text.replace(str(NOW + 600), "1" * 1000)),
    "iat missing": with_claims(iat=...),
    "iat in the future": with_claims(iat=NOW + 120, exp=NOW + 600),
    "iat a string": with_claims(iat=str(NOW)),
    "iat a float": with_claims(iat=NOW + 0.5),
    "iat true": with_claims(iat=True),
    "iat after exp": with_claims(iat=NOW + 700),
    "nbf in the future": with_claims(nbf=NOW + 3600),
    "nbf in the past": with_claims(nbf=NOW - 3600),
    "nbf a string": with_claims(nbf="soon"),
    # who and for whom
    "iss missing": with_claims(iss=...),
    "iss another": with_claims(iss="evil"),
    "iss a list": with_claims(iss=["brain-lms"]),
    "iss null": with_claims(iss=None),
    "iss empty": with_claims(iss=""),
    "aud missing": with_claims(aud=...),
    "aud another": with_claims(aud="media"),
    "aud a list": with_claims(aud=["api"]),
    "aud a list of many": with_claims(aud=["api", "media"]),
    "aud empty": with_claims(aud=""),
    "sub missing": with_claims(sub=...),
    "sub a number": with_claims(sub=1),
    "sub no UUID": with_claims(sub="admin"),
    "sub in upper case": with_claims(sub=str(UUID(int=0xABCDEF << 100)).upper()),
    "sub without hyphens": with_claims(sub=CLAIMS.user_id.hex),
    "sub in braces": with_claims(sub=f"{{{CLAIMS.user_id}}}"),
    "sub a URN": with_claims(sub=CLAIMS.user_id.urn),
    "sid missing": with_claims(sid=...),
    "sid null": with_claims(sid=None),
    "jti missing": with_claims(jti=...),
    "jti empty": with_claims(jti=""),
    "jti a number": with_claims(jti=1),
    "tenant_id missing": with_claims(tenant_id=...),
    "tenant_id null for a teacher": with_claims(tenant_id=None),
    "tenant_id empty": with_claims(tenant_id=""),
    "tenant_id a star": with_claims(tenant_id="*"),
    "role missing": with_claims(role=...),
    "role unknown": with_claims(role="ROOT"),
    "role in lower case": with_claims(role="teacher"),
    "role a list": with_claims(role=["TEACHER", "SCHOOL_ADMIN"]),
    "role SUPER_ADMIN in a school": with_claims(role="SUPER_ADMIN"),
    "claim typ missing": with_claims(typ=...),
    "claim typ another": with_claims(typ="playback"),
    "a claim too many": with_claims(admin=True),
    "act null": with_claims(act=None),
    "act a string": with_claims(act=str(CLAIMS.user_id)),
    "act without sub": with_claims(act={}),
    "act of acts": with_claims(act={"sub": str(CLAIMS.user_id), "act": {"sub": str(CLAIMS.user_id)}}),
    "act in an operator's token": with_claims(
        tenant_id=None, role="SUPER_ADMIN", act={"sub": str(CLAIMS.user_id)}
    ),
    # payloads
    "claims twice": raw_claims(lambda text: text.replace('"role":"TEACHER"', '"role":"TEACHER","role":"SCHOOL_ADMIN"')),
    "claims twice, the same": raw_claims(lambda text: text.replace('"typ":"access"', '"typ":"access","typ":"access"')),
    "claims with white space": raw_claims(lambda text: text.replace(",", ", ")),
    "claims with a line end": raw_claims(lambda text: text + "\n"),
    "claims with escapes": raw_claims(lambda text: text.replace("access", "\\u0061ccess")),
    "claims in another order": token_of(HEADER, dict(reversed(PAYLOAD.items()))),
    "two objects": raw_claims(lambda text: text + text),
    "a comma too many": raw_claims(lambda text: text[:-1] + ",}"),
    "payload a list": token_of(HEADER, b"[]"),
    "payload a number": token_of(HEADER, b"1"),
    "payload null": token_of(HEADER, b"null"),
    "payload empty": token_of(HEADER, b""),
    "payload an empty object": token_of(HEADER, b"{}"),
    "payload not JSON": token_of(HEADER, b"role=TEACHER"),
    "payload not UTF-8": token_of(HEADER, compact(PAYLOAD).replace(b"TEACHER", b"\xff\xfe")),
    "payload with a lone surrogate": raw_claims(lambda text: text.replace("an-id", "\\ud83d")),
    "payload with NUL": raw_claims(lambda text: text.replace("TEACHER", "TEACHER\\u0000")),
    "payload nested deep": token_of(HEADER, b"[" * 1200),
    "payload nested deep in a claim": raw_claims(lambda text: text.replace('"an-id"', "[" * 1000)),
    "payload UTF-16": token_of(HEADER, compact(PAYLOAD).decode().encode("utf-16")),
    "a token in a token": token_of(HEADER, GOOD.encode()),
    # shapes
    "empty": "",
    "one part": HEAD,
    "two parts": f"{HEAD}.{BODY}",
    "four parts": f"{GOOD}.{SIGNATURE}",
    "five parts (JWE)": f"{HEAD}.{BODY}.{SIGNATURE}.{BODY}.{SIGNATURE}",
    "only dots": "..",
    "signature stripped": f"{HEAD}.{BODY}.",
    "signature one character short": GOOD[:-1],
    "signature half": GOOD[:-20],
    "signature of zeros": f"{HEAD}.{BODY}.{'A' * 43}",
    "signature of another token": f"{HEAD}.{BODY}.{with_claims(role='HOD').rpartition('.')[2]}",
    "payload of another token": f"{HEAD}.{with_claims(role='SCHOOL_ADMIN').split('.')[1]}.{SIGNATURE}",
    "signature with padding": GOOD + "=",
    "every part with padding": f"{HEAD}==.{BODY}==.{SIGNATURE}=",
    "header with padding": f"{HEAD}=.{BODY}.{sign(f'{HEAD}=.{BODY}')}",
    "plain base64": f"{HEAD}.{PADDED_CLAIMS}.{sign(f'{HEAD}.{PADDED_CLAIMS}')}",
    "white space before": " " + GOOD,
    "white space after": GOOD + " ",
    "a line end after": GOOD + "\n",
    "white space inside": f"{HEAD} .{BODY}.{SIGNATURE}",
    "a tab inside, signed": f"{HEAD}.{BODY}\t.{sign(f'{HEAD}.{BODY}' + chr(9))}",
    "NUL after": GOOD + "\x00",
    "Bearer before": f"Bearer {GOOD}",
    "quotes around": f'"{GOOD}"',
    "percent-encoded dots": GOOD.replace(".", "%2e"),
    "full-width dots": GOOD.replace(".", "\uff0e"),
    "not ASCII": GOOD + "é",
    "a lone surrogate": GOOD + "\ud83d",
    "JSON serialisation": json.dumps({"protected": HEAD, "payload": BODY, "signature": SIGNATURE}),
    "a megabyte of payload": token_of(HEADER, {**PAYLOAD, "jti": "x" * 750_000}),
    "a megabyte of dots": "." * 1_000_000,
    "a megabyte of letters": "A" * 1_000_000,
    "a little too long": token_of(HEADER, {**PAYLOAD, "jti": "x" * 1300}),
    # other kinds of token
    "a refresh token": HmacRefreshTokens(keys={"k1": derive_key(SECRET, "refresh")}, current="k1").first(),
    "a playback token": HmacPlaybackTokens(keys={"k1": derive_key(SECRET, "playback")}, current="k1").issue(GRANT),
    "a playback token under our key": HmacPlaybackTokens(keys={"k1": KEY}, current="k1").issue(GRANT),
    "a password hash": "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
    "a hash": hashlib.sha256(b"x").hexdigest(),
}  # fmt: skip


@pytest.fixture(scope="module")
def tokens() -> PyJwtAccessTokens:
    return new({"k1": KEY, "k2": OTHER_KEY[::-1]}, "k1", MemoryClock())


def test_the_forge_makes_good_tokens(tokens: PyJwtAccessTokens) -> None:
    assert tokens.verify(GOOD) == CLAIMS


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_attacks_are_invalid_tokens_and_nothing_else(tokens: PyJwtAccessTokens, attack: str) -> None:
    with pytest.raises(InvalidToken) as caught:
        tokens.verify(attack)
    assert str(caught.value) == ""


def test_an_access_token_is_no_other_kind_of_token() -> None:
    playback = HmacPlaybackTokens(keys={"k1": KEY}, current="k1")
    with pytest.raises(InvalidToken):
        playback.verify(GOOD, now=MORNING)
