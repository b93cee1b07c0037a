"""What can go wrong with the embedded server, said in a way that a person can act on."""

import re


class EmbeddedPostgresError(Exception):
    """The embedded server cannot be started, attached to or asked.

    ``problem`` is one sentence, ``remedy`` what to do about it, ``log_tail`` the last lines of the server's log
    (empty when the server never ran).
    """

    def __init__(self, problem: str, *, remedy: str, log_tail: str = "") -> None:
        parts = [problem, f"What to do: {remedy}"]
        if log_tail:
            parts.append("End of the server's log:\n" + "\n".join(f"  {line}" for line in log_tail.splitlines()))
        super().__init__("\n".join(parts))
        self.problem = problem
        self.remedy = remedy
        self.log_tail = log_tail


_OWN_SERVER = "or run PostgreSQL 17 or newer yourself and set LMS_DATABASE_URL and its relatives"

# The first pattern that occurs in the log decides, so the particular ones stand before the general ones.
_KNOWN_CAUSES: tuple[tuple[str, str, str], ...] = (
    (
        r"pre-existing shared memory block",
        "Processes of an earlier server still hold this database.",
        "wait a few seconds and start again; if it stays, end the processes named 'postgres' of this data directory.",
    ),
    (
        r"No space left on device[^\n]*shared memory|shared memory segment[^\n]*No space left|"
        r"could not (create|map|resize|open) (anonymous )?shared memory",
        "The system gives PostgreSQL too little shared memory.",
        f"give the container more (docker run --shm-size=256m), {_OWN_SERVER}.",
    ),
    (
        r"No space left on device|Disk quota exceeded",
        "The disk is full.",
        "free some space on the disk that holds the database, then start again; nothing is lost.",
    ),
    (
        r"Read-only file system",
        "The database lies on a read-only file system.",
        "set LMS_DATA_DIR to a folder that can be written.",
    ),
    (
        r"Unix-domain socket path .* is too long|could not (bind|create) Unix|could not create lock file .*\.s\.PGSQL",
        "The server cannot make its socket.",
        "choose a shorter LMS_DATA_DIR, or a TMPDIR that can be written.",
    ),
    (
        r"database files are incompatible with server",
        "The database was made by another version of PostgreSQL.",
        "start the version of Brain LMS that made it, take a backup with `lms backup create`, and restore it here.",
    ),
    (
        r"has wrong ownership|has invalid permissions",
        "The file system does not keep owners and permissions as PostgreSQL needs them.",
        "set LMS_DATA_DIR to a folder on a local disk or a named volume (not a folder shared from a host), "
        f"{_OWN_SERVER}.",
    ),
    (
        r"error while loading shared libraries|Exec format error|cannot execute binary file",
        "The bundled PostgreSQL does not run on this system.",
        f"install the library named below, {_OWN_SERVER}.",
    ),
    (
        r"Permission denied|Operation not permitted",
        "The server may not read or write its files.",
        "start Brain LMS as the user that made the data directory, or set LMS_DATA_DIR to a new folder.",
    ),
    (
        r"PANIC|invalid checkpoint record|could not locate a valid checkpoint|invalid page",
        "The database is damaged.",
        "keep a copy of the data directory, then restore the last backup with `lms backup restore`.",
    ),
)


def diagnose(what_failed: str, log_text: str) -> EmbeddedPostgresError:
    """The error for ``what_failed`` (a sentence), explained from what the server or initdb wrote."""
    tail = "\n".join(log_text.strip().splitlines()[-15:])
    for pattern, cause, remedy in _KNOWN_CAUSES:
        if re.search(pattern, log_text):
            return EmbeddedPostgresError(f"{what_failed} {cause}", remedy=remedy, log_tail=tail)
    return EmbeddedPostgresError(what_failed, remedy=f"read the log below, {_OWN_SERVER}.", log_tail=tail)
