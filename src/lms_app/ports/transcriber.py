"""Port: speech to text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lms_app.ports.media_tools import ProgressCallback
from lms_domain.video.transcript import Segment


@dataclass(frozen=True, slots=True)
class Transcription:
    """What was heard. ``segments`` may be empty: silence and music are not errors."""

    language: str
    """ISO 639-1, detected unless it was given; empty when it was not given and nothing was said."""
    segments: tuple[Segment, ...]
    model: str
    """Name of the model that heard it."""


class TranscriberError(Exception):
    """Nothing was heard, for a reason. ``code`` is ``model_missing`` (or broken), ``language_unsupported`` (the model
    does not know the language that was given) or ``transcribe_failed`` (the audio could not be read, or the engine
    gave up); ``detail`` says what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Transcriber(Protocol):
    """Hears a WAV file. One transcription at a time per process; a second call waits."""

    async def check(self) -> None:
        """Load the model, so that a missing one is known at start and not after an hour of work.

        Raises:
            TranscriberError: ``model_missing``, with the remedy in ``detail``.
        """
        ...

    async def transcribe(self, wav: Path, *, language: str | None, on_progress: ProgressCallback) -> Transcription:
        """Text of the 16 kHz mono WAV file ``wav``.

        Repeated loops and text invented over silence are already removed. Segments are in order of time, do not
        overlap, and end after they start. Never blocks the event loop.

        Args:
            language: ISO 639-1, or None to detect.

        Raises:
            TranscriberError: see there.
        """
        ...
