"""Which parts must answer for this installation to be ready, and what it must not have."""

from functools import partial

from dishka import Provider, Scope, provide

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.health import check
from entrypoints.http.health import Part, Readiness
from lms_app.ports.job_queue import JobQueue
from lms_app.ports.logger import Logger
from lms_app.ports.storage import ObjectStorage
from lms_app.schools.find_demo_passwords import FindDemoPasswords


class HealthProvider(Provider):
    """Readiness: without the database nothing works; without storage or broker most things do."""

    scope = Scope.APP

    demo_passwords = provide(FindDemoPasswords)

    @provide
    def readiness(self, database: PostgresDatabase, storage: ObjectStorage, queue: JobQueue, log: Logger) -> Readiness:
        """Asked by load balancers."""
        parts = (
            Part("database", partial(check, database), is_essential=True),
            Part("storage", storage.check, is_essential=False),
            Part("broker", queue.check, is_essential=False),
        )
        return Readiness(parts, log)
