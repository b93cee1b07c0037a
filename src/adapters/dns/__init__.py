"""The domain name system, asked by the library dnspython."""
