"""`./just bench`: what can be measured."""

from typing import Annotated

import typer

from bench.api.command import run_api
from bench.signin.command import run_signin

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def bench() -> None:
    """Measure speed. Results lie in bench/results/ and are this machine's own: compare ratios, not figures."""


@app.command()
def api(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each contender on each screen.")] = 5,
    seconds: Annotated[float, typer.Option(min=0.5, help="Length of a round.")] = 3.0,
    screen: Annotated[str, typer.Option(help="Only screens whose name starts so.")] = "",
) -> None:
    """The API beside a bare ASGI application that runs the same SQL, and beside SQLAlchemy's engine."""
    run_api(rounds=rounds, seconds=seconds, wanted=screen)


@app.command()
def signin(
    samples: Annotated[int, typer.Option(min=5, help="Samples of each question about each kind of account.")] = 100,
) -> None:
    """Whether the time of an answer tells who has an account: signing in, and asking for a new password."""
    run_signin(samples=samples)


if __name__ == "__main__":
    app()
