"""What people are told, over HTTP and PostgreSQL: once, only when it is theirs, and as they want it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest

from adapters.memory.clock import MemoryClock
from adapters.smtp.address import parse_smtp_url
from adapters.smtp.mailer import SmtpMailer
from adapters.system.ids import Uuid7Ids
from entrypoints.http.app import create_app
from entrypoints.http.options import HttpOptions
from lms_app.notices.internet_message import parse_mailbox
from lms_app.notices.mail_brands import MailBrands
from lms_app.notices.morning_round import MorningRound
from lms_app.notices.send_mail import MailRules, SendMail
from lms_app.notices.tell import Tell
from lms_app.ports.school_roll import SchoolRoll
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.ports.unsubscribe_tokens import UnsubscribeTokens
from lms_app.scope import TenantScope
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, MailState
from tests.integration.http.conftest import FIRST_PASSWORD, Person, RunningApp, School, first_sign_in, lifespan_of
from tests.integration.http.test_courses import new_course

UNREAD = "/api/notifications/unread-count/"


async def register(school: School, email: str, **fields: object) -> str:
    body = {"email": email, "first_name": "Tom", "last_name": "Teacher", "password": FIRST_PASSWORD, **fields}
    response = await school.admin.post("/api/users/auth/register-teacher/", body)
    assert response.status_code == 201, response.text
    found: str = response.json()["id"]
    return found


async def newcomer(school: School, **fields: object) -> tuple[Person, str]:
    """Somebody new who is signed in, and their id."""
    email = f"{uuid4().hex[:12]}@school.example"
    user_id = await register(school, email, **fields)
    return await first_sign_in(school.running, school.host, email), user_id


async def published(school: School, **fields: object) -> Any:
    """A course with a text, open to those it is for."""
    course = await new_course(school, **fields)
    path = f"/api/courses/{course['id']}/"
    module = (await school.admin.post(f"{path}modules/", {"title": "M"})).json()
    body = {"title": "Read this", "content_type": "TEXT", "text": "<p>Hi</p>"}
    assert (await school.admin.post(f"{path}modules/{module['id']}/contents/", body)).status_code == 201
    assert (await school.admin.post(f"{path}publish/", {"action": "publish"})).status_code == 200
    return course


async def told(person: Person) -> list[dict[str, Any]]:
    response = await person.get("/api/notifications/?page_size=100")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["results"]
    return found


async def titles(person: Person) -> list[str]:
    return [each["title"] for each in await told(person)]


async def mails(school: School, user_id: str, kind: MailKind) -> list[MailDelivery]:
    """Mails that wait or were sent, to one person."""
    uow = await school.running.container.get(UnitOfWork)
    async with uow.begin(TenantScope(await tenant_of(school))) as tx:
        due = await tx.mail.take_due(1000, now=datetime.now(UTC) + timedelta(days=40))
    return [mail for mail in due if str(mail.user_id) == user_id and mail.kind is kind]


async def tenant_of(school: School) -> UUID:
    return UUID((await school.admin.get("/api/users/auth/me/")).json()["tenant_id"])


class TestBeingTold:
    async def test_of_a_course_once_and_never_of_a_draft(self, school: School) -> None:
        person, user_id = await newcomer(school)
        course = await new_course(school, assigned_teachers=[user_id])
        path, title = f"/api/courses/{course['id']}/", f"New course: {course['title']}"
        module = (await school.admin.post(f"{path}modules/", {"title": "M"})).json()
        link = {"title": "L", "content_type": "LINK", "url": "https://x.example"}
        await school.admin.post(f"{path}modules/{module['id']}/contents/", link)
        await school.admin.client.patch(path, json={"assigned_teachers": [user_id]})
        assert title not in await titles(person)
        for action in ("publish", "unpublish", "publish"):
            assert (await school.admin.post(f"{path}publish/", {"action": action})).status_code == 200
        await school.admin.client.patch(path, json={"assigned_to_all": True})
        assert (await titles(person)).count(title) == 1
        [mail] = [
            each for each in await mails(school, user_id, MailKind.NOTIFICATION) if course["title"] in each.subject
        ]
        assert f"https://{school.host}/teacher/courses/{course['id']}" in mail.text

    async def test_of_courses_that_come_with_a_group_or_with_the_school(self, school: School) -> None:
        group = (await school.admin.post("/api/teacher-groups/", {"name": uuid4().hex, "kind": "CUSTOM"})).json()
        course = await published(school, assigned_groups=[group["id"]])
        for_all = await published(school, assigned_to_all=True)
        person, user_id = await newcomer(school)
        before = await titles(person)
        assert f"New course: {for_all['title']}" in before
        assert f"New course: {course['title']}" not in before
        for _ in range(2):
            response = await school.admin.post(
                f"/api/teacher-groups/{group['id']}/members/", {"teacher_ids": [user_id]}
            )
            assert response.status_code in {200, 204}, response.text
        assert (await titles(person)).count(f"New course: {course['title']}") == 1
        member, _ = await newcomer(school, group_ids=[group["id"]])
        assert (await titles(member)).count(f"New course: {course['title']}") == 1

    async def test_two_at_once_tell_everybody_once(self, school: School) -> None:
        person, user_id = await newcomer(school)
        course = await published(school)
        path = f"/api/courses/{course['id']}/"
        answers = await asyncio.gather(
            *(school.admin.client.patch(path, json={"assigned_teachers": [user_id]}) for _ in range(4))
        )
        assert {answer.status_code for answer in answers} == {200}
        assert (await titles(person)).count(f"New course: {course['title']}") == 1
        assert sum(course["title"] in m.subject for m in await mails(school, user_id, MailKind.NOTIFICATION)) == 1


class TestReading:
    async def test_pages_counts_and_marks(self, school: School, other_school: School) -> None:
        person, user_id = await newcomer(school)
        for number in range(5):
            body = {"title": f"News {number}", "message": "M", "teacher_ids": [user_id]}
            assert (await school.admin.post("/api/announcements/", body)).status_code == 201
        count = len(await told(person))
        first = (await person.get("/api/notifications/?page_size=2")).json()
        assert [each["title"] for each in first["results"]] == ["News 4", "News 3"]
        assert (first["count"], first["previous"]) == (count, None)
        second = (await person.get(first["next"])).json()
        assert [each["title"] for each in second["results"]] == ["News 2", "News 1"]
        unread = await person.get(UNREAD)
        assert unread.json() == {"count": count}
        assert (await person.get(UNREAD, headers={"If-None-Match": unread.headers["etag"]})).status_code == 304
        one = first["results"][0]["id"]
        for _ in range(2):
            assert (await person.post(f"/api/notifications/{one}/read/")).status_code == 200
        changed = await person.get(UNREAD, headers={"If-None-Match": unread.headers["etag"]})
        assert changed.json() == {"count": count - 1}
        for somebody in (other_school.admin, school.admin):
            assert (await somebody.post(f"/api/notifications/{one}/read/")).status_code == 404
        assert (await person.post("/api/notifications/mark-all-read/")).json() == {"marked": count - 1}
        assert (await person.get(UNREAD)).json() == {"count": 0}
        assert all(each["is_read"] for each in await told(person))

    async def test_operators_have_none(self, operator: Person) -> None:
        for path in ("/api/notifications/", UNREAD, "/api/notifications/stream/"):
            assert (await operator.get(path)).status_code == 403
        assert (await operator.client.get("/api/notifications/?cursor=x")).status_code == 400


class TestAnnouncements:
    async def test_reach_groups_and_people_once_as_they_want_it(self, school: School, other_school: School) -> None:
        group = (await school.admin.post("/api/teacher-groups/", {"name": uuid4().hex, "kind": "IB"})).json()
        both, both_id = await newcomer(school, group_ids=[group["id"]])
        muted, muted_id = await newcomer(school, group_ids=[group["id"]])
        quiet, quiet_id = await newcomer(school)
        await muted.client.patch("/api/users/auth/preferences/", json={"muted": ["ANNOUNCEMENT"]})
        await quiet.client.patch("/api/users/auth/preferences/", json={"mail": False})
        body = {"title": "Snow day", "message": "Stay at home.\n\nReally.", "group_ids": [group["id"]]}
        response = await school.admin.post("/api/announcements/", {**body, "teacher_ids": [both_id, quiet_id]})
        assert response.status_code == 201, response.text
        assert response.json()["recipient_count"] == 2
        assert (await titles(both)).count("Snow day") == (await titles(quiet)).count("Snow day") == 1
        assert "Snow day" not in await titles(muted)
        subjects = {
            user_id: [mail.subject for mail in await mails(school, user_id, MailKind.NOTIFICATION)]
            for user_id in (both_id, quiet_id, muted_id)
        }
        assert subjects[both_id].count("Snow day") == 1
        assert not any("Snow day" in found for found in (subjects[quiet_id], subjects[muted_id]))
        audit = (await school.admin.get("/api/audit/?action=announcement.made")).json()["results"]
        assert audit[0]["object_name"] == "Snow day"

        for wrong in (
            {},
            {"group_ids": [str(uuid4())]},
            {"teacher_ids": [str(uuid4())]},
            {"to_all": True, "title": " "},
        ):
            refused = await school.admin.post("/api/announcements/", {"title": "T", "message": "M", **wrong})
            assert refused.status_code == 400, wrong
        foreign = await other_school.admin.post(
            "/api/announcements/", {"title": "T", "message": "M", "teacher_ids": [both_id]}
        )
        assert foreign.status_code == 400
        assert (await both.post("/api/announcements/", body)).status_code == 403


class TestReminders:
    async def test_the_standard_words_are_those_of_the_schools_language(self, school: School) -> None:
        _, late_id = await newcomer(school)
        course = await published(school, assigned_teachers=[late_id], deadline="2031-03-01")
        wanted = {"kind": "COURSE_DEADLINE", "course_id": course["id"]}
        changed = await school.admin.client.patch("/api/tenants/settings/", json={"locale": "es-MX"})
        assert changed.status_code == 200, changed.text
        try:
            sent = (await school.admin.post("/api/reminders/", wanted)).json()
        finally:
            await school.admin.client.patch("/api/tenants/settings/", json={"locale": "en"})
        assert sent["subject"] == f"Recordatorio: {course['title']}"
        assert sent["message"] == (
            f"Aún no has completado «{course['title']}». La fecha límite es el 1 de marzo de 2031."
        )
        [mail] = await mails(school, late_id, MailKind.REMINDER)
        assert mail.text.startswith("Hola, ")
        assert "Abrir:" in mail.text
        assert "No recibir más correos como este: " in mail.text
        assert "O abre esta dirección: " in mail.html

    async def test_from_preview_to_deliveries(self, school: School, other_school: School) -> None:
        finished, finished_id = await newcomer(school)
        late, late_id = await newcomer(school)
        quiet, quiet_id = await newcomer(school)
        muted, muted_id = await newcomer(school)
        await quiet.client.patch("/api/users/auth/preferences/", json={"digest": True})
        await muted.client.patch("/api/users/auth/preferences/", json={"muted": ["REMINDER"]})
        course = await published(school, assigned_teachers=[finished_id, late_id, quiet_id, muted_id])
        await complete(school, course["id"], finished_id)
        wanted = {"kind": "COURSE_DEADLINE", "course_id": course["id"]}
        preview = (await school.admin.post("/api/reminders/preview/", wanted)).json()
        assert {each["id"] for each in preview["recipients"]} == {late_id, quiet_id}
        assert (preview["recipient_count"], preview["muted_count"]) == (2, 1)
        assert preview["subject"] == f"Reminder: {course['title']}"

        response = await school.admin.post("/api/reminders/", wanted)
        assert response.status_code == 201, response.text
        campaign = response.json()
        assert campaign["counts"] == {"queued": 1, "sent": 0, "failed": 0, "not_mailed": 1}
        location = response.headers["location"]
        people = (await school.admin.get(location)).json()
        assert {(each["teacher_id"], each["state"]) for each in people["results"]} == {
            (late_id, "QUEUED"),
            (quiet_id, "NOT_MAILED"),
        }
        assert all(each["reason"] for each in people["results"] if each["state"] == "NOT_MAILED")
        listed = (await school.admin.get("/api/reminders/")).json()
        assert listed["results"][0] == campaign
        assert preview["subject"] in await titles(late)
        assert preview["subject"] in await titles(quiet)
        assert preview["subject"] not in await titles(muted) + await titles(finished)
        [mail] = await mails(school, late_id, MailKind.REMINDER)
        assert mail.unsubscribe_url is not None

        twice = await school.admin.post("/api/reminders/", wanted)
        assert (twice.status_code, twice.json()["type"]) == (409, "urn:lms:problem:reminder_just_sent")
        for path in (location, f"{location}deliveries/retry/"):
            method = "POST" if path.endswith("retry/") else "GET"
            unknown = path.replace(campaign["id"], str(uuid4()))
            answers = [await other_school.admin.client.request(method, each) for each in (path, unknown)]
            assert {(answer.status_code, answer.json()["detail"]) for answer in answers} == {
                (404, "There is no such reminder.")
            }
        foreign = await other_school.admin.post("/api/reminders/", wanted)
        assert foreign.status_code == 400
        assert (await late.get("/api/reminders/")).status_code == 403

    async def test_two_at_once_are_one(self, school: School) -> None:
        _, user_id = await newcomer(school)
        wanted = {"kind": "CUSTOM", "subject": "Hurry", "message": "Please.", "teacher_ids": [user_id]}
        answers = await asyncio.gather(*(school.admin.post("/api/reminders/", wanted) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        assert len(await mails(school, user_id, MailKind.REMINDER)) == 1

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"kind": "COURSE_DEADLINE"}, "course_id"),
            ({"kind": "ASSIGNMENT_DUE"}, "assignment_id"),
            ({"kind": "COURSE_DEADLINE", "course_id": str(uuid4())}, "course_id"),
            ({"kind": "CUSTOM"}, "message"),
            ({"kind": "CUSTOM", "message": "M", "teacher_ids": []}, "teacher_ids"),
            ({"kind": "CUSTOM", "message": "M", "teacher_ids": [str(uuid4())]}, "teacher_ids"),
        ],
    )
    async def test_what_cannot_be_sent(self, school: School, body: dict[str, object], field: str) -> None:
        refused = await school.admin.post("/api/reminders/", body)
        assert refused.status_code == 400, refused.text
        assert [each["field"] for each in refused.json()["errors"]] == [field]

    async def test_without_a_mail_server_it_ends_with_a_reason_and_can_be_retried(self, school: School) -> None:
        _, user_id = await newcomer(school)
        wanted = {"kind": "CUSTOM", "subject": "Down", "message": "Please.", "teacher_ids": [user_id]}
        response = await school.admin.post("/api/reminders/", wanted)
        assert response.status_code == 201
        location = response.headers["location"]
        clock = MemoryClock(datetime.now(UTC))
        # Nothing listens on port 1.
        mailer = SmtpMailer(parse_smtp_url("smtp://127.0.0.1:1?starttls=never"), parse_mailbox("lms@lms.example"))
        uow = await school.running.container.get(UnitOfWork)
        send = SendMail(uow, mailer, clock, MailRules("Brain LMS", at_once=50), school.running.log)
        for hours in range(26):
            while await send():
                pass
            if hours == 0:
                [waiting] = (await school.admin.get(location)).json()["results"]
                assert (waiting["state"], waiting["attempts"]) == ("QUEUED", 1)
                assert waiting["reason"]
            clock.advance(timedelta(hours=1))
        [failed] = (await school.admin.get(location)).json()["results"]
        assert failed["state"] == "FAILED"
        assert "127.0.0.1" in failed["reason"] or "connect" in failed["reason"].lower()
        for expected in (1, 0):
            assert (await school.admin.post(f"{location}deliveries/retry/")).json() == {"retried": expected}
        [again] = (await school.admin.get(location)).json()["results"]
        assert (again["state"], again["reason"], again["attempts"]) == ("QUEUED", "", 0)


class TestMornings:
    async def test_deadlines_are_warned_of_once_and_caught_up_with(self, school: School) -> None:
        person, user_id = await newcomer(school)
        digested, digested_id = await newcomer(school)
        await digested.client.patch("/api/users/auth/preferences/", json={"digest": True})
        today = datetime.now(UTC).date()
        course = await published(
            school,
            assigned_teachers=[user_id, digested_id],
            deadline=(today + timedelta(days=9)).isoformat(),
        )
        draft = await new_course(school, assigned_teachers=[user_id], deadline=(today + timedelta(days=3)).isoformat())
        seen: list[list[str]] = []
        # Day 2 (7 left), again the same day, day 5 (4 left: nothing new), day 8 after a missed day (1 left), the last.
        for day in (1, 2, 2, 5, 8, 9, 10):
            await morning(school, today + timedelta(days=day), hour=8)
            seen.append([each for each in reversed(await titles(person)) if each.startswith("Due ")])
        name = course["title"]
        warnings = [f"Due in 7 days: {name}", f"Due tomorrow: {name}", f"Due today: {name}"]
        assert seen == [[], warnings[:1], warnings[:1], warnings[:1], warnings[:2], warnings, warnings]
        assert not any(draft["title"] in each for each in await titles(person))
        digests = await mails(school, digested_id, MailKind.DIGEST)
        assert any(warnings[2] in each.text for each in digests)
        at_once = await mails(school, digested_id, MailKind.NOTIFICATION)
        assert not [mail for mail in at_once if name in mail.subject]

    async def test_nobody_is_told_before_seven_at_the_school(self, school: School) -> None:
        person, user_id = await newcomer(school)
        day = datetime.now(UTC).date() + timedelta(days=12)
        await published(school, assigned_teachers=[user_id], deadline=day.isoformat())
        await morning(school, day, hour=6)
        assert not [each for each in await titles(person) if each.startswith("Due ")]
        await morning(school, day, hour=7)
        assert [each for each in await titles(person) if each.startswith("Due today")]


class TestEndingMails:
    async def test_one_click_without_signing_in(self, school: School, other_school: School) -> None:
        person, user_id = await newcomer(school)
        body = {"title": "One", "message": "M", "teacher_ids": [user_id]}
        await school.admin.post("/api/announcements/", body)
        mail = next(m for m in await mails(school, user_id, MailKind.NOTIFICATION) if m.subject == "One")
        assert mail.unsubscribe_url is not None
        url = urlsplit(mail.unsubscribe_url)
        assert url.netloc == school.host
        async with school.running.client(school.host) as stranger:
            for _ in range(2):
                looked = await stranger.get(url.path)
                assert looked.status_code == 200
                assert looked.headers["content-type"].startswith("text/html")
            assert (await person.get("/api/users/auth/preferences/")).json()["unmailed"] == []
            for _ in range(2):
                one_click = await stranger.post(url.path, data={"List-Unsubscribe": "One-Click"})
                assert one_click.status_code == 200, one_click.text
            forged = url.path[:-3] + ("AA/" if url.path[-3:-1] != "AA" else "BB/")
            assert (await stranger.post(forged)).status_code == 404
        async with school.running.client(other_school.host) as elsewhere:
            assert (await elsewhere.post(url.path)).status_code == 404
        assert (await person.get("/api/users/auth/preferences/")).json()["unmailed"] == ["ANNOUNCEMENT"]
        await school.admin.post("/api/announcements/", {**body, "title": "Two"})
        assert "Two" in await titles(person)
        assert "Two" not in [each.subject for each in await mails(school, user_id, MailKind.NOTIFICATION)]


class TestMailbox:
    @pytest.fixture
    async def local(self, running: RunningApp, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningApp]:
        """The same installation as somebody's own machine has it."""
        folder = tmp_path_factory.mktemp("mail")
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "lms@localhost", "ana@school.example", "<b>Hi</b>"
        mail["Date"] = "Mon, 01 Jun 2026 08:00:00 +0000"
        mail.set_content("Text")
        mail.add_alternative("<html><head></head><body><script>x()</script>Hello</body></html>", subtype="html")
        (folder / "20260601T080000.000000Z-1.eml").write_bytes(bytes(mail))
        app = create_app(
            running.container, HttpOptions(platform_domain="lms.example", is_local=True, mail_folder=folder)
        )
        async with lifespan_of(app):
            yield replace(running, app=app)

    async def test_shows_mails_without_running_anything(self, local: RunningApp, running: RunningApp) -> None:
        async with local.client() as client:
            listed = await client.get("/dev/mailbox")
            assert "&lt;b&gt;Hi&lt;/b&gt;" in listed.text
            path = "/dev/mailbox/20260601T080000.000000Z-1.eml"
            shown = await client.get(path)
            assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in shown.text
            assert "<script>" not in shown.text
            itself = await client.get(f"{path}/html")
            assert itself.headers["content-security-policy"].startswith("sandbox allow-popups")
            assert "script-src" not in itself.headers["content-security-policy"]
            for wrong in ("/dev/mailbox/nope.eml", "/dev/mailbox/..%2f..%2fetc%2fpasswd"):
                assert (await client.get(wrong)).status_code == 404
        async with running.client() as client:
            for each in ("/dev/mailbox", path, f"{path}/html"):
                assert (await client.get(each)).status_code == 404


async def complete(school: School, course_id: str, user_id: str) -> None:
    """Somebody has done all that there is in a course."""
    uow = await school.running.container.get(UnitOfWork)
    now = datetime.now(UTC)
    async with uow.begin(TenantScope(await tenant_of(school))) as tx:
        for content in await tx.courses.contents(UUID(course_id)):
            await tx.progress.start(UUID(user_id), content.id, now=now)
            await tx.progress.set_completed(UUID(user_id), content.id, at=now)
        await tx.commit()


async def morning(school: School, day: Any, *, hour: int) -> None:
    """The round of all schools, at that hour in UTC, where the school is."""
    container = school.running.container
    clock = MemoryClock(datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC))
    uow, brands = await container.get(UnitOfWork), await container.get(MailBrands)
    tell = Tell(brands, await container.get(UnsubscribeTokens), clock, Uuid7Ids())
    await MorningRound(uow, await container.get(SchoolRoll), tell, brands, clock, Uuid7Ids())()


def test_states_of_mails_are_those_that_are_shown() -> None:
    assert {"QUEUED", "SENT", "FAILED"} == {state.value for state in MailState}
