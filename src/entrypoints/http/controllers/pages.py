"""The single-page app: its files, and its one page at every address that is not the API's."""

from litestar import Response, get
from litestar.exceptions import NotFoundException

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.etags import matches
from entrypoints.http.paths import is_app_path
from entrypoints.http.session import PUBLIC_FILE
from entrypoints.http.spa import POLICY, WebFile, WebFiles


@get(["/", "/{path:path}"], include_in_schema=False, opt=PUBLIC_FILE, sync_to_thread=False)
def get_page(request: ApiRequest) -> Response[bytes]:
    path = request.scope["path"]
    files: WebFiles = request.app.state.web_files
    file = files.get(path)
    if file is not None:
        return _sent(request, file)
    # What looks like a file and is none must not become a page: a missing script would run as HTML.
    if is_app_path(path) and not path.startswith("/assets/") and "text/html" in request.headers.get("accept", ""):
        return _sent(request, files.index, status=404 if request.visit.is_unknown_host else 200)
    raise NotFoundException


HANDLERS = (get_page,)


def _sent(request: ApiRequest, file: WebFile, *, status: int = 200) -> Response[bytes]:
    headers = {
        "ETag": file.etag,
        "Cache-Control": "public, max-age=31536000, immutable" if file.is_immutable else "no-cache",
        "Content-Security-Policy": POLICY,
    }
    if status == 200 and matches(request.headers.get("if-none-match"), file.etag):
        return Response(b"", status_code=304, headers=headers)
    return Response(file.body, status_code=status, headers=headers, media_type=file.content_type)
