"""Where everything of one embedded server lies.

Always below ``<data_dir>/postgres``: ``credentials.json``, ``server.log``, ``lock``, and, when needed, ``location`` or
``socket``. The *base* (``cluster/``, ``conf/``, ``run/``) is that same folder, except when we are root and the server's
account cannot walk there: then it is ``/var/lib/brain-lms/<id>``, and ``location`` holds the id.
"""

import contextlib
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from adapters.embedded_postgres.account import Account
from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.files import keep_written, make_folder, others_may_pass, write_whole

SYSTEM_DIR = Path("/var/lib/brain-lms")
"""For root: copied binaries, and clusters whose data directory only root can reach."""

SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 103
"""Bytes. Linux allows 107, macOS and the BSDs 103."""

_PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")
"""Paths that mean the same in a URL, in asyncpg's and libpq's host lists, and in postgresql.conf."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The paths of one server. ``own`` is ``<data_dir>/postgres``, ``base`` holds what the server itself touches."""

    own: Path
    base: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.base / "cluster"

    @property
    def conf(self) -> Path:
        """Our configuration files: ours to write, the server's to read."""
        return self.base / "conf"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.own / "server.log"

    @property
    def credentials(self) -> Path:
        """The passwords of the roles, mode 0600."""
        return self.own / "credentials.json"


def own_folder(data_dir: Path) -> Path:
    """``<data_dir>/postgres``, made if missing: closed to others, but for root it lets the server's account pass."""
    data_dir.mkdir(parents=True, exist_ok=True)
    own = data_dir / "postgres"
    make_folder(own, mode=0o711 if os.geteuid() == 0 else 0o700)
    return own.resolve()  # a link to another disk is followed here, once


def find_folders(own: Path, system_dir: Path) -> Folders:
    """The folders of the server of ``own``: those it has, or those where a new one belongs.

    Raises:
        EmbeddedPostgresError: the database that ``own`` knows of is gone, or belongs to another data directory.
    """
    location = own / "location"
    if location.exists():
        return Folders(own, _recorded_base(own, location, system_dir))
    if os.geteuid() != 0 or (own / "cluster").exists() or others_may_pass(own):
        return Folders(own, own)
    return Folders(own, system_dir / secrets.token_hex(8))


def make_base(folders: Folders, account: Account) -> None:
    """Make the base and ``conf/`` if they are missing.

    Raises:
        EmbeddedPostgresError: the server's account cannot walk to the base.
    """
    if folders.base != folders.own:
        make_system_dir(folders.base.parent)
        make_folder(folders.base, mode=0o711)
        keep_written(folders.base / "data_dir", f"{folders.own}\n", mode=0o600)
    make_folder(folders.conf, mode=0o755)
    if not account.is_ours and not others_may_pass(folders.base):
        raise EmbeddedPostgresError(
            f"The server runs under user id {account.uid}, which cannot reach {folders.base}.",
            remedy="allow others to pass (chmod o+x) on the folders above it.",
        )


def make_system_dir(system_dir: Path) -> None:
    """Make the folder for root's copies and clusters, if it is missing.

    Raises:
        EmbeddedPostgresError: that cannot be done (a read-only container, for one).
    """
    try:
        system_dir.parent.mkdir(parents=True, exist_ok=True)
        make_folder(system_dir, mode=0o755)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The server's account cannot reach LMS_DATA_DIR or the bundled PostgreSQL, and {error}.",
            remedy=f"allow others to pass (chmod o+x) on the folders above both, or let {system_dir} be written.",
        ) from error


def record_location(folders: Folders) -> None:
    """Remember a base outside the data directory, once its cluster is complete: the record always leads to one."""
    if folders.base != folders.own:
        write_whole(folders.own / "location", f"{folders.base.name}\n", mode=0o600)


def socket_folder(folders: Folders, account: Account) -> Path:
    """A folder for the server's socket, open to its account only, with a path that is short and needs no quoting.

    ``<base>/run`` where that will do, else a private one among the temporary files, recorded in ``<own>/socket``. After
    a crash it is used again: addresses stay, and nothing piles up.

    Raises:
        EmbeddedPostgresError: no place for temporary files will do.
    """
    preferred = folders.base / "run"
    if _suits_sockets(preferred):
        make_folder(preferred, mode=0o700, owner=account.owner)
        return preferred
    record = folders.own / "socket"
    if record.exists():
        known = Path(record.read_text("utf-8").strip())
        if _is_private(known, account):
            return known
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108 (mkdtemp below it)
        if _suits_sockets(parent / "brain-lms-12345678") and (account.is_ours or others_may_pass(parent)):
            made = Path(tempfile.mkdtemp(prefix="brain-lms-", dir=parent))
            if account.owner is not None:
                os.chown(made, *account.owner)
            write_whole(record, f"{made}\n", mode=0o600)
            return made
    raise EmbeddedPostgresError(
        f"The path {preferred} is too long or too unusual for a socket, and no folder for temporary files will do.",
        remedy="choose a shorter LMS_DATA_DIR, or set TMPDIR to a short path that the server's account can reach.",
    )


def release_socket_folder(own: Path) -> None:
    """Remove a socket folder among the temporary files, unless a server uses it (it is not empty then)."""
    record = own / "socket"
    if record.exists():
        with contextlib.suppress(OSError):
            Path(record.read_text("utf-8").strip()).rmdir()
            record.unlink()


def _recorded_base(own: Path, location: Path, system_dir: Path) -> Path:
    name = location.read_text("utf-8").strip()
    base = system_dir / name
    if not re.fullmatch(r"[0-9a-f]{16}", name) or not (base / "cluster").exists():
        raise EmbeddedPostgresError(
            f"The database of this data directory was kept in {base} and is not there any more.",
            remedy=f"bring that folder back, or remove {location} to start with an empty database. "
            "In a container, let others pass to LMS_DATA_DIR (chmod o+x): the database is then kept inside it.",
        )
    owner = Path((base / "data_dir").read_text("utf-8").strip())
    if owner != own and (owner / "location").exists() and (owner / "location").read_text("utf-8").strip() == name:
        raise EmbeddedPostgresError(
            f"{own.parent} is a copy of {owner.parent}, whose database lies in {base} and was not copied.",
            remedy=f"copy data with `lms backup create` and `lms backup restore`; remove {location} to start with "
            "an empty database.",
        )
    return base


def _suits_sockets(folder: Path) -> bool:
    path = str(folder / SOCKET_NAME)
    return len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH and _PLAIN_PATH.fullmatch(path) is not None


def _is_private(folder: Path, account: Account) -> bool:
    """Whether ``folder`` is still the one we made: a plain folder of the account that nobody else may enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return (
        folder.is_dir() and not folder.is_symlink() and (status.st_uid, status.st_mode & 0o777) == (account.uid, 0o700)
    )
