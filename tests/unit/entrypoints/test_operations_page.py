"""docs/operations.md says what the code does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from entrypoints.cli.main import app
from entrypoints.variables import VARIABLES

PAGE = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")


def commands(group: Any, prefix: str = "lms ") -> Iterator[str]:
    """Full names of all commands."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}"


def test_the_table_of_settings_is_that_of_the_code() -> None:
    wanted = [f"| `{v.name}` | {v.default} | {v.meaning} |".replace("<", "&lt;") for v in VARIABLES]
    assert [line for line in PAGE.splitlines() if line.startswith("| `LMS_")] == wanted


def test_every_command_is_there_and_no_other() -> None:
    listed = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `lms ")}
    known = set(commands(typer.main.get_command(app)))
    missing = {name for name in known if not any(f"{line} ".startswith(f"{name} ") for line in listed)}
    assert not missing, "give them a line in docs/operations.md"
    assert all(any(f"{line} ".startswith(f"{name} ") for name in known) for line in listed)
