"""Joining a school, proving who one is, and being let in or not: over the real application."""

import asyncio
import base64
import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import count
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest

from adapters.memory.password_hasher import MemoryPasswordHasher
from entrypoints.wiring.mail import MAIL_FOLDER
from lms_app.accounts import refresh_session
from lms_app.accounts.secrets import new_secret
from lms_app.notices.send_mail import SendMail
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.randomness import Randomness
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.impersonation import new_impersonation
from lms_domain.accounts.second_factor import STEP_SECONDS, totp
from tests.integration.http.conftest import OPERATOR, PASSWORD, Person, RunningApp, School, sign_in

AUTH = "/api/users/auth"
NEW = "third green elephant tricycle"
SYSTEM = SystemScope("a test")
_numbers = count(1)


def code_of(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    kind: str = response.json()["type"]
    return kind.removeprefix("urn:lms:problem:")


def without_request(response: httpx.Response) -> tuple[int, str]:
    """What a client could tell two answers apart by."""
    return response.status_code, response.text.replace(response.headers["x-request-id"], "")


def client_at(school: School, address: str) -> httpx.AsyncClient:
    """A client on the school's host, from another network."""
    transport = httpx.ASGITransport(school.running.app, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=f"https://{school.host}")


async def mails_to(running: RunningApp, email: str) -> list[EmailMessage]:
    """What has arrived, the oldest first."""
    send = await running.container.get(SendMail)
    while await send():
        pass
    found = []
    for path in sorted((running.settings.data_dir / MAIL_FOLDER).glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        if mail["To"] == email:
            found.append(mail)
    return found


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def link_in(mail: EmailMessage, page: str, school: School) -> dict[str, str]:
    """``uid`` and ``token`` of the mail's link, which leads to that page of the school and nowhere else."""
    found = re.search(rf"https://\S*/{page}\?\S+", text_of(mail))
    assert found is not None, text_of(mail)
    parts = urlsplit(found[0])
    assert parts.netloc == school.host
    query = parse_qs(parts.query, strict_parsing=True)
    return {"uid": query["uid"][0], "token": query["token"][0]}


async def invited(school: School, **more: object) -> tuple[str, dict[str, str]]:
    """Somebody's address and their link."""
    email = f"invited{next(_numbers)}@school.example"
    body = {"email": email, "first_name": "Ines", "last_name": "Invited", **more}
    response = await school.admin.post(f"{AUTH}/register-teacher/", body)
    assert response.status_code == 201, response.text
    assert (response.json()["must_change_password"], response.json()["email_verified"]) == (False, False)
    (mail,) = await mails_to(school.running, email)
    return email, link_in(mail, "accept-invitation", school)


async def joined(school: School) -> Person:
    """Somebody who accepted an invitation and is signed in."""
    email, link = await invited(school)
    async with school.running.client(school.host) as client:
        accepted = await client.post(f"{AUTH}/accept-invitation/", json={**link, "new_password": PASSWORD})
    assert accepted.status_code == 200, accepted.text
    return await sign_in(school.running, school.host, email, PASSWORD)


def hasher_of(running: RunningApp, hasher: PasswordHasher) -> MemoryPasswordHasher:
    assert isinstance(hasher, MemoryPasswordHasher), running
    return hasher


async def test_an_invitation_from_mail_to_sign_in(school: School, other_school: School) -> None:
    email, link = await invited(school)
    async with school.running.client(school.host) as client, other_school.running.client(other_school.host) as other:
        early = await client.post(f"{AUTH}/login/", json={"email": email, "password": ""})
        assert (early.status_code, code_of(early)) == (401, "invalid_credentials")
        weak = await client.post(f"{AUTH}/accept-invitation/", json={**link, "new_password": "short"})
        assert [(e["field"], e["code"]) for e in weak.json()["errors"]] == [("new_password", "too_short")]
        answers = [
            await client.post(f"{AUTH}/accept-invitation/", json={**link, **wrong, "new_password": PASSWORD})
            for wrong in ({"token": "nonsense"}, {"uid": "0190f7d0-0000-7000-8000-000000000001"})
        ]
        body = {**link, "new_password": PASSWORD}
        answers.append(await other.post(f"{AUTH}/accept-invitation/", json=body))
        for path in ("confirm-password-reset", "verify-email"):
            sent = body if path.startswith("confirm") else link
            answers.append(await client.post(f"{AUTH}/{path}/", json=sent))
        assert {(answer.status_code, code_of(answer)) for answer in answers} == {(400, "token_invalid")}
        assert len({without_request(answer) for answer in answers}) == 1

        at_once = await asyncio.gather(*(client.post(f"{AUTH}/accept-invitation/", json=body) for _ in range(10)))
        assert Counter(each.status_code for each in at_once) == {200: 1, 400: 9}
        user = next(each.json() for each in at_once if each.status_code == 200)
        assert (user["email"], user["email_verified"], user["must_change_password"]) == (email, True, False)
        assert (await client.post(f"{AUTH}/login/", json={"email": email, "password": PASSWORD})).status_code == 200

    again = await school.admin.post(f"/api/teachers/{link['uid']}/invite/")
    assert (again.status_code, code_of(again)) == (409, "already_joined")
    unknown = await school.admin.post("/api/teachers/0190f7d0-0000-7000-8000-000000000001/invite/")
    foreign = await other_school.admin.post(f"/api/teachers/{link['uid']}/invite/")
    assert without_request(unknown) == without_request(foreign)
    assert unknown.status_code == 404


async def test_a_new_invitation_ends_the_earlier_one(school: School) -> None:
    email, first = await invited(school)
    assert (await school.admin.post(f"/api/teachers/{first['uid']}/invite/")).status_code == 204
    second = link_in((await mails_to(school.running, email))[1], "accept-invitation", school)
    async with school.running.client(school.host) as client:
        old = await client.post(f"{AUTH}/accept-invitation/", json={**first, "new_password": PASSWORD})
        assert code_of(old) == "token_invalid"
        new = await client.post(f"{AUTH}/accept-invitation/", json={**second, "new_password": PASSWORD})
        assert new.status_code == 200
    teacher = await joined(school)
    refused = await teacher.post(f"/api/teachers/{first['uid']}/invite/")
    assert (refused.status_code, code_of(refused)) == (403, "not_allowed")


async def test_an_address_is_proven_by_a_link(school: School) -> None:
    email = f"prove{next(_numbers)}@school.example"
    body = {"email": email, "first_name": "P", "last_name": "V", "password": PASSWORD}
    assert (await school.admin.post(f"{AUTH}/register-teacher/", body)).status_code == 201
    async with school.running.client(school.host) as client:
        asked = [
            await client.post(f"{AUTH}/resend-verification/", json={"email": each})
            for each in (email, "nobody@school.example", "admin@school.example")
        ]
        assert {without_request(answer) for answer in asked} == {(202, "")}
        first, second = [link_in(m, "verify-email", school) for m in await mails_to(school.running, email)]
        at_once = await asyncio.gather(*(client.post(f"{AUTH}/verify-email/", json=first) for _ in range(5)))
        assert Counter(each.status_code for each in at_once) == {204: 1, 400: 4}
        assert (await client.post(f"{AUTH}/verify-email/", json=second)).status_code == 204
    person = await sign_in(school.running, school.host, email, PASSWORD)
    assert (await person.get(f"{AUTH}/me/")).json()["email_verified"] is True
    async with school.running.client(school.host) as client:
        await client.post(f"{AUTH}/resend-verification/", json={"email": email})
    assert len(await mails_to(school.running, email)) == 2


async def test_a_forgotten_password(school: School) -> None:
    person = await joined(school)
    email = person.email
    async with school.running.client(school.host) as client:
        before = (await client.post(f"{AUTH}/login/", json={"email": email, "password": PASSWORD})).json()["tokens"]
        asked = [
            await client.post(f"{AUTH}/request-password-reset/", json={"email": each}, headers=headers)
            for each, headers in (
                (email, {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}),
                ("nobody@school.example", {}),
                ("not an address", {}),
                (OPERATOR[0], {}),
            )
        ]
        assert {without_request(answer) for answer in asked} == {(202, "")}
        mails = await mails_to(school.running, email)
        link = link_in(mails[-1], "reset-password", school)
        assert "30 minutes" in text_of(mails[-1])
        same = {**link, "new_password": email}
        assert (await client.post(f"{AUTH}/confirm-password-reset/", json=same)).json()["errors"][0]["code"]
        for _ in range(6):
            wrong = await client.post(f"{AUTH}/login/", json={"email": email, "password": "wrong"})
        assert wrong.status_code == 429

        body = {**link, "new_password": NEW}
        at_once = await asyncio.gather(*(client.post(f"{AUTH}/confirm-password-reset/", json=body) for _ in range(20)))
        assert Counter(each.status_code for each in at_once) == {204: 1, 400: 19}
        assert (await person.get(f"{AUTH}/me/")).status_code == 401
        ended = await client.post(f"{AUTH}/refresh/", json={"refresh_token": before["refresh"]})
        assert (ended.status_code, code_of(ended)) == (401, "invalid_refresh_token")
        assert (await client.post(f"{AUTH}/login/", json={"email": email, "password": NEW})).status_code == 200
        old = await client.post(f"{AUTH}/login/", json={"email": email, "password": PASSWORD})
        assert code_of(old) == "invalid_credentials"
    told = (await mails_to(school.running, email))[-1]
    assert told["Subject"] == "Your password was changed"
    assert NEW not in text_of(told)


async def test_nobodys_mailbox_is_flooded(school: School) -> None:
    person = await joined(school)
    async with client_at(school, "198.51.100.40") as client:
        body = {"email": person.email}
        asked = await asyncio.gather(*(client.post(f"{AUTH}/request-password-reset/", json=body) for _ in range(8)))
    assert {answer.status_code for answer in asked} == {202}
    resets = [m for m in await mails_to(school.running, person.email) if m["Subject"] == "Choose a new password"]
    assert 1 <= len(resets) <= 8
    async with client_at(school, "198.51.100.41") as client:
        assert (await client.post(f"{AUTH}/request-password-reset/", json=body)).status_code == 202
    after = [m for m in await mails_to(school.running, person.email) if m["Subject"] == "Choose a new password"]
    assert len(after) == len(resets)


async def test_operators_get_no_links(running: RunningApp, operator: Person) -> None:
    async with running.client() as client:
        asked = await client.post(f"{AUTH}/request-password-reset/", json={"email": operator.email})
        assert (asked.status_code, asked.content) == (202, b"")
        link = {"uid": "0190f7d0-0000-7000-8000-000000000001", "token": "x"}
        for path, body in (
            ("accept-invitation", {**link, "new_password": NEW}),
            ("confirm-password-reset", {**link, "new_password": NEW}),
            ("verify-email", link),
        ):
            assert code_of(await client.post(f"{AUTH}/{path}/", json=body)) == "token_invalid"
        assert code_of(await client.post(f"{AUTH}/exchange/", json={"code": "x"})) == "code_invalid"


@pytest.mark.parametrize("exists", [True, False])
async def test_guessing_slows_down_for_the_guesser_alone(school: School, exists: bool) -> None:
    email = (await joined(school)).email if exists else f"nobody{next(_numbers)}@school.example"
    address = f"198.51.100.{10 + exists}"
    async with client_at(school, address) as guesser, client_at(school, "203.0.113.9") as owner:
        answers = [
            await guesser.post(f"{AUTH}/login/", json={"email": email, "password": f"guess {n}"}) for n in range(8)
        ]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 3
        assert code_of(answers[-1]) == "too_many_tries"
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 2
        right = await guesser.post(f"{AUTH}/login/", json={"email": email, "password": PASSWORD})
        assert right.status_code == 429
        elsewhere = await owner.post(f"{AUTH}/login/", json={"email": email, "password": PASSWORD})
        assert elsewhere.status_code == (200 if exists else 401)


async def test_of_many_guesses_at_once_few_are_looked_at(school: School) -> None:
    person = await joined(school)
    hasher = hasher_of(school.running, await school.running.container.get(PasswordHasher))
    async with client_at(school, "198.51.100.20") as client:
        before = hasher.verified
        body = {"email": person.email, "password": "a guess"}
        answers = await asyncio.gather(*(client.post(f"{AUTH}/login/", json=body) for _ in range(400)))
    assert hasher.verified - before <= 10
    assert set(Counter(answer.status_code for answer in answers)) == {401, 429}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 429)


async def test_many_who_know_their_password_are_let_in_at_once(school: School) -> None:
    person = await joined(school)
    async with client_at(school, "198.51.100.21") as client:
        body = {"email": person.email, "password": PASSWORD}
        answers = await asyncio.gather(*(client.post(f"{AUTH}/login/", json=body) for _ in range(40)))
    assert Counter(answer.status_code for answer in answers) == {200: 40}


def code_now(secret: str, *, step: int = 0) -> str:
    return totp(base64.b32decode(secret), int(time.time()) // STEP_SECONDS + step)


async def with_factor(school: School) -> tuple[Person, str, list[str]]:
    """Somebody with a second factor, its secret and recovery codes."""
    person = await joined(school)
    enrolled = (await person.post(f"{AUTH}/otp/enrol/")).json()
    assert enrolled["uri"].startswith("otpauth://totp/")
    assert (await person.get(f"{AUTH}/otp/")).json() == {"is_enrolled": False, "recovery_codes_left": 0}
    # The code of the step before: that of now is still good for signing in.
    confirmed = await person.post(f"{AUTH}/otp/confirm/", {"code": code_now(enrolled["secret"], step=-1)})
    assert confirmed.status_code == 200, confirmed.text
    return person, enrolled["secret"], confirmed.json()["recovery_codes"]


async def test_a_second_factor(school: School) -> None:
    person, secret, recovery = await with_factor(school)
    assert len(set(recovery)) == 10
    assert (await person.get(f"{AUTH}/otp/")).json() == {"is_enrolled": True, "recovery_codes_left": 10}
    assert code_of(await person.post(f"{AUTH}/otp/enrol/")) == "otp_already_confirmed"
    body = {"email": person.email, "password": PASSWORD}
    async with client_at(school, "198.51.100.30") as client:
        asked = await client.post(f"{AUTH}/login/", json=body)
        assert (asked.status_code, code_of(asked)) == (401, "otp_required")
        assert "errors" not in asked.json()
        wrong_password = await client.post(f"{AUTH}/login/", json={**body, "password": "x", "otp": code_now(secret)})
        assert code_of(wrong_password) == "invalid_credentials"
        wrong = await client.post(f"{AUTH}/login/", json={**body, "otp": "000000"})
        assert [(e["field"], e["code"]) for e in wrong.json()["errors"]] == [("otp", "invalid")]
        assert (wrong.status_code, code_of(wrong)) == (401, "otp_required")
        right = {**body, "otp": code_now(secret, step=1)}
        at_once = await asyncio.gather(*(client.post(f"{AUTH}/login/", json=right) for _ in range(5)))
        assert Counter(each.status_code for each in at_once) == {200: 1, 401: 4}
        lost = {**body, "otp": recovery[0].upper().replace("-", " ")}
        at_once = await asyncio.gather(*(client.post(f"{AUTH}/login/", json=lost) for _ in range(3)))
        assert Counter(each.status_code for each in at_once) == {200: 1, 401: 2}


async def test_codes_cannot_be_guessed_from_many_networks(school: School) -> None:
    person, secret, _ = await with_factor(school)
    body = {"email": person.email, "password": PASSWORD, "otp": "000000"}
    answers = []
    for number in range(7):
        async with client_at(school, f"203.0.113.{100 + number}") as client:
            answers.append((await client.post(f"{AUTH}/login/", json=body)).status_code)
    assert answers == [401] * 5 + [429] * 2
    async with client_at(school, "203.0.113.120") as client:
        right = await client.post(f"{AUTH}/login/", json={**body, "otp": code_now(secret, step=1)})
    assert right.status_code == 429


async def test_a_second_factor_ends_with_a_code(school: School) -> None:
    person, _, recovery = await with_factor(school)
    wrong = await person.post(f"{AUTH}/otp/disable/", {"code": "000000"})
    assert (wrong.status_code, code_of(wrong)) == (400, "otp_invalid")
    assert (await person.post(f"{AUTH}/otp/disable/", {"code": recovery[1]})).status_code == 204
    assert code_of(await person.post(f"{AUTH}/otp/disable/", {"code": recovery[2]})) == "otp_not_confirmed"
    await sign_in(school.running, school.host, person.email, PASSWORD)
    subjects = [mail["Subject"] for mail in await mails_to(school.running, person.email)]
    assert subjects[-2:] == ["A second factor protects your account", "The second factor of your account is off"]


async def age_session(school: School, person: Person) -> None:
    """Let the proof of who somebody is be an hour old."""
    sessions = (await person.get(f"{AUTH}/sessions/")).json()["results"]
    current = next(UUID(session["id"]) for session in sessions if session["is_current"])
    async with (await school.running.container.get(UnitOfWork)).begin(await scope_of(school)) as tx:
        await tx.sessions.confirm(current, now=datetime.now(UTC) - timedelta(hours=1))
        await tx.commit()


async def scope_of(school: School) -> TenantScope:
    return TenantScope(UUID((await school.admin.get(f"{AUTH}/me/")).json()["tenant_id"]))


async def test_what_is_dangerous_asks_again_who_one_is(school: School) -> None:
    person = await joined(school)
    await age_session(school, person)
    refused = await person.post(f"{AUTH}/otp/enrol/")
    assert (refused.status_code, code_of(refused)) == (403, "step_up_required")
    for body in ({}, {"password": PASSWORD, "otp": "123456"}):
        assert (await person.post(f"{AUTH}/step-up/", body)).json()["errors"][0]["code"] == "required"
    wrong = await person.post(f"{AUTH}/step-up/", {"password": "wrong"})
    assert [(e["field"], e["code"]) for e in wrong.json()["errors"]] == [("password", "wrong")]
    assert (await person.post(f"{AUTH}/step-up/", {"otp": "123456"})).json()["errors"][0]["code"] == "not_enrolled"
    assert code_of(await person.post(f"{AUTH}/otp/enrol/")) == "step_up_required"
    proven = await person.post(f"{AUTH}/step-up/", {"password": PASSWORD})
    assert proven.status_code == 200
    valid_until = datetime.fromisoformat(proven.json()["valid_until"])
    assert timedelta(minutes=4) < valid_until - datetime.now(UTC) <= timedelta(minutes=5)
    assert (await person.post(f"{AUTH}/otp/enrol/")).status_code == 200
    # Nobody guesses on a screen that was left alone.
    guesses = [(await person.post(f"{AUTH}/step-up/", {"password": f"guess {n}"})).status_code for n in range(7)]
    assert guesses == [400] * 5 + [429] * 2


async def test_a_code_proves_who_one_is(school: School) -> None:
    person, secret, _ = await with_factor(school)
    await age_session(school, person)
    body = {"otp": code_now(secret)}
    at_once = await asyncio.gather(*(person.post(f"{AUTH}/step-up/", body) for _ in range(4)))
    assert Counter(each.status_code for each in at_once) == {200: 1, 400: 3}
    assert {code_of(each) for each in at_once if each.status_code == 400} == {"otp_invalid"}


async def test_where_one_is_signed_in(school: School) -> None:
    person = await joined(school)
    others = []
    for number in range(3):
        async with client_at(school, f"192.0.2.{number}") as client:
            body = {"email": person.email, "password": PASSWORD}
            agent = {"User-Agent": f"Browser/{number}"}
            others.append((await client.post(f"{AUTH}/login/", json=body, headers=agent)).json()["tokens"])
    listed = (await person.get(f"{AUTH}/sessions/")).json()
    assert set(listed) == {"count", "next", "previous", "results"}
    assert listed["count"] == 4
    assert [session["is_current"] for session in listed["results"]] == [False, False, False, True]
    assert (listed["results"][0]["address"], listed["results"][0]["user_agent"]) == ("192.0.2.2", "Browser/2")
    newest, mine = listed["results"][0]["id"], listed["results"][-1]["id"]
    assert (await person.client.delete(f"{AUTH}/sessions/{newest}/")).status_code == 204
    gone = await person.client.delete(f"{AUTH}/sessions/{newest}/")
    stranger = await (await joined(school)).client.delete(f"{AUTH}/sessions/{mine}/")
    assert without_request(gone) == without_request(stranger)
    assert gone.status_code == 404
    async with school.running.client(school.host) as client:
        asked = [
            (await client.get(f"{AUTH}/me/", headers={"Authorization": f"Bearer {tokens['access']}"})).status_code
            for tokens in others
        ]
        assert asked == [200, 200, 401]
        assert (await person.client.delete(f"{AUTH}/sessions/")).status_code == 204
        for tokens in others:
            ended = await client.post(f"{AUTH}/refresh/", json={"refresh_token": tokens["refresh"]})
            assert ended.status_code == 401
    assert [session["id"] for session in (await person.get(f"{AUTH}/sessions/")).json()["results"]] == [mine]


async def test_a_key_used_twice_ends_its_session_and_is_told(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh_session, "REPEAT_WINDOW", timedelta(0))
    person = await joined(school)
    client = school.running.client(school.host)
    body = {"email": person.email, "password": PASSWORD}
    first = (await client.post(f"{AUTH}/login/", json=body)).json()["tokens"]["refresh"]
    following = (await client.post(f"{AUTH}/refresh/", json={"refresh_token": first})).json()["refresh"]
    for token in (first, following, first):
        refused = await client.post(f"{AUTH}/refresh/", json={"refresh_token": token})
        assert (refused.status_code, code_of(refused)) == (401, "invalid_refresh_token")
    mails = await mails_to(school.running, person.email)
    (mail,) = [each for each in mails if each["Subject"] == "One of your sessions was ended"]
    assert "School north" in text_of(mail)
    found = (await school.admin.get("/api/audit/?action=session.stolen")).json()["results"]
    assert [entry["object_name"] for entry in found] == [person.email]


async def test_twenty_sessions_at_most(school: School) -> None:
    person = await joined(school)
    for _ in range(21):
        await sign_in(school.running, school.host, person.email, PASSWORD)
    newest = await sign_in(school.running, school.host, person.email, PASSWORD)
    assert (await newest.get(f"{AUTH}/sessions/?page_size=100")).json()["count"] == 20
    # Remembered for five seconds at most.
    for _ in range(70):
        if (answer := await person.get(f"{AUTH}/me/")).status_code == 401:
            break
        await asyncio.sleep(0.1)
    assert answer.status_code == 401


async def test_what_one_says_of_oneself(school: School, operator: Person) -> None:
    person = await joined(school)
    before = (await person.get(f"{AUTH}/me/")).json()
    changed = await person.client.patch(f"{AUTH}/me/", json={"first_name": " Ida ", "bio": "Likes\nalgebra."})
    assert changed.json() == {**before, "first_name": "Ida", "bio": "Likes\nalgebra."}
    assert (await person.get(f"{AUTH}/me/")).json() == changed.json()
    for body, field, code in (
        ({"first_name": " "}, "first_name", "required"),
        ({"role": "SCHOOL_ADMIN"}, "role", "unknown_field"),
        ({"email": "x@y.example"}, "email", "unknown_field"),
        ({"bio": None}, "bio", "wrong_type"),
    ):
        refused = await person.client.patch(f"{AUTH}/me/", json=body)
        assert [(e["field"], e["code"]) for e in refused.json()["errors"]] == [(field, code)]


async def test_operators_have_a_name_and_nothing_to_choose(operator: Person) -> None:
    before = (await operator.get(f"{AUTH}/me/")).json()
    changed = await operator.client.patch(f"{AUTH}/me/", json={"first_name": " Olga ", "last_name": "Ops"})
    assert changed.json() == {**before, "first_name": "Olga", "last_name": "Ops"}
    assert (await operator.get(f"{AUTH}/me/")).json() == changed.json()
    refused = await operator.client.patch(f"{AUTH}/me/", json={"bio": "x"})
    assert [(e["field"], e["code"]) for e in refused.json()["errors"]] == [("bio", "not_kept")]
    (entry,) = (await operator.get("/api/super-admin/audit/?action=operator.changed")).json()["results"]
    assert entry["after"] == {"first_name": "Olga", "last_name": "Ops"}
    preferences = await operator.get(f"{AUTH}/preferences/")
    assert preferences.json() == {"mail": True, "digest": False, "muted": [], "unmailed": []}
    refused = await operator.client.patch(f"{AUTH}/preferences/", json={"mail": False})
    assert (refused.status_code, "always comes" in refused.json()["detail"]) == (403, True)


async def test_what_one_wants_to_be_told(school: School) -> None:
    person = await joined(school)
    at_first = (await person.get(f"{AUTH}/preferences/")).json()
    assert at_first == {"mail": True, "digest": False, "muted": [], "unmailed": []}
    changed = await person.client.patch(f"{AUTH}/preferences/", json={"digest": True, "muted": ["REMINDER"]})
    assert changed.json() == {"mail": True, "digest": True, "muted": ["REMINDER"], "unmailed": []}
    assert (await person.get(f"{AUTH}/preferences/")).json() == changed.json()
    refused = await person.client.patch(f"{AUTH}/preferences/", json={"muted": ["SYSTEM"]})
    assert [(e["field"], e["code"]) for e in refused.json()["errors"]] == [("muted", "invalid")]


async def new_visit(school: School) -> tuple[str, UUID]:
    """The code of a visit as the school's administrator, and its id."""
    container = school.running.container
    secret = new_secret(await container.get(Randomness))
    me = (await school.admin.get(f"{AUTH}/me/")).json()
    async with (await container.get(UnitOfWork)).begin(SYSTEM) as system:
        operator = await system.operators.by_email(OPERATOR[0])
        assert operator is not None
        visit = new_impersonation(
            impersonation_id=(await container.get(Ids)).new(),
            tenant_id=UUID(me["tenant_id"]),
            operator_id=operator.id,
            user_id=UUID(me["id"]),
            reason="They asked for help.",
            code_fingerprint=secret.fingerprint,
            now=datetime.now(UTC),
        )
        await system.impersonations.add(visit)
        await system.commit()
    return secret.text, visit.id


async def test_a_visit_of_an_operator(school: School, other_school: School) -> None:
    code, visit_id = await new_visit(school)
    async with school.running.client(school.host) as client, other_school.running.client(other_school.host) as other:
        foreign = await other.post(f"{AUTH}/exchange/", json={"code": code})
        assert (foreign.status_code, code_of(foreign)) == (400, "code_invalid")
        at_once = await asyncio.gather(*(client.post(f"{AUTH}/exchange/", json={"code": code}) for _ in range(5)))
        assert Counter(each.status_code for each in at_once) == {200: 1, 400: 4}
        entered = next(each.json() for each in at_once if each.status_code == 200)
        assert set(entered) == {"access", "user", "impersonation"}
        assert entered["impersonation"]["id"] == str(visit_id)
        assert entered["impersonation"]["reason"] == "They asked for help."
        assert entered["user"]["email"] == "admin@school.example"
        client.headers["Authorization"] = f"Bearer {entered['access']}"
        assert (await client.get(f"{AUTH}/me/")).json() == entered["user"]
        assert (await client.get("/api/courses/")).status_code == 200
        closed = [
            await client.post(
                f"{AUTH}/change-password/", json={"current_password": PASSWORD, "new_password": f"{NEW} again"}
            ),
            await client.post(f"{AUTH}/step-up/", json={"password": PASSWORD}),
            await client.get(f"{AUTH}/otp/"),
            await client.post(f"{AUTH}/otp/enrol/"),
            await client.post(f"{AUTH}/otp/confirm/", json={"code": "123456"}),
            await client.post(f"{AUTH}/otp/disable/", json={"code": "123456"}),
            await client.get(f"{AUTH}/sessions/"),
            await client.delete(f"{AUTH}/sessions/"),
            await client.delete(f"{AUTH}/sessions/0190f7d0-0000-7000-8000-000000000001/"),
            await client.patch(f"{AUTH}/me/", json={"bio": "x"}),
            await client.get(f"{AUTH}/preferences/"),
            await client.patch(f"{AUTH}/preferences/", json={"mail": False}),
        ]
        assert {(answer.status_code, code_of(answer)) for answer in closed} == {(403, "impersonating")}
        assert (await client.delete(f"{AUTH}/sessions/{visit_id}/")).status_code == 204
        assert (await client.get(f"{AUTH}/me/")).status_code == 401
    async with (await school.running.container.get(UnitOfWork)).begin(await scope_of(school)) as tx:
        visit = await tx.impersonations.get(visit_id)
    assert visit is not None
    assert visit.ended_at is not None
