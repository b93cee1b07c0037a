"""``lms pipeline questions``: what a video is asked about, on paper."""

from collections.abc import Iterator

from lms_app.learning.print_questions import PrintedQuestionView, PrintedQuizView


def printed(quizzes: list[PrintedQuizView]) -> str:
    """Every version with its questions, keys and evidence, as plain text."""
    return "\n".join(line for quiz in quizzes for line in _quiz(quiz)).rstrip()


def _quiz(quiz: PrintedQuizView) -> Iterator[str]:
    yield f"{quiz.title}: version {quiz.version}, {quiz.state.value}, by {quiz.generator or 'a person'}"
    if quiz.state_reason:
        yield f"  {quiz.state_reason}"
    yield ""
    for question in quiz.questions:
        yield from _question(question)
        yield ""


def _question(question: PrintedQuestionView) -> Iterator[str]:
    yield f"{question.order}. {question.prompt}"
    for option in question.options:
        yield f"   {'(x)' if option.is_correct else '( )'} {option.text}"
    if question.accepted_answers:
        yield f"   = {' | '.join(question.accepted_answers)}"
    yield f"   {question.kind.value}, {question.review.value}, {question.rule or question.origin.value}"
    if question.evidence is not None:
        where = f"{question.evidence.start:.1f} to {question.evidence.end:.1f} s"
        yield f"   {where}: “{question.evidence.quote}”"
    if question.said_now is not None:
        yield f"   now: “{question.said_now}”"
