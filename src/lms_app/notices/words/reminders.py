"""The standard words of reminders, and of warnings of deadlines."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderWords:
    """One language."""

    reminder: str
    reminder_of: str
    assignment_unfinished: str
    assignment_due: str
    course_unfinished: str
    course_deadline: str
    due: str
    """Before what is due."""
    due_message: str


REMINDERS = InEach(
    english=ReminderWords(
        reminder="Reminder",
        reminder_of="Reminder: ",
        assignment_unfinished="You have not finished “{title}” yet.",
        assignment_due="It is due on {day}.",
        course_unfinished="You have not completed “{title}” yet.",
        course_deadline="Its deadline is {day}.",
        due="Due {when}: ",
        due_message="You have not finished “{title}” yet. It is due {when}, on {day}.",
    ),
    spanish=ReminderWords(
        reminder="Recordatorio",
        reminder_of="Recordatorio: ",
        assignment_unfinished="Aún no has terminado «{title}».",
        assignment_due="La fecha de entrega es el {day}.",
        course_unfinished="Aún no has completado «{title}».",
        course_deadline="La fecha límite es el {day}.",
        due="Vence {when}: ",
        due_message="Aún no has terminado «{title}». Vence {when}, el {day}.",
    ),
)
