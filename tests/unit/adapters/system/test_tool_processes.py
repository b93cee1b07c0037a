"""Media tools are found by what they work on."""

from pathlib import Path

import pytest

from adapters.system.tool_processes import ProcToolProcesses
from lms_app.ports.tool_processes import ToolProcess

WORK = Path("/srv/lms/work")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["/usr/bin/ffmpeg", "-i", f"file:{WORK}/1/source"], "ffmpeg"),
        (["ffprobe", f"{WORK}/1/source"], "ffprobe"),
        (["/opt/imageio/ffmpeg-linux-x86_64-v7", f"{WORK}/1/source"], "ffmpeg-linux-x86_64-v7"),
        (["ffmpeg", "-i", "/home/somebody/film.mp4"], None),
        (["python", f"{WORK}/ffmpeg"], None),
        ([""], None),
    ],
)
def test_a_tool_at_work(tmp_path: Path, command: list[str], name: str | None) -> None:
    (tmp_path / "4711").mkdir()
    (tmp_path / "4711" / "cmdline").write_bytes("\0".join(command).encode() + b"\0")
    (tmp_path / "4712").mkdir()  # ended between two looks
    (tmp_path / "self").mkdir()
    expected = () if name is None else (ToolProcess(4711, name),)
    assert ProcToolProcesses(WORK, tmp_path).running() == expected


def test_a_system_that_does_not_tell(tmp_path: Path) -> None:
    assert ProcToolProcesses(WORK, tmp_path / "missing").running() == ()
