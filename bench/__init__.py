"""Measurements that decide things, repeatable by anybody: `./just bench`."""
