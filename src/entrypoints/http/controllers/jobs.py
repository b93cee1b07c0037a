"""Routes of work that takes longer than a request."""

from uuid import UUID

from dishka import FromDishka
from litestar import get
from litestar.params import FromPath
from litestar.types import ASGIApp

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.file_response import FileResponse
from entrypoints.http.injected import inject
from lms_app.jobs.show_job import JobView, OpenJobResult, ShowJob


@get(
    "/api/jobs/{job_id:uuid}",
    operation_id="getJob",
    summary="How far a job is",
    description=rule_of(ShowJob),
    responses=errors(SIGNED_IN),
)
@inject
async def get_job(request: ApiRequest, job_id: FromPath[UUID], show: FromDishka[ShowJob]) -> TaggedResponse[JobView]:
    return TaggedResponse(await show(request.actor, job_id))


@get("/api/jobs/{job_id:uuid}/result", include_in_schema=False)
@inject
async def get_job_result(request: ApiRequest, job_id: FromPath[UUID], results: FromDishka[OpenJobResult]) -> ASGIApp:
    found = await results.find(request.actor, job_id)
    return FileResponse(results.read(found), file_name=found.file_name, media_type=found.media_type)


HANDLERS = (get_job,)
FILE_HANDLERS = (get_job_result,)
"""Answers that are no JSON."""
