"""The words for work that is handed in."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkWords:
    """One language."""

    to_grade: str
    handed_in: str
    graded: str
    grade: str
    not_enough: str


WORK = InEach(
    english=WorkWords(
        to_grade="To be graded: ",
        handed_in="Somebody has handed in “{title}”.",
        graded="Graded: ",
        grade="“{title}” was graded: {score} of {max_score}.",
        not_enough="It was not enough to pass.",
    ),
    spanish=WorkWords(
        to_grade="Por calificar: ",
        handed_in="Alguien ha entregado «{title}».",
        graded="Calificación: ",
        grade="«{title}» se ha calificado: {score} de {max_score}.",
        not_enough="No basta para aprobar.",
    ),
)
