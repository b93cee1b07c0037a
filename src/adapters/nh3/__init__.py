"""Clean HTML, by nh3."""
