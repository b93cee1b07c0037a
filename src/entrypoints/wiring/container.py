"""The one composition root: HTTP, worker, command line and tests all start here."""

from dishka import STRICT_VALIDATION, AsyncContainer, Provider, Scope, make_async_container

from entrypoints.settings import Settings
from entrypoints.wiring.database import DatabaseProvider
from entrypoints.wiring.files import FileProvider
from entrypoints.wiring.health import HealthProvider
from entrypoints.wiring.mail import MailProvider
from entrypoints.wiring.media import MediaProvider
from entrypoints.wiring.queue import QueueProvider
from entrypoints.wiring.security import SecurityProvider
from entrypoints.wiring.storage import StorageProvider
from entrypoints.wiring.use_cases import UseCaseProvider
from lms_app.ports.logger import Logger


def build_container(settings: Settings, log: Logger, *overrides: Provider) -> AsyncContainer:
    """Every object of one process, made when first asked for and closed with the container.

    Args:
        settings: with ``database`` resolved (see ``entrypoints.database``).
        overrides: providers whose bindings carry ``override=True``, to swap an adapter. A double binding without it,
            and an override of nothing, are errors at start.
    """
    given = Provider(scope=Scope.APP)
    given.provide(lambda: settings, provides=Settings)
    given.provide(lambda: log, provides=Logger)
    return make_async_container(
        given,
        DatabaseProvider(),
        StorageProvider(),
        QueueProvider(),
        SecurityProvider(),
        MediaProvider(),
        MailProvider(),
        FileProvider(),
        HealthProvider(),
        UseCaseProvider(),
        *overrides,
        validation_settings=STRICT_VALIDATION,
    )
