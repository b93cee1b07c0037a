"""Media tools that run on this machine, from /proc."""

from contextlib import suppress
from pathlib import Path

from lms_app.ports.tool_processes import ToolProcess, ToolProcesses

_TOOLS = ("ffmpeg", "ffprobe")


class ProcToolProcesses(ToolProcesses):
    """Looks for tools that have a file below ``work`` among their arguments. Other systems than Linux have no /proc,
    and no tools are seen."""

    def __init__(self, work: Path, proc: Path = Path("/proc")) -> None:
        self._work = str(work)
        self._proc = proc

    def running(self) -> tuple[ToolProcess, ...]:
        """See the port."""
        found = []
        for folder in self._proc.glob("[0-9]*"):
            with suppress(OSError):  # it ended meanwhile, or it is none of our business
                words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
                name = Path(words[0]).name
                if name.startswith(_TOOLS) and any(self._work in word for word in words[1:]):
                    found.append(ToolProcess(int(folder.name), name))
        return tuple(found)
