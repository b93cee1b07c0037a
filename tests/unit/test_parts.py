"""Tests that need something of the machine: skipped with a way to run them, and never left out where CI runs."""

import re
from pathlib import Path

import pytest

from tests.parts import missing

TESTS = Path(__file__).parents[1]


def test_without_ci_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no root here; to run it: sudo it"):
        missing("no root here", "sudo it")


def test_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no root here; to run it: sudo it"):
        missing("no root here", "sudo it")


def test_no_test_is_skipped_in_another_way() -> None:
    """But for what another operating system does not have."""
    way = re.compile(r"pytest\.(skip\(|importorskip|mark\.skip(?!if\(sys\.platform))")
    here = {Path(__file__), TESTS / "parts.py"}
    files = [path for path in TESTS.rglob("*.py") if path not in here]
    assert not [path.name for path in files if way.search(path.read_text(encoding="utf-8"))]
