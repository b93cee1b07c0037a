"""PostgreSQL: the only database. docs/adr/0005-two-fences-between-schools.md says how schools are kept apart.

``database.PostgresDatabase`` is the way in; ``migrate.migrate`` makes the tables that ``tables`` describes.
"""
