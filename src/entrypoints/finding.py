"""What an examination found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part. ``is_ok`` False with ``is_warning``: works, but not as it should."""

    part: str
    is_ok: bool
    detail: str
    is_warning: bool = False
