"""Every port without a disk, a socket or a wait: real behaviour, held to the same contracts as the adapters in use."""
