"""What the HTTP side needs to know of the settings."""

from dataclasses import dataclass
from pathlib import Path

from entrypoints.settings import Settings
from entrypoints.wiring.mail import MAIL_FOLDER


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """Plain values, so that tests can build an app without any environment."""

    platform_domain: str
    """Lower case, no port."""
    is_local: bool
    """Plain http on somebody's own machine: the session cookie may come without ``Secure``."""
    operators_need_second_factor: bool = True
    """Operators without one may only enrol one."""
    frontend_dist: Path | None = None
    """The built single-page app; None: a page that says how to build it."""
    upload_idle_seconds: float = 30.0
    """An upload that sends nothing for so long is refused."""
    body_seconds: float = 15.0
    """A JSON body must have arrived after so long."""
    access_log: bool = True
    mail_folder: Path | None = None
    """Where mails lie that are shown to whoever asks: only on somebody's own machine, and only what is sent nowhere."""


def http_options(settings: Settings, *, frontend_dist: Path | None) -> HttpOptions:
    """The options that follow from ``settings``."""
    return HttpOptions(
        platform_domain=settings.platform_domain,
        is_local=settings.is_local,
        operators_need_second_factor=not settings.is_local,
        frontend_dist=frontend_dist,
        mail_folder=settings.data_dir / MAIL_FOLDER if settings.is_local and settings.smtp_url is None else None,
    )
