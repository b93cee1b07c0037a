"""The two passes of the integration tests, without running any."""

from collections.abc import Sequence

import pytest

from scripts.integration_tests import FOLDER, run


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((0, 0), 0),
        ((1, 0), 1),
        ((0, 1), 1),
        ((2, 1), 2),
        ((5, 0), 0),
        ((0, 5), 0),
        ((5, 5), 5),
        ((5, 1), 1),
        ((-9, 0), -9),
    ],
)
def test_each_pass_can_fail_and_only_two_without_tests_are_a_run_without_tests(
    codes: tuple[int, int], expected: int
) -> None:
    left = list(codes)
    assert run([], lambda _: left.pop(0)) == expected
    assert left == []


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (["-x", "-k", "teachers"], [FOLDER]),
        (["tests/integration/http", "-k", "teachers"], []),
        (["./tests/integration/http/test_people.py::test_x"], []),
    ],
)
def test_what_was_typed_goes_to_both_passes_and_a_path_chooses(typed: list[str], where: list[str]) -> None:
    calls: list[Sequence[str]] = []

    def call(command: Sequence[str]) -> int:
        calls.append(command)
        return 0

    assert run(typed, call) == 0
    assert [list(command[1 : 1 + len(where)]) for command in calls] == [where, where]
    assert [list(command[-len(typed) :]) for command in calls] == [typed, typed]
    assert [("alone" in command[command.index("-m") + 1], "not alone" in " ".join(command)) for command in calls] == [
        (True, True),
        (True, False),
    ]
