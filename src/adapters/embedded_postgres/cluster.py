"""Making a cluster (PostgreSQL's data directory), and the configuration that its server runs with."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from adapters.embedded_postgres.account import Account, operator_name
from adapters.embedded_postgres.binaries import MAJOR_VERSION, Binaries, environment
from adapters.embedded_postgres.errors import EmbeddedPostgresError, diagnose
from adapters.embedded_postgres.files import keep_written, make_folder
from adapters.embedded_postgres.folders import Folders
from adapters.embedded_postgres.postmaster import launch_command

SUPERUSER = "postgres"

_POSTGRESQL_CONF = """\
# Written by Brain LMS at every start: changes here are lost. For other settings, run PostgreSQL yourself.
listen_addresses = ''                  # the socket only
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
dynamic_shared_memory_type = posix
io_method = sync                       # no I/O worker processes
max_parallel_workers_per_gather = 0    # two cores: one query, one core; spares shared memory in containers
max_logical_replication_workers = 0
max_wal_senders = 2                    # pg_basebackup works
wal_level = replica
fsync = on
max_wal_size = 512MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_checkpoints = off                  # the log has nobody to rotate it while the server runs
client_connection_check_interval = '10s'  # end the queries of clients that are gone
allow_alter_system = off
cluster_name = 'brain-lms'
"""

_PG_HBA_CONF = f"""\
# Written by Brain LMS at every start: changes here are lost.
# The superuser is whoever runs Brain LMS on this machine, told by the kernel: no password exists that could leak.
local  all                  {SUPERUSER}  peer map=operator
local  postgres,template1   all          reject
local  all                  all          scram-sha-256
"""


def check_version(cluster: Path) -> None:
    """Make sure that our PostgreSQL can open ``cluster``.

    Raises:
        EmbeddedPostgresError: another major version made it, or it is no cluster.
    """
    version_file = cluster / "PG_VERSION"
    version = version_file.read_text("utf-8").strip() if version_file.exists() else ""
    if version == str(MAJOR_VERSION):
        return
    if not version:
        raise EmbeddedPostgresError(
            f"{cluster} is not a database: {version_file.name} is missing.",
            remedy="bring the folder back from a backup, or move it away to start with an empty database.",
        )
    raise EmbeddedPostgresError(
        f"The database in {cluster} was made by PostgreSQL {version}; this Brain LMS brings {MAJOR_VERSION}.",
        remedy="install the Brain LMS that made it, run `lms backup create`, move the data directory away, "
        "then run `lms backup restore` with this one.",
    )


def make_cluster(folders: Folders, account: Account, binaries: Binaries) -> None:
    """Run initdb, under another name first: a cluster that is there is complete. About a second.

    Raises:
        EmbeddedPostgresError: initdb failed; its words say why.
    """
    for left in folders.base.glob("unfinished-*"):
        # Of a start that was killed. Its initdb may be clearing up at this moment: whatever it takes away is gone too.
        shutil.rmtree(left, ignore_errors=True)
    unfinished = folders.base / f"unfinished-{secrets.token_hex(4)}"
    try:
        make_folder(unfinished, mode=0o700, owner=account.owner)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{unfinished} cannot be given to the server's account (user id {account.uid}): {error.strerror}.",
            remedy="this file system or container does not let root change owners: run Brain LMS as an ordinary user, "
            "or run PostgreSQL yourself and set LMS_DATABASE_URL and its relatives.",
        ) from error
    # initdb launches more processes; when this thread ends too early they end with it.
    made = subprocess.run(
        launch_command(
            account,
            binaries.folder / "initdb",
            f"--pgdata={unfinished}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",  # the only Unicode locale of a build without ICU, and the same everywhere
            "--data-checksums",
            "--auth=peer",  # never in force: the server reads our pg_hba.conf
            "--no-instructions",
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        env=environment(),
        start_new_session=True,
        check=False,
    )
    if made.returncode != 0:
        raise diagnose("The database could not be created.", made.stdout)
    unfinished.rename(folders.cluster)


def write_configuration(folders: Folders) -> None:
    """Put our configuration files in force for the next start. They hold no secrets; the server only reads them."""
    operator = operator_name().replace('"', '""')
    for name, text in (
        ("postgresql.conf", _POSTGRESQL_CONF),
        ("pg_hba.conf", _PG_HBA_CONF),
        ("pg_ident.conf", f'# Written by Brain LMS at every start.\noperator  "{operator}"  {SUPERUSER}\n'),
    ):
        keep_written(folders.conf / name, text, mode=0o644)


def server_command(folders: Folders, account: Account, binaries: Binaries, socket_folder: Path) -> list[str]:
    """The command that runs the server in the foreground. Paths are arguments: files would need them quoted."""
    return launch_command(
        account,
        binaries.folder / "postgres",
        "-D",
        os.fspath(folders.cluster),
        "-c",
        f"config_file={folders.conf / 'postgresql.conf'}",
        "-c",
        f"hba_file={folders.conf / 'pg_hba.conf'}",
        "-c",
        f"ident_file={folders.conf / 'pg_ident.conf'}",
        "-c",
        f"unix_socket_directories={socket_folder}",
    )
