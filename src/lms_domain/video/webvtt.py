"""Captions as WebVTT (W3C, https://www.w3.org/TR/webvtt1/)."""

from collections.abc import Iterable

from lms_domain.video.transcript import Segment


def timestamp(seconds: float) -> str:
    """``HH:MM:SS.mmm``."""
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def escape(text: str) -> str:
    """Cue text that can neither end the cue nor be taken for markup (``-->`` is covered by ``>``)."""
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def render(segments: Iterable[Segment]) -> str:
    """The captions file; a header alone when nothing was said."""
    cues = [
        f"{number}\n{timestamp(segment.start)} --> {timestamp(segment.end)}\n{escape(segment.text)}\n"
        for number, segment in enumerate(segments, start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues])
