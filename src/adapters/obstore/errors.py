"""The library's errors, as those of the port."""

from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError

from lms_app.ports.storage import ObjectNotFound, StorageUnavailable


@contextmanager
def named_errors(key: str) -> Iterator[None]:
    """Raise ObjectNotFound or StorageUnavailable instead of what obstore and the operating system raise."""
    try:
        yield
    except FileNotFoundError as error:
        raise ObjectNotFound(key) from error
    except (BaseError, OSError) as error:
        first_line = str(error).partition("\n")[0]
        raise StorageUnavailable(f"{key}: {first_line}") from error
