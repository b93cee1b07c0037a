"""The API's description as a page: three files of our own, nothing from elsewhere."""

from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.etags import matches
from entrypoints.http.session import PUBLIC
from entrypoints.http.spa import WebFiles

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

_FILES = WebFiles(Path(__file__).parents[1] / "docs_page")


@get("/api/docs", include_in_schema=False, opt=PUBLIC, sync_to_thread=False)
def get_docs(request: ApiRequest) -> Response[bytes]:
    return _sent(request, "/index.html")


@get("/api/docs/{name:str}", include_in_schema=False, opt=PUBLIC, sync_to_thread=False)
def get_docs_file(request: ApiRequest, name: FromPath[str]) -> Response[bytes]:
    return _sent(request, f"/{name}")


HANDLERS = (get_docs, get_docs_file)


def _sent(request: ApiRequest, path: str) -> Response[bytes]:
    file = _FILES.get(path)
    if file is None:
        raise NotFoundException
    headers = {"ETag": file.etag, "Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    if matches(request.headers.get("if-none-match"), file.etag):
        return Response(b"", status_code=304, headers=headers)
    return Response(file.body, headers=headers, media_type=file.content_type)
