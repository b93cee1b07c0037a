"""Refresh tokens, tokens in media addresses, and the keys of every kind of token: HMAC-SHA256 throughout."""
