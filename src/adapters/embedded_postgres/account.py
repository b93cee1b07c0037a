"""The operating system account that the server runs under: PostgreSQL refuses to run as root."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from adapters.embedded_postgres.errors import EmbeddedPostgresError

SERVICE_ACCOUNTS = ("brain-lms", "postgres", "nobody")
"""Who runs the server when we are root: the first that exists.

``brain-lms`` is for operators (and images) who want an account of its own; ``postgres`` is shared with nothing but
database servers; ``nobody`` exists everywhere, but other services use it too, so it comes last. We never create
accounts on somebody's machine. A cluster keeps the account that made it.
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A user id and its group id, neither of them root's."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process already runs under it, so that nothing needs to change hands."""
        return self.uid == os.geteuid()

    @property
    def owner(self) -> tuple[int, int] | None:
        """For ``files.make_folder``: the new owner, or None when it is ours anyway."""
        return None if self.is_ours else (self.uid, self.gid)


def operator_name() -> str:
    """The name of the account that this process runs under.

    Raises:
        EmbeddedPostgresError: it has none (a container started under a number); PostgreSQL needs one.
    """
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedPostgresError(
            f"User id {os.geteuid()} has no name on this system, and PostgreSQL needs one.",
            remedy="run under a user of /etc/passwd (or as root), or set LMS_DATABASE_URL and its relatives.",
        ) from None


def account_for_new_cluster() -> Account:
    """Ourselves, or the first of `SERVICE_ACCOUNTS` when we are root.

    Raises:
        EmbeddedPostgresError: root, and none of them exists.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in SERVICE_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root, and there is no other account to run it under.",
        remedy=f"create one of the users {', '.join(SERVICE_ACCOUNTS)}, or do not start Brain LMS as root.",
    )


def account_of_cluster(cluster: Path) -> Account:
    """The owner of an existing cluster: PostgreSQL runs a cluster under no other account.

    Raises:
        EmbeddedPostgresError: it belongs to an account that this process cannot become.
    """
    status = cluster.stat()
    account = Account(status.st_uid, status.st_gid)
    if status.st_uid == 0:
        raise EmbeddedPostgresError(
            f"The database in {cluster} belongs to root, and PostgreSQL refuses to run as root.",
            remedy=f"give it back to the account that made it: chown -R <account> '{cluster}'.",
        )
    if os.geteuid() != 0 and not account.is_ours:
        raise EmbeddedPostgresError(
            f"The database in {cluster} belongs to user id {account.uid}, and this process is {os.geteuid()}.",
            remedy="start Brain LMS as the user that made the data directory (root, if root did).",
        )
    return account
