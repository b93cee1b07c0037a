"""The words for what becomes somebody's: courses, assignments, and quizzes to be reviewed."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWords:
    """One language."""

    new_course: str
    course: str
    mandatory_course: str
    finish_by: str
    new_assignment: str
    assignment: str
    due_on: str
    to_review: str
    review: str


COURSES = InEach(
    english=CourseWords(
        new_course="New course: ",
        course="{title} is a course for you.",
        mandatory_course="{title} is a mandatory course for you.",
        finish_by="Please finish it by {day}.",
        new_assignment="New: ",
        assignment="“{title}” waits for you.",
        due_on="It is due on {day}.",
        to_review="To be reviewed: ",
        review="{title} was made from a video and waits for your review.",
    ),
    spanish=CourseWords(
        new_course="Curso nuevo: ",
        course="«{title}» es un curso para ti.",
        mandatory_course="«{title}» es un curso obligatorio para ti.",
        finish_by="Complétalo, como muy tarde, el {day}.",
        new_assignment="Nuevo para ti: ",
        assignment="«{title}» te espera.",
        due_on="La fecha de entrega es el {day}.",
        to_review="Por revisar: ",
        review="«{title}» se ha creado a partir de un vídeo y espera tu revisión.",
    ),
)
