"""The PostgreSQL queries about courses under their contract."""

import pytest

from adapters.postgres.course_queries import PostgresCourseQueries
from tests.contracts.course_queries import CourseQueriesContract


class TestPostgresCourseQueries(CourseQueriesContract):
    @pytest.fixture
    def queries(self, courses: PostgresCourseQueries) -> PostgresCourseQueries:
        return courses
