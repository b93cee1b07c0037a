"""What some tests need of the machine beyond what `./just test` installs."""

import os
from typing import NoReturn

import pytest


def missing(what: str, command: str) -> NoReturn:
    """Skip the test that asks, since ``what`` is not here; ``command`` shows how it would run.

    Where CI is set it fails instead: nobody reads there which tests were left out.
    """
    reason = f"{what}; to run it: {command}"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
