"""Which videos are accepted."""

from lms_domain.video.asset import StepFailure

MAX_WIDTH, MAX_HEIGHT = 4096, 2304
"""Pixels; a portrait video may have them the other way round."""

DURATION_SLACK = 0.5
"""Seconds. Encoders round the last frame up, and an hour should be an hour."""


def check_media(*, duration_seconds: float, width: int, height: int, max_seconds: float) -> StepFailure | None:
    """Why a video is refused, or None. What is too long or too large stays so: the failure is permanent."""
    if duration_seconds > max_seconds + DURATION_SLACK:
        minutes = round(max_seconds / 60)
        message = f"This video is longer than {minutes} minutes, the longest that your plan allows."
        return StepFailure("too_long", message, is_permanent=True)
    if max(width, height) > MAX_WIDTH or min(width, height) > MAX_HEIGHT:
        message = f"This video has {width} × {height} pixels; at most {MAX_WIDTH} × {MAX_HEIGHT} are accepted."
        return StepFailure("too_large", message, is_permanent=True)
    return None
