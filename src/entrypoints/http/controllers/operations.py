"""Routes for those who run the installation, and the description of all others."""

from typing import Literal

from dishka import FromDishka
from litestar import get

from entrypoints.http.declare import errors
from entrypoints.http.health import LiveView, Readiness, ReadyView
from entrypoints.http.injected import inject
from entrypoints.http.refusals import NotReady
from entrypoints.http.session import PUBLIC
from lms_domain.errors import FieldError


@get(
    "/health/live",
    operation_id="liveness",
    summary="Whether the process answers",
    description="Answers on every host, as soon as the process runs. Asks nobody else.",
    opt=PUBLIC,
    responses=errors("internal_error"),
)
async def liveness() -> LiveView:
    return LiveView(status="alive")


@get(
    "/health/ready",
    operation_id="readiness",
    summary="Whether requests can be served",
    description=(
        "Asks database, storage and broker. Without the database nothing works: 503. Without another part most things "
        "do: 200, `degraded`, and the part is named. Answers on every host."
    ),
    opt=PUBLIC,
    responses=errors("not_ready", "internal_error"),
)
@inject
async def readiness(ready: FromDishka[Readiness]) -> ReadyView:
    verdicts = await ready.verdicts()
    down = [name for name, verdict in verdicts.items() if verdict != "ok"]
    if not ready.is_ready(verdicts):
        raise NotReady(
            f"Not answering: {', '.join(down)}.",
            errors=tuple(FieldError(name, "unavailable", "This part does not answer.") for name in down),
        )
    status: Literal["ready", "degraded"] = "degraded" if down else "ready"
    return ReadyView(status=status, parts=dict(verdicts))


HANDLERS = (liveness, readiness)
