"""The HTTP application, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dishka import AsyncContainer
from litestar import Litestar
from litestar.datastructures import State

from entrypoints.http import openapi
from entrypoints.http.allowed_methods import options_handlers
from entrypoints.http.api_request import MAX_JSON_BYTES, ApiRequest
from entrypoints.http.controllers import (
    certificates,
    docs,
    jobs,
    mailbox,
    media,
    notices,
    pages,
    teacher_imports,
    uploads,
)
from entrypoints.http.event_stream import OpenStreams
from entrypoints.http.idempotency import IdempotencyMiddleware
from entrypoints.http.injected import Resolved, injected_types
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.options import HttpOptions
from entrypoints.http.problem_response import respond_to_error
from entrypoints.http.recorded_visits import RecordedVisitsMiddleware
from entrypoints.http.session import SessionMiddleware
from entrypoints.http.site import SiteMiddleware
from entrypoints.http.spa import WebFiles
from lms_app.accounts.record_visit import RecordVisit
from lms_app.operations.answer_once import AnswerOnce
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory
from lms_app.ports.logger import Logger
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import AccessTokens

HANDLERS = (
    *openapi.API_HANDLERS,
    *openapi.HANDLERS,
    *docs.HANDLERS,
    *certificates.FILE_HANDLERS,
    *jobs.FILE_HANDLERS,
    *teacher_imports.FILE_HANDLERS,
    *uploads.FILE_HANDLERS,
    *media.HANDLERS,
    *notices.PAGE_HANDLERS,
    *mailbox.HANDLERS,
    *pages.HANDLERS,
)
"""Every route there is."""

OWN_PORTS = (HostDirectory, SessionDirectory, AccessTokens, AnswerOnce, RecordVisit, Clock, Logger)
"""What the middlewares ask for."""


def create_app(container: AsyncContainer, options: HttpOptions) -> Litestar:
    """The application over a container, whose life is its caller's business.

    Everything that handlers ask for lives as long as the container itself: use cases have no state. So there is no
    container for each request (measured: 27 µs), and a missing binding fails at start, not at the first request.
    """

    resolved = Resolved()

    @asynccontextmanager
    async def resolve(_: Litestar) -> AsyncIterator[None]:
        await resolved.resolve(container, (*OWN_PORTS, *injected_types(HANDLERS)))
        yield

    app = Litestar(
        (*options_handlers(HANDLERS), *HANDLERS),
        request_class=ApiRequest,
        response_class=JsonResponse,
        request_max_body_size=MAX_JSON_BYTES,
        middleware=[
            SessionMiddleware(container, operators_need_second_factor=options.operators_need_second_factor),
            RecordedVisitsMiddleware(container),
            IdempotencyMiddleware(container),
        ],
        exception_handlers={Exception: respond_to_error},
        lifespan=[resolve],
        state=State({"options": options, "web_files": WebFiles(options.frontend_dist), "streams": OpenStreams()}),
        logging_config=None,
        openapi_config=None,
    )
    app.asgi_handler = SiteMiddleware(app.asgi_handler, container, resolved, options)
    return app
