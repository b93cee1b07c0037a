"""Asking the server through ``psql``, the same tool that operators run roles.sql with."""

import subprocess
from pathlib import Path

from adapters.embedded_postgres.binaries import environment

ROLES_SQL = Path(__file__).with_name("roles.sql")


class PsqlError(Exception):
    """psql ended with an error; the message is what it wrote."""


def run_psql(
    program: Path, socket_folder: Path, *arguments: str, user: str, database: str, secrets: dict[str, str] | None = None
) -> str:
    """Run ``psql`` with ``arguments`` and return what it prints, unaligned and without headings.

    ``secrets`` are environment variables, such as PGPASSWORD. A user with a password insists that the server proves it
    knows that password too (SCRAM): another server on our socket cannot pretend to be ours.

    Raises:
        PsqlError: no connection, or an SQL error.
    """
    proof = "scram-sha-256" if secrets and "PGPASSWORD" in secrets else "none"
    target = (
        f"host={socket_folder} user={user} dbname={database} require_auth={proof}"
        " connect_timeout=5 application_name=lms.embedded"
    )
    try:
        answer = subprocess.run(
            [str(program), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", *arguments, "--dbname", target],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd="/",
            # No password file or service file of the caller's account.
            env=environment() | {"PGPASSFILE": "/dev/null", "PGSERVICEFILE": "/dev/null"} | (secrets or {}),
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PsqlError("the server gave no answer within 60 seconds") from error
    if answer.returncode != 0:
        raise PsqlError(answer.stderr.strip())
    return answer.stdout
