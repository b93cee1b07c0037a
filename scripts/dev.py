"""`./just dev`: the demo with reload and the frontend's development server, as one program.

Both run in their own process group, so that Ctrl-C reaches this program alone and it can stop them in order. When one
of the two ends, the other is stopped as well, and this program ends with the first one's exit code.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.frontend import BIN, FRONTEND
from scripts.steps import ROOT

GRACE_SECONDS = 6.0
POLL_SECONDS = 0.2


def start(command: Sequence[str | Path], *, cwd: Path) -> subprocess.Popen[bytes]:
    """Start a command that ends with this process, even when this process is killed."""
    return subprocess.Popen(
        [sys.executable, ROOT / "scripts" / "attached.py", *command],
        cwd=cwd,
        env={
            **os.environ,
            "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
            # Where the development server sends what it does not serve itself.
            "LMS_API_URL": os.environ.get("LMS_API_URL") or f"http://127.0.0.1:{os.environ.get('LMS_PORT', '8000')}",
        },
        # Never the terminal: Vite would wait for its keyboard shortcuts there, which a background group may not
        # read. A pipe nobody writes to stays open as long as we live.
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to the process and all it has started in its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask first, and insist after `GRACE_SECONDS`."""
    for process in processes:
        send(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
    for process in processes:
        send(process, signal.SIGKILL)
        process.wait()


def wait_for_first(processes: Sequence[subprocess.Popen[bytes]]) -> int:
    """Exit code of the first process that ends."""
    while True:
        for process in processes:
            code = process.poll()
            if code is not None:
                return code
        time.sleep(POLL_SECONDS)


def on_signal(number: int, _frame: object) -> None:
    raise KeyboardInterrupt(number)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    processes: list[subprocess.Popen[bytes]] = []
    code = 0
    try:
        processes.append(start([ROOT / ".venv" / "bin" / "lms", "demo", "--reload", *sys.argv[1:]], cwd=ROOT))
        # Vite itself, not `npm run dev`: npm and its shell in between would have to pass every signal on.
        processes.append(start([BIN / "node", vite], cwd=FRONTEND))
        code = wait_for_first(processes)
    except KeyboardInterrupt:
        pass
    finally:
        # A second Ctrl-C must not interrupt the stopping itself.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop_all(processes)
    raise SystemExit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
