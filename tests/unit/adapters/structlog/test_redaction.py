"""No secret is written down, wherever it comes from."""

import base64
import io
import json
import logging
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import httpx
import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.structlog.logger import configure_logging
from adapters.structlog.redaction import MASK, redact, redact_text

SECRET = "".join(("hunt", "er2", "hunter2"))  # in two halves: a traceback shows lines of source
TOKEN = jwt.encode({"sub": "somebody"}, "k" * 32, algorithm="HS256")
HASH = "$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHQ$aGFzaGhhc2g"


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://lms_app:{SECRET}@db/lms",
        f"cannot reach redis://:{SECRET}@cache:6379/0 just now",
        f"smtps://mailer:{SECRET}@mail.example refused",
        f"s3://KEY:{SECRET}@bucket?endpoint=https://s3.example",
        f"postgresql://a:p@ss{SECRET}@db/lms",
        f"host=db password={SECRET} user=lms_app",
        f"host=db password='{SECRET}' user=lms_app",
        f"https://lms.example/reset?token={SECRET}&x=1",
        f"https://s3.example/a.mp4?X-Amz-Signature={SECRET}&X-Amz-Credential={SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"authorization: Basic {base64.b64encode(SECRET.encode()).decode()} {SECRET}",
        f"Cookie: refresh={SECRET}; other={SECRET}",
        f"Set-Cookie: refresh={SECRET}; HttpOnly",
        f"bearer {SECRET}.more",
        f"{{'email': 'a@b.example', 'password': '{SECRET}'}}",
        f'{{"new_password": "{SECRET}", "refresh_token":"{SECRET}"}}',
        f"LMS_SECRET_KEYS=k1:{SECRET}",
        f"/media/{SECRET}{SECRET}/r1/hls/a.ts",
        f"api_key = {SECRET}",
    ],
)
def test_secrets_are_told_by_their_form(text: str) -> None:
    assert SECRET not in redact_text(text)
    assert MASK in redact_text(text)


def test_tokens_and_hashes_go_wherever_they_stand() -> None:
    said = redact_text(f"token {TOKEN} and hash {HASH}, then more")
    assert said == f"token {MASK} and hash {MASK} then more"


@pytest.mark.parametrize(
    "text",
    [
        "VALIDATE succeeded",
        "at 10:15:30 in https://lms.example:8443/courses?page=2",
        "12 tokens of a basic course; the bearer of news",
        "file:///var/lib/brain-lms/storage/tenant/1/videos/2/source.mp4",
        "/media/…",
        "ValueError: a=b",
        "a@b.example wrote: see https://a.example and mail c@d.example",
    ],
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert redact_text(text) == text


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "Authorization", "cookie", "refresh_token", "secret", "client_secret", "x-api-key",
     "password_hash", "database_dsn", "secret_keys", "PASSWORD", "set-cookie", "tokens", "signature"],
)  # fmt: skip
def test_a_name_is_enough(name: str) -> None:
    assert redact({name: SECRET, "n": [{name: [SECRET]}]}) == {name: MASK, "n": [{name: MASK}]}


def test_facts_stay_facts() -> None:
    some_id, now = UUID(int=7), datetime(2026, 3, 2, tzinfo=UTC)
    facts = {"token_count": 3, "passwords_wrong": 2, "id": some_id, "at": now, "ok": True, "none": None, "secret": None}
    assert redact(facts) == facts
    assert redact({"raw": SECRET.encode(), "why": ValueError(f"password={SECRET}")}) == {
        "raw": SECRET, "why": f"ValueError('password={MASK}')",
    }  # fmt: skip


nested = st.recursive(
    st.text(max_size=20) | st.integers() | st.none(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@settings(max_examples=30)
@given(nested)
def test_whatever_comes_can_be_redacted_twice(value: object) -> None:
    once = redact(value)
    assert redact(once) == once


def test_a_structure_without_an_end_has_one_here() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert redact(endless)


# --- through the logger ---


async def dsn_of_asyncpg() -> None:
    """asyncpg repeats what it cannot read, here a port."""
    await asyncpg.connect(f"postgresql://lms_app:{SECRET}@db:password={SECRET}/lms", timeout=1)


async def address_of_httpx() -> None:
    """httpx repeats the whole address."""
    request = httpx.Request("GET", f"https://user:{SECRET}@api.example/?token={SECRET}")
    httpx.Response(500, request=request).raise_for_status()


async def a_chain() -> None:
    try:
        raise ConnectionError(f"redis://:{SECRET}@cache refused")
    except ConnectionError as error:
        error.add_note(f"Authorization: Bearer {TOKEN}")
        raise RuntimeError(f"the queue is away, password={SECRET}") from error


@pytest.mark.parametrize("log_format", ["json", "text"])
@pytest.mark.parametrize("work", [dsn_of_asyncpg, address_of_httpx, a_chain])
async def test_tracebacks_hold_no_secret(log_format: str, work: Callable[[], Awaitable[None]]) -> None:
    stream = io.StringIO()
    log = configure_logging(log_format, process="api", stream=stream)
    raised = ""
    try:
        await work()
    except Exception as error:
        raised = repr(error)
        log.exception("it broke", reason=str(error))
        logging.getLogger("some.library").exception("it broke there: %s", error)
    assert SECRET in raised, "else nothing is shown by this test"
    written = stream.getvalue()
    assert written.count("it broke") == 2
    assert SECRET not in written
    assert TOKEN not in written


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_facts_of_a_line_hold_no_secret(log_format: str) -> None:
    stream = io.StringIO()
    log = configure_logging(log_format, process="api", stream=stream)
    log.info("sent", headers={"Authorization": SECRET, "Accept": "text/html"}, url=f"https://x/?token={SECRET}")
    logging.getLogger("some.library").warning("POST %s", f"https://u:{SECRET}@x")
    assert SECRET not in stream.getvalue()
    assert "text/html" in stream.getvalue()


def test_an_error_that_ends_the_process_is_a_line_too() -> None:
    program = (
        "from adapters.structlog.logger import configure_logging\n"
        "configure_logging('json', process='worker')\n"
        f"raise ConnectionError('postgresql://a:' + '{SECRET[:4]}' + '{SECRET[4:]}@db refused')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONPATH": "src"})
    assert ended.returncode == 1
    line = json.loads(ended.stderr)
    assert (line["event"], line["level"], line["process"]) == ("the process ends by an error", "error", "worker")
    assert SECRET not in ended.stderr
