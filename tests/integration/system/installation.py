"""A whole installation as operators run it: real processes, one data directory, one port."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import httpx
import psutil

from adapters.embedded_postgres.server import EmbeddedDsns, EmbeddedPostgres
from adapters.faster_whisper.bundled_model import bundled_model_directory

T = TypeVar("T")

ROOT = Path(__file__).parents[3]
MEDIA = ROOT / "media"
LECTURE = MEDIA / "lecture-formative-assessment.mp4"
SHORT = MEDIA / "jfk-inaugural-1961.mp4"
ADMIN_PASSWORD = "correct horse battery staple"
NEW_PASSWORD = "another quiet river stone"
OPERATOR = ("operator@platform.example", "seven purple umbrellas dance")


def _run(work: Coroutine[Any, Any, T]) -> T:
    """What ``work`` gives, from a thread of its own: in this one the loop of an open Playwright may run."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, check: Callable[[], Any], seconds: float = 60.0, pause: float = 0.1) -> Any:
    """The first truthy answer of ``check``; fails with ``what`` otherwise."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = check()
        if answer:
            return answer
        time.sleep(pause)
    raise AssertionError(f"{what} did not happen within {seconds:.0f} s")


def words_of(process: psutil.Process) -> list[str]:
    """Its argument list; empty when it has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


@dataclass
class Site:
    """One host of the installation, with somebody signed in or nobody."""

    port: int
    host: str
    token: str | None = None
    refresh: str | None = None

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Host": self.host, **options.pop("headers", {})}
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=120) as client:
            return client.request(method, path, headers=headers, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return self.request("POST", path, json=body, **options)

    def sign_in(self, email: str, password: str) -> "Site":
        answer = self.post("/api/users/auth/login/", {"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        tokens = answer.json()["tokens"]
        return Site(self.port, self.host, tokens["access"], tokens["refresh"])

    def upload(self, course: str, module: str, file: Path | tuple[str, bytes], **fields: str) -> httpx.Response:
        name, data = (file.name, file.read_bytes()) if isinstance(file, Path) else file
        return self.request(
            "POST",
            f"/api/courses/{course}/modules/{module}/contents/video-upload/",
            data=fields,
            files={"file": (name, data, "video/mp4")},
        )


@dataclass
class School:
    """A school with its administrator signed in, one course and one module."""

    site: Site
    admin: Site
    course: str
    module: str

    def status_of(self, content: str) -> dict[str, Any]:
        path = f"/api/courses/{self.course}/modules/{self.module}/contents/{content}/video-status/"
        answer = self.admin.get(path)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def upload(self, file: Path | tuple[str, bytes], **fields: str) -> str:
        answer = self.admin.upload(self.course, self.module, file, **fields)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["content"]["id"])

    def until(self, content: str, wanted: set[str], seconds: float = 180.0) -> dict[str, Any]:
        """The status page once the video is in one of ``wanted``."""

        def look() -> dict[str, Any] | None:
            status = self.status_of(content)
            return status if status["video_asset"]["status"] in wanted else None

        return dict(wait_for(f"{content} in {wanted}", look, seconds, pause=0.3))

    def until_step(self, content: str, step: str, state: str, seconds: float = 60.0) -> None:
        def look() -> bool:
            steps = {s["name"]: s["state"] for s in self.status_of(content)["video_asset"]["steps"]}
            return bool(steps[step] == state)

        wait_for(f"{step} {state}", look, seconds, pause=0.05)

    def teacher(self, email: str) -> Site:
        """A new teacher, signed in with a password of their own."""
        person = {
            "email": email,
            "first_name": "Tara",
            "last_name": "Teacher",
            "password": ADMIN_PASSWORD,
        }
        answer = self.admin.post("/api/users/auth/register-teacher/", person)
        assert answer.status_code == 201, answer.text
        return first_sign_in(self.site, email)


def first_sign_in(site: Site, email: str) -> Site:
    """Sign in with the initial password and choose another."""
    fresh = site.sign_in(email, ADMIN_PASSWORD)
    change = {"current_password": ADMIN_PASSWORD, "new_password": NEW_PASSWORD}
    answer = fresh.post("/api/users/auth/change-password/", change)
    assert answer.status_code == 200, answer.text
    tokens = answer.json()["tokens"]
    return Site(site.port, site.host, tokens["access"], tokens["refresh"])


@dataclass
class Installation:
    """Processes over one data directory. ``commands`` are ``lms`` argument lists, started in order."""

    data_dir: Path
    commands: Sequence[Sequence[str]] = (("serve",),)
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
        model = bundled_model_directory()
        assert model is not None, "the demo's speech model is missing: run ./just setup"
        return {
            **kept,
            "LMS_DATA_DIR": str(self.data_dir),
            "LMS_PORT": str(self.port),
            "LMS_WHISPER_MODEL": str(model),
            "LMS_LEASE_SECONDS": "6",
            "LMS_SWEEP_SECONDS": "1",
            **self.settings,
        }

    def start(self) -> float:
        """Start everything; seconds until it answers. The first process owns the database, the others attach."""
        begin = time.monotonic()
        for command in self.commands:
            self.start_one(*command)
            wait_for(f"answer on port {self.port}", self.is_ready, 90)
        return time.monotonic() - begin

    def start_one(self, *command: str) -> None:
        """One more process."""
        with (self.data_dir / "processes.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "entrypoints.cli.main", *command],
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )

    def kill(self, pid: int) -> None:
        """kill -9 of a process started here, which is then no longer one of the installation's."""
        process = next(each for each in self.processes if each.pid == pid)
        self.processes.remove(process)
        process.kill()
        process.wait()

    def is_ready(self) -> bool:
        for process in self.processes:
            assert process.poll() is None, self.log()[-3000:]
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}/health/ready", timeout=2).status_code == 200
        return False

    def log(self) -> str:
        return (self.data_dir / "processes.log").read_text(errors="replace")

    def stop(self, number: int = signal.SIGINT, seconds: float = 5.0) -> float:
        """Signal every process started here; seconds until all of them, with all their children, are gone."""
        family = self.family()
        begin = time.monotonic()
        for process in reversed(self.processes):
            process.send_signal(number)
        for process in self.processes:
            process.wait(seconds + 5)
        _, alive = psutil.wait_procs(family, timeout=seconds)
        elapsed = time.monotonic() - begin
        self.processes.clear()
        left = [f"{p.pid} {' '.join(words_of(p)[:6])}" for p in alive if words_of(p)]
        for process_left in alive:
            process_left.kill()
        assert not left, f"left after {seconds} s: {left}"
        return elapsed

    def family(self) -> list[psutil.Process]:
        """Every process below the ones started here, these included, and the database with its own."""
        found: list[psutil.Process] = []
        for process in self.processes:
            with suppress(psutil.NoSuchProcess):
                parent = psutil.Process(process.pid)
                found += [parent, *parent.children(recursive=True)]
        return found

    def worker(self) -> psutil.Process:
        """The process that works on videos."""
        return self.process_with("worker")

    def process_with(self, word: str) -> psutil.Process:
        """The process below the ones started here that has ``word`` as an argument."""
        for process in self.family():
            if word in words_of(process):
                return process
        raise AssertionError(f"no process “{word}” is running")

    def tools(self, name: str = "ffmpeg") -> list[psutil.Process]:
        """Media tools that work below this installation's data directory."""
        found = []
        for process in psutil.process_iter(["name", "cmdline"]):
            words = process.info["cmdline"] or []
            if name in (process.info["name"] or "") and any(str(self.data_dir) in word for word in words):
                found.append(process)
        return found

    def lms(self, *arguments: str, secret: str = "") -> str:
        """Run a command beside the running processes; its standard output."""
        done = subprocess.run(
            [sys.executable, "-m", "entrypoints.cli.main", *arguments],
            env=self.environment,
            input=secret + "\n",
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def check(self) -> None:
        """Every invariant holds; fails with the violations otherwise."""
        report = json.loads(self.lms("check", "--json"))
        assert report["is_clean"] is True

    def sql(self, query: str, *values: object) -> list[dict[str, Any]]:
        """The rows of ``query``, asked as lms_system: to look where no API leads, and to damage."""
        return _run(self._sql(query, values))

    async def _sql(self, query: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
        async with self._connected(lambda urls: urls.system) as connection:
            return [dict(row) for row in await connection.fetch(query, *values)]

    def rewrite(self, *statements: str) -> None:
        """Change rows as lms_owner: to let the past be different from what the API makes of now."""

        async def change() -> None:
            async with self._connected(lambda urls: urls.owner) as connection:
                for statement in statements:
                    await connection.execute(statement)

        _run(change())

    @asynccontextmanager
    async def _connected(
        self, role: Callable[[EmbeddedDsns], str]
    ) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        server = EmbeddedPostgres(self.data_dir)
        connection = await asyncpg.connect(role(await asyncio.to_thread(server.start)))
        try:
            yield connection
        finally:
            await connection.close()
            await asyncio.to_thread(server.stop)

    def site(self, label: str | None = None) -> Site:
        return Site(self.port, f"{label}.localhost:{self.port}" if label else f"localhost:{self.port}")

    def school(self, name: str) -> School:
        """A new school, onboarded at the command line, its administrator signed in, with a course and a module."""
        email = "admin@school.example"
        made = json.loads(
            self.lms(
                "school", "onboard", name, "--admin-email", email, "--admin-first-name", "Ada",
                "--admin-last-name", "Lee", "--plan", "PRO", "--json", secret=ADMIN_PASSWORD,
            )
        )  # fmt: skip
        site = self.site(made["subdomain"])
        admin = first_sign_in(site, email)
        course = admin.post("/api/courses/", {"title": f"Course of {name}", "assigned_to_all": True}).json()
        module = admin.post(f"/api/courses/{course['id']}/modules/", {"title": "First module"}).json()
        return School(site, admin, course["id"], module["id"])
