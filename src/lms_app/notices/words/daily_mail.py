"""The words of the daily mail."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyMailWords:
    """One language."""

    good_morning: str
    subject_one: str
    subject_many: str
    unread: str
    more: str


DAILY_MAIL = InEach(
    english=DailyMailWords(
        good_morning="Good morning {name},",
        subject_one="Your day at {school}: 1 thing to look at",
        subject_many="Your day at {school}: {count} things to look at",
        unread="This is what you have not read yet:",
        more="And {count} more in the application.",
    ),
    spanish=DailyMailWords(
        good_morning="Buenos días, {name}:",
        subject_one="Tu día en {school}: 1 cosa por ver",
        subject_many="Tu día en {school}: {count} cosas por ver",
        unread="Esto es lo que aún no has leído:",
        more="Y {count} más en la aplicación.",
    ),
)
