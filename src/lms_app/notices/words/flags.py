"""The words for questions that people flag."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagWords:
    """One language."""

    flagged: str
    wrong: str


FLAGS = InEach(
    english=FlagWords(
        flagged="Question flagged: ",
        wrong="Somebody finds something wrong with a question of “{title}”.",
    ),
    spanish=FlagWords(
        flagged="Pregunta señalada: ",
        wrong="Alguien ve algo mal en una pregunta de «{title}».",
    ),
)
