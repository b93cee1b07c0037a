"""Two schools side by side, over HTTP: nothing of one can be had from the other."""

import uuid

import pytest

from tests.integration.system.installation import SHORT, Installation, School, Site


@pytest.fixture(scope="module")
def schools(embedded: Installation) -> tuple[School, School]:
    return embedded.school("School A"), embedded.school("School B")


@pytest.fixture(scope="module")
def video(schools: tuple[School, School]) -> str:
    """A READY video of school A."""
    content = schools[0].upload(SHORT)
    assert schools[0].until(content, {"READY", "FAILED"})["video_asset"]["status"] == "READY"
    return content


def paths(school: School, content: str) -> list[tuple[str, str, object]]:
    course, module = school.course, school.module
    inside = f"/api/courses/{course}/modules/{module}/contents/{content}"
    return [
        ("GET", f"/api/courses/{course}/", None),
        ("PATCH", f"/api/courses/{course}/", {"title": "Mine now"}),
        ("POST", f"/api/courses/{course}/publish/", {"action": "publish"}),
        ("GET", f"/api/courses/{course}/modules/", None),
        ("POST", f"/api/courses/{course}/modules/", {"title": "Mine now"}),
        ("GET", f"{inside}/", None),
        ("GET", f"{inside}/video-status/", None),
        ("POST", f"{inside}/video/rerun/", {"from_step": "THUMBNAIL"}),
    ]


def test_a_token_of_one_school_is_nothing_on_the_other(schools: tuple[School, School], video: str) -> None:
    a, b = schools
    stranger = Site(b.site.port, b.site.host, a.admin.token)
    for method, path, body in paths(a, video) + paths(b, video):
        assert stranger.request(method, path, json=body).status_code == 401, path
    platform = Site(b.site.port, f"localhost:{b.site.port}", a.admin.token)
    assert platform.get("/api/super-admin/tenants/").status_code == 401


def test_ids_of_one_school_name_nothing_in_the_other(schools: tuple[School, School], video: str) -> None:
    a, b = schools
    before = a.admin.get(f"/api/courses/{a.course}/").json()
    for (method, path, body), (_, unknown, _) in zip(
        paths(a, video), paths(_nowhere(a), str(uuid.uuid4())), strict=True
    ):
        foreign = b.admin.request(method, path, json=body)
        nothing = b.admin.request(method, unknown, json=body)
        assert foreign.status_code == nothing.status_code == 404, path
        assert _without_path(foreign.json()) == _without_path(nothing.json())
    uploaded = b.admin.upload(a.course, a.module, SHORT)
    assert uploaded.status_code == 404
    assert a.admin.get(f"/api/courses/{a.course}/").json() == before


def test_another_schools_teacher_cannot_be_assigned(schools: tuple[School, School]) -> None:
    a, b = schools
    b.teacher("b-teacher@school.example")
    me = Site(b.site.port, b.site.host).sign_in("b-teacher@school.example", "another quiet river stone")
    foreign = me.get("/api/users/auth/me/").json()["id"]
    answer = a.admin.request("PATCH", f"/api/courses/{a.course}/", json={"assigned_teachers": [foreign]})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "assigned_teachers"


def test_media_of_one_school_are_not_on_the_other_host(schools: tuple[School, School], video: str) -> None:
    a, b = schools
    address = a.status_of(video)["playback"]["hls_url"]
    assert Site(a.site.port, a.site.host).get(address).status_code == 200
    assert Site(b.site.port, b.site.host).get(address).status_code == 404
    assert Site(b.site.port, f"localhost:{b.site.port}").get(address).status_code == 404
    token = address.split("/")[2]
    tampered = address.replace(token, token[:-2] + ("AA" if token[-2:] != "AA" else "BB"))
    for path in (
        tampered,
        address.replace("master.m3u8", "../../../source.bin"),
        address.replace("/hls/", "/%2e%2e/"),
        f"/media/{token}/",
        f"/media/{token}/source.mp4",
    ):
        assert Site(a.site.port, a.site.host).get(path).status_code == 404, path


def test_a_grant_dies_with_its_session(schools: tuple[School, School], video: str) -> None:
    a, _ = schools
    admin = Site(a.site.port, a.site.host).sign_in("admin@school.example", "another quiet river stone")
    inside = f"/api/courses/{a.course}/modules/{a.module}/contents/{video}/video-status/"
    address = admin.get(inside).json()["playback"]["hls_url"]
    assert admin.get(address).status_code == 200
    assert admin.post("/api/users/auth/logout/", {"refresh_token": admin.refresh}).status_code == 204
    assert admin.get(inside).status_code == 401
    assert Site(a.site.port, a.site.host).get(address).status_code == 404


def test_an_unknown_host_is_told_nothing(embedded: Installation) -> None:
    for host in ("nowhere.localhost", "a.b.localhost", "example.org", "demo.localhost.evil.example"):
        answer = Site(embedded.port, host).get("/api/tenants/theme/")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def _nowhere(like: School) -> School:
    return School(like.site, like.admin, str(uuid.uuid4()), str(uuid.uuid4()))


def _without_path(problem: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in problem.items() if name != "instance"}
