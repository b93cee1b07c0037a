"""What is unique has a name that the program knows."""

from sqlalchemy import UniqueConstraint

from adapters.postgres.errors import TAKEN
from adapters.postgres.tables import metadata


def test_every_name_is_that_of_a_constraint() -> None:
    """A renamed constraint would turn "this title is taken" into "something is taken"."""
    constraints = {
        metadata.naming_convention["uq"]
        % {"table_name": table.name, "column_0_N_name": "_".join(column.name for column in constraint.columns)}
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    indexes = {index.name for table in metadata.tables.values() for index in table.indexes if index.unique}
    assert TAKEN.keys() <= constraints | indexes
    # Those that say what they are about in words of their own are there to be told of.
    assert {str(name) for name in indexes} <= TAKEN.keys()
