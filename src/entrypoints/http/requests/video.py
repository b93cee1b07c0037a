"""What clients send about videos."""

from entrypoints.http.requests.values import Request
from lms_domain.video.steps import StepName


class RerunVideoRequest(Request, frozen=True, kw_only=True):
    """Do ``from_step`` again, and what follows from it unless ``only``."""

    from_step: StepName
    only: bool = False
