"""What an examination found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part. ``is_ok`` False with ``is_warning``: works, but not as it should."""

    part: str
    is_ok: bool
    detail: str
    remedy: str = ""
    """What to do; empty when nothing is to be done."""
    is_warning: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether something has to be done before this installation works."""
        return not self.is_ok and not self.is_warning
