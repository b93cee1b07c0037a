"""What is known of one request before its handler runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from litestar.types import Scope

from lms_app.actor import Actor
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.logger import Logger

STATE_KEY = "visit"


@dataclass(slots=True)
class Visit:
    """One request: made by ``site.py``, completed by ``session.py``, read by handlers and the access log."""

    log: Logger
    request_id: str
    origin: str
    """Scheme and host as a browser writes them in ``Origin``; empty when there is no host to speak of."""
    address: str
    """Of the client, as far as a trusted proxy says; empty when it is not known."""
    is_secure: bool
    """Whether the client came by https, as far as a trusted proxy says."""
    school: HostedSchool | None = None
    """The school of the host; None on the platform's own host."""
    is_unknown_host: bool = False
    """A well-formed host where nothing lives: only files of the single-page app are served there."""
    authorization: bytes | None = None
    has_two_authorizations: bool = False
    actor: Actor | None = None
    access_ends_at: datetime | None = None
    """When the token ends by which the actor is known."""
    is_head: bool = False
    """HEAD came; handlers see GET, and what they send of a body goes no further."""
    has_read_body: bool = False
    """Whether the client has sent all that it announced."""

    def facts(self) -> Mapping[str, object]:
        """What stands in every log line of this request, as far as it is known by then."""
        return {
            "request_id": self.request_id,
            "tenant_id": self.school.tenant_id if self.school else None,
            "user_id": self.actor.user_id if self.actor else None,
        }


def visit_of(scope: Scope) -> Visit:
    """The visit that ``site.py`` put into the scope."""
    visit: Visit = scope["state"][STATE_KEY]
    return visit
