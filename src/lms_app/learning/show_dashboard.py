"""Show a learner what is next."""

from lms_app.actor import Actor
from lms_app.learning.progress_views import DashboardView
from lms_app.ports.clock import Clock
from lms_app.ports.learner_queries import LearnerQueries
from lms_domain.accounts.roles import Permission


class ShowDashboard:
    """How far the person is with all their courses, where to go on, and what is due: the ten nearest deadlines of what
    is not done, those that are over included."""

    def __init__(self, queries: LearnerQueries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock

    async def __call__(self, actor: Actor) -> DashboardView:
        """Raises NotAllowed: not a learner."""
        return await self._queries.dashboard(actor.school(Permission.LEARN), actor.user_id, now=self._clock.now())
