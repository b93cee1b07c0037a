"""Routes about videos: sending one, and following it through the pipeline."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from dishka import FromDishka
from litestar import get, post
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat
from litestar.params import FromPath, JSONBody

from entrypoints.http.api_request import ApiRequest, body_chunks, refuse_content_encoding
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.multipart_form import FILE, FileForm, boundary_of
from entrypoints.http.requests.video import RerunVideoRequest
from lms_app.video.rerun_pipeline import RerunPipeline
from lms_app.video.show_video import ShowVideo
from lms_app.video.upload_video import Recording, UploadVideo
from lms_app.video.views import UploadedVideoView, VideoStatusView

_CONTENTS = "/api/courses/{course_id:uuid}/modules/{module_id:uuid}/contents"
_TEXTS = frozenset({"title", "language"})


@dataclass
class UploadOperation(Operation):
    """The body of an upload, which no handler signature describes: it is never in memory as a whole."""

    def __post_init__(self) -> None:
        form = Schema(
            type=OpenAPIType.OBJECT,
            properties={
                FILE: Schema(
                    type=OpenAPIType.STRING, content_media_type="application/octet-stream", format=OpenAPIFormat.BINARY
                ),
                "title": Schema(
                    type=OpenAPIType.STRING, max_length=200, description="Without one the file's name serves."
                ),
                "language": Schema(
                    type=OpenAPIType.STRING,
                    pattern="^[A-Za-z]{2,3}$",
                    description="What is spoken, such as `en` (ISO 639); detected when absent.",
                ),
            },
            required=[FILE],
        )
        self.request_body = RequestBody(required=True, content={"multipart/form-data": OpenAPIMediaType(schema=form)})


@post(
    f"{_CONTENTS}/video-upload",
    operation_id="uploadVideo",
    summary="Send a video",
    description=rule_of(UploadVideo),
    operation_class=UploadOperation,
    request_max_body_size=None,
    responses=errors(
        SIGNED_IN,
        "malformed_form",
        "request_timeout",
        "too_large",
        "unsupported_media_type",
        "plan_limit",
        "storage_unavailable",
    ),
)
@inject
async def upload_video(
    request: ApiRequest, course_id: FromPath[UUID], module_id: FromPath[UUID], upload: FromDishka[UploadVideo]
) -> JsonResponse[UploadedVideoView]:
    permit = await upload.permit(request.actor, course_id, module_id, declared_bytes=request.content_length)
    refuse_content_encoding(request)
    boundary = boundary_of(request.headers.get("content-type", ""))
    idle = request.options.upload_idle_seconds
    async with aclosing(body_chunks(request, idle_seconds=idle)) as body:
        form = FileForm(body, boundary=boundary, text_names=_TEXTS)
        view = await upload.receive(permit, await _recording(form))
    location = f"/api/courses/{course_id}/modules/{module_id}/contents/{view.content.id}/"
    return JsonResponse(view, headers={"Location": location})


async def _recording(form: FileForm) -> Recording:
    """The file in ``form``; its texts are complete once its last byte was read, for they may follow it."""

    async def chunks() -> AsyncIterator[bytes]:
        async for chunk in form.chunks():
            yield chunk
        recording.title, recording.language = form.texts.get("title"), form.texts.get("language")

    filename = await form.filename()
    recording = Recording(
        filename=filename, title=form.texts.get("title"), language=form.texts.get("language"), chunks=chunks()
    )
    return recording


@get(
    f"{_CONTENTS}/{{content_id:uuid}}/video-status",
    operation_id="getVideoStatus",
    summary="Where a video stands",
    description=f"{rule_of(ShowVideo)}\n\nMade to be polled: with `If-None-Match` it is 304 while nothing changes.",
    responses=errors(SIGNED_IN),
)
@inject
async def get_video_status(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    content_id: FromPath[UUID],
    show: FromDishka[ShowVideo],
) -> TaggedResponse[VideoStatusView]:
    return TaggedResponse(await show(request.actor, course_id, module_id, content_id))


@post(
    f"{_CONTENTS}/{{content_id:uuid}}/video/rerun",
    operation_id="rerunVideo",
    summary="Do steps of a video again",
    description=rule_of(RerunPipeline),
    status_code=202,
    responses=errors(SIGNED_IN, BODY, "step_running", "step_not_reached", "upload_incomplete"),
)
@inject
async def rerun_video(
    request: ApiRequest,
    course_id: FromPath[UUID],
    module_id: FromPath[UUID],
    content_id: FromPath[UUID],
    data: JSONBody[RerunVideoRequest],
    rerun: FromDishka[RerunPipeline],
) -> JsonResponse[VideoStatusView]:
    status = await rerun(request.actor, course_id, module_id, content_id, from_step=data.from_step, only=data.only)
    location = f"/api/courses/{course_id}/modules/{module_id}/contents/{content_id}/video-status/"
    return JsonResponse(status, headers={"Location": location})


HANDLERS = (upload_video, get_video_status, rerun_video)
