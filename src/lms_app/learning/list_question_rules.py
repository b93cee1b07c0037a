"""Show what became of generated questions, rule by rule."""

from lms_app.actor import Actor
from lms_app.learning.flag_views import QuestionRulesView
from lms_app.ports.quiz_insight_queries import QuizInsightQueries
from lms_domain.accounts.roles import Permission


class ListQuestionRules:
    """What became of the questions that the rules of generators proposed at this school, and why people did not want
    them. Questions that were removed, and those of quizzes that are gone, count on."""

    def __init__(self, queries: QuizInsightQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor) -> QuestionRulesView:
        """Raises NotAllowed: no administrator."""
        return await self._queries.rules(actor.school(Permission.MANAGE_SCHOOL))
