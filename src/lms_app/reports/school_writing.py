"""Days and numbers as people of a school write them."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

_ISO = "%Y-%m-%d"
_DAYS: Mapping[str, str] = {
    **dict.fromkeys(("en-US", "en-PH"), "%m/%d/%Y"),
    **dict.fromkeys(("en-GB", "en-AU", "en-IE", "en-IN", "en-NZ", "fr", "it", "pt", "es", "el", "vi"), "%d/%m/%Y"),
    **dict.fromkeys(("de", "pl", "cs", "sk", "ru", "uk", "bg", "ro", "tr", "fi", "nb", "no", "da", "et"), "%d.%m.%Y"),
    **dict.fromkeys(("nl",), "%d-%m-%Y"),
    **dict.fromkeys(("ja", "zh"), "%Y/%m/%d"),
    **dict.fromkeys(("fr-CA", "en-CA"), _ISO),
}
"""By locale, or by its language. All others as everybody reads them."""
_COMMA = frozenset(
    ("de", "fr", "it", "pt", "es", "el", "vi", "pl", "cs", "sk", "ru", "uk", "bg", "ro", "tr", "fi", "nb", "no", "da",
     "et", "nl", "sv")
)  # fmt: skip
"""Languages whose decimal sign it is."""
_POINT = frozenset(("es-MX", "de-CH", "it-CH"))
"""Where it is not, all the same."""


class SchoolWriting:
    """How a school writes, by its locale (``en``, ``pt-BR``), and what day it is there."""

    def __init__(self, locale: str, time_zone: str) -> None:
        language = locale.partition("-")[0]
        self._day = _DAYS.get(locale) or _DAYS.get(language, _ISO)
        self._has_comma = language in _COMMA and locale not in _POINT
        self._time_zone = time_zone
        self._zone = ZoneInfo(time_zone)

    def day(self, day: date) -> str:
        """A day."""
        return day.strftime(self._day)

    def day_of(self, moment: datetime) -> str:
        """The day that it was at the school."""
        return self.day(moment.astimezone(self._zone).date())

    def moment(self, moment: datetime) -> str:
        """Day and time at the school, and where that is."""
        there = moment.astimezone(self._zone)
        return f"{self.day(there.date())} {there:%H:%M} ({self._time_zone})"

    def number(self, number: float) -> str:
        """A number without zeros that say nothing."""
        written = f"{number:g}"
        return written.replace(".", ",") if self._has_comma else written
