"""For all unit tests."""

import gc
import os

from hypothesis import settings

# Half of what hypothesis would try by itself: properties are looked at on every run of every engineer. In CI the
# examples are always the same: what it says of a change is about that change.
settings.register_profile("unit", max_examples=50, deadline=None, derandomize="CI" in os.environ)
settings.load_profile("unit")


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
