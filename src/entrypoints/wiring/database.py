"""PostgreSQL: pools, transactions, screens."""

from typing import NewType

from adapters.postgres.pool import Pool
from dishka import Provider, Scope, provide

from entrypoints.settings import DatabaseUrls, Settings

AppPool = NewType("AppPool", Pool)
SystemPool = NewType("SystemPool", Pool)


class DatabaseProvider(Provider):
    """Everything that speaks SQL."""

    scope = Scope.APP

    @provide
    def urls(self, settings: Settings) -> DatabaseUrls:
        """DSNs, resolved before the container was built."""
        if settings.database is None:
            raise RuntimeError("the database must be resolved before the container is built")
        return settings.database
