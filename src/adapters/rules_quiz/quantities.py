"""Numbers with a unit, in figures or in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms_domain.learning.languages.english import ENGLISH
from lms_domain.learning.languages.language_words import word_set

_SCALES = ENGLISH.multipliers
_NUMBER_WORDS = "|".join([*ENGLISH.number_words, *_SCALES])
_NUMBER = re.compile(
    rf"(?<![\w.,@#/+-])(?:(?P<figures>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)|"
    rf"(?P<said>(?:{_NUMBER_WORDS})(?:(?: and |[ -])(?:{_NUMBER_WORDS}))*))(?![\w@#/+]|-\w|[.,]\d)",
    re.IGNORECASE,
)
_UNITS = {
    unit: name
    for name, forms in {
        "percent": "percent % per-cent",
        "second": "seconds",
        "minute": "minutes",
        "hour": "hours",
        "day": "days",
        "week": "weeks",
        "month": "months",
        "year": "years",
        "decade": "decades",
        "century": "centuries",
        "time": "times",
        "metre": "metres meters",
        "kilometre": "kilometres kilometers",
        "centimetre": "centimetres centimeters",
        "mile": "miles",
        "gram": "grams",
        "kilogram": "kilograms kilos",
        "degree": "degrees",
        "dollar": "dollars",
        "euro": "euros",
        "pound": "pounds",
        "study": "studies",
        "school": "schools",
        "country": "countries",
        "participant": "participants",
        "pupil": "pupils",
        "student": "students",
        "teacher": "teachers",
        "child": "children",
        "person": "people",
        "lesson": "lessons",
        "classroom": "classrooms",
    }.items()
    for unit in forms.split()
}
_AFTER = re.compile(r"\s*(%|per cent\b|[a-z]+)", re.IGNORECASE)
_LABELS = word_set(
    """
    chapter exercise figure form grade item layer level module number page part phase room slide stage step
    table task tier unit version volume year week day
    """
)
"""Before a number, they make it a name: "week three"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was said, at ``start`` to ``end`` of its text. ``unit`` is empty when none follows."""

    text: str
    value: float
    unit: str
    start: int
    end: int
    is_label: bool

    @property
    def in_figures(self) -> bool:
        """Whether it was written with digits."""
        return self.text[0].isdigit()

    @property
    def could_be_year(self) -> bool:
        """Whether it names a year rather than an amount."""
        return not self.unit and self.in_figures and "," not in self.text and 1500 <= self.value <= 2100


def quantities_in(text: str) -> Iterator[Quantity]:
    """Every number in order. Words that make no number, such as a year said in pairs, count as a label."""
    for match in _NUMBER.finditer(text):
        value = float(match["figures"].replace(",", "")) if match["figures"] else _value_of(match["said"])
        after = _AFTER.match(text, match.end())
        before = text[: match.start()].split()[-1:]
        is_label = value is None or bool(before and before[0].casefold().strip(",.") in _LABELS)
        unit = _UNITS.get(after[1].casefold().replace("per cent", "per-cent"), "") if after else ""
        yield Quantity(match.group(), value or 0.0, unit, match.start(), match.end(), is_label)


def _value_of(said: str) -> float | None:
    """What the words amount to; None when they are no one number ("nineteen ninety eight")."""
    total, current, lowest = 0, 0, 1_000_000_000_000
    below_hundred = 100
    for word in re.split(r"[ -]", said.casefold()):
        if word == "and":
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            if scale == 100:
                current, below_hundred = (current or 1) * 100, 100
            elif scale < lowest:
                total, current, lowest, below_hundred = total + (current or 1) * scale, 0, scale, 100
            else:
                return None
            continue
        part = ENGLISH.number_words[word]
        if part >= below_hundred:
            return None
        current, below_hundred = current + part, 10 if part >= 20 else 1
    return float(total + current)
