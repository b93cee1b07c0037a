"""Start or attach to the server of a data directory, say so in one line of JSON, and hold on.

Run as a program: ``python hold_server.py DATA_DIR SYSTEM_DIR``. A line on stdin makes it stop in order. It needs the
standard library and the adapter only, so that any Python 3.11 can run it.
"""

import json
import os
import sys
from pathlib import Path

from adapters.embedded_postgres.server import EmbeddedPostgres


def main() -> None:
    postgres = EmbeddedPostgres(Path(sys.argv[1]), system_dir=Path(sys.argv[2]))
    dsns = postgres.start()
    answer = {"app": dsns.app, "attached": postgres.attached, "uid": os.geteuid()}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()
    postgres.stop()


if __name__ == "__main__":
    main()
