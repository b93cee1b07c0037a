"""The queue and the schedule break: work goes on, is done once, and nothing is left behind.

Two workers that do the same and two schedulers over a Redis of their own. Files that nobody needs go after seconds.
"""

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from tests.integration.redis_server import RedisServer
from tests.integration.system.installation import LECTURE, SHORT, Installation, School, wait_for, words_of

WORKER = ("worker", "default", "media")
COMMANDS = (("serve",), WORKER, WORKER, ("worker", "speech"), ("scheduler",), ("scheduler",))
QUICKLY = {"LMS_LEASE_SECONDS": "4", "LMS_COLLECT_AFTER_SECONDS": "4", "LMS_COLLECT_EVERY_SECONDS": "1"}
LEADERS = """
    SELECT split_part(a.application_name, ':', 2)::int AS process, a.pid AS backend
    FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'lms-scheduler %'
"""


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(data_dir: Path, redis: RedisServer) -> Iterator[Installation]:
    running = Installation(data_dir, COMMANDS, {**QUICKLY, "LMS_REDIS_URL": redis.url})
    running.lms("migrate")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds: long enough to be met at work."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-i", LECTURE, "-t", "20", "-c", "copy", path], check=True)
    return path


@pytest.fixture(scope="module")
def school(site: Installation) -> School:
    return site.school("Queue School")


@pytest.fixture(autouse=True)
def _nothing_is_broken_afterwards(site: Installation) -> Iterator[None]:
    yield
    site.check()


def ready(school: School, *contents: str) -> list[dict[str, object]]:
    """The steps of all these videos, once they are READY."""
    steps: list[dict[str, object]] = []
    for content in contents:
        asset = school.until(content, {"READY", "FAILED"})["video_asset"]
        assert asset["status"] == "READY", asset
        steps += asset["steps"]
    return steps


def steps_of(site: Installation, *contents: str) -> list[dict[str, object]]:
    return site.sql(
        "SELECT s.tenant_id, s.id, s.name FROM video_steps AS s JOIN video_assets AS a ON a.id = s.asset_id "
        "WHERE a.content_id::text = ANY($1)",
        list(contents),
    )


QUEUES = {"TRANSCRIBE": "speech", "FINALIZE": "default", "ASSIGNMENTS": "default"}


def ring(site: Installation, steps: list[dict[str, object]], times: int) -> None:
    """Doorbells for all these steps, in any order."""
    bells = [(step["tenant_id"], QUEUES.get(str(step["name"]), "media"), step["id"]) for step in steps] * times
    random.shuffle(bells)
    tenants, queues, ids = zip(*bells, strict=True)
    site.sql(
        "INSERT INTO outbox (tenant_id, queue, step_id) SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[])",
        list(tenants),
        list(queues),
        list(ids),
    )
    site.sql("SELECT pg_notify('outbox', '')")


def runs_of(site: Installation, content: str) -> set[Path]:
    """Folders of attempts that lie in storage."""
    return set((site.data_dir / "storage").glob(f"tenant/*/videos/{content}/r*"))


def test_every_doorbell_many_times_and_in_any_order_is_one_effect(site: Installation, school: School) -> None:
    contents = [school.upload(SHORT, title=f"Doubled {number}") for number in range(2)]
    steps = steps_of(site, *contents)

    def ring_again() -> bool:
        ring(site, steps, times=5)
        return all(school.status_of(content)["video_asset"]["status"] == "READY" for content in contents)

    wait_for("both READY", ring_again, 60, pause=0.5)
    done = ready(school, *contents)
    assert {(step["state"], step["attempt"]) for step in done} <= {("SUCCEEDED", 1), ("SKIPPED", 1)}
    for content in contents:
        told = site.sql(
            "SELECT DISTINCT s.output ->> 'run' AS run FROM video_steps AS s "
            "JOIN video_assets AS a ON a.id = s.asset_id WHERE a.content_id::text = $1 AND s.output ? 'run'",
            content,
        )
        assert {path.name for path in runs_of(site, content)} == {row["run"] for row in told}


def test_a_doorbell_for_nothing_is_logged_and_the_worker_goes_on(site: Installation, school: School) -> None:
    """Rung, but never committed: there is no such step, or not even such a school."""
    (tenant,) = site.sql("SELECT id FROM tenants")
    ghosts = [{"tenant_id": tenant["id"], "id": uuid4(), "name": name} for name in ("VALIDATE", "FINALIZE")]
    ghosts.append({"tenant_id": uuid4(), "id": uuid4(), "name": "TRANSCRIBE"})
    before = site.sql("SELECT count(*) AS n FROM video_steps")
    ring(site, ghosts, times=2)
    wait_for("a word about every ghost", lambda: all(str(ghost["id"]) in site.log() for ghost in ghosts), 20)
    assert "rung in vain" in site.log()
    assert site.sql("SELECT count(*) AS n FROM video_steps") == before
    ready(school, school.upload(SHORT, title="After the ghosts"))


def test_redis_emptied_killed_and_restarted_costs_nothing(
    site: Installation, school: School, redis: RedisServer, clip: Path
) -> None:
    working = school.upload(clip, title="Redis goes while it is transcoded")
    school.until_step(working, "TRANSCODE", "RUNNING")
    redis.flush()
    flushed = school.upload(SHORT, title="Redis was emptied")
    redis.flush()
    redis.stop()
    while_away = [school.upload(SHORT, title=f"Redis is away {number}") for number in range(2)]
    # Committed, and nobody will ever be told: neither by the outbox nor by Redis.
    forgotten = steps_of(site, while_away[1])
    wait_for("the doorbell in the outbox", lambda: _waiting(site, forgotten), 5)
    site.sql("DELETE FROM outbox WHERE step_id = ANY($1)", [step["id"] for step in forgotten])
    redis.start()
    back = time.monotonic()
    steps = ready(school, flushed, *while_away, working)
    print(f"all READY {time.monotonic() - back:.1f} s after Redis came back")
    assert {step["attempt"] for step in steps} == {1}, "a doorbell that is lost costs no attempt"


def _waiting(site: Installation, steps: list[dict[str, object]]) -> bool:
    return bool(site.sql("SELECT 1 FROM outbox WHERE step_id = ANY($1)", [step["id"] for step in steps]))


def publishing(site: Installation, content: str, seconds: float = 60.0) -> Path:
    """The folder of the stream, as soon as its first file is there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for folder in runs_of(site, content):
            if (folder / "hls").exists():
                return folder
    raise AssertionError("no stream was published")


@dataclass(frozen=True)
class Frozen:
    """A worker that was stopped while it stored the stream of a video."""

    worker: psutil.Process
    content: str
    run: Path
    """What it had begun to store."""


def freeze(site: Installation, school: School, clip: Path) -> Frozen:
    """Stop a worker in the middle of storing."""
    for number in range(4):
        content = school.upload(clip, title=f"Frozen {number}")
        school.until_step(content, "TRANSCODE", "RUNNING")
        tool = wait_for("ffmpeg", lambda: next((t for t in site.tools() if "hls" in words_of(t)), None), 10)
        worker = next(each for each in tool.parents() if each.pid in {process.pid for process in site.processes})
        run = publishing(site, content)
        worker.send_signal(signal.SIGSTOP)
        step = next(s for s in school.status_of(content)["video_asset"]["steps"] if s["name"] == "TRANSCODE")
        if step["state"] == "RUNNING":
            return Frozen(worker, content, run)
        worker.send_signal(signal.SIGCONT)  # it was faster than we are
    raise AssertionError("no worker was caught")


def test_a_frozen_worker_that_comes_back_changes_nothing(site: Installation, school: School, clip: Path) -> None:
    frozen = freeze(site, school, clip)
    try:
        steps = {str(step["name"]): step for step in ready(school, frozen.content)}
        assert steps["TRANSCODE"]["attempt"] == 2
        (before,) = site.sql("SELECT * FROM video_assets WHERE content_id::text = $1", frozen.content)
        assert frozen.run.name not in before["hls_key"]
    finally:
        frozen.worker.send_signal(signal.SIGCONT)
    (other,) = (each for each in site.processes if "media" in words(each) and each.pid != frozen.worker.pid)
    other.send_signal(signal.SIGSTOP)
    try:
        # It has one place for such work: when it does something new, it has given up the old.
        ready(school, school.upload(SHORT, title="By the one that came back"))
    finally:
        other.send_signal(signal.SIGCONT)
    wait_for("the loser's files go", lambda: not frozen.run.exists(), 30)
    (after,) = site.sql("SELECT * FROM video_assets WHERE content_id::text = $1", frozen.content)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"stored_bytes"}, "only what it weighs, once the loser's files are gone"


def words(process: "subprocess.Popen[bytes]") -> list[str]:
    """The arguments of a process as it was started."""
    return [str(word) for word in list(process.args)]  # type: ignore[arg-type]  # a list was given


def leader(site: Installation) -> dict[str, int] | None:
    """Process and backend of the one that leads; None while there is none, and never more than one."""
    found = site.sql(LEADERS)
    assert len(found) <= 1, "two lead at once"
    return found[0] if found else None


def test_one_scheduler_leads_and_another_takes_over(site: Installation, school: School) -> None:
    schedulers = {process.pid for process in site.processes if "scheduler" in words(process)}
    first = wait_for("a leader", lambda: leader(site), 10)
    assert first["process"] in schedulers
    for _ in range(5):
        assert leader(site) == first, "nobody takes it away"
    site.kill(first["process"])
    second = wait_for("another leader", lambda: leader(site), 10)
    assert second["process"] in schedulers - {first["process"]}
    site.start_one("scheduler")
    # The connection is cut, and both are there to take over.
    assert site.sql("SELECT pg_terminate_backend($1) AS cut", second["backend"]) == [{"cut": True}]
    third = wait_for("a leader after the cut", lambda: leader(site), 10)
    assert third["backend"] != second["backend"]
    assert third["process"] in {process.pid for process in site.processes}
    assert_sweeps(site, school)


def assert_sweeps(site: Installation, school: School) -> None:
    """A video that nobody was told of becomes READY."""
    content = school.upload(SHORT, title="Nobody was told")
    site.sql("DELETE FROM outbox")
    ready(school, content)


@pytest.mark.drill
def test_workers_killed_at_random(site: Installation, school: School) -> None:
    """Thirty kills while eight videos are made: all become READY, no step fails, no tool outlives its worker."""
    chance = random.Random(7)  # noqa: S311 -- the same kills every time, as far as machines allow
    contents = [school.upload(SHORT, title=f"Killed at random {number}") for number in range(8)]
    for _ in range(30):
        time.sleep(chance.uniform(0.3, 2.0))
        workers = [process for process in site.processes if "worker" in words(process)]
        victim = chance.choice(workers)
        tools = psutil.Process(victim.pid).children(recursive=True)
        arguments = words(victim)[3:]
        site.kill(victim.pid)
        _, alive = psutil.wait_procs(tools, timeout=2)
        assert not alive, "a tool outlived its worker"
        site.start_one(*arguments)
    ready(school, *contents)
