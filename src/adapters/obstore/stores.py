"""From an address to a store of the library."""

from datetime import timedelta
from pathlib import Path
from typing import TypedDict
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from adapters.obstore.reading import READ_LOCAL, READ_REMOTE, ReadingHabit

_BODY_TIMEOUT = timedelta(hours=1)
"""Of a whole request: it must be long enough for the body of a slow connection."""
_CONNECT_TIMEOUT = timedelta(seconds=5)
_READ_TIMEOUT = timedelta(seconds=30)
_RETRY_TIMEOUT = timedelta(seconds=30)
_MAX_RETRIES = 4
"""About 1.5 s of waiting. What takes longer is tried again by those who asked."""


class _S3Options(TypedDict, total=False):
    endpoint: str
    region: str
    access_key_id: str
    secret_access_key: str


def store_from_url(url: str) -> tuple[ObjectStore, ReadingHabit]:
    """The store at ``url`` and how to read from it: see ``storage_from_url``."""
    parts = urlsplit(url)
    match parts.scheme:
        case "file":
            return _folder(parts), READ_LOCAL
        case "s3":
            return _bucket(parts), READ_REMOTE
        case "memory":
            return MemoryStore(), READ_LOCAL
        case _:
            raise ValueError("a storage address starts with file:///, s3:// or memory:")


def _folder(parts: SplitResult) -> LocalStore:
    if parts.netloc not in {"", "localhost"} or parts.query or not parts.path.startswith("/"):
        raise ValueError("a folder is written file:///absolute/path")
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder, automatic_cleanup=True)


def _bucket(parts: SplitResult) -> S3Store:
    bucket = parts.netloc.rpartition("@")[2]
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not bucket or parts.fragment or given.keys() - {"endpoint", "region"}:
        raise ValueError("a bucket is written s3://[KEY:SECRET@]bucket[/prefix][?endpoint=...&region=...]")
    options = _credentials(parts)
    if endpoint := given.get("endpoint"):
        options["endpoint"] = endpoint
    if region := given.get("region"):
        options["region"] = region
    return S3Store(
        bucket,
        prefix=unquote(parts.path).strip("/") or None,
        client_options={
            "allow_http": endpoint is None or endpoint.startswith("http://"),
            "timeout": _BODY_TIMEOUT,
            "connect_timeout": _CONNECT_TIMEOUT,
            "read_timeout": _READ_TIMEOUT,
        },
        retry_config={"max_retries": _MAX_RETRIES, "retry_timeout": _RETRY_TIMEOUT},
        **options,
    )


def _credentials(parts: SplitResult) -> _S3Options:
    if parts.username is None:
        return {}
    if not parts.password:
        raise ValueError("credentials are written s3://KEY:SECRET@bucket")
    return {"access_key_id": unquote(parts.username), "secret_access_key": unquote(parts.password)}
