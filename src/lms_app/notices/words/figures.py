"""Days, times and numbers as they stand in a sentence."""

from dataclasses import dataclass
from datetime import date, timedelta

from lms_app.notices.words.language import InEach, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """One language."""

    day_of_month: str
    months: tuple[str, ...]
    today: str
    tomorrow: str
    in_days: str
    minutes: str
    days: str
    decimal_point: str


FIGURES = InEach(
    english=FigureWords(
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
        today="today",
        tomorrow="tomorrow",
        in_days="in {days} days",
        minutes="{count} minutes",
        days="{count} days",
        decimal_point=".",
    ),
    spanish=FigureWords(
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
        today="hoy",
        tomorrow="mañana",
        in_days="en {days} días",
        minutes="{count} minutos",
        days="{count} días",
        decimal_point=",",
    ),
)


def day_in_words(day: date, language: Language) -> str:
    """18 November 2026."""
    words = FIGURES.of(language)
    return words.day_of_month.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def when_in_words(days_left: int, language: Language) -> str:
    """How soon something comes; 0: today."""
    words = FIGURES.of(language)
    return {0: words.today, 1: words.tomorrow}.get(days_left) or words.in_days.format(days=days_left)


def lifetime_in_words(lifetime: timedelta, language: Language) -> str:
    """For how long something lasts, in whole minutes or days: never just one."""
    words = FIGURES.of(language)
    if lifetime < timedelta(days=1):
        return words.minutes.format(count=lifetime // timedelta(minutes=1))
    return words.days.format(count=lifetime.days)


def number_in_words(number: float, language: Language) -> str:
    """66.7, without zeros that say nothing."""
    return f"{number:g}".replace(".", FIGURES.of(language).decimal_point)


def percent_in_words(percent: float, language: Language) -> str:
    """75 %."""
    return f"{number_in_words(percent, language)} %"
