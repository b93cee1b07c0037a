"""Access tokens as JWT (RFC 9068), signed and checked by PyJWT."""
