"""List the steps that need a person to look."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.listing import Listing, PageRequest
from lms_app.ports.queries import VideoQueries
from lms_app.scope import SystemScope
from lms_app.video.views import TroubledStepView
from lms_domain.accounts.roles import Permission

STUCK_AFTER_SECONDS = 600.0
"""A step that could have been taken up for this long waits for workers that are not there, or far too few."""


class ListPipeline:
    """Steps of all schools, or of one, that failed or are stuck: given up, or without a living worker for more than
    ten minutes. The newest trouble comes first; each can be tried again."""

    def __init__(self, queries: VideoQueries) -> None:
        self._queries = queries

    async def __call__(
        self, actor: Actor, *, tenant_id: UUID | None = None, page: PageRequest | None = None
    ) -> Listing[TroubledStepView]:
        """Raises NotAllowed: only operators see all schools."""
        actor.require(Permission.RUN_PLATFORM)
        return await self.for_operator(SystemScope("an operator looks at the pipeline"), tenant_id=tenant_id, page=page)

    async def for_operator(
        self, scope: SystemScope, *, tenant_id: UUID | None = None, page: PageRequest | None = None
    ) -> Listing[TroubledStepView]:
        """The same for an operator at the command line. ``tenant_id`` None: all schools."""
        return await self._queries.troubled_steps(
            scope, tenant_id=tenant_id, stuck_after_seconds=STUCK_AFTER_SECONDS, page=page or PageRequest()
        )
