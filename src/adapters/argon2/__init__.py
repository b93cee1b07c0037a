"""Password hashing by Argon2id."""
