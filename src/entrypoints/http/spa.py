"""The files of the single-page app, read once at start."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

INDEX = "/index.html"

# Litestar adds the charset to texts.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # React Aria and toasts set style attributes.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        # hls.js plays through a blob and may work in a worker made of one.
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_NOT_BUILT = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Brain LMS</title>
<h1>The web pages are not built yet</h1>
<p>The API works. To build the pages, run <code>./just demo</code>, or in <code>frontend/</code>
<code>npm ci</code> and <code>npm run build</code>, and start again.</p>
</html>
"""


@dataclass(frozen=True, slots=True)
class WebFile:
    """One file as it is sent."""

    body: bytes
    content_type: str
    etag: str
    is_immutable: bool
    """Its name holds a hash of its content."""


class WebFiles:
    """All files of a build, by their path on the site.

    They are few and small, so they are kept in memory: no path of a request ever reaches the file system.
    """

    def __init__(self, dist: Path | None) -> None:
        self._files = _read(dist) if dist is not None and (dist / "index.html").is_file() else {}
        self._index = self._files.get(INDEX) or _web_file(_NOT_BUILT, INDEX)

    def get(self, path: str) -> WebFile | None:
        """The file at exactly this path."""
        return self._files.get(path)

    @property
    def index(self) -> WebFile:
        """The page that every address of the app begins with; a page that says how to build it when there is none."""
        return self._index


def _read(dist: Path) -> dict[str, WebFile]:
    files: dict[str, WebFile] = {}
    for file in sorted(dist.rglob("*")):
        relative = file.relative_to(dist)
        if file.is_file() and not any(part.startswith(".") for part in relative.parts):
            path = f"/{relative.as_posix()}"
            files[path] = _web_file(file.read_bytes(), path)
    return files


def _web_file(body: bytes, path: str) -> WebFile:
    suffix = Path(path).suffix.lower()
    return WebFile(
        body=body,
        content_type=_TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream",
        etag=f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        is_immutable=path.startswith("/assets/"),
    )
