"""When people are warned of a deadline."""

from datetime import date

WARNING_DAYS = (7, 3, 1, 0)
"""Days before the last day on which whoever has not finished is told."""


def warning_stage(deadline: date, today: date) -> int | None:
    """Which of ``WARNING_DAYS`` counts today; None when it is too early, or over.

    Between two of them the earlier one still counts: after a missed day people get the latest warning, once, and
    whoever joins in between is warned too.

    Args:
        today: the date at the school. A deadline ends at 24:00 of its day.
    """
    days_left = (deadline - today).days
    if days_left < 0:
        return None
    return min((days for days in WARNING_DAYS if days_left <= days), default=None)
