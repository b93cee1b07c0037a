"""PostgreSQL 18 that comes with the program: made, started, watched and stopped by us.

``server.EmbeddedPostgres`` is the way in; docs/adr/0006-embedded-postgresql.md says why it is built like this.
"""
