"""Standard words of notices and their mails, in the languages of the application.

A person has no language of their own, and one reminder says the same to everybody: the school's language counts. Where
it is none of these, the words are English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. In braces stands what is filled in; names of people, schools and courses are as they wrote them."""

    language: str
    hello: str
    good_morning: str
    open: str
    or_open: str
    stop_mails: str
    several: str
    something_new: str
    reminder: str
    reminder_of: str
    assignment_unfinished: str
    assignment_due: str
    course_unfinished: str
    course_deadline: str
    due: str
    """Before what is due; ``when`` is one of the next three."""
    due_message: str
    today: str
    tomorrow: str
    in_days: str
    digest_one: str
    digest_many: str
    digest_unread: str
    digest_more: str
    day_of_month: str
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """A day as it stands in a sentence: 18 November 2026."""
        return self.day_of_month.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def when(self, days_left: int) -> str:
        """How soon something is due; 0: today."""
        return {0: self.today, 1: self.tomorrow}.get(days_left) or self.in_days.format(days=days_left)


ENGLISH = Words(
    language="en",
    hello="Hello {name},",
    good_morning="Good morning {name},",
    open="Open",
    or_open="Or open this address:",
    stop_mails="Stop mails like this",
    several="{count} news from {school}",
    something_new="There is something new for you:",
    reminder="Reminder",
    reminder_of="Reminder: ",
    assignment_unfinished="You have not finished “{title}” yet.",
    assignment_due="It is due on {day}.",
    course_unfinished="You have not completed “{title}” yet.",
    course_deadline="Its deadline is {day}.",
    due="Due {when}: ",
    due_message="You have not finished “{title}” yet. It is due {when}, on {day}.",
    today="today",
    tomorrow="tomorrow",
    in_days="in {days} days",
    digest_one="Your day at {school}: 1 thing to look at",
    digest_many="Your day at {school}: {count} things to look at",
    digest_unread="This is what you have not read yet:",
    digest_more="And {count} more in the application.",
    day_of_month="{day} {month} {year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)
SPANISH = Words(
    language="es",
    hello="Hola, {name}:",
    good_morning="Buenos días, {name}:",
    open="Abrir",
    or_open="O abre esta dirección:",
    stop_mails="No recibir más correos como este",
    several="{count} novedades de {school}",
    something_new="Hay novedades para ti:",
    reminder="Recordatorio",
    reminder_of="Recordatorio: ",
    assignment_unfinished="Aún no has terminado «{title}».",
    assignment_due="La fecha de entrega es el {day}.",
    course_unfinished="Aún no has completado «{title}».",
    course_deadline="La fecha límite es el {day}.",
    due="Vence {when}: ",
    due_message="Aún no has terminado «{title}». Vence {when}, el {day}.",
    today="hoy",
    tomorrow="mañana",
    in_days="en {days} días",
    digest_one="Tu día en {school}: 1 cosa por ver",
    digest_many="Tu día en {school}: {count} cosas por ver",
    digest_unread="Esto es lo que aún no has leído:",
    digest_more="Y {count} más en la aplicación.",
    day_of_month="{day} de {month} de {year}",
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
)
LANGUAGES: Mapping[str, Words] = MappingProxyType({words.language: words for words in (ENGLISH, SPANISH)})


def words_of(locale: str) -> Words:
    """The words for a school's locale (``es``, ``es-MX``, ``es_MX``)."""
    return LANGUAGES.get(locale.replace("_", "-").partition("-")[0].lower(), ENGLISH)
