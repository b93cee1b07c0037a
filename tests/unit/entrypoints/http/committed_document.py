"""The OpenAPI document as it stands in the repository: to make it anew takes a second in every test process. That the
two are the same is a test of its own."""

import json
from pathlib import Path
from typing import Any

COMMITTED = Path(__file__).parents[4] / "frontend" / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(COMMITTED.read_bytes())
