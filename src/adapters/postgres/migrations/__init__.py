"""Changes of the schema, one file each in ``versions``. `adapters.postgres.migrate.migrate` applies them."""
