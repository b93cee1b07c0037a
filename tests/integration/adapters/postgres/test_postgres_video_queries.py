"""The PostgreSQL queries about videos under their contract."""

import pytest

from adapters.postgres.video_queries import PostgresVideoQueries
from tests.contracts.video_queries import VideoQueriesContract


class TestPostgresVideoQueries(VideoQueriesContract):
    @pytest.fixture
    def queries(self, videos: PostgresVideoQueries) -> PostgresVideoQueries:
        return videos
