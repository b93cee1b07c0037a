"""When a school is told that its trial ends."""

from datetime import date

WARNING_DAYS = (7, 3, 1, 0)
"""Days before the trial's last day on which the school's administrators get a mail."""


def warnings_due(trial_ends_on: date, today: date, recorded: frozenset[int]) -> tuple[int, ...]:
    """The warnings whose day has come and that are not recorded for this trial's end, the earliest first.

    All of them are to be recorded, and one mail is sent, about the days that are really left: after missed runs a
    school gets the latest warning only, and a repeated run finds nothing to do. Nothing is due once the trial is over:
    a warning comes before the event. A new end of the trial starts with nothing recorded.

    Args:
        today: the date at the school.
        recorded: those of ``WARNING_DAYS`` already recorded for this very ``trial_ends_on``.
    """
    days_left = (trial_ends_on - today).days
    if days_left < 0:
        return ()
    return tuple(days for days in WARNING_DAYS if days_left <= days and days not in recorded)
