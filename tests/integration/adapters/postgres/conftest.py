"""Nothing but this: failures inside the contract suites show their values."""

import pytest

pytest.register_assert_rewrite("tests.contracts.repositories", "tests.contracts.unit_of_work")
