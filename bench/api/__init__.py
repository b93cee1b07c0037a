"""What the product costs on top of its SQL: see docs/adr/0012-read-path.md."""
