"""The short cut around alembic knows what alembic knows."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from adapters.postgres import revision


def test_the_newest_revision_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(revision.__file__).with_name("migrations")))
    assert revision.newest_revision() == ScriptDirectory.from_config(config).get_current_head()
