"""Starting, attaching, ending: with real servers and real deaths."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from tests.integration.adapters.embedded_postgres.servers import (
    SOURCES,
    NewHolder,
    NewServer,
    postmaster_of,
    server_processes,
    until,
)


async def test_the_first_start_makes_a_database_and_later_ones_keep_it(new_server: NewServer) -> None:
    server = new_server()
    begin = time.perf_counter()
    dsns = server.start()
    cold = time.perf_counter() - begin
    owner = await asyncpg.connect(dsns.owner)
    await owner.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('fjörður')")
    await owner.close()
    server.stop()
    assert not server.alive

    begin = time.perf_counter()
    again = new_server().start()
    warm = time.perf_counter() - begin

    assert again == dsns, "addresses and passwords stay"
    owner = await asyncpg.connect(again.owner)
    assert await owner.fetchval("SELECT word FROM kept") == "fjörður"
    await owner.close()
    sys.stderr.write(f"\ncold start {cold:.2f} s, warm start {warm:.2f} s\n")


async def test_the_address_works_for_sqlalchemy(new_server: NewServer) -> None:
    dsn = new_server().start().app.replace("postgresql://", "postgresql+asyncpg://")
    engine = create_async_engine(dsn)
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT current_user"))).scalar_one() == "lms_app"
    await engine.dispose()


async def test_a_second_start_attaches_and_its_stop_changes_nothing(new_server: NewServer) -> None:
    owner, guest = new_server(), new_server()
    dsns = owner.start()
    assert not owner.attached

    assert guest.start() == dsns
    assert guest.attached
    assert guest.alive
    guest.stop()

    assert owner.alive
    await (await asyncpg.connect(dsns.app)).close()


def test_start_again_on_the_same_object_changes_nothing(new_server: NewServer) -> None:
    server = new_server()
    assert server.start() == server.start()
    assert not server.attached


def test_start_after_the_server_died_starts_it_anew(home: Path, new_server: NewServer) -> None:
    server = new_server()
    dsns = server.start()
    postmaster_of(home / "data").kill()
    assert server.wait(5.0)
    assert server.start() == dsns
    assert server.alive
    assert not server.attached


async def test_an_attached_process_notices_that_the_server_ended(new_server: NewServer) -> None:
    owner, guest = new_server(), new_server()
    owner.start()
    guest.start()
    watching = asyncio.create_task(guest.ended())
    await asyncio.sleep(0.1)
    assert not watching.done()
    assert not guest.wait(0.1)

    await asyncio.to_thread(owner.stop)

    await asyncio.wait_for(watching, 5.0)
    assert guest.wait(1.0)
    assert not guest.alive


async def test_a_supervisor_notices_that_the_server_died(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    watching = asyncio.create_task(server.ended())
    postmaster_of(home / "data").send_signal(signal.SIGQUIT)
    await asyncio.wait_for(watching, 5.0)
    assert not server.alive
    assert "immediate shutdown" in server.last_words()


def test_of_many_that_start_at_once_one_starts_and_the_others_attach(home: Path, new_holder: NewHolder) -> None:
    said = [holder.read() for holder in [new_holder() for _ in range(4)]]
    assert sorted(one["attached"] for one in said) == [False, True, True, True]
    assert len({one["app"] for one in said}) == 1


def test_one_that_attaches_while_the_server_stops_starts_its_own(new_holder: NewHolder, new_server: NewServer) -> None:
    holder = new_holder()
    holder.read()
    assert holder.process.stdin is not None
    holder.process.stdin.write("\n")  # it stops now
    holder.process.stdin.flush()
    server = new_server()
    deadline = time.monotonic() + 10
    server.start()
    while server.attached:  # started early enough to catch the old one
        assert time.monotonic() < deadline
        server.wait(5.0)
        server.start()
    assert server.alive


async def test_kill_9_of_the_owner_leaves_no_process_though_clients_are_connected(
    home: Path, new_holder: NewHolder
) -> None:
    holder = new_holder()
    dsn = holder.read()["app"]
    idle = await asyncpg.connect(dsn)
    busy = await asyncpg.connect(dsn)
    query = asyncio.create_task(busy.execute("SELECT pg_sleep(4)"))
    await asyncio.sleep(0.2)
    assert len(server_processes(home)) > 3

    holder.kill()
    seconds = until(lambda: not server_processes(home), seconds=5.0)

    with pytest.raises((asyncpg.PostgresError, OSError)):
        await query
    idle.terminate()
    busy.terminate()
    log = (home / "data" / "postgres" / "server.log").read_text("utf-8")
    assert "database system is shut down" in log, "a clean end: the next start needs no recovery"
    sys.stderr.write(f"\nafter kill -9 of the owner: {seconds:.2f} s until no process was left\n")


def test_kill_9_during_the_first_start_leaves_no_process_and_a_directory_that_still_works(
    home: Path, new_holder: NewHolder, new_server: NewServer
) -> None:
    holder = new_holder()
    until(lambda: bool(server_processes(home)), seconds=10.0)  # initdb's helper works inside the unfinished cluster
    holder.kill()
    until(lambda: not server_processes(home), seconds=5.0)
    assert not (home / "data" / "postgres" / "cluster").exists()
    assert new_server().start().app


def test_the_end_of_the_thread_that_started_it_does_not_end_the_server(new_server: NewServer) -> None:
    async def start_in_a_passing_thread() -> None:
        await asyncio.to_thread(server.start)

    server = new_server()
    with asyncio.Runner() as runner:
        runner.run(start_in_a_passing_thread())
    assert not server.wait(1.0)


@pytest.mark.parametrize("ending", ["sys.exit()", "raise SystemError('a bug')", "os.kill(os.getpid(), 15)"])
def test_the_server_ends_with_its_owner_however_that_ends(home: Path, ending: str) -> None:
    script = (
        "import os, sys; from pathlib import Path; from adapters.embedded_postgres.server import EmbeddedPostgres;"
        f"EmbeddedPostgres(Path({str(home / 'data')!r})).start(); {ending}"
    )
    subprocess.run([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": str(SOURCES)}, check=False)
    assert (home / "data" / "postgres" / "cluster" / "PG_VERSION").exists()
    until(lambda: not server_processes(home), seconds=5.0)


def test_a_forked_copy_of_the_owner_does_not_stop_the_server(new_server: NewServer) -> None:
    server = new_server()
    server.start()
    child = os.fork()
    if child == 0:
        server.stop()
        os._exit(0)
    os.waitpid(child, 0)
    assert not server.wait(0.5)


def test_ctrl_c_in_the_terminal_reaches_the_owner_alone(home: Path, new_server: NewServer) -> None:
    new_server().start()
    ours = os.getpgid(0), os.getsid(0)
    for process in server_processes(home):
        assert (os.getpgid(process.pid), os.getsid(process.pid)) != ours
        assert os.getsid(process.pid) != ours[1]


@pytest.mark.alone
async def test_stop_takes_less_than_5_seconds_though_clients_are_connected(new_server: NewServer) -> None:
    server = new_server()
    dsns = server.start()
    idle = await asyncpg.connect(dsns.app)
    busy = await asyncpg.connect(dsns.system)
    query = asyncio.create_task(busy.execute("SELECT pg_sleep(20)"))
    in_transaction = await asyncpg.connect(dsns.owner)
    await in_transaction.execute("BEGIN; CREATE TABLE unfinished ()")
    await asyncio.sleep(0.1)

    begin = time.perf_counter()
    await asyncio.to_thread(server.stop)
    seconds = time.perf_counter() - begin

    assert seconds < 5.0
    with pytest.raises((asyncpg.PostgresError, OSError)):
        await query
    for connection in (idle, busy, in_transaction):
        connection.terminate()
    sys.stderr.write(f"\nstop with three clients: {seconds:.2f} s\n")


@pytest.mark.alone
def test_stop_ends_even_a_server_that_reacts_to_nothing_within_5_seconds(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    for process in server_processes(home):
        process.suspend()

    begin = time.perf_counter()
    server.stop()

    assert time.perf_counter() - begin < 5.0
    until(lambda: not server_processes(home), seconds=0.5)
    assert new_server().start().app, "and the next start recovers"


def test_the_file_of_a_dead_server_is_no_obstacle(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    postmaster_of(home / "data").kill()
    assert server.wait(5.0)
    assert (home / "data" / "postgres" / "cluster" / "postmaster.pid").exists()
    assert new_server().start().app


def test_nor_when_another_program_of_the_same_account_has_its_number_now(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    postmaster = postmaster_of(home / "data")
    owner = postmaster.uids().real
    postmaster.kill()
    assert server.wait(5.0)
    pid_file = home / "data" / "postgres" / "cluster" / "postmaster.pid"
    stranger = subprocess.Popen(["sleep", "60"], user=owner, cwd="/")
    try:
        _, _, rest = pid_file.read_text("utf-8").partition("\n")
        pid_file.write_text(f"{stranger.pid}\n{rest}", "utf-8")
        again = new_server()
        again.start()
        assert not again.attached
        assert stranger.poll() is None, "the stranger was left alone"
    finally:
        stranger.kill()
        stranger.wait()


def test_the_file_of_a_server_of_another_data_directory_is_no_server(home: Path, new_server: NewServer) -> None:
    """As after ``cp -a`` of a data directory whose server runs."""
    first, second = new_server(home / "one"), new_server(home / "two")
    first.start()
    second.start()
    second.stop()
    for name in ("one", "two"):
        assert (home / name / "postgres" / "cluster").exists()
    (home / "two" / "postgres" / "cluster" / "postmaster.pid").write_bytes(
        (home / "one" / "postgres" / "cluster" / "postmaster.pid").read_bytes()
    )
    again = new_server(home / "two")
    again.start()
    assert not again.attached
    assert first.alive


async def test_processes_of_a_killed_server_that_still_work_keep_a_second_server_away(
    home: Path, new_server: NewServer
) -> None:
    """Two servers on the same files would destroy them. PostgreSQL checks it; we must not take its means away."""
    server = new_server()
    dsns = server.start()
    connection = await asyncpg.connect(dsns.app)
    backend = psutil.Process(connection.get_server_pid())
    backend.suspend()
    postmaster_of(home / "data").kill()
    assert server.wait(5.0)

    with pytest.raises(EmbeddedPostgresError, match="Processes of an earlier server"):
        server.start()

    backend.kill()
    connection.terminate()
    until(lambda: not server_processes(home), seconds=5.0)
    assert server.start().app
