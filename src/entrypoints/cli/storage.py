"""``lms storage``: look after files."""

import typer
from dishka import AsyncContainer

from entrypoints.cli.run import EXIT_UNAVAILABLE, console, fail, with_container
from lms_app.ports.storage import StorageUnavailable
from lms_app.video.collect_garbage import Collected, CollectGarbage

app = typer.Typer(help="Look after files.", no_args_is_help=True)


@app.callback()
def storage() -> None:
    """Look after files."""


@app.command()
def collect() -> None:
    """Remove files that nobody needs any more and count again what is kept, as the scheduler does once an hour.

    What somebody may still be watching stays: see LMS_COLLECT_AFTER_SECONDS.
    """

    async def run(container: AsyncContainer) -> Collected:
        try:
            return await (await container.get(CollectGarbage))()
        except StorageUnavailable as error:
            fail(f"The storage does not answer: {error}", EXIT_UNAVAILABLE)

    done = with_container(run)
    console.print(f"{done.holdings} removed, {done.size} bytes in all.")
