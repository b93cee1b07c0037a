"""``lms user``: operators, and help for people who cannot sign in."""

from typing import Annotated
from uuid import UUID

import typer
from dishka import AsyncContainer

from entrypoints.cli.run import console, with_container
from entrypoints.cli.secrets import ask_password
from lms_app.accounts.create_operator import CreateOperator
from lms_app.accounts.request_password_reset import RequestPasswordReset
from lms_app.accounts.set_password import SetPassword
from lms_app.accounts.unlock_account import UnlockAccount
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.errors import NotFound
from lms_domain.schools.tenant import Tenant

app = typer.Typer(help="Operators, and help for people who cannot sign in.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="E-mail address of the account.")]
School = Annotated[str | None, typer.Option("--school", help="Subdomain of the person's school; absent: an operator.")]


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


@app.command()
def reset_password(
    email: Email,
    school: School = None,
    by_mail: Annotated[
        bool, typer.Option("--mail", help="Mail the person a link to choose a password themselves (--school only).")
    ] = False,
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="End the second factor too: phone and codes are lost.")
    ] = False,
) -> None:
    """Help somebody who forgot their password.

    A new initial password is asked for, or read from standard input when that is not a terminal; it must be changed at
    the next sign-in. With --mail the person gets a link instead, which works for 30 minutes.

    Example: lms user reset-password ada@springfield.example --school springfield --mail
    """
    if by_mail and (school is None or without_second_factor):
        raise typer.BadParameter("--mail goes with --school, and not with --without-second-factor.")
    password = "" if by_mail else ask_password(f"New initial password for {email}")

    async def run(container: AsyncContainer) -> None:
        tenant = await _tenant(container, school)
        if by_mail and tenant is not None:
            hosted = HostedSchool(tenant.id, tenant.status((await container.get(Clock)).now()))
            await (await container.get(RequestPasswordReset))(school=hosted, email=email, address="")
        else:
            await (await container.get(SetPassword))(
                tenant_id=tenant.id if tenant is not None else None,
                email=email,
                password=password,
                without_second_factor=without_second_factor,
            )

    with_container(run)
    if by_mail:
        console.print(f"If [bold]{email}[/] has an account there, a link is on its way.")
    else:
        console.print(f"[green]{email}[/] can sign in with the new password and must change it then.")


@app.command()
def unlock(email: Email, school: School = None) -> None:
    """Let somebody sign in at once who had to wait after failed tries.

    Example: lms user unlock ada@springfield.example --school springfield
    """

    async def run(container: AsyncContainer) -> None:
        tenant = await _tenant(container, school)
        unlock_account = await container.get(UnlockAccount)
        await unlock_account(tenant_id=tenant.id if tenant is not None else None, email=email)

    with_container(run)
    console.print(f"[green]{email}[/] can try again at once.")


async def _tenant(container: AsyncContainer, subdomain: str | None) -> Tenant | None:
    """None for operators. Raises NotFound when there is no such school."""
    if subdomain is None:
        return None
    uow: UnitOfWork = await container.get(UnitOfWork)
    async with uow.begin(SystemScope("lms user")) as system:
        tenant = await system.tenants.by_subdomain(subdomain)
    if tenant is None:
        raise NotFound(f"There is no school at “{subdomain}”.")
    return tenant
