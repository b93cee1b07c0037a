"""The words for attempts at quizzes."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptWords:
    """One language. Scores are percentages."""

    to_read: str
    wait: str
    graded: str
    first_score: str
    new_score: str
    changed_score: str
    passed: str


ATTEMPTS = InEach(
    english=AttemptWords(
        to_read="Answers to read: ",
        wait="Answers in “{title}” wait for somebody to read them.",
        graded="Graded: ",
        first_score="“{title}” was graded: {score}.",
        new_score="“{title}” was graded again: {score}.",
        changed_score="“{title}” was graded again after a correction: your best score is {score} instead of {before}.",
        passed="You have passed.",
    ),
    spanish=AttemptWords(
        to_read="Respuestas por leer: ",
        wait="Hay respuestas en «{title}» que esperan a que alguien las lea.",
        graded="Calificación: ",
        first_score="«{title}» se ha calificado: {score}.",
        new_score="«{title}» se ha calificado de nuevo: {score}.",
        changed_score="«{title}» se ha calificado de nuevo tras una corrección: tu mejor resultado es {score} en lugar "
        "de {before}.",
        passed="Has aprobado.",
    ),
)
