"""``lms settings``: what holds, and what each setting means."""

import os
from collections.abc import Callable
from dataclasses import dataclass

import typer
from rich.markup import escape
from rich.table import Column, Table

from entrypoints.cli.run import EXIT_USAGE, AsJson, console, errors, print_json
from entrypoints.settings import Mistake, find_mistakes
from entrypoints.variables import VARIABLES


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(settings)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as it is shown. ``value`` has no passwords in it; None: not set, so ``default`` holds."""

    name: str
    value: str | None
    default: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class SettingsReport:
    """Everything that is known of the settings."""

    settings: list[SettingRow]
    mistakes: list[Mistake]


def settings(as_json: AsJson = False) -> None:
    """Show every setting: its value or default, and what it means. Passwords and keys are masked.

    Exit code 2 when something is wrong; every mistake is named with its remedy.

    Examples:

      lms settings

      lms settings --json | jq '.settings[] | select(.value != null)'
    """
    report = SettingsReport(
        [SettingRow(v.name, _value(v.name, v.shown), v.default, v.meaning, v.example) for v in VARIABLES],
        list(find_mistakes(os.environ)),
    )
    if as_json:
        print_json(report)
    else:
        table = Table(Column("Setting", no_wrap=True), Column("Value", overflow="fold"), "Meaning")
        for row in report.settings:
            value = f"[bold]{escape(row.value)}[/]" if row.value is not None else f"[dim]{escape(row.default)}[/]"
            table.add_row(row.name, value, escape(row.meaning))
        console.print(table)
        console.print("Bold: set in the environment. Dim: the default.")
        for mistake in report.mistakes:
            errors.print(f"[bold red]Error:[/] {escape(str(mistake))}", soft_wrap=True)
    if report.mistakes:
        raise SystemExit(EXIT_USAGE)


def _value(name: str, shown: Callable[[str], str]) -> str | None:
    text = os.environ.get(name, "").strip()
    return shown(text) if text else None
