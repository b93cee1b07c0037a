"""Port: media tools that run on this machine."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ToolProcess:
    """A running ffmpeg or ffprobe."""

    pid: int
    name: str


class ToolProcesses(Protocol):
    """Knows what runs."""

    def running(self) -> tuple[ToolProcess, ...]:
        """Tools at work on files of this installation; none where the system does not tell."""
        ...
