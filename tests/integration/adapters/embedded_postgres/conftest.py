"""Folders for real servers, and processes that own them.

As root the server runs under another account, which cannot walk to pytest's ``tmp_path`` (mode 0700). That is one case
to test; for the others, ``home`` is a folder that every account can reach.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.embedded_postgres.server import EmbeddedPostgres
from tests.integration.adapters.embedded_postgres.servers import (
    Holder,
    NewHolder,
    NewServer,
    hold_server,
    reachable_folder,
)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder of this test that every account may walk to, for ``data`` and ``system``."""
    with reachable_folder() as folder:
        yield folder


@pytest.fixture
def new_server(home: Path) -> Iterator[NewServer]:
    """``new_server(data_dir=home / "data")``: an `EmbeddedPostgres`, not started, stopped after the test."""
    made: list[EmbeddedPostgres] = []

    def make(data_dir: Path | None = None) -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(data_dir or home / "data", system_dir=home / "system"))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def new_holder(home: Path) -> Iterator[NewHolder]:
    """``new_holder(data_dir=home / "data", python=..., user=...)``: another process that starts or attaches."""
    made: list[Holder] = []

    def make(data_dir: Path | None = None, **how: Any) -> Holder:
        made.append(hold_server(data_dir or home / "data", home / "system", **how))
        return made[-1]

    yield make
    for holder in made:
        holder.end()
