"""The first minutes on a new machine: what the wrapper and the set-up decide, without any network."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import apt, bootstrap
from scripts.environment import package_digest
from scripts.frontend import node_major, sources_digest
from scripts.setup import TEST_PACKAGES, missing_packages
from scripts.steps import ROOT, StepError, digest, is_stamped, run, write_stamp


def on_path(*programs: str) -> Callable[[str], str | None]:
    """A `shutil.which` for a machine that has just these programs."""
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the wrapper beside pins of its own and a `.tools` that is up to date with them."""
    root = tmp_path / "checkout"
    tools = root / ".tools" / "venv"
    (tools / "bin").mkdir(parents=True)
    (root / "requirements").mkdir()
    (root / "just").write_bytes((ROOT / "just").read_bytes())
    (root / "just").chmod(0o755)
    (root / "requirements" / "tools.txt").write_text("uv==1\n", encoding="utf-8")
    (tools / "tools.txt").write_text("uv==1\n", encoding="utf-8")
    for name in ("uv", "python"):
        program(tools / "bin", name, "exit 0")
    program(tools / "bin", "just", 'shift 2; echo "just: $*"')
    return root


def start_wrapper(checkout: Path, *arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "just", *arguments],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH with the handful of programs the wrapper takes from the system, and no Python."""
    folder = tmp_path / "machine"
    folder.mkdir()
    for name in ("cmp", "dirname", "sh"):
        for place in ("/usr/bin", "/bin"):
            if (Path(place) / name).exists():
                (folder / name).symlink_to(Path(place) / name)
                break
    return folder


class TestWrapper:
    def test_starts_just_without_python_when_the_stamp_equals_the_pins(self, checkout: Path, machine: Path) -> None:
        result = start_wrapper(checkout, "unit", "-k", "two words", path=str(machine))
        assert (result.returncode, result.stdout) == (0, "just: unit -k two words\n")

    def test_bootstraps_first_when_the_pins_have_changed(self, checkout: Path, machine: Path) -> None:
        (checkout / "requirements" / "tools.txt").write_text("uv==2\n", encoding="utf-8")
        program(machine, "python3", 'echo "python3: $*"')
        result = start_wrapper(checkout, "unit", path=str(machine))
        assert result.stdout == "python3: -m scripts.bootstrap python3\njust: unit\n"

    def test_does_not_start_just_when_the_bootstrap_fails(self, checkout: Path, machine: Path) -> None:
        (checkout / ".tools" / "venv" / "bin" / "uv").unlink()
        program(machine, "python3", 'case "$*" in *bootstrap*) exit 1;; esac')
        result = start_wrapper(checkout, "unit", path=str(machine))
        assert (result.returncode, result.stdout) == (1, "")

    def test_takes_a_newer_python_beside_one_that_is_too_old(self, checkout: Path, machine: Path) -> None:
        (checkout / ".tools" / "venv" / "tools.txt").unlink()
        program(machine, "python3", "exit 1")
        program(machine, "python3.12", 'echo "python3.12: $*"')
        result = start_wrapper(checkout, path=str(machine))
        assert "python3.12: -m scripts.bootstrap python3.12" in result.stdout

    def test_says_what_to_install_when_there_is_no_python(self, checkout: Path, machine: Path) -> None:
        (checkout / ".tools" / "venv" / "tools.txt").unlink()
        result = start_wrapper(checkout, path=str(machine))
        assert result.returncode == 1
        assert "sudo apt-get install -y python3 python3-venv" in result.stderr

    def test_becomes_the_server_so_that_every_signal_reaches_it(self, checkout: Path, machine: Path) -> None:
        commands = checkout / ".venv" / "bin"
        commands.mkdir(parents=True)
        program(commands, "lms", 'echo "$$ $*"')
        with subprocess.Popen(
            [checkout / "just", "demo", "--port", "1"], env={"PATH": str(machine)}, stdout=subprocess.PIPE, text=True
        ) as process:
            output, _ = process.communicate(timeout=30)
        assert output == f"just: _frontend\n{process.pid} demo --port 1\n"


class TestSystemPackages:
    def test_names_the_line_to_type_when_not_root(self) -> None:
        with pytest.raises(StepError) as caught:
            apt.install(
                ["ffmpeg", "redis-server", "chromium"],
                purpose="The tests need more programs",
                minutes="",
                is_root=lambda: False,
                which=on_path("apt-get"),
            )
        assert str(caught.value).splitlines()[-1] == "sudo apt-get install -y ffmpeg redis-server chromium"

    def test_names_the_packages_where_there_is_no_apt(self) -> None:
        with pytest.raises(StepError, match="your package manager: ffmpeg"):
            apt.install(["ffmpeg"], purpose="", minutes="", is_root=lambda: True, which=on_path())

    @pytest.mark.parametrize(
        ("programs", "missing"),
        [
            ((), ["ffmpeg", "redis-server", "chromium"]),
            (("ffmpeg", "redis-server", "chromium"), ["ffmpeg"]),
            (("ffmpeg", "ffprobe", "redis-server", "google-chrome"), []),
        ],
    )
    def test_a_package_is_missing_when_one_of_its_programs_is(
        self, programs: tuple[str, ...], missing: list[str]
    ) -> None:
        assert missing_packages(TEST_PACKAGES, on_path(*programs)) == missing

    @pytest.mark.parametrize(
        ("interpreter", "package"), [("python3", "python3-venv"), ("/usr/bin/python3.12", "python3.12-venv")]
    )
    def test_each_debian_python_has_its_own_venv_package(self, interpreter: str, package: str) -> None:
        assert bootstrap.venv_package(interpreter) == package


class TestCommands:
    def test_a_command_that_fails_once_is_tried_again(self, tmp_path: Path) -> None:
        script = 'test -e "$0" || { touch "$0"; exit 1; }'
        run(["sh", "-c", script, tmp_path / "tried"], attempts=2, pause_seconds=0)

    def test_the_output_is_shown_when_the_last_attempt_fails(self, capfd: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(StepError, match="exit code 7"):
            run(["sh", "-c", "echo the reason; exit 7"], attempts=2, pause_seconds=0)
        assert capfd.readouterr().err == "the reason\n"


class TestStamps:
    def test_the_digest_depends_on_names_and_contents(self, tmp_path: Path) -> None:
        seen: set[str] = set()
        for name, content in (("a", "1"), ("a", "2"), ("b", "1"), ("c/a", "1")):
            file = tmp_path / f"{len(seen)}" / name
            file.parent.mkdir(parents=True)
            file.write_text(content, encoding="utf-8")
            seen.add(digest([tmp_path / f"{len(seen)}"], base=tmp_path / f"{len(seen)}"))
        assert len(seen) == 4

    def test_a_stamp_counts_only_with_the_same_content(self, tmp_path: Path) -> None:
        stamp = tmp_path / "stamp"
        assert not is_stamped(stamp, "one")
        write_stamp(stamp, "one")
        assert is_stamped(stamp, "one")
        assert not is_stamped(stamp, "two")

    def test_tool_settings_do_not_reinstall_the_product(self) -> None:
        before = {"project": {"name": "x"}, "tool": {"ruff": {"line-length": 110}}}
        after = {"project": {"name": "x"}, "tool": {"ruff": {"line-length": 100}}}
        renamed = {"project": {"name": "y"}, "tool": {"ruff": {"line-length": 110}}}
        assert package_digest(before) == package_digest(after) != package_digest(renamed)

    def test_the_frontend_is_built_again_for_its_sources_only(self, tmp_path: Path) -> None:
        for folder in ("src", "dist", "node_modules"):
            (tmp_path / folder).mkdir()
        first = sources_digest(tmp_path)
        for output in ("dist/index.html", "node_modules/package.json", "README.md"):
            (tmp_path / output).write_text("{}", encoding="utf-8")
        assert sources_digest(tmp_path) == first
        changed = {first}
        for source in ("src/main.tsx", "index.html", "package-lock.json", "vite.config.ts"):
            (tmp_path / source).write_text("{}", encoding="utf-8")
            changed.add(sources_digest(tmp_path))
        assert len(changed) == 5


@pytest.mark.parametrize(("version", "major"), [("v24.19.0\n", 24), ("v9.1.0", 9), ("", 0), ("node 24", 0)])
def test_node_major(version: str, major: int) -> None:
    assert node_major(version) == major


def test_no_file_of_pins_names_a_place() -> None:
    """Pins hold for everybody: no address of a registry, no folder of the machine they were made on."""
    for pins in (ROOT / "requirements").iterdir():
        text = pins.read_text(encoding="utf-8")
        assert "://" not in text, pins.name
        assert f"{os.sep}home" not in text, pins.name
        assert "--index-url" not in text, pins.name
        assert "--find-links" not in text, pins.name
