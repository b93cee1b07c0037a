"""``lms openapi``: the HTTP contract as a file."""

from pathlib import Path
from typing import Annotated

import typer

from entrypoints.cli.run import console, fail


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(openapi)


def openapi(
    check: Annotated[Path | None, typer.Option(help="Compare with this file instead of printing.")] = None,
) -> None:
    """Print the OpenAPI 3.1 document. Needs neither server nor database."""
    from entrypoints.http.openapi import openapi_document

    document = openapi_document()
    if check is None:
        typer.echo(document.decode(), nl=False)
    elif not check.is_file() or check.read_bytes() != document:
        fail(f"{check} is out of date. Write it with: ./just openapi")
    else:
        console.print(f"{check} is up to date.")
