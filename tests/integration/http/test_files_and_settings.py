"""Uploads, public pictures, a school's settings and its own host names, over HTTP."""

import asyncio
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from adapters.dns.resolver import DnspythonResolver
from adapters.memory.clock import MemoryClock
from lms_app.audit.audit_trail import AuditTrail
from lms_app.notices.tell import Tell
from lms_app.ports.dns_resolver import DnsResolver
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.prove_domains_again import ProveDomainsAgain
from lms_app.scope import SystemScope, TenantScope
from lms_domain.schools.features import Feature
from tests.integration.http.conftest import FIRST_PASSWORD, PASSWORD, Person, School, first_sign_in, onboard, sign_in

PDF = b"%PDF-1.7\n" + b"words " * 100
MANAGED = ("tenant-logo", "course-thumbnail", "content-file")


def png(size: tuple[int, int] = (60, 40), color: tuple[int, int, int] = (10, 200, 90)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


async def post_file(
    person: Person, kind: str, data: bytes, name: str = "file.bin", field: str = "file"
) -> httpx.Response:
    return await person.client.post(f"/api/uploads/{kind}/", files={field: (name, data)})


@pytest.fixture(scope="module")
async def teacher(school: School) -> Person:
    body = {"email": "t@school.example", "first_name": "T", "last_name": "T", "password": FIRST_PASSWORD}
    body["password_confirm"] = FIRST_PASSWORD
    assert (await school.admin.post("/api/users/auth/register-teacher/", body)).status_code == 201
    return await first_sign_in(school.running, school.host, "t@school.example")


async def stored_bytes(school: School) -> int:
    uow = await school.running.container.get(UnitOfWork)
    async with uow.begin(SystemScope("a test")) as system:
        tenant = await system.tenants.by_subdomain(school.host.partition(".")[0])
    assert tenant is not None
    async with uow.begin(TenantScope(tenant.id)) as tx:
        return (await tx.usage.limits())[1]


class TestUploads:
    async def test_every_kind(self, school: School, teacher: Person) -> None:
        before = await stored_bytes(school)
        sent = []
        for person, kind, data in (
            (school.admin, "tenant-logo", png()),
            (school.admin, "course-thumbnail", png()),
            (school.admin, "profile-picture", png()),
            (school.admin, "content-file", PDF),
            (teacher, "submission-file", b"My essay."),
            (teacher, "profile-picture", png()),
        ):
            response = await post_file(person, kind, data)
            assert response.status_code == 201, response.text
            sent.append(response.json())
            fetched = await school.running.client(school.host).get(response.json()["url"])
            assert fetched.status_code == 200
            assert fetched.headers["content-type"].split(";")[0] == response.json()["media_type"]
        assert await stored_bytes(school) == before + sum(file["size_bytes"] for file in sent)

    async def test_a_public_picture_is_that_of_its_school_only_and_kept_by_browsers(
        self, school: School, other_school: School
    ) -> None:
        ours = (await post_file(school.admin, "tenant-logo", png())).json()["url"]
        anonymous = school.running.client(school.host)
        fetched = await anonymous.get(ours)
        assert fetched.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (fetched.headers["content-type"], fetched.headers["x-content-type-options"]) == ("image/png", "nosniff")
        assert fetched.headers.get_list("cross-origin-resource-policy") == ["cross-origin"]
        known = await anonymous.get(ours, headers={"If-None-Match": fetched.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
        assert (await anonymous.head(ours)).headers["content-length"] == str(len(fetched.content))
        for host, url in (
            (other_school.host, ours),
            ("lms.example", ours),
            (school.host, "/media/public/" + "0" * 32),
            (school.host, ours + "0"),
            (school.host, ours.upper().replace("/MEDIA/PUBLIC", "/media/public")),
        ):
            assert (await school.running.client(host).get(url)).status_code == 404, (host, url)

    async def test_a_document_is_no_public_picture(self, school: School) -> None:
        sent = (await post_file(school.admin, "content-file", PDF)).json()
        name = sent["file_id"].replace("-", "")
        assert (await school.running.client(school.host).get(f"/media/public/{name}")).status_code == 404

    @pytest.mark.parametrize(
        ("kind", "data", "code"),
        [
            ("tenant-logo", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "unsupported_file"),
            ("course-thumbnail", PDF, "unsupported_file"),
            ("profile-picture", png()[:50], "broken_picture"),
            ("content-file", b"<html><script>x()</script>", "unsupported_file"),
            ("content-file", b"MZ" + bytes(100), "unsupported_file"),
            ("content-file", b"", "empty"),
        ],
    )
    async def test_what_is_refused_leaves_nothing(self, school: School, kind: str, data: bytes, code: str) -> None:
        folder = school.running.settings.data_dir / "storage"
        before, used = sorted(folder.rglob("*.bin")), await stored_bytes(school)
        response = await post_file(school.admin, kind, data)
        assert response.status_code == 400, response.text
        assert [(e["field"], e["code"]) for e in response.json()["errors"]] == [("file", code)]
        assert (sorted(folder.rglob("*.bin")), await stored_bytes(school)) == (before, used)

    async def test_sizes_and_forms(self, school: School) -> None:
        assert (await post_file(school.admin, "tenant-logo", png() + bytes(3_000_000))).status_code == 413
        assert (await post_file(school.admin, "tenant-logo", png(), field="logo")).status_code == 400
        client = school.admin.client
        assert (await client.post("/api/uploads/content-file/", json={})).status_code == 415
        assert (await client.post("/api/uploads/content-file/")).status_code == 415

    async def test_of_many_at_once_as_many_as_fit(self, school: School, operator: Person) -> None:
        small = await onboard(school.running, operator, "tiny")
        uow = await school.running.container.get(UnitOfWork)
        async with uow.begin(SystemScope("a test")) as system:
            tenant = await system.tenants.by_subdomain("tiny")
            assert tenant is not None
            await system.tenants.save(tenant.with_limits(replace(tenant.limits, storage_bytes=2 * len(PDF) + 10)))
            await system.commit()
        answers = await asyncio.gather(*(post_file(small.admin, "content-file", PDF) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [201, 201, 403, 403, 403]
        assert {a.json()["type"] for a in answers if a.status_code == 403} == {"urn:lms:problem:plan_limit"}
        assert await stored_bytes(small) == 2 * len(PDF)

    async def test_who_may_send_what(self, school: School, operator: Person, teacher: Person) -> None:
        anonymous = Person(school.running.client(school.host), "")
        for kind in MANAGED:
            assert (await post_file(teacher, kind, png())).status_code == 403
            assert (await post_file(operator, kind, png())).status_code == 403
            assert (await post_file(anonymous, kind, png())).status_code == 401
        assert (await post_file(school.admin, "submission-file", PDF)).status_code == 403
        assert (await post_file(operator, "profile-picture", png())).status_code == 403


class TestSettings:
    async def test_they_are_shown_and_changed(self, school: School, teacher: Person) -> None:
        client = school.admin.client
        shown = (await client.get("/api/tenants/settings/")).json()
        assert not {"plan", "status", "trial_ends_on", "limits"} & set(shown)
        logo = (await post_file(school.admin, "tenant-logo", png())).json()
        body = {"primary_color": "#AABBCC", "font_family": "Merriweather", "logo": logo["file_id"],
                "time_zone": "Europe/Zurich", "quiz_policy": "REVIEW_FIRST"}  # fmt: skip
        changed = await client.patch("/api/tenants/settings/", json=body)
        assert changed.status_code == 200, changed.text
        expected = {**shown, **body, "primary_color": "#aabbcc", "logo_url": logo["url"]}
        del expected["logo"]
        assert changed.json() == expected == (await client.get("/api/tenants/settings/")).json()
        theme = (await school.running.client(school.host).get("/api/tenants/theme/")).json()
        assert (theme["logo_url"], theme["primary_color"]) == (logo["url"], "#aabbcc")
        for method in ("GET", "PATCH"):
            response = await teacher.client.request(method, "/api/tenants/settings/", json={})
            assert response.status_code == 403
        assert (await client.patch("/api/tenants/settings/", json={"logo": None})).json()["logo_url"] is None

    async def test_as_a_form_with_the_logo(self, school: School) -> None:
        client, path = school.admin.client, "/api/tenants/settings/"
        fields = {"secondary_color": "#010203", "remote_quiz_consent": "true", "name": "Škola"}
        changed = await client.patch(path, data=fields, files={"logo": ("logo.png", png((2000, 100)))})
        assert changed.status_code == 200, changed.text
        body = changed.json()
        assert (body["secondary_color"], body["remote_quiz_consent"], body["name"]) == ("#010203", True, "Škola")
        fetched = await client.get(body["logo_url"])
        assert Image.open(io.BytesIO(fetched.content)).size == (1024, 51)
        for files in ({"logo": ("x.svg", b"<svg/>")}, {"other": ("x.png", png())}):
            assert (await client.patch(path, files=files)).status_code == 400
        only_texts = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nNorth\r\n--x--\r\n'
        form = {"Content-Type": "multipart/form-data; boundary=x"}
        assert (await client.patch(path, content=only_texts, headers=form)).json()["name"] == "North"

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"primary_color": "red"}, "primary_color"),
            ({"font_family": "Comic Sans MS"}, "font_family"),
            ({"time_zone": "Mars/Olympus"}, "time_zone"),
            ({"locale": "english"}, "locale"),
            ({"contact_email": "nobody"}, "contact_email"),
            ({"name": " "}, "name"),
            ({"logo": str(uuid4())}, "logo"),
            ({"quiz_policy": "SOMETIMES"}, "quiz_policy"),
            ({"plan": "ENTERPRISE"}, "plan"),
            ({"is_suspended": False}, "is_suspended"),
            ({"trial_ends_on": "2030-01-01"}, "trial_ends_on"),
            ({"subdomain": "other"}, "subdomain"),
            ({"features": {}}, "features"),
        ],
    )
    async def test_what_is_refused(self, school: School, body: dict[str, Any], field: str) -> None:
        response = await school.admin.client.patch("/api/tenants/settings/", json=body)
        assert response.status_code == 400
        assert [e["field"] for e in response.json()["errors"]] == [field]


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """What the DNS says."""
    said: dict[str, tuple[str, ...]] = {}

    async def txt(_: object, name: str) -> tuple[str, ...]:
        return said.get(name, ())

    monkeypatch.setattr(DnspythonResolver, "txt", txt)
    return said


@pytest.fixture(scope="module")
async def with_own_names(school: School, other_school: School) -> None:
    """Both schools may have host names of their own."""
    for each in (school, other_school):
        await give(each, frozenset(Feature))


async def give(school: School, features: frozenset[Feature]) -> None:
    """Another plan."""
    uow = await school.running.container.get(UnitOfWork)
    async with uow.begin(SystemScope("a test")) as system:
        tenant = await system.tenants.by_subdomain(school.host.partition(".")[0])
        assert tenant is not None
        await system.tenants.save(tenant.with_features(features))
        await system.commit()


class TestDomains:
    async def test_the_plan_may_have_none(self, school: School) -> None:
        response = await school.admin.post("/api/tenants/domains/", {"hostname": "learn.first.org"})
        assert (response.status_code, response.json()["type"]) == (403, "urn:lms:problem:plan_limit")

    @pytest.mark.usefixtures("with_own_names")
    async def test_a_proven_name_is_served_like_the_subdomain(
        self, school: School, records: dict[str, tuple[str, ...]]
    ) -> None:
        hostname, path = "learn.school.org", "/api/tenants/domains/"
        added = await school.admin.post(path, {"hostname": "Learn.School.org"})
        assert added.status_code == 201, added.text
        domain = added.json()
        assert (domain["hostname"], domain["status"], domain["verified_at"]) == (hostname, "PENDING", None)
        own = school.running.client(hostname)
        assert (await own.get("/api/tenants/theme/")).status_code == 404
        early = await school.admin.post(f"{path}{domain['id']}/verify/")
        assert (early.status_code, early.json()["type"]) == (409, "urn:lms:problem:domain_not_verified")
        records[domain["txt_name"]] = (domain["txt_value"],)
        verified = await school.admin.post(f"{path}{domain['id']}/verify/")
        assert (verified.status_code, verified.json()["status"]) == (200, "VERIFIED")
        for _ in range(60):
            if (answer := await own.get("/api/tenants/theme/")).status_code == 200:
                break
            await asyncio.sleep(0.1)
        assert answer.json()["subdomain"] == school.host.partition(".")[0]
        assert (await sign_in(school.running, hostname, school.admin.email, PASSWORD)).email == school.admin.email
        listed = (await school.admin.get(path)).json()
        assert (listed["count"], listed["results"][0]["status"]) == (1, "VERIFIED")
        # A plan without host names of one's own: not served, and served again when it comes back.
        for features, status in ({Feature.REPORTS_PDF}, 404), ({Feature.CUSTOM_DOMAIN, Feature.REPORTS_PDF}, 200):
            await give(school, frozenset(features))
            for _ in range(60):
                if (answer := await own.get("/api/tenants/theme/")).status_code == status:
                    break
                await asyncio.sleep(0.1)
            assert answer.status_code == status
        # Whoever no longer has the name loses it, after a week.
        del records[domain["txt_name"]]
        container = school.running.container
        clock = MemoryClock(datetime.now(UTC))
        prove = ProveDomainsAgain(
            await container.get(UnitOfWork),
            await container.get(DnsResolver),
            await container.get(Tell),
            await container.get(AuditTrail),
            clock,
        )
        assert await prove() == 0
        missing = (await school.admin.get(path)).json()["results"][0]
        assert (missing["status"], missing["missing_since"] is not None) == ("VERIFIED", True)
        clock.advance(timedelta(days=7))
        assert await prove() == 1
        lost = (await school.admin.get(path)).json()["results"][0]
        assert (lost["status"], lost["verified_at"], lost["missing_since"]) == ("PENDING", None, None)
        told = (await school.admin.get("/api/notifications/")).json()["results"]
        assert [each["kind"] for each in told] == ["SYSTEM"] * 2
        (entry,) = (await school.admin.get("/api/audit/?action=domain.proof_lost")).json()["results"]
        assert (entry["actor_id"], entry["object_id"]) == (None, domain["id"])
        assert (await school.admin.client.delete(f"{path}{domain['id']}/")).status_code == 204
        assert (await school.admin.client.delete(f"{path}{domain['id']}/")).status_code == 404

    @pytest.mark.usefixtures("with_own_names")
    async def test_of_two_schools_one_has_a_name(
        self, school: School, other_school: School, records: dict[str, tuple[str, ...]]
    ) -> None:
        path = "/api/tenants/domains/"
        claims = [
            (await each.admin.post(path, {"hostname": "teach.school.org"})).json() for each in (school, other_school)
        ]
        twice = await school.admin.post(path, {"hostname": "TEACH.school.org"})
        assert (twice.status_code, twice.json()["type"]) == (409, "urn:lms:problem:hostname_taken")
        foreign = await other_school.admin.post(f"{path}{claims[0]['id']}/verify/")
        assert foreign.status_code == 404
        records[claims[0]["txt_name"]] = tuple(claim["txt_value"] for claim in claims)
        answers = await asyncio.gather(
            *(
                each.admin.post(f"{path}{claim['id']}/verify/")
                for each, claim in zip((school, other_school), claims, strict=True)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]

    @pytest.mark.usefixtures("with_own_names")
    @pytest.mark.parametrize("hostname", ["localhost", "north.lms.example", "lms.example", "10.0.0.1", "a_b.org", "x"])
    async def test_names_that_nobody_gets(self, school: School, hostname: str) -> None:
        response = await school.admin.post("/api/tenants/domains/", {"hostname": hostname})
        assert response.status_code == 400
        assert [e["field"] for e in response.json()["errors"]] == ["hostname"]

    async def test_teachers_have_no_part_in_it(self, teacher: Person) -> None:
        for method, path in (
            ("GET", ""), ("POST", ""), ("POST", f"{uuid4()}/verify/"), ("DELETE", f"{uuid4()}/"),
        ):  # fmt: skip
            body = {"hostname": "learn.mine.org"}
            response = await teacher.client.request(method, f"/api/tenants/domains/{path}", json=body)
            assert response.status_code == 403, method
