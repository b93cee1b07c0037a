"""The words for captions that changed under a quiz."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionWords:
    """One language."""

    changed: str
    one: str
    many: str
    withdrawn: str
    one_not_asked: str
    many_not_asked: str


CAPTIONS = InEach(
    english=CaptionWords(
        changed="Captions changed: ",
        one="1 question rests on words of the video that its captions do not have any more.",
        many="{count} questions rest on words of the video that its captions do not have any more.",
        withdrawn="No question is left, so teachers do not get this quiz for now.",
        one_not_asked="It is not asked until you have looked at it.",
        many_not_asked="They are not asked until you have looked at them.",
    ),
    spanish=CaptionWords(
        changed="Cambiaron los subtítulos: ",
        one="1 pregunta se apoya en palabras del vídeo que ya no están en sus subtítulos.",
        many="{count} preguntas se apoyan en palabras del vídeo que ya no están en sus subtítulos.",
        withdrawn="No queda ninguna pregunta, así que por ahora los docentes no reciben este cuestionario.",
        one_not_asked="No se hará hasta que la revises.",
        many_not_asked="No se harán hasta que las revises.",
    ),
)
