"""For all tests."""

import pytest

# Failures inside shared code show their values.
pytest.register_assert_rewrite("tests.contracts", "tests.unit.lms_domain.video.pipeline_model")
