"""What every source of Ids does."""

from itertools import pairwise
from uuid import RFC_4122

import pytest

from lms_app.ports.ids import Ids


class IdsContract:
    """Runs over every adapter."""

    @pytest.fixture
    def ids(self) -> Ids:
        """The one under test."""
        raise NotImplementedError

    def test_ids_are_uuids_of_version_7(self, ids: Ids) -> None:
        for _ in range(1000):
            new = ids.new()
            assert (new.version, new.variant) == (7, RFC_4122)

    def test_later_ones_sort_after_earlier_ones(self, ids: Ids) -> None:
        made = [ids.new() for _ in range(5_000)]
        assert all(before < after for before, after in pairwise(made))
        assert [str(one) for one in made] == sorted(str(one) for one in made)
