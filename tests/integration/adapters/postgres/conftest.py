"""Screens to read."""

import pytest

from adapters.postgres.audit_queries import PostgresAuditQueries
from adapters.postgres.course_queries import PostgresCourseQueries
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.learning_queries import PostgresLearningQueries
from adapters.postgres.school_queries import PostgresSchoolQueries
from adapters.postgres.video_queries import PostgresVideoQueries


@pytest.fixture
def audit_queries(database: PostgresDatabase) -> PostgresAuditQueries:
    return PostgresAuditQueries(database)


@pytest.fixture
def courses(database: PostgresDatabase) -> PostgresCourseQueries:
    return PostgresCourseQueries(database)


@pytest.fixture
def learning(database: PostgresDatabase) -> PostgresLearningQueries:
    return PostgresLearningQueries(database)


@pytest.fixture
def videos(database: PostgresDatabase) -> PostgresVideoQueries:
    return PostgresVideoQueries(database)


@pytest.fixture
def schools(database: PostgresDatabase) -> PostgresSchoolQueries:
    return PostgresSchoolQueries(database)
