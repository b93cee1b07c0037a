"""Where objects lie in storage. The only place that builds keys; nothing a client says ever becomes part of one."""

import re
from uuid import UUID

_PUBLIC_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_RELATIVE = re.compile(r"(?:[a-z0-9_]+/){0,4}[a-z0-9_]+\.(?:m3u8|ts|jpg|vtt)", re.ASCII)


def tenant_prefix(tenant_id: UUID) -> str:
    """Everything of one school."""
    return f"tenant/{tenant_id}/"


def video_prefix(tenant_id: UUID, content_id: UUID) -> str:
    """Everything of one content's video."""
    return f"{tenant_prefix(tenant_id)}videos/{content_id}/"


def source_key(tenant_id: UUID, content_id: UUID, upload_id: UUID) -> str:
    """An uploaded file. Sources are immutable: a replacement is a new key."""
    return f"{video_prefix(tenant_id, content_id)}source_{upload_id.hex}.bin"


def files_prefix(tenant_id: UUID) -> str:
    """All uploaded files other than videos of one school."""
    return f"{tenant_prefix(tenant_id)}files/"


def file_key(tenant_id: UUID, file_id: UUID) -> str:
    """An uploaded file other than a video. Files are immutable: a replacement is a new key."""
    return f"{files_prefix(tenant_id)}{file_id.hex}.bin"


def public_file_key(tenant_id: UUID, name: str) -> str | None:
    """A picture that anybody may see who has its address: 32 hexadecimal digits that nobody can guess. None: that is
    no such name."""
    return f"{files_prefix(tenant_id)}public_{name}.bin" if _PUBLIC_NAME.fullmatch(name) else None


def public_name(key: str) -> str:
    """The name in a key that ``public_file_key`` made."""
    return key.rpartition("/public_")[2].removesuffix(".bin")


def export_key(tenant_id: UUID, job_id: UUID, attempt: int) -> str:
    """The archive that one attempt of a job made of the whole school."""
    return f"{tenant_prefix(tenant_id)}exports/{job_id.hex}_{attempt}.zip"


def report_key(tenant_id: UUID, job_id: UUID, attempt: int) -> str:
    """The report that one attempt of a job made."""
    return f"{tenant_prefix(tenant_id)}exports/{job_id.hex}_{attempt}.report"


def run_prefix(tenant_id: UUID, content_id: UUID, run: str) -> str:
    """What one attempt of one step made. Runs are immutable."""
    return f"{video_prefix(tenant_id, content_id)}{run}/"


def run_name(run_id: UUID) -> str:
    """The name of a run."""
    return f"r{run_id.hex}"


def media_key(tenant_id: UUID, content_id: UUID, relative: str) -> str | None:
    """The key of something that may be served below a grant for that content, or None.

    Allow-list: at most four folders of ``[a-z0-9_]`` and a file with an ending that the pipeline makes. So a source,
    a dot segment, an encoded slash or an absolute path can never be named.
    """
    if not _RELATIVE.fullmatch(relative):
        return None
    return video_prefix(tenant_id, content_id) + relative
