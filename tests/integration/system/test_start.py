"""What a start refuses: each by its exit code and with its remedy."""

import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.ffmpeg.arguments import DEMUXERS
from adapters.ffmpeg.tools import bundled_ffmpeg
from adapters.postgres.migrate import migrate
from tests.integration.conftest import MIGRATED, PRISTINE, NewDatabase, Server
from tests.integration.system.installation import Installation


def ended(data_dir: Path, *command: str, **settings: str) -> tuple[int, str]:
    """Exit code and last words of ``lms`` with these settings."""
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli.main", *command],
        env={**Installation(data_dir).environment, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


def of(dsns: EmbeddedDsns, **changed: str) -> dict[str, str]:
    """The settings of a database of one's own."""
    return {
        "LMS_DATABASE_URL": changed.get("app", dsns.app),
        "LMS_DATABASE_SYSTEM_URL": changed.get("system", dsns.system),
        "LMS_DATABASE_OWNER_URL": dsns.owner,
    }


SERVE = ("serve", "--api-only")


async def test_an_application_role_with_too_much_power(
    tmp_path: Path, dsns: EmbeddedDsns, postgres_server: Server
) -> None:
    for app, words in ((postgres_server.postgres.superuser_dsn, "is a superuser"), (dsns.system, "has BYPASSRLS")):
        code, said = ended(tmp_path, *SERVE, **of(dsns, app=app))
        assert (code, words in said, "Use lms_app" in said) == (1, True, True), said


async def test_a_system_role_with_too_little(tmp_path: Path, dsns: EmbeddedDsns) -> None:
    code, said = ended(tmp_path, *SERVE, **of(dsns, system=dsns.app))
    assert (code, "must have BYPASSRLS" in said) == (1, True), said


async def test_missing_policies(tmp_path: Path, new_database: NewDatabase) -> None:
    dsns = await new_database(MIGRATED)
    owner = await asyncpg.connect(dsns.owner)
    await owner.execute("DROP POLICY tenant_isolation ON courses")
    await owner.close()
    code, said = ended(tmp_path, *SERVE, **of(dsns))
    assert (code, "not in force on courses" in said, "lms migrate" in said) == (1, True, True), said


@pytest.mark.parametrize(("revision", "words"), [(None, "is empty"), ("0001", "is at migration 0001")])
async def test_a_database_that_was_not_migrated(
    tmp_path: Path, new_database: NewDatabase, revision: str | None, words: str
) -> None:
    dsns = await new_database(PRISTINE)
    if revision is not None:
        await migrate(dsns.owner, revision)
    for command in (SERVE, ("worker",), ("school", "list")):
        code, said = ended(tmp_path, *command, **of(dsns))
        assert (code, words in said, "Run `lms migrate` first." in said) == (1, True, True), said


async def test_a_newer_database_is_no_hindrance(tmp_path: Path, new_database: NewDatabase) -> None:
    """Releases migrate first, and replace the processes one by one."""
    dsns = await new_database(MIGRATED)
    owner = await asyncpg.connect(dsns.owner)
    await owner.execute("UPDATE alembic_version SET version_num = '9999'")
    await owner.close()
    assert ended(tmp_path, "school", "list", "--json", **of(dsns))[0] == 0


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    address = "postgresql://{}:hunter2hunter2@127.0.0.1:9/lms"
    settings = {
        "LMS_DATABASE_URL": address.format("lms_app"),
        "LMS_DATABASE_SYSTEM_URL": address.format("lms_system"),
        "LMS_DATABASE_OWNER_URL": address.format("lms_owner"),
    }
    for command in (("migrate",), SERVE, ("school", "list"), ("pipeline", "list")):
        code, said = ended(tmp_path, *command, **settings)
        assert (code, "does not answer" in said, "Traceback" in said) == (3, True, False), said
        assert "hunter2" not in said


def test_media_tools_that_take_hostile_files(data_dir: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    tool = programs / "ffmpeg"
    # Takes its list of what it may open, and opens more.
    tool.write_text(
        f'#!/bin/bash\nargs=("${{@/{DEMUXERS}/{DEMUXERS},hls,dash,concat}}")\nexec {bundled_ffmpeg()} "${{args[@]}}"\n'
    )
    tool.chmod(0o755)
    Installation(data_dir).lms("migrate")
    code, said = ended(data_dir, "worker", PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert (code, "accept hostile files" in said, "Update ffmpeg" in said) == (1, True, True), said


def test_secrets_that_everybody_knows(tmp_path: Path) -> None:
    code, said = ended(
        tmp_path,
        *SERVE,
        LMS_PLATFORM_DOMAIN="lms.example",
        LMS_SECRET_KEYS="k1:c2VjcmV0",
        LMS_REDIS_URL="redis://redis:6379/0",
    )
    assert code == 2
    assert "LMS_SECRET_KEYS: The key “k1” is too short" in said
    assert "LMS_REDIS_URL: It has no password" in said


def test_the_demo_on_the_internet(tmp_path: Path) -> None:
    code, said = ended(tmp_path, "demo", LMS_PLATFORM_DOMAIN="lms.example")
    assert (code, "LMS_PLATFORM_DOMAIN=localhost" in said) == (1, True), said
