"""What a killed worker leaves on the disk."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from adapters.filesystem.workspace import FilesystemWorkspace
from adapters.memory.storage import MemoryStorage
from tests.contracts.workspace import is_there


def test_only_what_dead_processes_left_is_removed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from adapters.filesystem.process_folder import ProcessFolder;"
        "folder = ProcessFolder(Path(sys.argv[1])); (folder.path / 'big').write_text('x');"
        "print(folder.path, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    folders, processes = [], []
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert process.stdout is not None
        processes.append(process)
        folders.append(Path(process.stdout.readline().strip()))
    try:
        processes[0].send_signal(signal.SIGKILL)
        processes[0].wait()
        FilesystemWorkspace(MemoryStorage(), tmp_path, 100).close()
        assert [is_there(folder / "big") for folder in folders] == [False, True]
    finally:
        for process in processes:
            process.kill()
            process.communicate()
