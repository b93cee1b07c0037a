"""The two halves of the unit tests, without running any."""

import sys
from collections.abc import Sequence

import pytest

from scripts.steps import ROOT
from scripts.unit_tests import FOLDER, HALVES, OUTWARDS, _call, run


@pytest.mark.parametrize(
    ("codes", "expected"), [((0, 0), 0), ((1, 0), 1), ((0, 1), 1), ((2, 1), 2), ((5, 0), 0), ((5, 5), 5), ((5, 1), 1)]
)
def test_each_half_can_fail_and_only_two_without_tests_are_a_run_without_tests(
    codes: tuple[int, int], expected: int
) -> None:
    assert run([], lambda _: list(codes)) == expected


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (["-x", "-k", "teachers"], HALVES),
        (["tests/unit/lms_app", "-k", "teachers"], ((),)),
        (["./tests/unit/test_parts.py::test_x"], ((),)),
    ],
)
def test_what_was_typed_goes_to_both_halves_and_a_path_makes_one(
    typed: list[str], parts: tuple[tuple[str, ...], ...]
) -> None:
    calls: list[Sequence[str]] = []

    def call(commands: Sequence[Sequence[str]]) -> list[int]:
        calls.extend(commands)
        return [0] * len(commands)

    assert run(typed, call) == 0
    assert [list(command[3:]) for command in calls] == [[*part, *typed] for part in parts]


def test_no_folder_is_in_both_halves_or_in_none() -> None:
    others, outwards = HALVES
    assert others == (FOLDER, *(f"--ignore={folder}" for folder in OUTWARDS))
    assert outwards[: len(OUTWARDS)] == OUTWARDS
    assert all((ROOT / folder).is_dir() for folder in OUTWARDS)


def test_all_run_and_all_are_heard(capfd: pytest.CaptureFixture[str]) -> None:
    programs = [f"import sys; print('said {code}'); sys.exit({code})" for code in (0, 3)]
    assert _call([[sys.executable, "-c", program] for program in programs]) == [0, 3]
    assert "said 3" in capfd.readouterr().out
