"""For all unit tests."""

import gc

from hypothesis import settings

# Half of what hypothesis would try by itself: properties are looked at on every run of every engineer.
settings.register_profile("unit", max_examples=50, deadline=None)
settings.load_profile("unit")


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
