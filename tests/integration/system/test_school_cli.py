"""``lms school`` beside a running installation."""

import json
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

from tests.integration.system.installation import Installation, School


def lms_school(installation: Installation, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", "school", *arguments],
        env={**installation.environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def changed(installation: Installation, *arguments: str) -> dict[str, Any]:
    code, said, complaint = lms_school(installation, *arguments, "--json")
    assert code == 0, complaint
    school: dict[str, Any] = json.loads(said)
    return school


def test_an_operator_at_the_command_line_decides_about_a_school(embedded: Installation, school: School) -> None:
    assert school
    new = ("Шкóла", "--admin-email", "a@x.example", "--admin-first-name", "A", "--admin-last-name", "B", "--invite")
    subdomain = changed(embedded, "onboard", *new)["subdomain"]
    assert changed(embedded, "suspend", subdomain)["status"] == "SUSPENDED"
    before = changed(embedded, "activate", subdomain)
    longer = changed(embedded, "extend-trial", subdomain, "10")
    assert date.fromisoformat(longer["trial_ends_on"]) == date.fromisoformat(before["trial_ends_on"]) + timedelta(10)
    paid = changed(embedded, "convert", subdomain, "--plan", "PRO")
    assert (paid["status"], paid["plan"], paid["limits"]["teachers"]) == ("ACTIVE", "PRO", 250)
    code, _, said = lms_school(embedded, "extend-trial", subdomain, "10")
    assert (code, said.startswith("Error: ")) == (1, True)
    code, _, said = lms_school(embedded, "suspend", "nowhere-at-all")
    assert (code, "There is no school" in said) == (1, True)
    code, said, _ = lms_school(embedded, "suspend", subdomain)
    assert (code, "SUSPENDED" in said) == (0, True)
