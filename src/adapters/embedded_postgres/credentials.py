"""The passwords of the three database roles: made once, kept in the data directory, never shown."""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.files import write_whole


@dataclass(frozen=True, slots=True)
class Credentials:
    """One password per role, of characters that need no quoting in a URL."""

    lms_app: str = field(repr=False)
    lms_system: str = field(repr=False)
    lms_owner: str = field(repr=False)


def read_credentials(path: Path) -> Credentials:
    """The passwords in ``path``.

    Raises:
        EmbeddedPostgresError: there is no such file, or it holds something else.
    """
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Credentials(
            lms_app=str(kept["lms_app"]), lms_system=str(kept["lms_system"]), lms_owner=str(kept["lms_owner"])
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise EmbeddedPostgresError(
            f"The passwords of the database in {path} are missing or cannot be read ({type(error).__name__}).",
            remedy="stop every Brain LMS of this data directory, remove that file, and start again: "
            "the passwords are made anew.",
        ) from error


def read_or_make_credentials(path: Path) -> Credentials:
    """The passwords in ``path``, made (mode 0600) if there are none. The next run of roles.sql puts them in force."""
    if path.exists():
        return read_credentials(path)
    made = Credentials(*(secrets.token_urlsafe(24) for _ in range(3)))
    text = json.dumps({"lms_app": made.lms_app, "lms_system": made.lms_system, "lms_owner": made.lms_owner}, indent=2)
    write_whole(path, text + "\n", mode=0o600)
    return made
