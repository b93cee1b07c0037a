"""Local disk: a worker's files while it works."""
