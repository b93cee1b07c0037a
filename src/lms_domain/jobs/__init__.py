"""Work that takes longer than a request: exports and large reports."""
