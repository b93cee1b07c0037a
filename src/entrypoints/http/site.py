"""Outermost: which site a request is for, its id, the headers of its answer, and its line in the access log."""

import re
import secrets
import time
from functools import lru_cache

from dishka import AsyncContainer
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from entrypoints.http.access_log import log_request
from entrypoints.http.headers import complete
from entrypoints.http.injected import RESOLVED_KEY, Resolved
from entrypoints.http.options import HttpOptions
from entrypoints.http.paths import is_app_path, is_plain
from entrypoints.http.problem_response import log_error, response_kind
from entrypoints.http.problems import MEDIA_TYPE, answer_for
from entrypoints.http.visit import STATE_KEY, Visit
from lms_app.ports.host_directory import HostDirectory
from lms_app.ports.logger import Logger
from lms_domain.errors import NotFound
from lms_domain.schools.host import PlatformHost, Site, parse_host

_REQUEST_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}", re.ASCII)
_HEALTH = "/health/"


class SiteMiddleware:
    """Wraps the whole of Litestar, so that its 404s and 405s pass through here too.

    The school of a request comes from its one ``Host`` header and from nothing else; ``X-Forwarded-Host`` and
    ``Forwarded`` are never read. Health answers on any host. A well-formed host where nothing lives still gets the
    files of the single-page app (they are the same for everybody), which tell a person so; the API answers 404.
    """

    def __init__(self, app: ASGIApp, container: AsyncContainer, resolved: Resolved, options: HttpOptions) -> None:
        self._app = app
        self._container = container
        self._resolved = resolved
        self._options = options
        self._ports: tuple[HostDirectory, Logger] | None = None
        # Parsing is pure; the cache is bounded, since anybody can send any host.
        self._parse = lru_cache(maxsize=4096)(
            lambda raw: parse_host(raw.decode("latin-1"), platform_domain=options.platform_domain)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        if self._ports is None:
            self._ports = await self._container.get(HostDirectory), await self._container.get(Logger)
        hosts, log = self._ports
        visit, host = _first_look(scope, log)
        scope["state"][STATE_KEY] = visit
        scope["state"][RESOLVED_KEY] = self._resolved
        with log.within(visit.facts):
            await self._serve(scope, receive, send, visit, host, hosts)

    async def _serve(
        self, scope: HTTPScope, receive: Receive, send: Send, visit: Visit, host: bytes | None, hosts: HostDirectory
    ) -> None:
        started = time.perf_counter()
        status = 0
        method = scope["method"]
        if method == "HEAD":
            # Every GET answers HEAD too (RFC 9110, 9.1). The server keeps its own scope, and with it the method.
            visit.is_head = True
            scope = {**scope, "method": "GET"}
        if scope["path"].startswith(_HEALTH):
            # A load balancer may write there what it likes; Litestar would refuse some of it.
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"host"]}

        async def send_complete(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = complete(
                    tuple(message["headers"]), request_id=visit.request_id, is_secure=visit.is_secure
                )
            elif message["type"] == "http.response.body" and visit.is_head:
                message["body"] = b""
            await send(message)

        try:
            await self._find_site(scope, visit, host, hosts)
            await self._app(scope, receive, send_complete)
        except Exception as error:
            answer = answer_for(error, request_id=visit.request_id)
            log_error(error, answer, visit)
            if status:
                # The answer is half sent: only a broken connection can still say that something went wrong.
                raise
            response = response_kind(scope)(
                body=answer.body, headers=dict(answer.headers), media_type=MEDIA_TYPE, status_code=answer.problem.status
            )
            await response(scope, receive, send_complete)
        finally:
            if self._options.access_log:
                log_request(scope, visit, method=method, status=status, started=started)

    async def _find_site(self, scope: Scope, visit: Visit, host: bytes | None, hosts: HostDirectory) -> None:
        raw_path = scope.get("raw_path") or scope["path"].encode()
        if not is_plain(raw_path):
            raise NotFound("There is nothing here.")
        if scope["path"].startswith(_HEALTH):
            return
        site: Site | None = self._parse(host) if host is not None else None
        if site is None:
            raise NotFound("There is nothing here.")
        if isinstance(site, PlatformHost):
            return
        visit.school = await hosts.school(site)
        if visit.school is None:
            visit.is_unknown_host = True
            if not is_app_path(scope["path"]):
                raise NotFound("There is nothing here.")


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _first_look(scope: Scope, log: Logger) -> tuple[Visit, bytes | None]:
    """The visit, and the raw host where there is exactly one: one pass over the headers."""
    host: bytes | None = None
    request_id: bytes | None = None
    authorization: bytes | None = None
    hosts = authorizations = 0
    for name, value in scope["headers"]:
        if name == b"host":
            host, hosts = value, hosts + 1
        elif name == b"authorization":
            authorization, authorizations = value, authorizations + 1
        elif name == b"x-request-id":
            request_id = value
    if hosts != 1:
        host = None
    is_secure = scope.get("scheme") == "https"
    visit = Visit(
        log=log,
        request_id=(
            request_id.decode("ascii") if request_id and _REQUEST_ID.fullmatch(request_id) else secrets.token_hex(12)
        ),
        origin=f"{'https' if is_secure else 'http'}://{host.decode('latin-1').lower()}" if host else "",
        address=_address(scope),
        is_secure=is_secure,
        authorization=authorization,
        has_two_authorizations=authorizations > 1,
    )
    return visit, host
