"""``lms user``: people who run the platform."""

from typing import Annotated
from uuid import UUID

import typer
from dishka import AsyncContainer

from entrypoints.cli.run import console, with_container
from entrypoints.cli.secrets import ask_password
from lms_app.accounts.create_operator import CreateOperator

app = typer.Typer(help="Accounts that only the command line can make.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps ``create-super-admin`` a command of its own while it is the only one."""


@app.command()
def create_super_admin(
    email: Annotated[str, typer.Argument(help="E-mail address to sign in with, on the platform's own host.")],
    first_name: Annotated[str, typer.Option()] = "Platform",
    last_name: Annotated[str, typer.Option()] = "Operator",
) -> None:
    """Create an operator of the platform.

    The password (15 characters or more) is asked for, or read from standard input when that is not a terminal.
    """
    password = ask_password(f"Password for {email}")

    async def run(container: AsyncContainer) -> UUID:
        create = await container.get(CreateOperator)
        return await create(email=email, first_name=first_name, last_name=last_name, password=password)

    with_container(run)
    console.print(f"[green]{email}[/] can sign in to the Command Center.")
