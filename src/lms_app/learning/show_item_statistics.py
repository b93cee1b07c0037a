"""Show how the questions of a quiz did."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.learning.item_views import ChosenOptionView, ItemStatisticsView, ItemView
from lms_app.ports.quiz_insight_queries import QuizInsightQueries
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.learning.item_statistics import ItemTally, OptionTally, figures_of
from lms_domain.learning.quiz import McqQuestion, Question

_NONE = ItemTally(
    asked=0,
    answered=0,
    correct=0,
    graded=0,
    graded_correct=0,
    rest_sum=0,
    rest_square_sum=0,
    rest_sum_of_correct=0,
)


class ShowItemStatistics:
    """How the questions of a quiz did, over the first attempt of each person at the version that learners meet: how
    many got each right, whether right answers go together with knowing the rest, how often each option was chosen, and
    what should be looked at. Of few answers nothing is concluded."""

    def __init__(self, queries: QuizInsightQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, assignment_id: UUID) -> ItemStatisticsView:
        """Raises NotFound: no such quiz."""
        found = await self._queries.items(actor.school(Permission.MANAGE_SCHOOL), assignment_id)
        if found is None:
            raise NotFound("There is no such quiz.")
        return ItemStatisticsView(
            assignment_id=assignment_id,
            quiz_id=found.quiz_id,
            version=found.version,
            people=found.people,
            questions=[_view(question, found.items.get(question.id, _NONE)) for question in found.questions],
        )


def _view(question: Question, tally: ItemTally) -> ItemView:
    figures = figures_of(tally)
    tallies = {option.id: option for option in tally.options}
    return ItemView(
        question_id=question.id,
        order=question.position + 1,
        kind=question.kind,
        prompt=question.prompt,
        asked=tally.asked,
        answered=tally.answered,
        correct=tally.correct,
        difficulty=figures.difficulty,
        discrimination=figures.discrimination,
        options=[
            ChosenOptionView(
                id=option.id,
                text=option.text,
                is_correct=option.is_correct,
                chosen=_chosen(tallies.get(option.id)),
                share=_chosen(tallies.get(option.id)) / tally.answered if tally.answered else 0.0,
            )
            for option in question.options
        ]
        if isinstance(question, McqQuestion)
        else [],
        unused_option_ids=list(figures.unused_option_ids),
        advice=list(figures.advice),
    )


def _chosen(option: OptionTally | None) -> int:
    return option.chosen if option is not None else 0
